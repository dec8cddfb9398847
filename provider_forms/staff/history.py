"""The history of the guide: what changed when, by whom and why, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import publishing, taken_back, undo
from provider_forms.desk.differences import PartChange, compare
from provider_forms.desk.line_changes import LineChanges, line_changes
from provider_forms.desk.mail import Mail
from provider_forms.desk.personal import private_in
from provider_forms.desk.signatures import by_staff
from provider_forms.desk.staff_models import PublishJob
from provider_forms.desk.taken_apart import read_file
from provider_forms.desk.undo import EVERYTHING, Wish
from provider_forms.provider.draft import local
from provider_forms.provider.standing import today
from provider_forms.staff import staff
from provider_forms.staff.access import staff as who
from provider_forms.staff.publication_links import why
from provider_forms.staff.signed import signed
from provider_forms.staff.submission import by
from provider_forms.staff.telling import mails_about, send_later
from provider_forms.web import kept
from provider_forms.web.content import standards
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render
from wmo_guide.store.history import History, Version

_ON_A_PAGE = 50
MOST_FILES = 20
"""Files of one version whose differences are shown."""
REASON = "a.reden"
_LONGEST = 1000
_NO_REASON = "Schrijf op waarom u dit terugzet. Het komt in de geschiedenis te staan."
_TOO_LONG = f"Maak deze tekst korter: er is plaats voor {_LONGEST} tekens."


@dataclass(frozen=True)
class File:
    """What a version changed in a file."""

    path: str
    name: str
    state: str
    """new, gone or changed."""
    parts: tuple[PartChange, ...]
    """For a provider: its answers."""
    lines: LineChanges | None
    """For every other file."""


@staff.get("/geschiedenis/", strict_slashes=False)
def history() -> Response:
    """All versions of the content, the newest first."""
    return _list("", "Geschiedenis van de gids")


@staff.get("/geschiedenis/bestand/<path:path>")
def file_history(path: str) -> Response:
    """All versions of one file: of a provider, or of anything else."""
    found = _versions(path, 0)
    if not found:
        abort(404)
    past = _history()
    name = undo.name_of(path, past.text("HEAD", path), past.text(f"{found[0].id}~1", path))
    return _list(path, f"Geschiedenis van {name}")


@staff.get("/geschiedenis/<version>/")
def version(version: str) -> Response:
    """What one version changed."""
    found = _version(version)
    paths = _history().touched(found.id)
    return render(
        "staff/version",
        found.subject,
        version=found,
        why=why(found.body),
        signed=signed([found]),
        files=[_file(found, path) for path in paths[:MOST_FILES]],
        more=paths[MOST_FILES:],
        may_restore=who().is_administrator and found.id != _history().head(),
    )


@staff.get("/geschiedenis/<version>/terug/")
@staff.get("/geschiedenis/<version>/terug/<path:path>")
def restore(version: str, path: str = EVERYTHING) -> Response:
    """Asks why the guide, or one file, is to be as it was in a version."""
    typed = kept.typed_again()
    return _ask(_version(version), path, typed.get(REASON, "") if typed else "")


@staff.post("/geschiedenis/<version>/terug/")
@staff.post("/geschiedenis/<version>/terug/<path:path>")
def restore_now(version: str, path: str = EVERYTHING) -> AnyResponse:
    """Queues the change that makes it so."""
    found, reason = _version(version), " ".join(request.form.get(REASON, "").split())
    _may(found, path)
    problem = _NO_REASON if not reason else _TOO_LONG if len(reason) > _LONGEST else private_in(reason)
    if problem:
        return _ask(found, path, reason, problem)
    wish, person, job = Wish(found, path, _name(found, path), reason), who().person.id, None
    mails: tuple[Mail, ...] = ()
    with desk().database.write() as db:
        changes = undo.restoring(db, _history(), found.id, path, today())
        if changes:
            wanted = undo.request(wish, changes, by_staff(person), local(found.at))
            job = publishing.queue(db, wanted, person, now())
            mails = _told_providers(db, job, found, reason)
        kept.forget(db, kept.here())
    publishing.wake(desk())
    send_later(mails)
    return redirect(url_for("staff.publications", _anchor=f"taak-{job.id}" if job else None), 303)


def _told_providers(db: Session, job: PublishJob, found: Version, reason: str) -> tuple[Mail, ...]:
    """The mails to those who sent what goes out of the guide by it, or comes back."""
    means = taken_back.announce(db, job, _history().newer(found.id), reason, by())
    return (*mails_about(db, "undone", means.gone, reason), *mails_about(db, "back", means.back, reason))


def _ask(found: Version, path: str, typed: str, problem: str = "") -> Response:
    _may(found, path)
    with desk().database.read() as db:
        changes = undo.restoring(db, _history(), found.id, path, today())
    return render(
        "staff/restore",
        "Zet de hele gids terug" if path == EVERYTHING else f"Zet {_name(found, path)} terug",
        status=400 if problem else 200,
        version=found,
        path=path,
        files=[one.path for one in changes],
        goes=path != EVERYTHING and all(one.text is None for one in changes),
        typed=typed,
        problem=problem,
    )


def _may(found: Version, path: str) -> None:
    """The whole guide is for administrators to put back; a file has to be one."""
    if path == EVERYTHING and not who().is_administrator:
        abort(403)
    if path != EVERYTHING and all(_text(version, path) is None for version in (found.id, "HEAD")):
        abort(404)


def _list(path: str, title: str) -> Response:
    skip = max(0, request.args.get("vanaf", 0, type=int))
    found = _versions(path, skip)
    more = skip + _ON_A_PAGE if len(found) > _ON_A_PAGE else None
    by_hand = _history().outside_changes() if not path else ()
    return render(
        "staff/history",
        title,
        versions=found[:_ON_A_PAGE],
        signed=signed(found[:_ON_A_PAGE]),
        path=path,
        more=more,
        first=not skip,
        by_hand=by_hand,
    )


def _versions(path: str, skip: int) -> tuple[Version, ...]:
    try:
        return _history().versions(path, _ON_A_PAGE + 1, skip)
    except ValueError:  # no path below the content folder
        abort(404)


def _version(name: str) -> Version:
    return _history().version(name) or abort(404)


def _name(found: Version, path: str) -> str:
    return undo.name_of(path, _text("HEAD", path), _text(found.id, path))


def _text(version: str, path: str) -> str | None:
    try:
        return _history().text(version, path)
    except ValueError:  # no path below the content folder
        return None


def _file(found: Version, path: str) -> File:
    past = _history()
    return file_of(path, past.text(f"{found.id}~1", path), past.text(found.id, path))


def file_of(path: str, old: str | None, new: str | None) -> File:
    """What the one text of a file makes of the other."""
    state = "changed" if old is not None and new is not None else "gone" if new is None else "new"
    parts = tuple(_parts(path, old, new))
    lines = None if parts else line_changes(old or "", new or "")
    return File(path, undo.name_of(path, new, old), state, parts, lines)


def _parts(path: str, old: str | None, new: str | None) -> Iterator[PartChange]:
    """The answers of a provider; none when the file can't be read as one, or went."""
    after = read_file(new) if new else None
    rules = standards(undo.region_of(path), or_none=True) if undo.is_provider(path) else None
    if after is not None and rules is not None:
        yield from compare(read_file(old) if old else None, after, rules)


def _history() -> History:
    return History(desk().content)
