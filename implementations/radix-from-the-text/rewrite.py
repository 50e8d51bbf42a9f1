"""
Reads, writes and deletes many keys in one descent. It goes down with all keys in order, and builds every subtree of the final map
on the way back up. The order of writes has no effect, and a node is required only if the final tree depends on it
(PROOF-RADIX-030, PROOF-RADIX-031, PROOF-RADIX-032, PROOF-RADIX-033).
"""

from __future__ import annotations

from typing import Callable, Mapping, NamedTuple, Union

from bits import read_bits
from rejection import incomplete, invalid_argument
from tree import AFTER, LEFT, RIGHT, Branch, Closed, Leaf, Node, Tree, direction


class Read:
    """Replaces a value: the key is read, and is not changed."""


READ = Read()
Write = Union[bytes, None, Read]  # None deletes.


class Rewritten(NamedTuple):
    tree: Tree
    needed: set[Node]  # The nodes of the previous tree that a proof of the keys opens.


class Descent(NamedTuple):
    """A node at bit `start`, and the keys whose paths reach it: from `low` up to `high` of all keys in order."""

    node: Node
    start: int
    low: int
    high: int


class Ascent(NamedTuple):
    """A branch whose children are complete. The keys from `inside` up to `outside` are below it, the others beside it."""

    branch: Branch
    start: int
    low: int
    inside: int
    outside: int
    high: int


def rewrite(tree: Tree, writes: Mapping[bytes, Write]) -> Rewritten:
    return Rewriting(writes).run(tree)


class Rewriting:
    def __init__(self, writes: Mapping[bytes, Write]) -> None:
        self.writes = writes
        self.keys = sorted(writes)
        self.needed: set[Node] = set()

    def run(self, tree: Tree) -> Rewritten:
        count = len(self.keys)
        if tree is None:
            return Rewritten(join(self.puts(0, count), 0), self.needed)
        pending: list[Descent | Ascent] = [Descent(tree, 0, 0, count)]
        done: list[Tree] = []
        while pending:
            task = pending.pop()
            if isinstance(task, Ascent):
                right, left = done.pop(), done.pop()
                done.append(self.ascend(task, left, right))
            elif task.low == task.high:
                done.append(task.node)
            elif isinstance(self.need(task.node, task.start), Leaf):
                done.append(self.replace_leaf(task))
            else:
                pending += self.descend(task)
        return Rewritten(done.pop(), self.needed)

    def need(self, node: Node, start: int) -> Leaf | Branch:
        if isinstance(node, Closed):
            raise incomplete(f"the node at bit {start} is required but not open")
        self.needed.add(node)
        return node

    def puts(self, low: int, high: int) -> list[Node]:
        """Returns the leaves of the written values, for keys that reach no node."""
        values = ((key, self.writes[key]) for key in self.keys[low:high])
        return [Leaf(key, value) for key, value in values if isinstance(value, bytes)]

    def replace_leaf(self, task: Descent) -> Tree:
        leaf = task.node
        assert isinstance(leaf, Leaf)
        before = self.first(task.low, task.high, lambda key: key >= leaf.key)
        stays = isinstance(self.writes.get(leaf.key, READ), Read)
        kept: list[Node] = [leaf] if stays else []
        return join(self.puts(task.low, before) + kept + self.puts(before, task.high), task.start)

    def descend(self, task: Descent) -> list[Descent | Ascent]:
        branch, start, low, high = task
        assert isinstance(branch, Branch)
        inside = self.first(low, high, lambda key: direction(branch, start, key) >= LEFT)
        middle = self.first(inside, high, lambda key: direction(branch, start, key) >= RIGHT)
        outside = self.first(middle, high, lambda key: direction(branch, start, key) >= AFTER)
        below = start + branch.prefix_length + 1
        return [
            Ascent(branch, start, low, inside, outside, high),
            Descent(branch.right, below, middle, outside),
            Descent(branch.left, below, inside, middle),
        ]

    def ascend(self, task: Ascent, left: Tree, right: Tree) -> Tree:
        branch, start, low, inside, outside, high = task
        below = start + branch.prefix_length + 1
        subtree: Tree
        if left is branch.left and right is branch.right:
            subtree = branch
        elif left is not None and right is not None:
            subtree = Branch(branch.prefix, branch.prefix_length, left, right)
        elif left is not None:
            subtree = self.lift(branch, 0, left, below)
        elif right is not None:
            subtree = self.lift(branch, 1, right, below)
        else:
            subtree = None
        around = self.puts(low, inside), self.puts(outside, high)
        return join(around[0] + ([] if subtree is None else [subtree]) + around[1], start)

    def lift(self, parent: Branch, side: int, child: Node, start: int) -> Node:
        """Replaces a parent with `child`, because its other child was deleted (PROOF-RADIX-031)."""
        child = self.need(child, start)
        if isinstance(child, Leaf):
            return child
        prefix = (parent.prefix << 1 | side) << child.prefix_length | child.prefix
        length = parent.prefix_length + 1 + child.prefix_length
        return Branch(prefix, length, child.left, child.right)

    def first(self, low: int, high: int, holds: Callable[[bytes], bool]) -> int:
        """Returns the index of the first key from `low` up to `high` for which `holds` is true; it is true for all later keys."""
        while low < high:
            middle = (low + high) // 2
            if holds(self.keys[middle]):
                high = middle
            else:
                low = middle + 1
        return low


