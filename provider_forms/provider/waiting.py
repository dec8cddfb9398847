"""The fast lane: waiting times and intake stops of all offers on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import drafts, submissions
from provider_forms.desk.models import Organisation, Submission
from provider_forms.desk.payload import changed
from provider_forms.desk.submissions import InReviewError, Sending
from provider_forms.provider import provider
from provider_forms.provider.standing import text_of, today
from provider_forms.web.content import Published, published, standards
from provider_forms.web.desk import desk, now
from provider_forms.web.forms import AnswerForm, FieldError, FieldWarning, error_title, make_form
from provider_forms.web.pages import render
from provider_forms.web.session import forget_typed, manager, typed_again
from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.kinds.base import Dumped
from wmo_guide.domain.provider import Raw
from wmo_guide.domain.questions import Question
from wmo_guide.domain.standards import static_facts

_TITLE = "Wachttijd en aanmeldstop"
Changes = dict[str, dict[str, Dumped]]
"""New answers by part, with an empty text for an answer that was taken away."""


@dataclass(frozen=True)
class Lane:
    """The fast answers of one offering."""

    part: str
    """Name of the part of the draft."""
    title: str
    questions: tuple[Question, ...]
    form: AnswerForm
    before: Mapping[str, Raw]

    @property
    def fresh(self) -> dict[str, Dumped]:
        """The answers that are other than before."""
        found = {one.key: self.form.public.get(_apart(one.key, self.part), "") for one in self.questions}
        return {key: answer for key, answer in found.items() if answer != self.before.get(key, "")}


@dataclass(frozen=True)
class Lanes:
    """All offerings on the page, told as one form."""

    lanes: tuple[Lane, ...]

    @cached_property
    def errors(self) -> tuple[FieldError, ...]:
        """What must be mended, in the order of the page."""
        return tuple(error for lane in self.lanes for error in lane.form.errors)

    @cached_property
    def warnings(self) -> tuple[FieldWarning, ...]:
        """What deserves another look."""
        return tuple(one for lane in self.lanes for one in lane.form.warnings)

    @property
    def show_errors(self) -> bool:
        """Whether the page tells the errors."""
        return any(lane.form.show_errors for lane in self.lanes)

    @property
    def changes(self) -> Changes:
        """What was changed, by part."""
        return {lane.part: lane.fresh for lane in self.lanes if lane.fresh}


@provider.get("/wachttijd")
def waiting() -> Response:
    """All offers in the guide with their waiting time."""
    with desk().database.read() as db:
        lanes = _lanes(db, typed_again())
    return _page(lanes)


@provider.post("/wachttijd")
def save_waiting() -> AnyResponse:
    """Sends the changes through the fast lane, and puts them into the draft too."""
    try:
        with desk().database.write() as db:
            lanes = _lanes(db, request.form)
            if lanes.errors:
                return _page(lanes, status=400)
            if lanes.changes:
                _keep(db, lanes.changes)
    except InReviewError:
        return _page(lanes, "Wij verwerken nu uw vorige wijziging. Probeer het over een paar minuten opnieuw.", 409)
    forget_typed()
    return redirect(url_for("provider.waiting", gedaan="ja" if lanes.changes else "gelijk"), 303)


def _page(lanes: Lanes, problem: str = "", status: int = 200) -> Response:
    wrong = lanes.show_errors and lanes.errors
    return render(
        "waiting",
        _TITLE,
        status=status,
        window_title=error_title(_TITLE, lanes.errors) if wrong else _TITLE,
        lanes=lanes,
        problem=problem,
        done=request.args.get("gedaan", ""),
    )


def _lanes(db: Session, posted: MultiDict[str, str] | None) -> Lanes:
    organisation = manager().organisation
    found = published(organisation.region, organisation.slug)
    if found is None:
        return Lanes(())
    earlier = _earlier(submissions.open_one(db, organisation.id, "fast"), found)
    return Lanes(tuple(_each(organisation, found, earlier, posted)))


def _each(
    organisation: Organisation, found: Published, earlier: Changes, posted: MultiDict[str, str] | None
) -> Iterator[Lane]:
    held = standards(organisation.region)
    for one in found.file.offerings:
        edition = held.editions.get(one.edition)
        if edition is None or one.block not in edition.by_slug or (one.end and one.end < today()):
            continue
        area, block = edition.by_slug[one.block]
        part = f"offering/{one.edition}/{one.block}"
        before = {**one.answers, **earlier.get(part, {})}
        facts = {**static_facts(area, block), **{f"answer.{key}": answer for key, answer in before.items()}}
        fast = tuple(q for q in held.questions_for(area, block) if q.lane == "fast" and q.applies(facts))
        if fast:
            # Whoever comes here has read the help before; eight times the same help makes a long way on a phone.
            asked = [q.model_copy(update={"key": _apart(q.key, part), "when": {}, "help": None}) for q in fast]
            stored = {_apart(q.key, part): before[q.key] for q in fast if before.get(q.key)}
            form = make_form(asked, Scope(held.region, edition, block), posted, stored)
            yield Lane(part, block.plain_title, fast, form, before)


def _apart(key: str, part: str) -> str:
    """The key of a question on a page that asks it for every offering."""
    return f"{key}.{part.partition('/')[2].replace('/', '.')}"


def _earlier(open_one: Submission | None, found: Published) -> Changes:
    """Changes that were sent and aren't in the guide yet."""
    return dict(open_one.private["changes"]) if open_one and open_one.base == found.digest else {}


def _keep(db: Session, fresh: Changes) -> None:
    who = manager()
    found = published(who.organisation.region, who.organisation.slug)
    if found is None:
        return
    earlier = _earlier(submissions.open_one(db, who.organisation.id, "fast"), found)
    whole = {part: {**earlier.get(part, {}), **fresh.get(part, {})} for part in {**earlier, **fresh}}
    by_block = {(part.split("/")[1], part.split("/")[2]): answers for part, answers in whole.items()}
    text = changed(text_of(who.organisation), standards(who.organisation.region), by_block, today())
    sending = Sending("fast", text, {"changes": whole}, found.digest)
    submissions.send(db, who.organisation, sending, who.person.id, now())
    _into_draft(db, fresh)


def _into_draft(db: Session, fresh: Changes) -> None:
    """What was begun of these parts gets the same answers, so that a whole form sent later doesn't undo them."""
    who = manager()
    by = drafts.By(who.organisation.id, who.person.id, now())
    for name, answers in fresh.items():
        part = drafts.part(db, who.organisation.id, name)
        if part is not None:
            merged = {key: answer for key, answer in {**part.answers, **answers}.items() if answer}
            drafts.save(db, by, drafts.Edit(name, merged, part.version))
