"""The organisations: who takes part, who was invited, and what was contracted beside what is offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import contracts, drafts, events, invitations
from provider_forms.desk.addresses import read_address
from provider_forms.desk.contracts import Agreed, Comparison, compare
from provider_forms.desk.directory import Known, fold
from provider_forms.desk.invitation_list import write
from provider_forms.desk.invitations import STATES, By, Standing
from provider_forms.desk.outline import BLOCKS
from provider_forms.staff import staff
from provider_forms.staff.access import staff as who
from provider_forms.staff.region import Here, here
from provider_forms.staff.trail import trail
from provider_forms.web.desk import desk, now
from provider_forms.web.kept import forget_typed, keep_typed, typed_again
from provider_forms.web.pages import render, wrong
from provider_forms.web.way_back import leads_back
from wmo_guide.domain.clock import parse_date
from wmo_guide.domain.dutch import long_date
from wmo_guide.domain.findings import InvalidValueError

_ON_A_PAGE = 100
_DONE = {
    "uitgenodigd": "De uitnodiging is verstuurd.",
    "ingetrokken": "De uitnodiging werkt niet meer.",
    "contract": "De afspraken zijn opgeslagen.",
    "contract-deels": "De afspraken zijn opgeslagen, maar niet allemaal: een gemeente of bouwsteen die u koos, is er niet meer. Kijk ze hieronder na.",
}
_LAST = {
    "received": "wacht op beoordeling",
    "in_review": "wordt beoordeeld",
    "returned": "teruggegeven",
    "approved": "goedgekeurd",
    "published": "in de gids",
    "rejected": "afgewezen",
    "withdrawn": "ingetrokken",
    "retracted": "goedkeuring ingetrokken",
    "undone": "teruggezet, niet meer in de gids",
}


@dataclass(frozen=True)
class Line:
    """An organisation in the list."""

    name: str
    url: str
    state: str
    word: str
    managers: tuple[str, ...]
    submissions: int
    last: str
    """What became of the last submission."""
    confirmed: str


@staff.get("/mensen/")
def people() -> Response:
    """All organisations, of the desk and of the guide."""
    region = here()
    found, wanted = _wanted(list(_lines(region))), request.args.get("pagina", "1")
    page = int(wanted) if wanted.isdecimal() and len(wanted) < 5 else 1  # noqa: PLR2004  (no list has so many pages)
    first = max(page - 1, 0) * _ON_A_PAGE
    return render(
        "staff/people",
        "Mensen",
        region=region,
        lines=found[first : first + _ON_A_PAGE],
        count=len(found),
        page=page,
        more=len(found) > first + _ON_A_PAGE,
        states=STATES,
        asked={name: request.args.get(name, "") for name in ("zoek", "stand")},
        done=_invited(),
    )


@staff.get("/mensen/overzicht.csv")
def people_list() -> Response:
    """The same list for a spreadsheet."""
    rows = [("naam", "stand", "beheerders", "inzendingen", "laatste inzending", "bevestigd op")]
    rows += [
        (one.name, one.word, ", ".join(one.managers), str(one.submissions), one.last, one.confirmed)
        for one in _wanted(list(_lines(here())))
    ]
    answer = Response("\ufeff" + write(rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="aanbieders.csv"'
    return answer


@staff.get("/mensen/<int(max=2147483647):organisation>")
def organisation(organisation: int) -> Response:
    """One organisation."""
    again = typed_again()
    return _page(organisation) if again is None else _page(organisation, again.get("email", ""))


@staff.post("/mensen/<int(max=2147483647):organisation>")
def invite_to(organisation: int) -> AnyResponse:
    """Invites somebody to an organisation."""
    typed = request.form.get("email", "")
    try:
        email = read_address(typed)
    except InvalidValueError as error:
        keep_typed()
        return _page(organisation, typed, error.message)
    with desk().database.write() as db:
        found = invitations.standing(db, organisation, now())
        if found is None:
            abort(404)
        if email in found.managers:
            return _page(organisation, typed, "Dit is al een beheerder van deze organisatie.")
        mail = invitations.invite(by(db), email, found.organisation)
    desk().mail(mail)
    forget_typed()
    return redirect(url_for("staff.organisation", organisation=organisation, gedaan="uitgenodigd"), 303)


@staff.post("/mensen/<int(max=2147483647):organisation>/uitnodigingen/<int(max=2147483647):person>/opnieuw")
def resend(organisation: int, person: int) -> AnyResponse:
    """Sends an invitation again, with a fresh link."""
    with desk().database.write() as db:
        found = invitations.standing(db, organisation, now())
        waiting = next((one for one in found.invited if one.person.id == person), None) if found else None
        if found is None or waiting is None:
            abort(404)
        mail = invitations.invite(by(db), waiting.person.email, found.organisation)
    desk().mail(mail)
    return redirect(url_for("staff.organisation", organisation=organisation, gedaan="uitgenodigd"), 303)


@staff.post("/mensen/<int(max=2147483647):organisation>/uitnodigingen/<int(max=2147483647):person>/intrekken")
def withdraw_invitation(organisation: int, person: int) -> AnyResponse:
    """Makes an invitation stop working."""
    with desk().database.write() as db:
        if not invitations.withdraw(db, organisation, person, who().person, now()):
            abort(404)
    return redirect(url_for("staff.organisation", organisation=organisation, gedaan="ingetrokken"), 303)


@staff.post("/mensen/<int(max=2147483647):organisation>/afspraken")
def note_contract(organisation: int) -> AnyResponse:
    """Keeps what an organisation was contracted for."""
    with desk().database.write() as db:
        found = invitations.standing(db, organisation, now())
        if found is None:
            abort(404)
        region = here(found.organisation.region)
        before = contracts.agreed(db, organisation)
        blocks = region.edition.by_slug if region.edition else {}
        places = {one.slug for one in region.standards.region.municipalities}
        gone = tuple(slug for slug in before.blocks if slug not in blocks)
        posted = {"a.gemeenten": places, "a.bouwstenen": {*blocks, *gone}}
        unknown = any(slug not in known for name, known in posted.items() for slug in request.form.getlist(name))
        given = Agreed(
            before.kvk,
            tuple(slug for slug in request.form.getlist("a.gemeenten") if slug in places),
            tuple(slug for slug in request.form.getlist("a.bouwstenen") if slug in blocks) + gone,
        )
        contracts.put(db, organisation, given, now())
        done = "contract-deels" if unknown else "contract"
        events.note(db, "contract_noted", now=now(), person=who().person.id, role="staff", organisation=organisation)
    return redirect(url_for("staff.organisation", organisation=organisation, gedaan=done), 303)


def by(db: Session) -> By:
    """Who invites, in this transaction."""
    return By(db, desk(), who().person, now())


def _lines(region: Here) -> Iterator[Line]:
    """The organisations of the desk, and the providers of the guide that the desk doesn't know yet."""
    with desk().database.read() as db:
        known = invitations.standings(db, region.slug, now())
    lines = [_line(one, region.known.get(one.organisation.slug)) for one in known]
    mine = {one.organisation.slug for one in known}
    lines += [_unknown(region, one) for slug, one in region.known.items() if slug not in mine]
    yield from sorted(lines, key=lambda one: (fold(one.name), one.url))