class Fork(NamedTuple):
    """A branch whose right side is not complete yet."""

    left: Node
    bit: int
    sample: bytes  # a key below


def join(nodes: list[Node], start: int) -> Tree:
    """
    Builds the tree at bit `start` from subtrees in the order of their keys: leaves, and at most one branch. `bits` are the bits
    in which neighbours differ. Between two equal bits there is always a smaller one, so that they determine the tree.
    """
    if not nodes:
        return None
    bits = [parting_bit(*neighbours, start) for neighbours in zip(nodes, nodes[1:])]
    forks: list[Fork] = []
    node = trim(nodes[0], start, bits[:1])
    for index, bit in enumerate(bits):
        node = close_forks(forks, node, bit)
        sample = next(each.key for each in nodes[index : index + 2] if isinstance(each, Leaf))
        forks.append(Fork(node, bit, sample))
        node = trim(nodes[index + 1], start, bits[index : index + 2])
    return close_forks(forks, node, start - 1)


def close_forks(forks: list[Fork], node: Node, above: int) -> Node:
    """Completes the forks below the branching bit `above`, with `node` as their rightmost subtree."""
    while forks and forks[-1].bit > above:
        left, bit, sample = forks.pop()
        start = 1 + max(above, forks[-1].bit if forks else above)
        node = Branch(read_bits(sample, start, bit), bit - start, left, node)
    return node


def parting_bit(one: Node, other: Node, start: int) -> int:
    """Returns the first bit in which the keys of two neighbours differ (PROOF-RADIX-003)."""
    common = min(known_bits(one, start), known_bits(other, start))
    difference = leading_bits(one, start, common) ^ leading_bits(other, start, common)
    if difference == 0:
        raise invalid_argument("a key of the tree would be a prefix of another key")
    return start + common - difference.bit_length()


def known_bits(node: Node, start: int) -> int:
    if isinstance(node, Branch):
        return node.prefix_length
    assert isinstance(node, Leaf)
    return 8 * len(node.key) - start


def leading_bits(node: Node, start: int, count: int) -> int:
    if isinstance(node, Branch):
        return node.prefix >> (node.prefix_length - count)
    assert isinstance(node, Leaf)
    return read_bits(node.key, start, start + count)


def trim(node: Node, start: int, bits: list[int]) -> Node:
    """Shortens the prefix of a branch that moves below the deepest of `bits`."""
    if not isinstance(node, Branch) or not bits:
        return node
    length = node.prefix_length - (max(bits) + 1 - start)
    return Branch(node.prefix & ((1 << length) - 1), length, node.left, node.right)
