"""Undoing: the content, or one file of it, as it was in an earlier version, by a new change on top of the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath

from sqlalchemy.orm import Session

from provider_forms.desk.job_lines import coming
from provider_forms.desk.publishing import FileChange, Request, fingerprint
from provider_forms.desk.taken_apart import read_file
from wmo_guide.store.history import History, Signature, Version

EVERYTHING = ""
"""In the place of a file's path: the whole content."""


@dataclass(frozen=True)
class Wish:
    """What is to be as it was: in which version, which file (or everything), and why."""

    version: Version
    path: str
    title: str
    reason: str


def restoring(session: Session, history: History, version: str, path: str, today: date) -> tuple[FileChange, ...]:
    """What has to change for a file, or all files, to be as they were in a version; nothing when they are.

    What waits for the press counts as done: the undoing comes after it.
    """
    queued = coming(session, history.content, today)
    return tuple(
        FileChange(one, text, fingerprint(now), now)
        for one in ([path] if path else _other(history, version, queued))
        if (text := history.text(version, one)) != (now := _now(history, queued, one))
    )


def request(wish: Wish, changes: tuple[FileChange, ...], staff: Signature, when: datetime) -> Request:
    """The change to be queued. `when` is the moment of the version, where the reader is."""
    what = "De hele gids" if wish.path == EVERYTHING else wish.title
    head = f"{what}: teruggezet naar {when:%d-%m-%Y %H:%M}"
    return Request(
        what="undo",
        region=region_of(wish.path),
        title=head,
        changes=changes,
        message=f"{head}\n\n{wish.reason}\n\nVersie: {wish.version.id}",
        author=staff,
        committer=staff,
    )


def region_of(path: str) -> str:
    """The region that a file belongs to; empty for what all regions share."""
    parts = PurePosixPath(path).parts
    return parts[1] if len(parts) > 2 and parts[0] == "regions" else ""  # noqa: PLR2004  (regions/<region>/<file>)


def is_provider(path: str) -> bool:
    """Whether a file is a provider's."""
    match PurePosixPath(path).parts:
        case ("regions", _, "providers", name):
            return name.endswith(".yaml")
    return False


def name_of(path: str, *texts: str | None) -> str:
    """What staff call a file: a provider by its name, out of the first text that has it, everything else by its path."""
    if is_provider(path):
        for text in texts:
            file = read_file(text) if text else None
            if file is not None and (name := file.organisation.get("name")):
                return str(name)
    return path


def _other(history: History, version: str, queued: Mapping[str, str | None]) -> Iterable[str]:
    """Files that are not what they were, and those of which it isn't known yet."""
    then, now = history.files(version), history.files("HEAD")
    return sorted({path for path in then.keys() | now.keys() if then.get(path) != now.get(path)} | queued.keys())


def _now(history: History, queued: Mapping[str, str | None], path: str) -> str | None:
    return queued[path] if path in queued else history.text("HEAD", path)
