//! Reads a list with the library's verifier, which only confirms an expected value. Its error names the value that it found.

use alloy_primitives::{Bytes, B256};
use alloy_trie::proof::{verify_proof, ProofVerificationError};
use alloy_trie::Nibbles;
use proofhouse::{reject, Rejection, MALFORMED};
use ProofVerificationError::{Rlp, RootMismatch, UnexpectedEmptyRoot, ValueMismatch};

pub enum Verdict {
    Value(Bytes),
    Absent,
    /// The nodes are on the path, but the last one refers to a missing node.
    Unfinished,
}

/// Verifies that the key is absent. If the library finds a value instead, verifies that value: the library also reports a
/// reference to a missing node as a value, but does not confirm it.
pub fn verify(root: B256, path: Nibbles, nodes: &[Bytes]) -> Result<Verdict, Rejection> {
    let found = match verify_proof(root, path, None, nodes) {
        Ok(()) => return Ok(Verdict::Absent),
        Err(ValueMismatch { got: Some(found), expected: None, .. }) => found,
        Err(error) => return rejection(&error),
    };
    match verify_proof(root, path, Some(found.to_vec()), nodes) {
        Ok(()) => Ok(Verdict::Value(found)),
        Err(ValueMismatch { expected: Some(_), .. }) => Ok(Verdict::Unfinished),
        Err(error) => rejection(&error),
    }
}

fn rejection<T>(error: &ProofVerificationError) -> Result<T, Rejection> {
    let class = match error {
        RootMismatch { .. } | ValueMismatch { .. } => "invalid-proof",
        UnexpectedEmptyRoot | Rlp(_) => MALFORMED,
    };
    reject(class, format!("{error:.300}"))
}
