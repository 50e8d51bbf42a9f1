"""The methods of docs/spec/protocol.md for `radix`. Their parameters have been read, and have the right form."""

from __future__ import annotations

from typing import Callable, Mapping, Protocol, Sequence

import kmm
import node_set
from rejection import MAX_PROOF_BYTES, limit_exceeded, unsupported
from rewrite import READ, Write, join, rewrite
from transaction import Step, run_steps
from tree import Closed, Leaf, Tree, find, merge, prune, root_of, walk

Result = dict[str, object]


class Encoding(Protocol):
    """The interface of the modules `kmm` and `node_set`."""

    def open_proof(self, proof: bytes, root: bytes, strict: bool) -> Tree:
        """Returns the tree of an authentic proof (PROOF-GEN-002)."""

    def write(self, tree: Tree) -> bytes: ...

    def count_nodes(self, proof: bytes, tree: Tree) -> int: ...


ENCODINGS: dict[str, Encoding] = {"kmm": kmm, "nodes": node_set}


def to_hex(value: bytes | None) -> str | None:
    return None if value is None else f"0x{value.hex()}"


def open_proof(encoding: str, root: bytes, proof: bytes, strict: bool) -> Tree:
    tree = ENCODINGS[encoding].open_proof(proof, root, strict)
    check_size(proof)
    return tree


def write_proof(encoding: str, tree: Tree) -> str | None:
    proof = ENCODINGS[encoding].write(tree)
    check_size(proof)
    return to_hex(proof)


def check_size(proof: bytes) -> None:
    if len(proof) > MAX_PROOF_BYTES:
        raise limit_exceeded(f"the proof has {len(proof)} bytes, expected at most {MAX_PROOF_BYTES}")


def compute_root(encoding: str, proof: bytes, strict: bool) -> Result:
    if encoding != "kmm":
        raise unsupported("nodes: a set of nodes does not determine a root")
    tree = kmm.read(proof)
    check_size(proof)
    return {"root": to_hex(root_of(tree))}


def get(encoding: str, root: bytes, proof: bytes, keys: list[bytes], strict: bool) -> Result:
    tree = open_proof(encoding, root, proof, strict)
    return {"values": [to_hex(find(tree, key)) for key in keys]}


def cost(encoding: str, root: bytes, proof: bytes, strict: bool) -> Result:
    tree = open_proof(encoding, root, proof, strict)
    nodes = ENCODINGS[encoding].count_nodes(proof, tree)
    depth = max((level for node, level in walk(tree) if not isinstance(node, Closed)), default=0)
    return {"hashes": nodes, "bytes": len(proof), "nodes": nodes, "depth": depth}


def prove(
    encoding: str, entries: dict[bytes, bytes], keys: list[bytes], strict: bool, deletes: Sequence[bytes] = ()
) -> Result:
    full = join([Leaf(key, entries[key]) for key in sorted(entries)], 0)
    root = root_of(full)
    return {"root": to_hex(root), "proof": write_proof(encoding, open_for(full, keys, deletes))}


def extract(
    encoding: str, root: bytes, proof: bytes, keys: list[bytes], strict: bool, deletes: Sequence[bytes] = ()
) -> Result:
    tree = open_proof(encoding, root, proof, strict)
    return {"proof": write_proof(encoding, open_for(tree, keys, deletes))}


def open_for(tree: Tree, keys: Sequence[bytes], deletes: Sequence[bytes]) -> Tree:
    """Opens only the nodes that reading `keys` and deleting `deletes` together need (PROOF-RADIX-031)."""
    writes: dict[bytes, Write] = {**dict.fromkeys(keys, READ), **dict.fromkeys(deletes)}
    return prune(tree, rewrite(tree, writes).needed)


def update(encoding: str, root: bytes, proof: bytes, writes: Mapping[bytes, Write], strict: bool) -> Result:
    tree = rewrite(open_proof(encoding, root, proof, strict), writes).tree
    return {"root": to_hex(root_of(tree)), "proof": write_proof(encoding, tree)}


def transact(encoding: str, root: bytes, proof: bytes, steps: list[Step], strict: bool) -> Result:
    results = run_steps(open_proof(encoding, root, proof, strict), steps)
    return {"results": [to_hex(result) if isinstance(result, bytes) else result for result in results]}


def merge_proofs(encoding: str, root: bytes, proofs: list[bytes], strict: bool) -> Result:
    tree, *others = (open_proof(encoding, root, proof, strict) for proof in proofs)
    for other in others:
        tree = merge(tree, other)
    return {"proof": write_proof(encoding, tree)}


def convert(source: str, target: str, root: bytes, proof: bytes, strict: bool) -> Result:
    return {"proof": write_proof(target, open_proof(source, root, proof, strict))}


METHODS: dict[str, Callable[..., Result]] = {
    "proof/root": compute_root,
    "proof/get": get,
    "proof/prove": prove,
    "proof/convert": convert,
    "proof/cost": cost,
    "proof/update": update,
    "proof/transact": transact,
    "proof/merge": merge_proofs,
    "proof/extract": extract,
}
