//! What the library says of a list. It confirms an expectation, and names in its error what it has found instead.

use alloy_primitives::{Bytes, B256};
use alloy_trie::proof::{verify_proof, ProofVerificationError};
use alloy_trie::Nibbles;
use proofhouse::{reject, Rejection, MALFORMED};
use ProofVerificationError::{Rlp, RootMismatch, UnexpectedEmptyRoot, ValueMismatch};

pub enum Verdict {
    Value(Bytes),
    Absent,
    /// The nodes are those of the path, and the last one asks for another.
    Unfinished,
}

/// Expects the key to be absent, and then what was found instead: a reference to a node that is not in the list is found
/// just like a value, and confirmed by nothing.
pub fn verify(root: B256, path: Nibbles, nodes: &[Bytes]) -> Result<Verdict, Rejection> {
    let found = match verify_proof(root, path, None, nodes) {
        Ok(()) => return Ok(Verdict::Absent),
        Err(ValueMismatch { got: Some(found), expected: None, .. }) => found,
        Err(error) => return refuse(&error),
    };
    match verify_proof(root, path, Some(found.to_vec()), nodes) {
        Ok(()) => Ok(Verdict::Value(found)),
        Err(ValueMismatch { expected: Some(_), .. }) => Ok(Verdict::Unfinished),
        Err(error) => refuse(&error),
    }
}

fn refuse<T>(error: &ProofVerificationError) -> Result<T, Rejection> {
    let class = match error {
        RootMismatch { .. } | ValueMismatch { .. } => "invalid-proof",
        UnexpectedEmptyRoot | Rlp(_) => MALFORMED,
    };
    reject(class, format!("{error:.300}"))
}
