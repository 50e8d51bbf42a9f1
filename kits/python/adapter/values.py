"""
Reads the values of docs/spec/protocol.md strictly. It checks only their form; the library under test checks their meaning.
A reader takes a value and its path, which error messages name.
"""

import json
import re

from .protocol import Rejection

MAX_GINDEX_BITS = 1024

INVALID = "invalid-argument"
MALFORMED = "malformed"


def to_hex(value):
    return f"0x{value.hex()}"


def read_params(params, required, optional):
    """Reads the parameters of a method except `backend` and `encoding`. Leaves out optional ones that are absent."""
    readers = {**required, **optional}
    for name in params:
        if name not in ("backend", "encoding", *readers):
            raise Rejection(INVALID, f"unknown parameter {name!r}")
    for name in required:
        if name not in params:
            raise Rejection(INVALID, f"parameter {name!r} is missing")
    return {name: read(params[name], f"/{name}") for name, read in readers.items() if name in params}


def options_of(readers):
    """Returns a reader of options: `profile`, and those of `readers`."""

    def read_options(value, path):
        if not isinstance(value, dict):
            raise Rejection(INVALID, f"{path}: expected an object")
        known = {"profile": read_profile, **readers}
        for name in value:
            if name not in known:
                raise Rejection(INVALID, f"{path}: {name!r} does not apply")
        return {name: known[name](option, f"{path}/{name}") for name, option in value.items()}

    return read_options


def read_profile(value, path):
    if value not in ("strict", "lenient"):
        raise Rejection(INVALID, f"{path}: expected strict or lenient")
    return value


def read_flag(value, path):
    if not isinstance(value, bool):
        raise Rejection(INVALID, f"{path}: expected true or false")
    return value


def read_bytes(value, path):
    if not isinstance(value, str) or len(value) % 2 or not re.fullmatch("0x[0-9a-f]*", value):
        raise Rejection(INVALID, f"{path}: expected bytes, 0x and lower-case hex of even length")
    return bytes.fromhex(value[2:])


def read_root(value, path):
    root = read_bytes(value, path)
    if len(root) != 32:
        raise Rejection(INVALID, f"{path}: expected 32 bytes, not {len(root)}")
    return root


def read_node(value, path):
    """Reads a node of a tree: 32 bytes."""
    return read_root(value, path)


def read_quantity(value, path):
    """Reads a quantity of any size."""
    if not isinstance(value, str) or not re.fullmatch("0x(?:0|[1-9a-f][0-9a-f]*)", value):
        raise Rejection(INVALID, f"{path}: expected a quantity, 0x and minimal lower-case hex")
    return int(value, 16)


def read_gindex(value, path):
    """Reads a generalized index within the bound of the interface."""
    gindex = read_quantity(value, path)
    if 4 * len(value[2:]) > MAX_GINDEX_BITS:
        raise Rejection("limit-exceeded", f"{path}: more than {MAX_GINDEX_BITS} bits")
    return gindex


def read_name(value, path):
    if not isinstance(value, str):
        raise Rejection(INVALID, f"{path}: expected a name, not {json.dumps(value)[:80]}")
    return value


def list_of(read):
    def read_list(value, path):
        if not isinstance(value, list):
            raise Rejection(INVALID, f"{path}: expected a list")
        return [read(item, f"{path}/{index}") for index, item in enumerate(value)]

    return read_list


def pair_of(read_key, read_value):
    def read_pair(value, path):
        if not isinstance(value, list) or len(value) != 2:
            raise Rejection(INVALID, f"{path}: expected a key and a value")
        return read_key(value[0], f"{path}/0"), read_value(value[1], f"{path}/1")

    return read_pair


def read_list(value, path, read_item):
    """Reads a list: `read_list(params.get("keys"), "keys", read_gindex)`."""
    return list_of(read_item)(value, path)
