"""
Bits of byte strings, counted from the most significant bit of the first byte. A sequence of bits is an integer and a length.
The time of every function is proportional to the number of bits that it reads or writes, not to their position.
"""

from __future__ import annotations

from rejection import MAX_KEY_BYTES


def bit_at(data: bytes, position: int) -> int:
    return data[position >> 3] >> (7 - (position & 7)) & 1


def read_bits(data: bytes, start: int, end: int) -> int:
    """Returns the bits from `start` up to `end`, which `data` must have."""
    after = (end + 7) >> 3
    window = int.from_bytes(data[start >> 3 : after], "big") >> (8 * after - end)
    return window & ((1 << (end - start)) - 1)


def pack_bits(bits: int, length: int) -> bytes:
    """Returns `length` bits as bytes, padded with zero bits at the end."""
    size = (length + 7) >> 3
    return (bits << (8 * size - length)).to_bytes(size, "big")


def first_bits(data: bytes | bytearray, length: int) -> bytes:
    """Returns the first `length` bits as bytes, padded with zero bits."""
    packed = bytearray(data[: (length + 7) >> 3])
    if length & 7:
        packed[-1] &= 0xFF00 >> (length & 7) & 0xFF
    return bytes(packed)


class BitPath:
    """The bits from the root to the current node of a walk. A walk overwrites bits after it goes back up."""

    def __init__(self) -> None:
        self._bytes = bytearray(MAX_KEY_BYTES)

    def write(self, start: int, bits: int, length: int) -> None:
        if length == 0:
            return
        end = start + length
        first, after = start >> 3, (end + 7) >> 3
        shift = 8 * after - end
        window = int.from_bytes(self._bytes[first:after], "big") & ~(((1 << length) - 1) << shift)
        self._bytes[first:after] = (window | bits << shift).to_bytes(after - first, "big")

    def first(self, length: int) -> bytes:
        return first_bits(self._bytes, length)
