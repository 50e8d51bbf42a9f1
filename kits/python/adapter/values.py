"""
The forms of the wire, read strictly (CONFORMANCE.md, chapter 2). What a library can judge is left to it. A reader takes a
value and its place, which an error names.
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
    """A method's parameters by name, besides `backend` and `encoding`. Of the optional ones those that are there."""
    readers = {**required, **optional}
    for name in params:
        if name not in ("backend", "encoding", *readers):
            raise Rejection(INVALID, f"there is no parameter {name!r}")
    for name in required:
        if name not in params:
            raise Rejection(INVALID, f"parameter {name!r} is missing")
    return {name: read(params[name], f"/{name}") for name, read in readers.items() if name in params}


def options_of(readers):
    """Of the options: `profile`, and others by their readers."""

    def read_options(value, place):
        if not isinstance(value, dict):
            raise Rejection(INVALID, f"{place}: expected an object")
        known = {"profile": read_profile, **readers}
        for name in value:
            if name not in known:
                raise Rejection(INVALID, f"{place}: {name!r} does not apply")
        return {name: known[name](option, f"{place}/{name}") for name, option in value.items()}

    return read_options


def read_profile(value, place):
    if value not in ("strict", "lenient"):
        raise Rejection(INVALID, f"{place}: expected strict or lenient")
    return value


def read_flag(value, place):
    if not isinstance(value, bool):
        raise Rejection(INVALID, f"{place}: expected true or false")
    return value


def read_bytes(value, place):
    if not isinstance(value, str) or len(value) % 2 or not re.fullmatch("0x[0-9a-f]*", value):
        raise Rejection(INVALID, f"{place}: expected bytes, 0x and lower-case hex of even length")
    return bytes.fromhex(value[2:])


def read_root(value, place):
    root = read_bytes(value, place)
    if len(root) != 32:
        raise Rejection(INVALID, f"{place}: expected 32 bytes, not {len(root)}")
    return root


def read_node(value, place):
    """A node of a tree: 32 bytes."""
    return read_root(value, place)


def read_quantity(value, place):
    """A quantity of any size."""
    if not isinstance(value, str) or not re.fullmatch("0x(?:0|[1-9a-f][0-9a-f]*)", value):
        raise Rejection(INVALID, f"{place}: expected a quantity, 0x and minimal lower-case hex")
    return int(value, 16)


def read_gindex(value, place):
    """A generalized index within the bound of the interface."""
    gindex = read_quantity(value, place)
    if 4 * len(value[2:]) > MAX_GINDEX_BITS:
        raise Rejection("limit-exceeded", f"{place}: more than {MAX_GINDEX_BITS} bits")
    return gindex


def read_name(value, place):
    if not isinstance(value, str):
        raise Rejection(INVALID, f"{place}: expected a name, not {json.dumps(value)[:80]}")
    return value


def list_of(read):
    def read_list(value, place):
        if not isinstance(value, list):
            raise Rejection(INVALID, f"{place}: expected a list")
        return [read(item, f"{place}/{at}") for at, item in enumerate(value)]

    return read_list


def pair_of(read_key, read_value):
    def read_pair(value, place):
        if not isinstance(value, list) or len(value) != 2:
            raise Rejection(INVALID, f"{place}: expected a key and a value")
        return read_key(value[0], f"{place}/0"), read_value(value[1], f"{place}/1")

    return read_pair


def read_list(value, place, read_item):
    """A list: `read_list(params.get("keys"), "keys", read_gindex)`."""
    return list_of(read_item)(value, place)
