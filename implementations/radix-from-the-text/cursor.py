"""Bytes that are read from the beginning to the end, and that must end where their reader does (PROOF-GEN-006)."""

from __future__ import annotations

from rejection import malformed


class Cursor:
    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._name = name
        self._at = 0

    @property
    def left(self) -> int:
        """How many bytes have not been read yet."""
        return len(self._data) - self._at

    def take(self, size: int) -> bytes:
        end = self._at + size
        if end > len(self._data):
            raise malformed(f"{self._name}: {size} bytes are due at byte {self._at}, and {self.left} are left")
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def take_u16(self) -> int:
        return int.from_bytes(self.take(2), "little")

    def take_u32(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def finish(self) -> None:
        if self.left > 0:
            raise malformed(f"{self._name}: {self.left} bytes are left over")