def _line(one: Standing, known: Known | None) -> Line:
    return Line(
        one.organisation.name,
        url_for("staff.organisation", organisation=one.organisation.id),
        one.state,
        STATES[one.state],
        one.managers,
        one.submissions,
        _LAST.get(one.last.state, one.last.state) if one.last else "",
        _day(known.confirmed) if known else "",
    )


def _unknown(region: Here, known: Known) -> Line:
    url = url_for("staff.invite", regio=region.slug, aanbieder=known.slug)
    return Line(known.name, url, "nobody", STATES["nobody"], (), 0, "", _day(known.confirmed))


def _wanted(lines: list[Line]) -> list[Line]:
    text, state = fold(request.args.get("zoek", "")), request.args.get("stand", "")
    return [
        one
        for one in lines
        if (not state or one.state == state)
        and (not text or text in fold(one.name) or any(text in fold(mail) for mail in one.managers))
    ]


def _day(text: str) -> str:
    try:
        return long_date(parse_date(text))
    except InvalidValueError:
        return ""


def _invited() -> str:
    count = request.args.get("uitgenodigd", "")
    if not count.isdecimal():
        return ""
    return (
        "De uitnodiging is verstuurd."
        if count == "1"
        else f"De lijst is verwerkt. Er zijn {int(count[:6])} uitnodigingen verstuurd."
    )


def _page(organisation: int, typed: str = "", problem: str = "") -> Response:
    with desk().database.read() as db:
        found = invitations.standing(db, organisation, now())
        if found is None:
            abort(404)
        agreed = contracts.agreed(db, organisation)
        part = drafts.part(db, organisation, BLOCKS)
        left = trail(db, found.organisation)
    region = here(found.organisation.region)
    known = region.known.get(found.organisation.slug)
    title = found.organisation.name
    return render(
        "staff/organisation",
        title,
        status=400 if problem else 200,
        window_title=wrong(title) if problem else title,
        typed=typed,
        problem=problem,
        one=found,
        word=STATES[found.state],
        last=_LAST.get(found.last.state, found.last.state) if found.last else "",
        trail=left,
        states=_LAST,
        confirmed=_day(known.confirmed) if known else "",
        kvk=agreed.kvk or (known.kvk if known else ""),
        agreed=agreed,
        region=region,
        published=_compared(agreed, region.offered(found.organisation.slug), region) if known else None,
        drafted=_compared(agreed, _chosen(part, region), region),
        done=_DONE.get(request.args.get("gedaan", "")),
    )


def _chosen(part: drafts.PartView | None, region: Here) -> frozenset[str] | None:
    """The blocks of the draft, when it has a choice for the edition in force."""
    if part is None or part.answers.get("edition") != region.edition_name:
        return None
    return frozenset(part.answers.get("blocks", ()))


def _compared(agreed: Agreed, offered: frozenset[str] | None, region: Here) -> Comparison | None:
    return compare(agreed.blocks, offered, region.edition) if offered is not None else None


for _action in ("resend", "withdraw_invitation", "note_contract"):
    leads_back(f"staff.{_action}", "staff.people")
