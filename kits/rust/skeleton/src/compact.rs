//! A placeholder for your library: the root of a `compact` proof.
//! The encoding is specified by PROOF-SSZ-010 and PROOF-SSZ-011 (docs/spec/binary-trees.md).
//! Delete this file once `main.rs` calls your own code.

use proofhouse::{LIMIT_EXCEEDED, MALFORMED, Rejection, reject};
use sha2::{Digest, Sha256};

const MAX_PROOF_BYTES: usize = 64 << 20;
const MAX_NODES: usize = 1 << 22;
const MAX_DEPTH: usize = 1023;

type Node = [u8; 32];

/// Computes the root of `proof`: the bits of a shape, then the bottom nodes, 32 bytes each.
pub fn root(proof: &[u8]) -> Result<Node, Rejection> {
    if proof.len() > MAX_PROOF_BYTES {
        return reject(
            LIMIT_EXCEEDED,
            format!("proof: more than {MAX_PROOF_BYTES} bytes"),
        );
    }
    let nodes = count_nodes(proof)?;
    let shape_bytes = nodes.div_ceil(8);
    let padding = (1 << (8 * shape_bytes - nodes)) - 1;
    if proof[shape_bytes - 1] & padding != 0 {
        return reject(MALFORMED, "the padding bits of the shape are not zero");
    }
    let length = shape_bytes + 32 * nodes.div_ceil(2);
    if proof.len() != length {
        return reject(
            MALFORMED,
            format!("proof: {} bytes, expected {length}", proof.len()),
        );
    }
    let (bottoms, _) = proof[shape_bytes..].as_chunks();
    fold(proof, nodes, bottoms)
}

/// Counts the bits of the shape, until bottom nodes exceed inner nodes by one.
fn count_nodes(proof: &[u8]) -> Result<usize, Rejection> {
    let mut nodes = 0;
    let mut missing = 1;
    while missing > 0 {
        if nodes == 8 * proof.len() {
            return reject(
                MALFORMED,
                format!("the shape has no end within {nodes} bits"),
            );
        }
        if nodes == MAX_NODES {
            return reject(
                LIMIT_EXCEEDED,
                format!("proof: more than {MAX_NODES} nodes"),
            );
        }
        if is_bottom(proof, nodes) {
            missing -= 1;
        } else {
            missing += 1;
        }
        nodes += 1;
    }
    Ok(nodes)
}

/// Hashes the tree in pre-order, without recursion.
fn fold(shape: &[u8], nodes: usize, bottoms: &[Node]) -> Result<Node, Rejection> {
    let mut bottoms = bottoms.iter();
    // The inner nodes above the current node, each with its left child once it is known.
    let mut above: Vec<Option<Node>> = Vec::new();
    let mut node = Node::default();
    for index in 0..nodes {
        if !is_bottom(shape, index) {
            above.push(None);
            if above.len() > MAX_DEPTH {
                return reject(
                    LIMIT_EXCEEDED,
                    format!("proof: deeper than {MAX_DEPTH} levels"),
                );
            }
            continue;
        }
        node = *bottoms.next().expect("the length of the proof was checked");
        while let Some(Some(left)) = above.last() {
            node = hash(left, &node);
            above.pop();
        }
        if let Some(left) = above.last_mut() {
            *left = Some(node);
        }
    }
    Ok(node)
}

/// The most significant bit of a byte is the first.
fn is_bottom(shape: &[u8], index: usize) -> bool {
    shape[index / 8] >> (7 - index % 8) & 1 == 1
}

fn hash(left: &Node, right: &Node) -> Node {
    Sha256::new()
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}
