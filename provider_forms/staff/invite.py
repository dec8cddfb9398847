"""Inviting organisations: one by one, or by a list that is looked at first and carried out as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import invitation_list, invitations
from provider_forms.desk.invitation_list import COLUMNS, MAX_BYTES, MAX_ROWS, CellProblem, Row, Table
from provider_forms.desk.invitation_plan import Plan, owned, plan
from provider_forms.desk.mail import Mail
from provider_forms.staff import staff
from provider_forms.staff.people import by
from provider_forms.staff.region import Here, here
from provider_forms.web.desk import desk, now
from provider_forms.web.kept import forget_typed, keep_typed, typed_again
from provider_forms.web.pages import render, wrong

_INPUTS = {"naam": "a.naam", "kvk": "a.kvk", "mail": "email", "gemeenten": "a.gemeenten", "bouwstenen": "a.bouwstenen"}
"""The input of each column."""
_SHOWN = 50
_NO_TEXT = "Dit bestand is geen CSV. Sla uw lijst in het rekenblad op als CSV en kies dat bestand."
_EMPTY = "Kies een bestand, of plak uw lijst in het vak."


@staff.get("/mensen/uitnodigen")
def invite() -> Response:
    """The form for one organisation; of a provider of the guide its name is filled in."""
    region, again = here(), typed_again()
    if again is not None:
        return _form(region, again)
    known = region.known.get(request.args.get("aanbieder", ""))
    given = {"a.naam": known.name, "a.kvk": known.kvk} if known else {}
    return _form(region, MultiDict(given))


@staff.post("/mensen/uitnodigen")
def invite_one() -> AnyResponse:
    """Invites one organisation."""
    region, form = here(), request.form
    several = {column: ";".join(form.getlist(name)) for column, name in _INPUTS.items()}
    row = Row(1, {column: several[heading] for column, heading in COLUMNS.items()})
    done, mails = _do(region, Table([row]), carry_out=True)
    if done.stops:
        keep_typed()
        return _form(region, form, done.stops)
    _send(mails)
    forget_typed()
    return redirect(url_for("staff.people", regio=region.slug, uitgenodigd=len(mails)), 303)


@staff.get("/mensen/lijst")
def invite_list() -> Response:
    """The form for a list."""
    again = typed_again()
    return _list(here(), again.get("a.lijst", "") if again else "")


@staff.post("/mensen/lijst")
def take_list() -> AnyResponse:
    """Looks at a list, and carries it out when that is asked and nothing is wrong."""
    region, text = here(), _posted_list()
    if text is None or not text.strip():
        return _list(region, "", _NO_TEXT if text is None else _EMPTY)
    carry_out = request.form.get("doe") == "uitnodigen"
    done, mails = _do(region, invitation_list.read(text), carry_out=carry_out)
    if carry_out and not done.stops:
        _send(mails)
        forget_typed()
        return redirect(url_for("staff.people", regio=region.slug, uitgenodigd=len(mails)), 303)
    return _looked_at(region, text, done)


@staff.get("/mensen/voorbeeld.csv")
def example_list() -> Response:
    """A list to begin with: its headings, and a line."""
    region = here()
    place = next((one.name for one in region.standards.region.municipalities if not one.ended), "")
    block = next((block.plain_title for _, block in region.edition.blocks()), "") if region.edition else ""
    rows = [tuple(COLUMNS.values()), ("Voorbeeld Zorg", "01234567", "naam@voorbeeld.nl", place, block)]
    answer = Response("\ufeff" + invitation_list.write(rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="uitnodigen.csv"'
    return answer


def _do(region: Here, table: Table, *, carry_out: bool) -> tuple[Plan, Sequence[Mail]]:
    """What a list comes to; carried out as a whole, when nothing is wrong, in the transaction that looked at it."""
    if not carry_out:
        with desk().database.read() as db:
            return _plan(db, region, table), ()
    with desk().database.write() as db:
        found = _plan(db, region, table)
        if found.stops:
            return found, ()
        return found, invitations.carry_out(by(db), found, region.slug, region.known)


def _plan(db: Session, region: Here, table: Table) -> Plan:
    known = owned(region.known, invitations.own(db, region.slug, now()))
    return plan(table, known, region.standards.region, region.edition)


def _send(mails: Sequence[Mail]) -> None:
    for mail in mails:
        desk().mail(mail)


def _posted_list() -> str | None:
    """The text of the chosen file, else that of the box; None for a file that is no text."""
    file = request.files.get("bestand")
    data = file.read(MAX_BYTES + 1) if file is not None and file.filename else b""
    return invitation_list.decode(data) if data else request.form.get("a.lijst", "")


def _form(region: Here, typed: MultiDict[str, str], problems: Sequence[CellProblem] = ()) -> Response:
    title = "Nodig een aanbieder uit"
    told: Mapping[str, Any] = {_INPUTS[one.column]: one.message for one in reversed(problems) if one.column}
    return render(
        "staff/invite",
        title,
        status=400 if problems else 200,
        window_title=wrong(title, len(told)) if told else title,
        region=region,
        typed=typed,
        told=told,
    )


def _list(region: Here, typed: str, problem: str = "") -> Response:
    title = "Nodig uit met een lijst"
    return render(
        "staff/invite_list",
        title,
        status=400 if problem else 200,
        window_title=wrong(title) if problem else title,
        region=region,
        typed=typed,
        problem=problem,
        columns=tuple(COLUMNS.values()),
        most=MAX_ROWS,
    )


def _looked_at(region: Here, text: str, found: Plan) -> Response:
    title = "Controleer de lijst"
    if found.stops:
        keep_typed()
    return render(
        "staff/invite_check",
        title,
        status=400 if found.stops else 200,
        window_title=wrong(title, len(found.stops)) if found.stops else title,
        region=region,
        text=text,
        plan=found,
        mails=sum(row.mailed for row in found.rows),
        shown=_SHOWN,
    )
