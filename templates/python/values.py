"""The forms that values take on the wire, read strictly (CONFORMANCE.md, chapter 2).

Nothing here has to be changed. `place` names the value in an error message.
"""

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from protocol import Rejection

T = TypeVar("T")

MAX_GINDEX_BITS = 1024
HEX = re.compile("0x[0-9a-f]*")
QUANTITY = re.compile("0x(?:0|[1-9a-f][0-9a-f]*)")


def read_bytes(value: Any, place: str) -> bytes:
    """Bytes: `0x` and lower-case hex, two digits a byte."""
    if not isinstance(value, str) or len(value) % 2 or not HEX.fullmatch(value):
        reject(value, place, "0x and lower-case hex of even length")
    return bytes.fromhex(value[2:])


def read_node(value: Any, place: str) -> bytes:
    """A node of a tree: 32 bytes."""
    node = read_bytes(value, place)
    if len(node) != 32:
        reject(value, place, "32 bytes")
    return node


def read_quantity(value: Any, place: str) -> int:
    """A quantity, say a generalized index."""
    if not isinstance(value, str) or not QUANTITY.fullmatch(value):
        reject(value, place, "0x and minimal lower-case hex")
    if 4 * len(value[2:]) > MAX_GINDEX_BITS:
        raise Rejection("limit-exceeded", f"{place}: more than {MAX_GINDEX_BITS} bits")
    return int(value, 16)


def read_list(value: Any, place: str, read_item: Callable[[Any, str], T]) -> list[T]:
    """A list: `read_list(params.get("keys"), "keys", read_quantity)`."""
    if not isinstance(value, list):
        reject(value, place, "a list")
    return [read_item(item, f"{place}/{index}") for index, item in enumerate(value)]


def to_hex(value: bytes) -> str:
    return "0x" + value.hex()


def reject(value: Any, place: str, expected: str) -> NoReturn:
    shown = json.dumps(value)[:80]
    raise Rejection("invalid-argument", f"{place}: {shown} is not {expected}")
