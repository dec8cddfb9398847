"""The first member of a backup: what it is, and each file in it with size and digest."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

FORMAT = 1
NAME = "manifest.json"
DATABASE, CONTENT, VAR = "database", "content", "var"
_PLACES = frozenset({DATABASE, CONTENT, VAR})
_DIGEST = re.compile(r"[0-9a-f]{64}")
NEVER = ("content/.git/hooks/", "content/.git/objects/info/alternates", "content/.git/commondir")
"""What git would run, or would look for elsewhere."""


class WrongManifestError(ValueError):
    """It isn't a manifest of ours. `newer`: it may be one of a later version."""

    def __init__(self, problem: str, *, newer: bool = False) -> None:
        self.newer = newer
        super().__init__(problem)


@dataclass(frozen=True)
class Member:
    """A file in a backup."""

    name: str
    size: int
    sha256: str
    runs: bool
    """Whether its owner may run it: git keeps that of a file too."""


@dataclass(frozen=True)
class Manifest:
    """What a backup is."""

    made: str
    """The moment, as ISO 8601."""
    revision: str
    """The version of the tables."""
    secret: str
    """A seal of the secret: by this it is known again, and tells nothing."""
    members: tuple[Member, ...]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(member.size for member in self.members)

    def text(self) -> str:
        """As it stands in the file."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1)


def parse(text: bytes) -> Manifest:
    """The manifest in a text. Raises WrongManifestError."""
    try:
        tree: Any = json.loads(text)
        if int(tree["format"]) > FORMAT:
            raise WrongManifestError("de vorm", newer=True)
        members = tuple(_member(one) for one in tree["members"])
        made, revision, secret = (_word(tree[key]) for key in ("made", "revision", "secret"))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise error if isinstance(error, WrongManifestError) else WrongManifestError(str(error)) from error
    _check_names([member.name for member in members])
    return Manifest(made, revision, secret, members)


def _member(tree: Any) -> Member:
    name, size, digest, runs = _word(tree["name"]), tree["size"], _word(tree["sha256"]), tree["runs"]
    if type(size) is not int or size < 0 or type(runs) is not bool or not _DIGEST.fullmatch(digest):
        raise WrongManifestError(f"wat er van {name} verteld wordt")
    return Member(name, size, digest, runs)


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongManifestError(f"geen tekst: {value!r}")
    return value


def _check_names(names: Sequence[str]) -> None:
    """Each name leads to one place, inside the folder in which the backup is unpacked."""
    known = set(names)
    if len(known) != len(names):
        raise WrongManifestError("een naam staat er twee keer in")
    for name in names:
        parts = name.split("/")
        outside = parts[0] not in _PLACES or len(parts) == 1 or not all(map(_is_plain, parts))
        if outside or name.lower().startswith(NEVER) or any(str(one) in known for one in PurePosixPath(name).parents):
            raise WrongManifestError(f"een naam die niet mag: {name!r}")


def _is_plain(part: str) -> bool:
    return part not in ("", ".", "..") and "\0" not in part
