"""Reads bytes from the beginning to the end, and rejects bytes that are left over (PROOF-GEN-006)."""

from __future__ import annotations

from rejection import malformed


class Cursor:
    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._name = name
        self._offset = 0

    @property
    def left(self) -> int:
        """The number of unread bytes."""
        return len(self._data) - self._offset

    def take(self, size: int) -> bytes:
        end = self._offset + size
        if end > len(self._data):
            raise malformed(f"{self._name}: expected {size} bytes at byte {self._offset}, {self.left} are left")
        taken = self._data[self._offset : end]
        self._offset = end
        return taken

    def take_u16(self) -> int:
        return int.from_bytes(self.take(2), "little")

    def take_u32(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def finish(self) -> None:
        if self.left > 0:
            raise malformed(f"{self._name}: {self.left} bytes are left over")
