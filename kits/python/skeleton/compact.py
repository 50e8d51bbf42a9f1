"""A placeholder for your library: the root of a `compact` proof.

The encoding is specified by PROOF-SSZ-010 and PROOF-SSZ-011 (docs/spec/binary-trees.md).
Delete this file once `adapter.py` calls your own code.
"""

from hashlib import sha256
from typing import Optional

from proofhouse_adapter.protocol import Rejection

MAX_PROOF_BYTES = 64 << 20
MAX_NODES = 1 << 22
MAX_DEPTH = 1023


def root(proof: bytes) -> bytes:
    """Computes the root of `proof`: the bits of a shape, then the bottom nodes."""
    if len(proof) > MAX_PROOF_BYTES:
        raise Rejection("limit-exceeded", f"proof: more than {MAX_PROOF_BYTES} bytes")
    nodes = _count_nodes(proof)
    shape_bytes = (nodes + 7) // 8
    padding = (1 << (8 * shape_bytes - nodes)) - 1
    if proof[shape_bytes - 1] & padding:
        raise Rejection("malformed", "the padding bits of the shape are not zero")
    length = shape_bytes + 32 * ((nodes + 1) // 2)
    if len(proof) != length:
        raise Rejection("malformed", f"proof: {len(proof)} bytes, expected {length}")
    return _fold(proof, nodes, shape_bytes)


def _count_nodes(proof: bytes) -> int:
    """Counts the bits of the shape, until bottom nodes exceed inner nodes by one."""
    nodes, missing = 0, 1
    while missing:
        if nodes == 8 * len(proof):
            raise Rejection("malformed", f"the shape has no end within {nodes} bits")
        if nodes == MAX_NODES:
            raise Rejection("limit-exceeded", f"proof: more than {MAX_NODES} nodes")
        missing += -1 if _is_bottom(proof, nodes) else 1
        nodes += 1
    return nodes


def _fold(proof: bytes, nodes: int, bottoms_offset: int) -> bytes:
    """Hashes the tree in pre-order, without recursion."""
    # The inner nodes above the current node, each with its left child once it is known.
    above: list[Optional[bytes]] = []
    node, end = b"", bottoms_offset
    for index in range(nodes):
        if not _is_bottom(proof, index):
            above.append(None)
            if len(above) > MAX_DEPTH:
                raise Rejection("limit-exceeded", f"proof: deeper than {MAX_DEPTH} levels")
            continue
        node, end = proof[end : end + 32], end + 32
        while above and (left := above[-1]) is not None:
            node = sha256(left + node).digest()
            above.pop()
        if above:
            above[-1] = node
    return node


def _is_bottom(shape: bytes, index: int) -> int:
    """Returns the bit of a node; the most significant bit of a byte is the first."""
    return shape[index >> 3] >> (7 - (index & 7)) & 1
