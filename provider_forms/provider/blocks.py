"""The choice of building blocks, and what doesn't fit in any of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk.drafts import Answers
from provider_forms.desk.misfit_question import MISFIT, MISFIT_QUESTION, MISFIT_TITLE
from provider_forms.desk.outline import BLOCKS
from provider_forms.provider import provider
from provider_forms.provider.contracted import contract_notes
from provider_forms.provider.draft import Draft, draft
from provider_forms.provider.form_page import FormPage
from provider_forms.provider.saving import open_page, take
from provider_forms.web.forms import PREFIX, AnswerForm, make_form
from wmo_guide.domain.dutch import enumeration
from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.matrix import Edition
from wmo_guide.domain.questions import Option, Question
from wmo_guide.domain.region import Region

_MANY = 0.8
"""From this share of all blocks on, the form asks whether it isn't a misunderstanding."""
_SHOWN = 2


@provider.get("/bouwstenen")
def blocks() -> Response:
    """The building blocks to choose from."""
    mine = draft()
    return open_page(blocks_page(mine), mine)


@provider.post("/bouwstenen")
def save_blocks() -> AnyResponse:
    """Stores the choice."""
    return take(blocks_page(draft()))


@provider.get("/past-niet")
def misfit() -> Response:
    """The page for what doesn't fit the matrix."""
    mine = draft()
    return open_page(misfit_page(mine), mine)


@provider.post("/past-niet")
def save_misfit() -> AnyResponse:
    """Stores what doesn't fit."""
    return take(misfit_page(draft()))


def blocks_page(mine: Draft) -> FormPage:
    """The page with the choice. Blocks of another edition stay stored with that edition's offerings."""
    return FormPage(
        key=BLOCKS,
        part=BLOCKS,
        title="Welke bouwstenen biedt u?",
        template="blocks",
        questions=(_choice(mine.edition),),
        scope=mine.scope,
        url=url_for("provider.blocks"),
        onward=url_for("provider.misfit") if request.form.get("doe") == MISFIT else _onward(mine),
        read=partial(_read, mine),
        write=partial(_write, mine),
        context={
            "in_short": in_short,
            "edition": mine.edition,
            "note": choice_note(mine),
            "contracted": contract_notes(mine),
            "other_edition": _other_edition(mine),
        },
    )


def misfit_page(mine: Draft) -> FormPage:
    """The page about what doesn't fit."""
    return FormPage(
        key=MISFIT,
        part=MISFIT,
        title=MISFIT_TITLE,
        template="misfit",
        questions=(MISFIT_QUESTION,),
        scope=mine.scope,
        url=url_for("provider.misfit"),
        onward=url_for("provider.start", gedaan="opgeslagen"),
    )


def read_misfit(text: str, region: Region) -> AnswerForm:
    """What was written about what doesn't fit, read as its page reads it."""
    return make_form((MISFIT_QUESTION,), Scope(region), None, {MISFIT: text})


def choice_note(mine: Draft) -> str:
    """A remark on a choice of many or few blocks beside what was described; empty when there is nothing to say."""
    chosen, edition = [block for _, block in mine.chosen], mine.edition
    if edition is None or not chosen:
        return ""
    total = len(edition.by_slug)
    empty = [block for block in chosen if block not in mine.described]
    left = [block.plain_title for block in mine.described if block not in chosen]
    said = f"U koos {len(chosen)} van de {total} bouwstenen."
    if left:
        return f"{said} U schreef ook iets bij: {enumeration(tuple(left))}. Dat koos u nu niet, dus het komt niet in de gids. Wij bewaren het wel."
    if total > 1 and len(chosen) >= _MANY * total:
        at = f"Bij {len(empty)} daarvan schreef u nog niets. " if empty else ""
        return f"{said} {at}Biedt u dit echt allemaal, ook voor nieuwe mensen? Dan is het goed."
    if len(chosen) == 1 and total > 1:
        return f"{said} Biedt u meer? Kies dat er dan bij. Dat kan ook later."
    return ""


def in_short(lines: Sequence[str]) -> str:
    """The first sentences of the first lines, enough to notice that a block is not what one thought."""
    firsts = (line.partition(". ")[0].rstrip(".") for line in lines[:_SHOWN])
    return " ".join(f"{first}." for first in firsts)


def _choice(edition: Edition | None) -> Question:
    known = edition.by_slug.values() if edition else ()
    # Made without the checks of YAML: a block's slug may be longer than the key of an option.
    options = tuple(Option.model_construct(key=block.slug, label=block.plain_title) for _, block in known)
    return Question(key=BLOCKS, kind="choices", label="Welke bouwstenen biedt u?", options=options)


def _read(mine: Draft, answers: Answers) -> Answers:
    return {BLOCKS: _split(mine, answers)[0]}


def _write(mine: Draft, before: Answers, form: AnswerForm) -> Answers:
    # A block may be away from the matrix for a moment: that it was chosen, is kept until it is back.
    same = before.get("edition") == mine.edition_name
    chosen = dict.fromkeys([*form.raw.get(BLOCKS, []), *_split(mine, before)[1]])
    return {BLOCKS: list(chosen), "edition": mine.edition_name, "ends": (before.get("ends") if same else None) or {}}


def _split(mine: Draft, answers: Answers) -> tuple[list[str], list[str]]:
    """The stored choice of this edition's blocks: those that the edition has, and those that it doesn't have just now."""
    chosen = answers.get(BLOCKS, []) if answers.get("edition") == mine.edition_name else []
    known = mine.edition.by_slug if mine.edition else {}
    return [slug for slug in chosen if slug in known], [slug for slug in chosen if slug not in known]


def _onward(mine: Draft) -> str:
    """The first of the posted blocks that nothing was written at yet; else the list of tasks."""
    chosen, described = request.form.getlist(PREFIX + BLOCKS), mine.described
    for _, block in mine.edition.blocks() if mine.edition else ():
        if block.slug in chosen and block not in described:
            return url_for("provider.offering", edition=mine.edition_name, block=block.slug)
    return url_for("provider.start", gedaan="gekozen")


def _other_edition(mine: Draft) -> bool:
    """Whether the stored choice is about an edition that is no longer in force."""
    stored = mine.answers.get(BLOCKS, {})
    return bool(stored.get(BLOCKS)) and stored.get("edition") != mine.edition_name
