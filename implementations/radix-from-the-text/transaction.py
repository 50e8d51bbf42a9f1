"""Runs the steps of `transact` (PROOF-RADIX-034)."""

from __future__ import annotations

from typing import NamedTuple, Union

from rejection import invalid_argument
from rewrite import Write, rewrite
from tree import Tree, find, root_of


class Unwritten:
    """Replaces a value: the key has the value of the proof."""


UNWRITTEN = Unwritten()
Written = Union[bytes, None, Unwritten]


class Step(NamedTuple):
    name: str
    key: bytes = b""
    value: bytes | None = None


def run_steps(tree: Tree, steps: list[Step]) -> list[object]:
    transaction = Transaction(tree)
    results: list[object] = []
    for step in steps:
        result: object = True
        if step.name == "get":
            result = transaction.get(step.key)
        elif step.name == "root":
            result = transaction.root()
        elif step.name == "set":
            transaction.set(step.key, step.value)
        elif step.name == "checkpoint":
            transaction.checkpoint()
        elif step.name == "commit":
            transaction.commit()
        else:
            transaction.revert()
        results.append(result)
    return results


def check_nesting(steps: list[Step]) -> None:
    """Rejects a `commit` or `revert` without a checkpoint."""
    depth = 0
    for index, step in enumerate(steps):
        depth += {"checkpoint": 1, "commit": -1, "revert": -1}.get(step.name, 0)
        if depth < 0:
            raise invalid_argument(f"/steps/{index}: {step.name} without a checkpoint")


class Transaction:
    """
    The written values, and the tree of the last root, which is updated with the keys that have changed since. The cost of a
    sequence of writes, roots and reverts is therefore proportional to its length.
    """

    def __init__(self, tree: Tree) -> None:
        self._before = tree
        self._tree = tree
        self._written: dict[bytes, Written] = {}
        self._in_tree: set[bytes] = set()  # keys whose values in `_tree` and `_before` may differ
        self._changed: dict[bytes, None] = {}  # keys whose values in `_tree` and `_written` may differ
        self._undo: list[tuple[bytes, Written]] = []
        self._checkpoints: list[int] = []  # lengths of `_undo`

    def get(self, key: bytes) -> bytes | None:
        written = self._written.get(key, UNWRITTEN)
        return find(self._before, key) if isinstance(written, Unwritten) else written

    def set(self, key: bytes, value: bytes | None) -> None:
        self._undo.append((key, self._written.get(key, UNWRITTEN)))
        self._put(key, value)

    def _put(self, key: bytes, written: Written) -> None:
        self._written[key] = written
        self._changed[key] = None

    def root(self) -> bytes:
        writes: dict[bytes, Write] = {}
        for key in self._changed:
            if key in self._in_tree or not isinstance(self._written[key], Unwritten):
                writes[key] = self.get(key)
        self._tree = rewrite(self._tree, writes).tree
        self._in_tree.update(writes)
        self._changed.clear()
        return root_of(self._tree)

    def checkpoint(self) -> None:
        self._checkpoints.append(len(self._undo))

    def commit(self) -> None:
        self._checkpoints.pop()

    def revert(self) -> None:
        length = self._checkpoints.pop()
        while len(self._undo) > length:
            self._put(*self._undo.pop())
