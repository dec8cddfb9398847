"""What a publication is about: the pages of the desk where it came from, and what it became."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk import submissions
from provider_forms.desk.content_edit import EditError, Files, Spot, items
from provider_forms.desk.content_kinds import KINDS, SHARED
from provider_forms.desk.content_words import words
from provider_forms.desk.models import Event, Person, Submission
from provider_forms.desk.publishing import UNFINISHED, FileChange, changes_of
from provider_forms.desk.staff_models import PublishJob
from provider_forms.staff.content_place import title_of
from provider_forms.staff.online import page_online
from provider_forms.web.desk import desk

_BACK_TO = re.compile(r"^Versie: ([0-9a-f]+)$", re.MULTILINE)
_MACHINE = ("Versie: ", "Opdracht: ")
"""Begins the lines of a message that are for the software."""


@dataclass(frozen=True)
class Ended:
    """That a publication was taken back."""

    what: str
    at: datetime
    who: str
    """Empty when nobody did it by hand."""
    why: str


def asked_by(db: Session, job: PublishJob) -> str:
    """Who asked for it; empty when nobody did."""
    return _email(db, job.made_by)


def _email(db: Session, person_id: int | None) -> str:
    person = db.get(Person, person_id) if person_id else None
    return person.email if person else ""


def reason_of(job: PublishJob) -> str:
    """Why, as it was typed; empty when nothing was."""
    return why(job.message.partition("\n\n")[2])


def why(body: str) -> str:
    """What people wrote of the text below the first line of a version's message; the rest is for the software."""
    return "\n".join(line for line in body.splitlines() if line and not line.startswith(_MACHINE))


def ended(db: Session, job: PublishJob) -> Ended | None:
    """Who withdrew it, or undid what a provider sent by it; None when nobody did."""
    if job.state == "withdrawn":
        query = select(Event).where(Event.what == "publication", Event.details["job"].as_integer() == job.id)
        last = db.scalar(query.order_by(Event.id.desc()).limit(1))
        if last is None:
            return None
        return Ended("Ingetrokken", last.at, _email(db, last.person_id), str(last.details.get("reason", "")))
    sent = db.get(Submission, job.submission_id) if job.submission_id else None
    step = submissions.taken_back(db, sent) if sent else None
    return Ended("Teruggezet", step.at, _email(db, step.person_id), step.reason) if step else None


def links_of(db: Session, job: PublishJob) -> Iterator[tuple[str, str]]:
    """Words and addresses of the pages about it."""
    sent = db.get(Submission, job.submission_id) if job.submission_id else None
    if sent is not None and sent.kind == "form":
        yield f"Inzending {sent.number}", url_for("staff.submission", number=sent.number)
    if job.changes and not job.commit:
        yield "Wat dit verandert", url_for("staff.publication", number=job.id)
    if job.what == "content":
        for change in changes_of(job):
            yield from _content(change, job)
    if job.what == "provider" and (sent is None or sent.kind != "form"):
        yield from _history(job)
    if found := _BACK_TO.search(job.message if job.what == "undo" else ""):
        yield "De versie van toen", url_for("staff.version", version=found[1])
    pages = {page_online(one.path) for one in changes_of(job)[:2]} if job.state == "live" else set()
    if len(pages) == 1 and (address := pages.pop()):
        yield "Bekijk in de gids", address
    if job.commit:
        yield "Wat er veranderde", url_for("staff.version", version=job.commit)


def _history(job: PublishJob) -> Iterator[tuple[str, str]]:
    """The earlier versions of what a provider changed without a review."""
    for change in changes_of(job):
        if (desk().content / change.path).is_file():
            yield "Geschiedenis", url_for("staff.file_history", path=change.path)


def _content(change: FileChange, job: PublishJob) -> Iterator[tuple[str, str]]:
    """The form of the item that changed, or else the list. Several lists can stand in one file: the title tells which."""
    folder, _, name = change.path.partition("/")
    region, _, rest = (SHARED, "", name) if folder == "shared" else name.partition("/")
    for kind in KINDS.values():
        told = words().kinds[kind.key].title
        if kind.is_article and rest.startswith(f"{kind.file}/") and change.text is not None:
            ref = rest.removeprefix(f"{kind.file}/").removesuffix(".md")
            yield "Open het formulier", url_for("staff.content_item", region=region, kind=kind.key, ref=ref)
        elif not kind.is_article and rest == kind.file and job.title.startswith(f"{told}:"):
            ref = _ref(Spot(kind, region), change, job) if job.state in UNFINISHED else ""
            if ref:
                yield "Open het formulier", url_for("staff.content_item", region=region, kind=kind.key, ref=ref)
            yield f"Naar {told.lower()}", url_for("staff.content_list", region=region, kind=kind.key)


def _ref(spot: Spot, change: FileChange, job: PublishJob) -> str:
    """The name of the item of a list that a change is about, by its title; empty when it is about none, or one that went."""
    title = job.title.partition(": ")[2]
    with suppress(EditError):
        found = items(Files(desk().content, {change.path: change.text}), spot)
        return next((ref for ref, item in found.items() if title and title_of(spot.kind, item) == title), "")
    return ""
