"""What the organisation offers for one building block, and until when."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk.drafts import Answers, Conflict, Refused
from provider_forms.desk.outline import BLOCKS
from provider_forms.provider import provider
from provider_forms.provider.carry_over import Source, carried
from provider_forms.provider.draft import Draft, draft, offering_part
from provider_forms.provider.form_page import FormPage
from provider_forms.provider.saving import lost_page, open_page, store, take, version_in
from provider_forms.web.door import AUTOSAVE
from provider_forms.web.forms import AnswerForm, make_form
from wmo_guide.domain.matrix import BuildingBlock
from wmo_guide.domain.questions import Question

_CARRY = "overnemen:"
"""Begins the value of the buttons that take answers over; the slug of the other block follows."""
LAST_DAY = Question(
    key="end",
    kind="date",
    label="Wat is de laatste dag waarop u dit biedt?",
    help="Na die dag staat dit aanbod niet meer in de gids. Laat het leeg als u niet stopt.",
)


@provider.get("/aanbod/<edition>/<block>")
def offering(edition: str, block: str) -> Response:
    """The questions about the offering for one block."""
    mine = draft()
    return open_page(offering_page(mine, edition, block) or abort(404), mine)


@provider.post("/aanbod/<edition>/<block>")
def save_offering(edition: str, block: str) -> AnyResponse:
    """Stores the answers; with one of the buttons for it, takes over those of another block as well."""
    mine = draft()
    page = offering_page(mine, edition, block)
    if page is None:
        return lost_page()
    button = request.form.get("doe", "")
    if button.startswith(_CARRY) and not request.headers.get(AUTOSAVE):
        return _carry(mine, page, edition, button.removeprefix(_CARRY))
    return take(page)


@provider.get("/aanbod/<edition>/<block>/einde")
def offering_end(edition: str, block: str) -> Response:
    """The page that ends an offering with a date."""
    mine = draft()
    return open_page(end_page(mine, edition, block) or abort(404), mine)


@provider.post("/aanbod/<edition>/<block>/einde")
def save_offering_end(edition: str, block: str) -> AnyResponse:
    """Stores the date."""
    page = end_page(draft(), edition, block)
    return lost_page() if page is None else take(page)


def offering_page(mine: Draft, edition: str, block: str) -> FormPage | None:
    """The page; None when the matrix has no such block."""
    found = mine.standards.editions.get(edition)
    if found is None or block not in found.by_slug:
        return None
    area, one = found.by_slug[block]
    return FormPage(
        key=offering_part(edition, block),
        part=offering_part(edition, block),
        title=one.plain_title,
        template="offering",
        questions=mine.standards.questions_for(area, one),
        scope=replace(mine.scope, edition=found, block=one),
        url=url_for("provider.offering", edition=edition, block=block),
        onward=_next(mine, edition, block),
        demands=mine.standards.quality.minimum.about("offering"),
        context={
            "block": one,
            "edition_name": edition,
            "chosen": (area, one) in mine.chosen,
            "sources": _sources(mine, edition, block),
            "carry": _CARRY,
            "carried": "overgenomen" in request.args,
            "ends": mine.answers.get(BLOCKS, {}).get("ends", {}).get(block, ""),
        },
    )


def end_page(mine: Draft, edition: str, block: str) -> FormPage | None:
    """The page with the last day; None when the block isn't one of the edition in force."""
    if edition != mine.edition_name or mine.edition is None or block not in mine.edition.by_slug:
        return None
    title = mine.edition.by_slug[block][1].plain_title
    return FormPage(
        key=f"end/{edition}/{block}",
        part=BLOCKS,
        title=f"Stoppen met: {title}",
        template="offering_end",
        questions=(LAST_DAY,),
        scope=mine.scope,
        url=url_for("provider.offering_end", edition=edition, block=block),
        onward=url_for("provider.start", gedaan="einddatum"),
        read=partial(_read_end, block),
        write=partial(_write_end, edition, block),
    )


def _carry(mine: Draft, page: FormPage, edition: str, other: str) -> AnyResponse:
    known = mine.standards.editions[edition].by_slug.get(other)
    answers = mine.answers.get(offering_part(edition, other))
    typed = make_form(page.questions, page.scope, request.form, {})
    if known is None or answers is None:
        return take(page)
    source = Source(mine.standards.questions_for(*known), answers)
    form = make_form(page.questions, page.scope, None, carried(page.questions, page.scope, typed.raw, source))
    form = replace(form, strays=typed.strays)
    stored = store(page, form, version_in(request.form.get("version")))
    if isinstance(stored.outcome, Conflict | Refused):
        return take(page)
    return redirect(f"{page.url}?overgenomen=ja", 303)


def _sources(mine: Draft, edition: str, block: str) -> tuple[BuildingBlock, ...]:
    """The other blocks with answers to take over."""
    others = mine.standards.editions[edition].blocks()
    return tuple(one for _, one in others if one.slug != block and mine.answers.get(offering_part(edition, one.slug)))


def _next(mine: Draft, edition: str, block: str) -> str:
    """The next chosen block that nothing was filled in for yet; after the last one the check of all answers.

    A block that isn't chosen has nothing to check: after it comes the list of tasks.
    """
    slugs = [one.slug for _, one in mine.chosen]
    later = slugs[slugs.index(block) + 1 :] if block in slugs else []
    for slug in (*later, *slugs):
        if slug != block and not mine.answers.get(offering_part(edition, slug)):
            return url_for("provider.offering", edition=edition, block=slug)
    return url_for("provider.check") if block in slugs else url_for("provider.start", gedaan="opgeslagen")


def _read_end(block: str, answers: Answers) -> Answers:
    end = answers.get("ends", {}).get(block)
    return {LAST_DAY.key: end} if end else {}


def _write_end(edition: str, block: str, before: Answers, form: AnswerForm) -> Answers:
    # The day in its normal form, so that whoever reads the draft knows it; what is no day stays as it was typed.
    end = form.private.get(LAST_DAY.key) or form.public.get(LAST_DAY.key) or form.raw.get(LAST_DAY.key)
    ends = {slug: day for slug, day in before.get("ends", {}).items() if slug != block}
    return {"blocks": [], "edition": edition, **before, "ends": ends | ({block: end} if end else {})}
