//! Tests ssz_rs as `ssz` in the encoding `helpers`. The adapter translates requests and repairs nothing: the library verifies,
//! and its panics end the process.

use proofhouse::{reject, serve, Rejection, Signature, INVALID, MALFORMED};
use proofhouse::{to_bytes, to_list, to_members, to_params, to_quantity};
use serde_json::{json, Value};
use ssz_rs::{is_valid_merkle_branch, Node};

const GET: Signature = Signature {
    backend: "ssz",
    encoding: "helpers",
    required: &["root", "keys", "proof"],
    optional: &[],
    options: &[],
};

const ONE_CLAIM: &str = "the library verifies only the branch of one claim";
const BEYOND_USIZE: &str = "the library's index within a level is a usize of 64 bits";

fn main() -> std::io::Result<()> {
    let skip = |cases: &str, reason: &str| json!({"match": format!("proof/{cases}"), "reason": reason});
    let initialize = json!({
        "protocol": 1,
        "implementation": {"name": "ssz_rs", "version": "0.9.0", "language": "Rust"},
        // No `prove`: the library builds no proofs. No `root`: it compares roots but returns none.
        "capabilities": {"proof": {"ssz": {"encodings": ["helpers"], "operations": ["get"]}}},
        "unsupported": [
            skip("ssz/helpers/{many-bottoms,misplaced-nodes,nested-claims,read-order}/*", ONE_CLAIM),
            skip("ssz/helpers/forged-nodes/{two-leaves-both,four-leaves,eight-leaves}-*", ONE_CLAIM),
            skip("ssz/helpers/forged-shapes/four-leaves-*", ONE_CLAIM),
            skip("ssz/helpers/honest/{two-leaves-both,equal-leaves,right-comb-ends}-get", ONE_CLAIM),
            skip("ssz/helpers/honest/{four-leaves-{all,middle},eight-leaves-{apart,levels},uneven-*}-get", ONE_CLAIM),
            skip("ssz/helpers/malformed/{no-claims*,claims-*,claim-missing,claim-0,deep-claims-*}-get", ONE_CLAIM),
            skip("ssz/helpers/malformed/{leaf-*,leaves-missing,helper-*,helpers-missing}-get", ONE_CLAIM),
            skip("ssz/helpers/uncovered-keys/!(below-the-root-alone|neighbour-of-a-claim-below)", ONE_CLAIM),
            skip("ssz/helpers/accounts/*", ONE_CLAIM),
            skip("ssz/helpers/typed/{scalars,nested-containers,*-list,bitlist*,byte*,union-*,optional-zero}-get", ONE_CLAIM),
            skip("ssz/helpers/typed/state-{finality,vectors,lengths,together}-get", ONE_CLAIM),
            skip("ssz/helpers/typed/{length-*,bitlist-length,selector-*,zero-appended,none-for-zero,below-bits}", ONE_CLAIM),
            skip("ssz/helpers/typed/{beyond-length-{packed,composite},state-beyond-length}", ONE_CLAIM),
            skip("agreement/same-facts/{mixed,all,two-far-apart}-ssz-helpers-get", ONE_CLAIM),
            skip("agreement/same-map/*-ssz-helpers-get", ONE_CLAIM),
            skip("ssz/helpers/unclaimed-keys/*", "the library returns only the claimed leaf"),
            skip("ssz/helpers/malformed/{claim-0-alone,single-claim-0}-get", "index 0 has no depth, which the library requires"),
            skip("ssz/helpers/malformed/claim-1025-bits-get", "the library has no limit and reports no reason"),
            skip("ssz/helpers/{deep/right-*,wide-gindices/2-to-{128,259}-minus-1}-get", BEYOND_USIZE),
        ],
    });
    serve(&initialize, &[("proof/get", get)])
}

/// Returns the value of the claimed key once the library has verified the proof. It returns no other node.
fn get(params: &Value) -> Result<Value, Rejection> {
    let params = to_params(params, &GET)?;
    let root = to_node(&to_bytes(&params["root"], INVALID)?, INVALID)?;
    let keys = to_list(&params["keys"], INVALID, to_quantity)?;
    let proof = to_members(&params["proof"], MALFORMED, &["gindices", "leaves", "helpers"], &[])?;
    let gindices = to_list(&proof["gindices"], MALFORMED, to_quantity)?;
    let leaves = to_list(&proof["leaves"], MALFORMED, to_bytes)?;
    let helpers = to_list(&proof["helpers"], MALFORMED, to_bytes)?;
    let ([gindex], [leaf]) = (&gindices[..], &leaves[..]) else {
        return reject("unsupported", ONE_CLAIM);
    };
    let Some((depth, index)) = to_position(gindex) else {
        return reject("unsupported", format!("generalized index {gindex:.80} does not fit the library's types"));
    };
    let leaf = to_node(leaf, MALFORMED)?;
    let branch = helpers.iter().map(|helper| to_node(helper, MALFORMED)).collect::<Result<Vec<_>, _>>()?;
    if !is_valid_merkle_branch(&leaf, branch.iter(), depth, index, &root) {
        return reject("invalid-proof", "the library rejects the proof");
    }
    let read = |key: &&str| match *key {
        "0x0" => reject(INVALID, "generalized index 0 is invalid; the root has index 1"),
        key if key != *gindex => reject("incomplete", format!("{key:.80} is not claimed")),
        _ => Ok(format!("{leaf:#x}")),
    };
    let values = keys.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({"values": values}))
}

fn to_node(bytes: &[u8], class: &'static str) -> Result<Node, Rejection> {
    Node::try_from(bytes).or_else(|fault| reject(class, format!("{} bytes: {fault}", bytes.len())))
}

/// Splits a generalized index into its depth and the index within its level, the bits below the first one.
fn to_position(gindex: &str) -> Option<(usize, usize)> {
    let (first, rest) = gindex.strip_prefix("0x")?.split_at(1);
    let first = u32::from_str_radix(first, 16).ok()?;
    let bits = first.checked_ilog2()?;
    let index = format!("{:x}{rest}", first ^ 1 << bits);
    Some((4 * rest.len() + bits as usize, usize::from_str_radix(&index, 16).ok()?))
}
