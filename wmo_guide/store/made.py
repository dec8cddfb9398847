"""Which recent versions of a history were asked for in which words: who asks once more gets the same version."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from wmo_guide.store.versions import Signature, Version, clean


class Asked(NamedTuple):
    """What a version was asked for with; times to the second, as git keeps them."""

    message: str
    author: str
    committer: str
    at: datetime

    @classmethod
    def of(cls, message: str, author: Signature, committer: Signature, at: datetime) -> Asked:
        """The same for what git would keep as the same."""
        return cls(clean(message), str(author), str(committer), at.replace(microsecond=0))


class Made:
    """Remembers them as long as nobody else adds a version: git takes twenty milliseconds to tell."""

    def __init__(self, recent: Callable[[], Iterable[Version]], most: int) -> None:
        """`recent` asks git for the newest versions, the newest first; `most` is how many."""
        self._recent = recent
        self._most = most
        self._versions: dict[Asked, str] = {}
        """The oldest first."""
        self._head = ""
        """The newest version when these were all."""

    def version(self, asked: Asked, head: str) -> str:
        """The version that was asked for like this, given the newest one; empty when there is none."""
        if self._head != head:
            known = [(Asked.of(one.message, one.author, one.committer, one.at), one.id) for one in self._recent()]
            self._versions = dict(reversed(known))
            self._head = head
        return self._versions.get(asked, "")

    def add(self, asked: Asked, version: str) -> None:
        """A version that was made just now, on the newest one that was known."""
        self._versions[asked] = self._head = version
        if len(self._versions) > self._most:
            del self._versions[next(iter(self._versions))]
