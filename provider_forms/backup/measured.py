"""A stream that gives no more than was agreed: a small file can hold an endless one."""

from __future__ import annotations

from gzip import GzipFile

_AT_ONCE = 80 * 1024 * 1024
"""No read of ours asks for more; one for a header that says it is larger would fill the memory."""
_BLOCK = 1024 * 1024


class TooMuchError(Exception):
    """There is more in it than was agreed."""

    def __init__(self) -> None:
        super().__init__("er zit meer in dan er hoort")


class Measured:
    """What tarfile needs of a stream, forward only."""

    def __init__(self, source: GzipFile, most: int) -> None:
        """`most`: bytes that may be read until more are allowed."""
        self._source = source
        self._most = most

    def allow(self, most: int) -> None:
        """Changes how much may be read, counted from the beginning."""
        self._most = most

    def read(self, size: int) -> bytes:
        """The next bytes."""
        if size > _AT_ONCE or self._source.tell() + size > self._most + _BLOCK:
            raise TooMuchError
        return self._source.read(size)

    def tell(self) -> int:
        """Where we are."""
        return self._source.tell()

    def seek(self, place: int, _whence: int = 0) -> int:
        """Goes forward."""
        if place > self._most + _BLOCK:
            raise TooMuchError
        return self._source.seek(place)

    def drain(self) -> None:
        """Reads what is left, which is nothing but filling up; with it, the sum over the whole is checked."""
        while self.read(_BLOCK):
            pass
