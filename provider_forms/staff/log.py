"""The log, for administrators: who did what and when, filtered, and as a file."""

from __future__ import annotations

from datetime import date

from flask import Response, request
from sqlalchemy import select

from provider_forms.desk import events, log_anchors, log_book, log_chain
from provider_forms.desk.log_book import Filter
from provider_forms.desk.log_words import NAMES, ROLES
from provider_forms.desk.models import Organisation, Person
from provider_forms.staff import staff
from provider_forms.staff.access import needs_administrator
from provider_forms.staff.access import staff as who
from provider_forms.web.desk import desk, now
from provider_forms.web.forms.tidy import iso_day
from provider_forms.web.pages import render
from wmo_guide.domain.clock import HERE

_LARGEST = 2**31 - 1


@staff.get("/logboek/")
@needs_administrator
def log() -> Response:
    """A page of the log."""
    wanted = _wanted()
    with desk().database.read() as db:
        found = log_book.leaf(db, wanted, _number("bladzijde") or 1, HERE)
        people = db.execute(select(Person.id, Person.email).order_by(Person.email)).all()
        organisations = db.execute(select(Organisation.id, Organisation.name).order_by(Organisation.name)).all()
    asked = {key: text for key, text in request.args.items() if text and key not in ("bladzijde", "gedaan")}
    return render(
        "staff/log",
        "Logboek",
        leaf=found,
        wanted=wanted,
        asked=asked,
        days={name: request.args.get(name, "") for name in ("vanaf", "tot")},
        kinds=sorted(NAMES.items(), key=lambda pair: pair[1]),
        roles=tuple(ROLES.items()),
        people=people,
        organisations=organisations,
    )


@staff.get("/logboek/logboek.csv")
@needs_administrator
def log_csv() -> Response:
    """What is wanted of the log, for a spreadsheet. That it was taken is in the log."""
    with desk().database.write() as db:
        events.note(db, "log_exported", now=now(), person=who().person.id, role="staff")
        text = log_book.as_csv(db, _wanted(), HERE)
    return _file(text, "text/csv; charset=utf-8", "logboek.csv")


@staff.get("/logboek/logboek.jsonl")
@needs_administrator
def log_whole() -> Response:
    """The whole log with its digests, by which anyone can check it."""
    with desk().database.write() as db:
        events.note(db, "log_exported", now=now(), person=who().person.id, role="staff")
        text = "".join(log_book.as_json_lines(db, log_chain.head(db)))
    return _file(text, "application/x-ndjson; charset=utf-8", "logboek.jsonl")


@staff.post("/logboek/controle")
@needs_administrator
def check_log() -> Response:
    """Checks the chain of the whole log, and notes where it ends."""
    with desk().database.read() as db:
        problems = log_chain.check(db, log_anchors.noted(desk().var))
        end = log_chain.head(db)
    if not problems:
        log_anchors.note(desk().var, end, now())
    return render("staff/log_check", "Controle van het logboek", problems=problems, end=end)


def _wanted() -> Filter:
    return Filter(
        what=request.args.get("wat", ""),
        role=request.args.get("als", ""),
        person=_number("wie"),
        organisation=_number("aanbieder"),
        since=_day("vanaf"),
        until=_day("tot"),
    )


def _number(name: str) -> int | None:
    found = request.args.get(name, 0, type=int)
    return found if found and 0 < found <= _LARGEST else None


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(iso_day(request.args.get(name, "").strip()))
    except ValueError:
        return None


def _file(text: str, kind: str, name: str) -> Response:
    answer = Response(text, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
