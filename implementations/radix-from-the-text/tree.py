"""
The tree of docs/spec/radix.md, as far as a proof opens it. An open node is a `Leaf` or a `Branch`; any other node is `Closed`.
Nodes are immutable, so that trees share them. A root is computed once, when it is first read.

An attacker can choose a depth of 65 536 levels, so that no function is recursive.
"""

from __future__ import annotations

from typing import Iterator, Optional, Union

from blake3 import blake3

from bits import pack_bits, read_bits
from rejection import incomplete

EMPTY_ROOT = bytes(32)
LEAF_TAG = b"\x00"
BRANCH_TAG = b"\x01"


class Closed:
    """A subtree of which only the root is known."""

    __slots__ = ("root",)

    def __init__(self, root: bytes) -> None:
        self.root = root


class Leaf:
    __slots__ = ("key", "root", "value")

    def __init__(self, key: bytes, value: bytes, root: bytes | None = None) -> None:
        self.key = key
        self.value = value
        self.root = root


class Branch:
    """
    An internal node. It does not store its position: a walk computes `start`, the first bit of its prefix. The branching bit is
    `start + prefix_length`.
    """

    __slots__ = ("left", "prefix", "prefix_length", "right", "root")

    def __init__(self, prefix: int, prefix_length: int, left: Node, right: Node, root: bytes | None = None) -> None:
        self.prefix = prefix
        self.prefix_length = prefix_length
        self.left = left
        self.right = right
        self.root = root


Node = Union[Closed, Leaf, Branch]
Tree = Optional[Node]  # The empty tree is None.

# The direction of a key from a branch, in the order of keys. BEFORE and AFTER are beside the subtree: a bit of the prefix
# differs, or the key ends at or before the branching bit. Such a key is less than all longer ones.
BEFORE, LEFT, RIGHT, AFTER = range(4)


def direction(branch: Branch, start: int, key: bytes) -> int:
    length = branch.prefix_length
    available = 8 * len(key) - start
    if available <= length:
        compared = read_bits(key, start, start + available)
        return BEFORE if compared <= branch.prefix >> (length - available) else AFTER
    compared = read_bits(key, start, start + length + 1)
    side = compared & 1
    compared >>= 1
    if compared == branch.prefix:
        return RIGHT if side else LEFT
    return BEFORE if compared < branch.prefix else AFTER


def find(tree: Tree, key: bytes) -> bytes | None:
    """Returns the value of `key`, or None if it is absent (PROOF-RADIX-004, PROOF-RADIX-005)."""
    node, start = tree, 0
    while isinstance(node, Branch):
        side_of_key = direction(node, start, key)
        if side_of_key in (BEFORE, AFTER):
            return None
        start += node.prefix_length + 1
        node = node.right if side_of_key == RIGHT else node.left
    if isinstance(node, Closed):
        raise incomplete(f"the node after {start} bits is not open")
    return node.value if node is not None and node.key == key else None


def write_leaf(leaf: Leaf) -> bytes:
    """Returns the hash input of a leaf."""
    return LEAF_TAG + leaf.key + leaf.value


def write_branch(branch: Branch, left: bytes, right: bytes) -> bytes:
    """Returns the hash input of an internal node whose subtrees have the roots `left` and `right`."""
    length = branch.prefix_length
    return b"".join((BRANCH_TAG, length.to_bytes(2, "big"), pack_bits(branch.prefix, length), left, right))


def root_of(tree: Tree) -> bytes:
    """Returns the root, with one hash for each open node that has not been hashed yet (PROOF-RADIX-002)."""
    if tree is None:
        return EMPTY_ROOT
    pending = [tree]
    while pending:
        node = pending[-1]
        if isinstance(node, Leaf):
            node.root = node.root or blake3(write_leaf(node)).digest()
        elif isinstance(node, Branch) and node.root is None:
            left, right = node.left.root, node.right.root
            if left is None or right is None:
                pending += [child for child in (node.left, node.right) if child.root is None]
                continue
            node.root = blake3(write_branch(node, left, right)).digest()
        pending.pop()
    assert tree.root is not None
    return tree.root


def walk(tree: Tree) -> Iterator[tuple[Node, int]]:
    """Yields every node in pre-order, also closed nodes, with its level below the root."""
    pending = [] if tree is None else [(tree, 0)]
    while pending:
        node, level = pending.pop()
        yield node, level
        if isinstance(node, Branch):
            pending += [(node.right, level + 1), (node.left, level + 1)]


def prune(tree: Tree, opened: set[Node]) -> Tree:
    """Returns `tree` with only the nodes `opened` open. With a node, `opened` contains all nodes above it."""
    if tree is None:
        return None
    root_of(tree)
    parts: list[Part] = []
    pending = [tree]
    while pending:
        node = pending.pop()
        if node not in opened:
            assert node.root is not None
            parts.append((Closed(node.root), False))
        elif isinstance(node, Branch):
            parts.append((node, True))
            pending += [node.right, node.left]
        else:
            parts.append((node, False))
    return assemble(parts)


def merge(one: Tree, other: Tree) -> Tree:
    """Returns a tree in which the open nodes of both trees are open. Both must have the same root."""
    if one is None or other is None:
        return None
    parts: list[Part] = []
    pending = [(one, other)]
    while pending:
        one, other = pending.pop()
        if isinstance(one, Branch) and isinstance(other, Branch):
            parts.append((one, True))
            pending += [(one.right, other.right), (one.left, other.left)]
        else:
            parts.append((other if isinstance(one, Closed) else one, False))
    return assemble(parts)


# A node in pre-order, and whether it is a branch whose children are the next parts and not its own.
Part = tuple[Node, bool]


def assemble(parts: list[Part]) -> Node:
    """Builds the tree of `parts`. Nodes keep their hashes, because their new subtrees have the same roots."""
    built: list[Node] = []
    for node, is_rebuilt in reversed(parts):
        if is_rebuilt and isinstance(node, Branch):
            left, right = built.pop(), built.pop()
            node = Branch(node.prefix, node.prefix_length, left, right, node.root)
        built.append(node)
    return built.pop()
