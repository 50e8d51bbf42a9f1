"""
Tests remerkleable as `ssz` in the encoding `compact`. The adapter translates requests and repairs nothing: the library hashes
the tree of a proof, reads, sets and summarizes nodes, and raises an exception where a tree ends.
"""

from remerkleable.tree import NavigationError, RootNode

from compact import read_compact, write_compact
from proofhouse_adapter.protocol import Rejection, serve
from proofhouse_adapter.values import to_hex
from request import methods_of


def open_proof(root, proof):
    tree = read_compact(proof)
    if tree.merkle_root() != root:
        raise Rejection("invalid-proof", f"the proof's root is {to_hex(tree.merkle_root())}")
    return tree


def reach(step, gindex):
    """Calls `step(gindex)`. The library raises the same exception for index 0 and for a missing node."""
    try:
        return step(gindex)
    except NavigationError:
        raise Rejection("incomplete" if gindex > 0 else "invalid-argument", f"NavigationError at {gindex:#x}") from None


def read_node(tree, gindex):
    return to_hex(reach(tree.getter, gindex).merkle_root())


def write_node(tree, gindex, value):
    # The library also sets inner nodes, and drops the nodes below; the interface only writes to bottom nodes.
    if not reach(tree.getter, gindex).is_leaf():
        raise Rejection("invalid-argument", f"{gindex:#x} is an inner node of the proof")
    return reach(tree.setter, gindex)(RootNode(value))


def compute_root(proof):
    return {"root": to_hex(read_compact(proof).merkle_root())}


def get(root, proof, keys):
    tree = open_proof(root, proof)
    return {"values": [read_node(tree, key) for key in keys]}


def update(root, proof, writes):
    tree = open_proof(root, proof)
    for key, value in writes:
        tree = write_node(tree, key, value)
    return {"root": to_hex(tree.merkle_root()), "proof": to_hex(write_compact(tree))}


def extract(root, proof, keys):
    """Summarizes every node beside the paths to the keys, and every key with no other key below it."""
    tree = open_proof(root, proof)
    for key in keys:
        reach(tree.getter, key)  # checked first, so that no key is longer than the depth of the proof
    opened = {key >> levels for key in keys for levels in range(1, key.bit_length())}
    known = {1}.union(*({2 * parent, 2 * parent + 1} for parent in opened))
    for bottom in known - opened:
        tree = tree.summarize_into(bottom)()
    return {"proof": to_hex(write_compact(tree))}


def transact(root, proof, steps):
    """The trees of the library are immutable, so that a checkpoint keeps the previous tree."""
    trees = [open_proof(root, proof)]
    results = []
    for name, argument in steps:
        result = True
        if name == "get":
            result = read_node(trees[-1], argument)
        elif name == "set":
            trees[-1] = write_node(trees[-1], *argument)
        elif name == "root":
            result = to_hex(trees[-1].merkle_root())
        elif name == "checkpoint":
            trees.append(trees[-1])
        elif len(trees) == 1:
            raise Rejection("invalid-argument", f"{name} without a checkpoint")
        else:
            latest = trees.pop()
            if name == "commit":
                trees[-1] = latest
        results.append(result)
    return {"results": results}


serve(
    {
        "protocol": 1,
        "implementation": {"name": "remerkleable", "version": "0.1.28", "language": "Python"},
        "capabilities": {
            "proof": {"ssz": {"encodings": ["compact"], "operations": ["root", "get", "extract", "update", "transact"]}}
        },
    },
    methods_of(
        {
            "proof/root": compute_root,
            "proof/get": get,
            "proof/extract": extract,
            "proof/update": update,
            "proof/transact": transact,
        }
    ),
)
