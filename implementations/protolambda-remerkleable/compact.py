"""`compact` proofs and the library's partial trees: a bottom node is a `RootNode`, an inner node a `PairNode`."""

from remerkleable.tree import PairNode, RootNode

from proofhouse_adapter.protocol import Rejection


def read_compact(proof):
    """Returns the tree of `proof`, without hashing it."""
    shape, bottoms = [], 1  # bits in pre-order; the minimum number of bottom nodes for these bits
    while len(shape) < 2 * bottoms - 1:
        if 32 * bottoms > len(proof):
            raise Rejection("malformed", f"{len(proof)} bytes cannot hold {bottoms} bottom nodes")
        byte, bit = divmod(len(shape), 8)
        shape.append(proof[byte] >> (7 - bit) & 1)
        bottoms += 1 - shape[-1]
    shape_bytes = (len(shape) + 7) // 8
    length = shape_bytes + 32 * bottoms
    if len(proof) != length:
        raise Rejection("malformed", f"{len(proof)} bytes, expected {length} for {bottoms} bottom nodes")
    if proof[shape_bytes - 1] & ((1 << (8 * shape_bytes - len(shape))) - 1):
        raise Rejection("malformed", f"the padding after the {len(shape)} bits of the shape is not zero")
    end, nodes = length, []
    for is_bottom in reversed(shape):
        if is_bottom:
            nodes.append(RootNode(proof[end - 32 : end]))
            end -= 32
        else:
            nodes.append(PairNode(nodes.pop(), nodes.pop()))
    return nodes.pop()


def write_compact(tree):
    shape, bottoms, pending = "", [], [tree]
    while pending:
        node = pending.pop()
        if node.is_leaf():
            shape += "1"
            bottoms.append(node.merkle_root())
        else:
            shape += "0"
            pending += [node.get_right(), node.get_left()]
    shape_bytes = (len(shape) + 7) // 8
    return int(shape.ljust(8 * shape_bytes, "0"), 2).to_bytes(shape_bytes, "big") + b"".join(bottoms)
