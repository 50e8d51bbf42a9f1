//! Stands in for your library: the root of a `compact` proof (CONFORMANCE.md, chapter 7).
//! Once `main.rs` calls your own code, delete this file.

use proofhouse::{LIMIT_EXCEEDED, MALFORMED, Rejection, reject};
use sha2::{Digest, Sha256};

const MAX_PROOF_BYTES: usize = 64 << 20;
const MAX_NODES: usize = 1 << 22;
const MAX_DEPTH: usize = 1023;

type Node = [u8; 32];

/// The root of the pruned tree in `proof`: its shape in bits, then its bottoms, 32 bytes each.
pub fn root(proof: &[u8]) -> Result<Node, Rejection> {
    if proof.len() > MAX_PROOF_BYTES {
        return reject(LIMIT_EXCEEDED, format!("more than {MAX_PROOF_BYTES} bytes"));
    }
    let nodes = count_nodes(proof)?;
    let shape_bytes = nodes.div_ceil(8);
    let padding = (1 << (8 * shape_bytes - nodes)) - 1;
    if proof[shape_bytes - 1] & padding != 0 {
        return reject(MALFORMED, "the padding of the shape is not zero");
    }
    let length = shape_bytes + 32 * nodes.div_ceil(2);
    if proof.len() != length {
        return reject(
            MALFORMED,
            format!("{} bytes, expected {length}", proof.len()),
        );
    }
    let (bottoms, _) = proof[shape_bytes..].as_chunks();
    fold(proof, nodes, bottoms)
}

/// How many bits the shape has: they end when the bottoms exceed the inner nodes by one.
fn count_nodes(proof: &[u8]) -> Result<usize, Rejection> {
    let mut nodes = 0;
    let mut missing = 1;
    while missing > 0 {
        if nodes == 8 * proof.len() {
            return reject(MALFORMED, format!("no end of the shape in {nodes} bits"));
        }
        if nodes == MAX_NODES {
            return reject(LIMIT_EXCEEDED, format!("more than {MAX_NODES} nodes"));
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

/// Hashes the tree in the order of its shape, from left to right and without recursion.
fn fold(shape: &[u8], nodes: usize, bottoms: &[Node]) -> Result<Node, Rejection> {
    let mut bottoms = bottoms.iter();
    // The inner nodes above the one that is read, each with its left child once that is known.
    let mut above: Vec<Option<Node>> = Vec::new();
    let mut node = Node::default();
    for index in 0..nodes {
        if !is_bottom(shape, index) {
            above.push(None);
            if above.len() > MAX_DEPTH {
                return reject(LIMIT_EXCEEDED, format!("deeper than {MAX_DEPTH} levels"));
            }
            continue;
        }
        node = *bottoms.next().expect("a bottom for each of the shape");
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

/// Bits are counted from the most significant one of the first byte.
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
