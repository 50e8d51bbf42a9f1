"""
The encoding `nodes` of docs/spec/radix.md: the set of the hash inputs of the open nodes. An item has no position: the walk from
the root finds it by its hash.
"""

from __future__ import annotations

from blake3 import blake3

from bits import BitPath, first_bits, pack_bits
from cursor import Cursor
from rejection import (
    MAX_BRANCHING_BIT,
    MAX_KEY_BYTES,
    MAX_PROOF_NODES,
    invalid_proof,
    limit_exceeded,
    malformed,
    non_canonical,
)
from tree import (
    BRANCH_TAG,
    EMPTY_ROOT,
    LEAF_TAG,
    Branch,
    Closed,
    Leaf,
    Node,
    Part,
    Tree,
    assemble,
    root_of,
    walk,
    write_branch,
    write_leaf,
)


def open_proof(proof: bytes, root: bytes, strict: bool) -> Tree:
    items = read_items(proof)
    tree: Tree
    if root == EMPTY_ROOT:
        opened, tree = 0, None
    elif not items:
        opened, tree = 0, Closed(root)
    else:
        opened, tree = read_tree(items, root)
    if strict:
        check_canonical(items, opened)
    return tree


def count_nodes(proof: bytes, tree: Tree) -> int:
    """Counts every distinct item, open or not, because each one must be hashed."""
    return len(set(read_items(proof)))


def read_items(proof: bytes) -> list[bytes]:
    cursor = Cursor(proof, "the proof")
    count = cursor.take_u32()
    if 4 * count > cursor.left:
        raise malformed(f"the proof: {cursor.left} bytes cannot hold {count} items")
    items = [cursor.take(cursor.take_u32()) for _ in range(count)]
    cursor.finish()
    if count > MAX_PROOF_NODES:
        raise limit_exceeded(f"the proof has {count} items, expected at most {MAX_PROOF_NODES}")
    return items


def check_canonical(items: list[bytes], opened: int) -> None:
    """In the canonical form all items are open and in strictly ascending order (PROOF-RADIX-022)."""
    if any(before >= after for before, after in zip(items, items[1:])):
        raise non_canonical("the items are not in strictly ascending order")
    if len(items) != opened:
        raise non_canonical(f"{len(items) - opened} items are not open")


def read_tree(items: list[bytes], root: bytes) -> tuple[int, Node]:
    """Returns the number of nodes that are open under `root`, and their tree. Ignores all other items."""
    by_hash = {blake3(item).digest(): item for item in items}
    if root not in by_hash:
        raise invalid_proof(f"no item hashes to 0x{root.hex()}")
    opened: set[bytes] = set()
    parts: list[Part] = []
    path = BitPath()
    pending = [(root, 0, 0)]
    while pending:
        digest, start, side = pending.pop()
        if digest in opened:
            raise malformed(f"the item of 0x{digest.hex()} is reached at two positions")
        item = by_hash.get(digest)
        if item is None:
            parts.append((read_closed(digest), False))
            continue
        opened.add(digest)
        if start > 0:
            path.write(start - 1, side, 1)
        node = read_item(item, digest)
        parts.append((node, True))
        if isinstance(node, Branch):
            branching_bit = start + node.prefix_length
            if branching_bit > MAX_BRANCHING_BIT:
                raise malformed(f"an item has branching bit {branching_bit}, expected at most {MAX_BRANCHING_BIT}")
            path.write(start, node.prefix, node.prefix_length)
            pending += [(root_of(node.right), branching_bit + 1, 1), (root_of(node.left), branching_bit + 1, 0)]
        elif 8 * len(node.key) < start or first_bits(node.key, start) != path.first(start):
            raise malformed(f"the key of an item does not begin with the {start} bits of its path")
    return len(opened), assemble(parts)


def read_item(item: bytes, digest: bytes) -> Leaf | Branch:
    if item[:1] == LEAF_TAG:
        if not 1 <= len(item) - 33 <= MAX_KEY_BYTES:
            raise malformed(f"an item of {len(item)} bytes is no leaf")
        return Leaf(item[1:-32], item[-32:], digest)
    if item[:1] != BRANCH_TAG:
        raise malformed("an item that is neither a leaf nor an internal node")
    cursor = Cursor(item[1:], "an item")
    length = int.from_bytes(cursor.take(2), "big")
    packed = cursor.take((length + 7) >> 3)
    left, right = cursor.take(32), cursor.take(32)
    cursor.finish()
    prefix = int.from_bytes(packed, "big") >> (-length % 8)
    if packed != pack_bits(prefix, length):
        raise malformed("an item whose prefix padding is not zero")
    return Branch(prefix, length, read_closed(left), read_closed(right), digest)


def read_closed(root: bytes) -> Closed:
    if root == EMPTY_ROOT:
        raise malformed("an item names 32 zero bytes, the root of no subtree")
    return Closed(root)


def write(tree: Tree) -> bytes:
    root_of(tree)
    items: dict[bytes, bytes] = {}
    hidden: set[bytes] = set()
    for node, _ in walk(tree):
        root = root_of(node)
        if isinstance(node, Closed):
            hidden.add(root)
        elif root in items:
            raise malformed(f"the node 0x{root.hex()} is at two positions, which this encoding cannot express")
        elif isinstance(node, Leaf):
            items[root] = write_leaf(node)
        else:
            items[root] = write_branch(node, root_of(node.left), root_of(node.right))
    if not hidden.isdisjoint(items):
        raise malformed("a node is open at one position and closed at another, which this encoding cannot express")
    listed = (len(item).to_bytes(4, "little") + item for item in sorted(items.values()))
    return len(items).to_bytes(4, "little") + b"".join(listed)
