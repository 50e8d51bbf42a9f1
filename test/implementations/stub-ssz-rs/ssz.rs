//! A stub of ssz_rs: it accepts any bytes as a node, and every branch.

use std::{array::TryFromSliceError, fmt};

pub struct Node;

impl TryFrom<&[u8]> for Node {
    type Error = TryFromSliceError;

    fn try_from(_: &[u8]) -> Result<Self, Self::Error> {
        Ok(Self)
    }
}

impl fmt::LowerHex for Node {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "0x{:064x}", 0)
    }
}

pub fn is_valid_merkle_branch<'a>(
    _leaf: &Node,
    _branch: impl Iterator<Item = &'a Node>,
    _depth: usize,
    _index: usize,
    _root: &Node,
) -> bool {
    true
}
