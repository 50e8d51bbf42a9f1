"""Reads requests for `patricia`, and reads and writes the encodings of its proofs."""

from collections import namedtuple

import rlp
from eth_hash.auto import keccak
from proofhouse_adapter.protocol import Rejection
from proofhouse_adapter.values import (
    INVALID,
    MALFORMED,
    list_of,
    options_of,
    pair_of,
    read_bytes,
    read_flag,
    read_params,
    read_root,
    to_hex,
)
from rlp.exceptions import DecodingError

Claim = namedtuple("Claim", ["key", "nodes"])


class Witness:
    names_keys = False
    read = staticmethod(read_bytes)

    @staticmethod
    def list_nodes(proof):
        try:
            nodes = rlp.decode(proof)
        except DecodingError as fault:
            raise Rejection(MALFORMED, f"the proof is not RLP: {fault}") from None
        if not isinstance(nodes, list) or not all(isinstance(node, bytes) for node in nodes):
            raise Rejection(MALFORMED, "the proof is not a list of strings")
        return nodes

    @staticmethod
    def write(claims):
        return to_hex(rlp.encode(sorted({node for claim in claims for node in claim.nodes})))


class Eip1186:
    names_keys = True

    @staticmethod
    def read(proof, path):
        if not isinstance(proof, dict):
            raise Rejection(INVALID, f"{path}: expected an object")
        try:
            claims = list_of(read_claim)(members_of(proof, path, "proofs")["proofs"], f"{path}/proofs")
        except Rejection as fault:
            raise Rejection(MALFORMED, str(fault)) from None
        if not claims:
            raise Rejection(MALFORMED, f"{path}/proofs: expected at least one key")
        return claims

    @staticmethod
    def list_nodes(proof):
        return [node for claim in proof for node in claim.nodes]

    @staticmethod
    def write(claims):
        return {"proofs": [{"key": to_hex(key), "nodes": [to_hex(node) for node in nodes]} for key, nodes in claims]}


ENCODINGS = {"witness": Witness, "eip1186": Eip1186}


def members_of(value, path, *names):
    if not isinstance(value, dict) or value.keys() != set(names):
        raise Rejection(MALFORMED, f"{path}: expected an object of {', '.join(names)}")
    return value


def read_claim(claim, path):
    members = members_of(claim, path, "key", "nodes")
    return Claim(read_bytes(members["key"], f"{path}/key"), list_of(read_bytes)(members["nodes"], f"{path}/nodes"))


def read_value(value, path):
    """The library treats an empty value as a deletion; the interface uses `null` instead."""
    read = read_bytes(value, path)
    if not read:
        raise Rejection(INVALID, f"{path}: expected a value that is not empty")
    return read


def read_written(value, path):
    return None if value is None else read_value(value, path)


KEYS = list_of(read_bytes)

# `None` for a proof: its encoding reads it.
PARAMETERS = {
    "proof/get": {"root": read_root, "proof": None, "keys": KEYS},
    "proof/prove": {"entries": list_of(pair_of(read_bytes, read_value)), "keys": KEYS},
    "proof/extract": {"root": read_root, "proof": None, "keys": KEYS},
    "proof/update": {"root": read_root, "proof": None, "writes": list_of(pair_of(read_bytes, read_written))},
}

OPERATIONS = [name.removeprefix("proof/") for name in PARAMETERS]
CAPABILITIES = {"proof": {"patricia": {"encodings": list(ENCODINGS), "operations": OPERATIONS}}}


def methods_of(methods):
    """Wraps methods of read parameters as methods of the parameters on the wire."""
    return {name: reading(method, name) for name, method in methods.items()}


def reading(method, name):
    optional = {"options": options_of({"secure": read_flag})}
    if name in ("proof/prove", "proof/extract"):
        optional["deletes"] = KEYS

    def answer(params):
        encoding = ENCODINGS.get(params.get("encoding"))
        if params.get("backend") != "patricia" or encoding is None:
            raise Rejection("unsupported", f"only patricia in the encodings {' and '.join(ENCODINGS)} is supported")
        required = {key: read or encoding.read for key, read in PARAMETERS[name].items()}
        read = read_params(params, required, optional)
        is_secure = read.pop("options", {}).get("secure", False)
        if encoding.names_keys and read.get("deletes"):
            raise Rejection(INVALID, "/deletes: eip1186 cannot hold the extra nodes of deletions")
        # The library's tries do not hash keys; its callers do.
        return method(encoding=encoding, to_path=keccak if is_secure else bytes, **read)

    return answer
