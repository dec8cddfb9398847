"""The page of one submission: old and new per answer, what to look at, and the form to decide with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Response, abort, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from provider_forms.desk import reviews, submissions
from provider_forms.desk.differences import FieldChange, PartChange, compare
from provider_forms.desk.dossier import Dossier, UnreadableError, dossier
from provider_forms.desk.handing_back import why_back
from provider_forms.desk.models import Submission
from provider_forms.desk.reviews import By, Place
from provider_forms.desk.staff_models import Decision, Opened
from provider_forms.desk.submissions import OPEN
from provider_forms.desk.taken_apart import questions_of, read_file
from provider_forms.desk.warnings import meter
from provider_forms.provider.draft import edition_in_force
from provider_forms.provider.standing import read, today
from provider_forms.staff import staff
from provider_forms.staff.access import staff as who
from provider_forms.staff.decided import DECISIONS, closed, email_of, told_comments
from provider_forms.staff.hints import hints
from provider_forms.web import kept
from provider_forms.web.content import standards
from provider_forms.web.desk import desk, now
from provider_forms.web.forms import AnswerForm, make_form
from provider_forms.web.pages import render
from provider_forms.web.preview import asked_page, preview_of
from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.questions import Question

REASON = "a.reden"
COMMENT = "a.o."
"""Begins the name of the field for a comment; part and question follow, with a bar between them."""
TOGETHER, APART = "samen", "apart"
"""The answers for what becomes of what waits for a later day already."""
PUBLISH_ON = Question(
    key="publish_on",
    kind="date",
    label="Op welke dag moet het in de gids komen?",
    help="Laat dit leeg als het meteen mag.",
)
_MOST_COMMENTS = 700
"""Fields for comments on one page; a form with far more of them can't be sent."""
Typed = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """One answer on the page."""

    change: FieldChange
    id: str
    name: str
    """Of the field for a comment; empty when there is none."""
    typed: str
    comment: str
    """What staff said of it in the round before; empty when they said nothing."""


@dataclass(frozen=True)
class Section:
    """A part of the form on the page."""

    part: PartChange
    changed: tuple[Row, ...]
    same: tuple[Row, ...]
    can_be_edited: bool


@dataclass(frozen=True)
class Round:
    """An earlier submission with what was said of it."""

    submission: Submission
    decision: Decision
    what: str
    by: str
    comments: tuple[tuple[str, str, str], ...]
    """Part, question and comment in words."""


@dataclass(frozen=True)
class Showing:
    """What the page tells beside the dossier."""

    status: int = 200
    problems: tuple[tuple[str, str], ...] = ()
    """Ids of inputs with what is wrong there."""
    notice: str = ""
    typed: MultiDict[str, str] | None = None


@staff.get("/wachtrij/<number>/")
def submission(number: str) -> Response:
    """The page; looking at it tells the other reviewers that you have it open."""
    done = {"gewijzigd": "Uw wijziging is bewaard. De aanbieder ziet straks wat u veranderde."}
    typed = kept.typed_again()
    notice = "U ziet wat u hier het laatst typte. Er is nog niets besloten." if typed else ""
    with desk().database.write() as db:
        found = find(db, number)
        if found.state in OPEN:
            reviews.claim(db, found, by())
    return show(number, Showing(notice=notice or done.get(request.args.get("gedaan", ""), ""), typed=typed))


@staff.get("/wachtrij/<number>/voorbeeld")
def submission_preview(number: str) -> Response:
    """A page of the guide as it will be; `?pagina=` chooses which."""
    with desk().database.read() as db:
        found = opened(db, find(db, number))
    candidate, findings = found.checked(found.publication().text)
    region = found.submission.organisation.region
    shown = asked_page(preview_of(region, candidate, today())) if candidate else None
    if shown is None:
        return render("staff/preview_none", "Er is geen voorbeeld", number=number, findings=findings)
    return render("staff/preview", shown.title, shown=shown, number=number)


