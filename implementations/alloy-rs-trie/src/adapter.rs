//! Tests alloy-trie as `patricia` in the encoding `eip1186`. The adapter translates requests and repairs nothing: the library
//! verifies and builds lists of nodes, and its panics end the process.

mod unsupported;
mod verify;

use alloy_primitives::{hex, keccak256, Bytes, B256};
use alloy_trie::{proof::ProofRetainer, HashBuilder, Nibbles};
use proofhouse::{reject, serve, Members, Rejection, Signature, INVALID, MALFORMED};
use proofhouse::{to_bytes, to_list, to_members, to_params};
use serde_json::{json, Value};
use std::collections::{BTreeMap, BTreeSet};
use unsupported::unsupported;
use verify::{verify, Verdict};

const GET: Signature = Signature {
    backend: "patricia",
    encoding: "eip1186",
    required: &["root", "proof", "keys"],
    optional: &[],
    options: &["secure"],
};
const PROVE: Signature = Signature { required: &["entries", "keys"], optional: &["deletes"], ..GET };

fn main() -> std::io::Result<()> {
    let initialize = json!({
        "protocol": 1,
        "implementation": {"name": "alloy-trie", "version": "0.9.9", "language": "Rust"},
        // No `root`: the library compares roots but returns none. No other encoding: it only reads the list of one key.
        "capabilities": {"proof": {"patricia": {"encodings": ["eip1186"], "operations": ["get", "prove"]}}},
        "unsupported": unsupported(),
    });
    serve(&initialize, &[("proof/get", get), ("proof/prove", prove)])
}

/// Returns the values of claimed keys. A list with another root invalidates the whole proof; a list that ends too early makes
/// only its own key incomplete.
fn get(params: &Value) -> Result<Value, Rejection> {
    let params = to_params(params, &GET)?;
    let to_path = path_maker(params)?;
    let Ok(root) = B256::try_from(&to_bytes(&params["root"], INVALID)?[..]) else {
        return reject(INVALID, "root: expected 32 bytes");
    };
    let keys = to_list(&params["keys"], INVALID, to_bytes)?;
    let mut verdicts = BTreeMap::new();
    for (key, nodes) in to_claims(&params["proof"])? {
        let verdict = verify(root, to_path(&key), &nodes)?;
        verdicts.entry(key).or_insert(verdict);
    }
    let read = |key| match verdicts.get(key) {
        Some(Verdict::Value(value)) => Ok(json!(hex::encode_prefixed(value))),
        Some(Verdict::Absent) => Ok(Value::Null),
        Some(Verdict::Unfinished) => {
            reject("incomplete", format!("the list of key {} ends too early", hex::encode(key)))
        }
        None => reject("incomplete", format!("key {} is not claimed", hex::encode(key))),
    };
    Ok(json!({"values": keys.iter().map(read).collect::<Result<Vec<_>, _>>()?}))
}

/// The library's builder requires leaves in the order of their paths.
fn prove(params: &Value) -> Result<Value, Rejection> {
    let params = to_params(params, &PROVE)?;
    let to_path = path_maker(params)?;
    let entries = to_list(&params["entries"], INVALID, to_entry)?;
    let keys: BTreeSet<_> = to_list(&params["keys"], INVALID, to_bytes)?.into_iter().collect();
    if keys.is_empty() || params.get("deletes").is_some_and(|deletes| *deletes != json!([])) {
        return reject(INVALID, "eip1186 requires a key and cannot hold the extra nodes of deletions");
    }
    let leaves: BTreeMap<_, _> = entries.iter().map(|(key, value)| (to_path(key), value)).collect();
    let retainer: ProofRetainer = keys.iter().map(to_path).collect();
    let mut builder = HashBuilder::default().with_proof_retainer(retainer);
    for (path, value) in leaves {
        builder.add_leaf(path, value);
    }
    let root = builder.root();
    let retained = builder.take_proof_nodes();
    let to_claim = |key: &Vec<u8>| {
        let nodes = retained.matching_nodes_sorted(&to_path(key));
        let nodes: Vec<_> = nodes.iter().map(|(_, node)| hex::encode_prefixed(node)).collect();
        json!({"key": hex::encode_prefixed(key), "nodes": nodes})
    };
    let proofs: Vec<_> = keys.iter().map(to_claim).collect();
    Ok(json!({"root": hex::encode_prefixed(root), "proof": {"proofs": proofs}}))
}

/// Returns the function that converts a key to a path of the library.
fn path_maker(params: &Members) -> Result<fn(&Vec<u8>) -> Nibbles, Rejection> {
    match params.get("options").and_then(|options| options.get("secure")) {
        None | Some(Value::Bool(false)) => Ok(|key| Nibbles::unpack(key)),
        Some(Value::Bool(true)) => Ok(|key| Nibbles::unpack(keccak256(key))),
        Some(_) => reject(INVALID, "options/secure: expected true or false"),
    }
}

fn to_claims(proof: &Value) -> Result<Vec<(Vec<u8>, Vec<Bytes>)>, Rejection> {
    if !proof.is_object() {
        return reject(INVALID, "proof: expected an object");
    }
    let claims = to_list(&to_members(proof, MALFORMED, &["proofs"], &[])?["proofs"], MALFORMED, to_claim)?;
    match claims.len() {
        0 => reject(MALFORMED, "proof/proofs: expected at least one key"),
        _ => Ok(claims),
    }
}

fn to_claim(claim: &Value, class: &'static str) -> Result<(Vec<u8>, Vec<Bytes>), Rejection> {
    let claim = to_members(claim, class, &["key", "nodes"], &[])?;
    let nodes = to_list(&claim["nodes"], class, to_bytes)?;
    Ok((to_bytes(&claim["key"], class)?, nodes.into_iter().map(Bytes::from).collect()))
}

fn to_entry(entry: &Value, class: &'static str) -> Result<(Vec<u8>, Vec<u8>), Rejection> {
    match &to_list(entry, class, |item, _| Ok(item))?[..] {
        [key, value] => Ok((to_bytes(key, class)?, to_bytes(value, class)?)),
        _ => reject(class, "an entry is not a list of a key and a value"),
    }
}
