"""
Tests py-trie as `patricia`. The adapter translates requests and repairs nothing: the library verifies, reads, proves and writes.
Only its own exceptions are verdicts; any other exception is `internal`.
"""

from contextlib import contextmanager

from rlp.exceptions import DecodingError
from trie import HexaryTrie
from trie.exceptions import BadTrieProof, InvalidNode, MissingTraversalNode, MissingTrieNode, ValidationError

import rlp
from partial import list_open_nodes, open_trie
from proofhouse_adapter.protocol import Rejection, serve
from proofhouse_adapter.values import INVALID, MALFORMED, to_hex
from request import CAPABILITIES, Claim, methods_of


NO_SIBLINGS = "the library's proofs cannot hold the extra nodes of deletions"


@contextmanager
def verdicts(root, nodes):
    """Converts the library's exceptions to error classes. A missing root node raises the same one as any missing node."""
    try:
        yield
    except (MissingTrieNode, MissingTraversalNode) as missing:
        raise reject_missing(missing, root, nodes) from None
    except BadTrieProof as bad:
        raise reject_missing(bad.__cause__, root, nodes) from None
    except (DecodingError, InvalidNode, ValidationError) as fault:
        raise Rejection(MALFORMED, f"{type(fault).__name__}: {fault}") from None


def reject_missing(missing, root, nodes):
    is_forged = missing.missing_node_hash == root and nodes
    return Rejection("invalid-proof" if is_forged else "incomplete", f"{type(missing).__name__}: {missing}")


def get_from_claims(root, nodes, paths):
    """Calls the library's verifier, which takes a proof as a set of decoded nodes."""
    proof = [rlp.decode(node) for node in nodes]
    HexaryTrie.get_from_proof(root, b"", proof)  # reads only the root node, because there may be no key
    return [HexaryTrie.get_from_proof(root, path, proof) for path in paths]


def get_from_set(root, nodes, paths):
    trie = open_trie(root, nodes)
    return [trie.get(path) for path in paths]


def get(encoding, root, proof, keys, to_path):
    nodes = encoding.list_nodes(proof)
    read = get_from_claims if encoding.names_keys else get_from_set
    with verdicts(root, nodes):
        values = read(root, nodes, [to_path(key) for key in keys])
    return {"values": [to_hex(value) if value else None for value in values]}


def prove(encoding, entries, keys, to_path, deletes=()):
    if deletes:
        raise Rejection("unsupported", NO_SIBLINGS)
    trie = HexaryTrie({})
    for key, value in entries:
        trie.set(to_path(key), value)
    return {"root": to_hex(trie.root_hash), "proof": write_proof(encoding, trie, keys, to_path)}


def extract(encoding, root, proof, keys, to_path, deletes=()):
    if deletes:
        raise Rejection("unsupported", NO_SIBLINGS)
    nodes = encoding.list_nodes(proof)
    with verdicts(root, nodes):
        return {"proof": write_proof(encoding, open_trie(root, nodes), keys, to_path)}


def update(encoding, root, proof, writes, to_path):
    nodes = encoding.list_nodes(proof)
    with verdicts(root, nodes):
        trie = open_trie(root, nodes)
        for key, value in writes:
            if value is None:
                trie.delete(to_path(key))
            else:
                trie.set(to_path(key), value)
        if encoding.names_keys:
            keys = [claim.key for claim in proof] + [key for key, _ in writes]
            written = write_proof(encoding, trie, keys, to_path)
        else:
            written = encoding.write([Claim(None, list_open_nodes(trie))])
    return {"root": to_hex(trie.root_hash), "proof": written}


def write_proof(encoding, trie, keys, to_path):
    """Proves each key with the library. Without keys a witness holds only the root node."""
    if encoding.names_keys and not keys:
        raise Rejection(INVALID, "eip1186 requires at least one key")
    claims = [Claim(key, encode_nodes(prove_key(trie, to_path(key)))) for key in sorted(set(keys))]
    return encoding.write(claims or [Claim(None, encode_nodes(prove_key(trie, b""))[:1])])


def prove_key(trie, path):
    try:
        return trie.get_proof(path)
    except KeyError as missing:
        # Here the library does not convert the exception of its mapping of nodes.
        raise Rejection("incomplete", f"get_proof: KeyError: {missing}") from None


def encode_nodes(nodes):
    return [rlp.encode(node) for node in nodes]


def skip(cases, reason):
    return {"match": f"proof/patricia/{cases}", "reason": reason}


KEY_BY_KEY = "the library writes key by key, and requires the nodes that each write needs"
DECODED_NODES = "the library's verifier requires that all nodes are decoded"

serve(
    {
        "protocol": 1,
        "implementation": {"name": "trie", "version": "4.0.0", "language": "Python"},
        "capabilities": CAPABILITIES,
        "unsupported": [
            skip("witness/deletions/*-{prove,extract}", NO_SIBLINGS),
            skip("witness/prove-inputs/deletes*", NO_SIBLINGS),
            skip("witness/merge-and-extract/extract-{deletes,keys-and-deletes,uncovered-delete}", NO_SIBLINGS),
            skip("*/update/{replaced,sibling-spared,sibling-spared-by-a-value,branch-replaced}", KEY_BY_KEY),
            skip("eip1186/forged-nodes/*-hash-*", DECODED_NODES),
            skip("eip1186/forged-methods/get-forged", DECODED_NODES),
            skip("eip1186/item-forms/{no-rlp,no-node,text,empty-item,value-item}-get", DECODED_NODES),
        ],
    },
    methods_of({"proof/get": get, "proof/prove": prove, "proof/extract": extract, "proof/update": update}),
)