def show(number: str, showing: Showing) -> Response:
    """The page of a submission: to decide about, or with what was decided."""
    with desk().database.read() as db:
        found = find(db, number)
        if found.state not in OPEN:
            return closed(db, found, showing.status)
        try:
            return _open(db, opened(db, found), showing)
        except UnreadableError:
            text = "Deze inzending is niet meer te lezen: de vragen zijn te veel veranderd. Vraag de aanbieder om opnieuw te versturen."
            return render("message", f"Inzending {number}", status=409, text=text)


def find(db: Session, number: str) -> Submission:
    """The whole form with this number; any other number is no page."""
    found = submissions.find(db, number)
    if found is None or found.kind != "form":
        abort(404)
    return found


def opened(db: Session, found: Submission) -> Dossier:
    """The dossier of a submission."""
    return dossier(db, desk().content, found, standards(found.organisation.region), today())


def by() -> By:
    """Who decides, and when."""
    return By(who().person.id, now())


def comment_name(place: Place) -> str:
    """The name of the field for a comment."""
    return f"{COMMENT}{place[0]}|{place[1]}"


def day_form(typed: MultiDict[str, str] | None, found: Dossier) -> AnswerForm:
    """The form for the day of publication."""
    return make_form([PUBLISH_ON], Scope(found.standards.region), typed, {})


def _open(db: Session, found: Dossier, showing: Showing) -> Response:
    typed = showing.typed or MultiDict()
    answered = reviews.answered_round(db, found.submission)
    earlier = read_file(answered.payload) if answered else None
    parts = compare(earlier, found.file, found.standards) if earlier else found.parts
    comments = reviews.comments_of(db, answered.id) if answered else {}
    claimed = db.get(Opened, found.submission.id)
    told = found.checked(found.publication().text)[1]
    measured = meter(found.file, found.standards, edition_in_force(found.standards), read, today())
    title = f"{found.submission.organisation.name} ({found.submission.number})"
    return render(
        "staff/submission",
        title,
        status=showing.status,
        window_title=f"Nog niet besloten: {title}" if showing.problems else title,
        found=found,
        sender=email_of(db, found.submission.sent_by),
        sections=tuple(_sections(parts, typed, comments, found)),
        against_guide=found.parts if earlier else (),
        answered=answered,
        rounds=tuple(_rounds(db, found.submission)),
        other=claimed if claimed and claimed.person_id != who().person.id else None,
        findings=told,
        hints=hints(db, found, measured),
        meter=measured,
        private=tuple(_private(found)),
        typed=typed,
        day=day_form(showing.typed, found),
        back=why_back(db, found.submission),
        problems=showing.problems,
        notice=showing.notice,
        reason=REASON,
        names=DECISIONS,
    )


def _sections(
    parts: tuple[PartChange, ...], typed: Typed, comments: Mapping[Place, str], found: Dossier
) -> Iterator[Section]:
    number = 0
    for part in sorted(parts, key=lambda one: one.how == "kept" and not one.changed):  # what changed comes first
        rows = []
        for one in part.fields:
            number += 1
            name = comment_name(one.place) if number <= _MOST_COMMENTS else ""
            rows.append(Row(one, f"o-{number}", name, typed.get(name, ""), comments.get(one.place, "")))
        first = tuple(row for row in rows if row.change.is_changed or row.comment)
        rest = tuple(row for row in rows if row not in first)
        can_be_edited = part.how != "gone" and bool(questions_of(part.name, found.standards))
        yield Section(part, first, rest, can_be_edited)


def _private(found: Dossier) -> Iterator[tuple[str, str]]:
    """What only staff may see: label and words."""
    for name, answers in found.submission.private.items():
        if name == "remarks":
            continue
        labels = {one.key: one.label for one in questions_of(name, found.standards)}
        for key, raw in answers.items():
            words = "\n".join(map(str, raw)) if isinstance(raw, list) else str(raw)
            yield labels.get(key, "Wat niet in de matrix past" if key == "misfit" else key), words


def _rounds(db: Session, found: Submission) -> Iterator[Round]:
    for one in reviews.earlier_rounds(db, found):
        decision = reviews.decision_of(db, one.id)
        if decision is not None:
            by_whom = email_of(db, decision.made_by)
            yield Round(one, decision, DECISIONS[decision.what], by_whom, told_comments(db, one))
