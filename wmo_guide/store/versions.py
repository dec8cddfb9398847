"""What the history tells and is told: who, what and when, as values and as git writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from wmo_guide.store.git import GitError

_FIELDS = ("%H", "%at", "%an", "%ae", "%cn", "%ce", "%B")
FORMAT = "--format=format:%x01" + "%x00".join(_FIELDS) + "%x00"
VERSION = re.compile(r"[0-9a-f]{7,64}(?:~1)?")
"""An id, or what came before it."""
_NOT_IN_NAMES = str.maketrans("<>", "()")


@dataclass(frozen=True)
class Change:
    """A file as it is to be. `path` stands below the content folder; without text the file goes."""

    path: str
    text: str | None


@dataclass(frozen=True)
class Signature:
    """Who: a name and a mail address, none of them private."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{_plain(self.name)} <{_plain(self.email)}>"


OURS = Signature("Wmo-gids", "wmo-gids@noreply.invalid")
"""The program itself: who begins a history."""


@dataclass(frozen=True)
class Version:
    """One step in the history."""

    id: str
    at: datetime
    author: Signature
    committer: Signature
    subject: str
    body: str

    @property
    def message(self) -> str:
        """Subject and body, as they were given."""
        return f"{self.subject}\n\n{self.body}" if self.body else self.subject


def who_env(author: Signature, committer: Signature, at: datetime) -> dict[str, str]:
    """Who, for a git that is asked to commit."""
    moment = f"{int(at.timestamp())} +0000"
    return {
        "GIT_AUTHOR_NAME": author.name,
        "GIT_AUTHOR_EMAIL": author.email,
        "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_NAME": committer.name,
        "GIT_COMMITTER_EMAIL": committer.email,
        "GIT_COMMITTER_DATE": moment,
    }


def records(told: bytes) -> Iterator[list[str]]:
    """The versions in what `git log` tells by FORMAT, each as a list of fields."""
    for record in told.decode("utf-8", "replace").split("\x01")[1:]:
        yield record.split("\0")


def version_of(fields: list[str]) -> Version:
    """The version in a record."""
    name, at, author, author_mail, committer, committer_mail, message = fields[: len(_FIELDS)]
    subject, _, body = message.partition("\n")
    return Version(
        id=name,
        at=datetime.fromtimestamp(int(at), UTC),
        author=Signature(author, author_mail),
        committer=Signature(committer, committer_mail),
        subject=subject,
        body=body.strip("\n"),
    )


def _plain(text: str) -> str:
    """A text that can stand in a signature."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).translate(_NOT_IN_NAMES).split())


def clean(message: str) -> str:
    """A message as git keeps it: without control characters and needless white space."""
    lines = ["".join(sign for sign in line if sign.isprintable()).rstrip() for line in message.split("\n")]
    subject, *body = "\n".join(lines).strip().split("\n")
    rest = "\n".join(body).strip("\n")
    return f"{subject}\n\n{rest}" if rest else subject


def named(version: str) -> str:
    """The name of a version, and no option for git. Raises GitError."""
    if version != "HEAD" and not VERSION.fullmatch(version):
        raise GitError(f"{version!r} is no version.")
    return version


def checked(path: str) -> str:
    """A path below the content folder. Raises ValueError for one that leads out of it, or into the history itself."""
    parts = PurePosixPath(path).parts
    if (
        not parts
        or path.startswith("/")
        or path != "/".join(parts)
        or ".." in parts
        or not path.isprintable()
        or parts[0] == ".git"
    ):
        raise ValueError(f"{path!r} is no path below the content folder.")
    return path


def stream(  # noqa: PLR0913, PLR0917  (all that a version is)
    branch: str,
    before: str,
    files: Mapping[str, str | None],
    message: str,
    who: tuple[Signature, Signature],
    at: datetime,
) -> bytes:
    """A version on top of another, as `git fast-import` reads it; `who` are author and committer."""
    moment = f"{int(at.timestamp())} +0000"
    lines = [
        f"commit {branch}\nauthor {who[0]} {moment}\ncommitter {who[1]} {moment}\n".encode(),
        _data(f"{clean(message)}\n"),
        f"from {before}\n".encode(),
        *(_file(path, text) for path, text in files.items()),
        b"done\n",
    ]
    return b"".join(lines)


def _data(text: str) -> bytes:
    data = text.encode("utf-8", "surrogateescape")
    return b"data %d\n%s\n" % (len(data), data)


def _file(path: str, text: str | None) -> bytes:
    name = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    if text is None:
        return f'D "{name}"\n'.encode("utf-8", "surrogateescape")
    return f'M 100644 inline "{name}"\n'.encode("utf-8", "surrogateescape") + _data(text)
