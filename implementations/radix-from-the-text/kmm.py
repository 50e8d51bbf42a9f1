"""
The encoding `kmm` of docs/spec/radix.md. Four sections (labels, prefix lengths, terminals, hashes) describe the open nodes in
pre-order. No prefix is written: the prefix of a branch is part of a terminal at or below it.
"""

from __future__ import annotations

from typing import NamedTuple

from bits import BitPath, bit_at, first_bits, pack_bits, read_bits
from cursor import Cursor
from rejection import MAX_BRANCHING_BIT, MAX_KEY_BYTES, MAX_PROOF_BYTES, invalid_proof, limit_exceeded, malformed
from tree import EMPTY_ROOT, Branch, Closed, Leaf, Node, Tree, root_of, walk

SECTIONS = ("labels", "prefix lengths", "terminals", "hashes")


class Junction(NamedTuple):
    """A branch before its subtrees are read. If both subtrees are closed, its path is its own terminal."""

    start: int
    branching_bit: int
    path: bytes | None


def open_proof(proof: bytes, root: bytes, strict: bool) -> Tree:
    """Both profiles are the same, because a proof has only one form (PROOF-RADIX-022)."""
    tree = read(proof)
    computed = root_of(tree)
    if computed != root:
        raise invalid_proof(f"the proof's root is 0x{computed.hex()}")
    return tree


def count_nodes(proof: bytes, tree: Tree) -> int:
    return sum(not isinstance(node, Closed) for node, _ in walk(tree))


def read(proof: bytes) -> Tree:
    """Returns the tree of a proof, without hashing it."""
    sections = Cursor(proof, "the proof")
    labels, lengths, terminals, hashes = (Cursor(sections.take(sections.take_u32()), name) for name in SECTIONS)
    sections.finish()
    tree: Tree
    if labels.left == 0:
        tree = read_closed(hashes) if hashes.left > 0 else None
    else:
        tree = connect(read_nodes(LabelBits(labels), lengths, terminals, hashes))
    for section in (labels, lengths, terminals, hashes):
        section.finish()
    return tree


class LabelBits:
    def __init__(self, labels: Cursor) -> None:
        self._labels = labels
        self._byte = 0
        self._unread = 0

    def take(self) -> int:
        if self._unread == 0:
            self._byte = self._labels.take(1)[0]
            self._unread = 8
        self._unread -= 1
        return self._byte >> self._unread & 1

    def finish(self) -> None:
        if self._byte & ((1 << self._unread) - 1):
            raise malformed("labels: the padding bits are not zero")
        self._labels.finish()


def read_nodes(labels: LabelBits, lengths: Cursor, terminals: Cursor, hashes: Cursor) -> list[Node | Junction]:
    """Reads the nodes of the four sections, in pre-order."""
    nodes: list[Node | Junction] = []
    pending = [(True, 0)]  # whether a node is open, and the length of its path in bits
    while pending:
        is_open, start = pending.pop()
        if not is_open:
            nodes.append(read_closed(hashes))
        elif labels.take() == 0:
            nodes.append(read_leaf(terminals, start))
        else:
            left_open, right_open = labels.take() == 1, labels.take() == 1
            branching_bit = start + lengths.take_u16()
            if branching_bit > MAX_BRANCHING_BIT:
                raise malformed(f"prefix lengths: branching bit {branching_bit}, expected at most {MAX_BRANCHING_BIT}")
            path = None if left_open or right_open else read_path(terminals, branching_bit)
            nodes.append(Junction(start, branching_bit, path))
            pending += [(right_open, branching_bit + 1), (left_open, branching_bit + 1)]
    labels.finish()
    return nodes


def read_closed(hashes: Cursor) -> Closed:
    root = hashes.take(32)
    if root == EMPTY_ROOT:
        raise malformed("hashes: 32 zero bytes are not the root of a subtree")
    return Closed(root)


def read_leaf(terminals: Cursor, start: int) -> Leaf:
    size = terminals.take_u16()
    if not 1 <= size <= MAX_KEY_BYTES:
        raise malformed(f"terminals: a key of {size} bytes, expected 1 to {MAX_KEY_BYTES}")
    if 8 * size < start:
        raise malformed(f"terminals: a key of {size} bytes is shorter than its path of {start} bits")
    return Leaf(terminals.take(size), terminals.take(32))


def read_path(terminals: Cursor, length: int) -> bytes:
    path = terminals.take((length + 7) >> 3)
    if path != first_bits(path, length):
        raise malformed("terminals: the padding bits of a path are not zero")
    return path


def connect(nodes: list[Node | Junction]) -> Tree:
    """
    Connects the nodes from the last to the first. Each subtree keeps its first terminal for the branches above. Any other
    terminal is dropped once it has been compared with the first, so that none is compared twice (PROOF-RADIX-011).
    """
    built: list[tuple[Node, bytes | None]] = []
    for node in reversed(nodes):
        if isinstance(node, Junction):
            (left, left_terminal), (right, right_terminal) = built.pop(), built.pop()
            terminal = agree(node, left_terminal, right_terminal)
            prefix = read_bits(terminal, node.start, node.branching_bit)
            built.append((Branch(prefix, node.branching_bit - node.start, left, right), terminal))
        else:
            built.append((node, node.key if isinstance(node, Leaf) else None))
    return built.pop()[0]


def agree(junction: Junction, left: bytes | None, right: bytes | None) -> bytes:
    """Returns a terminal at or below the branch. Checks that all agree on its path, and with their sides."""
    bit = junction.branching_bit
    for terminal, side in ((left, 0), (right, 1)):
        if terminal is not None and bit_at(terminal, bit) != side:
            raise malformed(f"terminals: bit {bit} of a terminal is {1 - side}, but it is on side {side}")
    if left is not None and right is not None and first_bits(left, bit) != first_bits(right, bit):
        raise malformed(f"terminals: two terminals below bit {bit} differ before it")
    terminal = left if left is not None else right if right is not None else junction.path
    assert terminal is not None
    return terminal


def write(tree: Tree) -> bytes:
    root_of(tree)
    labels: list[str] = []
    lengths, terminals, hashes = bytearray(), bytearray(), bytearray()
    path = BitPath()
    pending: list[tuple[Node, int, int]] = [] if tree is None else [(tree, 0, 0)]
    while pending:
        node, start, side = pending.pop()
        if isinstance(node, Closed):
            hashes += node.root
        elif isinstance(node, Leaf):
            labels.append("0")
            terminals += len(node.key).to_bytes(2, "little") + node.key + node.value
        else:
            if start > 0:
                path.write(start - 1, side, 1)
            path.write(start, node.prefix, node.prefix_length)
            branching_bit = start + node.prefix_length
            label = "1" + "".join("0" if isinstance(child, Closed) else "1" for child in (node.left, node.right))
            labels.append(label)
            lengths += node.prefix_length.to_bytes(2, "little")
            if label == "100":
                terminals += path.first(branching_bit)
            pending += [(node.right, branching_bit + 1, 1), (node.left, branching_bit + 1, 0)]
        if len(terminals) > MAX_PROOF_BYTES:
            raise limit_exceeded("the terminals of the proof have more than 64 MiB")
    label_bits = "".join(labels)
    sections = (pack_bits(int(label_bits or "0", 2), len(label_bits)), lengths, terminals, hashes)
    return b"".join(len(section).to_bytes(4, "little") + section for section in sections)
