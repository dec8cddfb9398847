"""Help me choose: each answer is a page, so it works without JavaScript, can be shared, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from wmo_guide.domain.chooser import Answer, Chooser, ChooserQuestion, Step
from wmo_guide.domain.editorial import Facility, Situation
from wmo_guide.domain.matrix import BuildingBlock
from wmo_guide.guide import evidence
from wmo_guide.guide.book import Book
from wmo_guide.guide.page import Context, Link, Page

_CRUMB = "Hulpwijzer"


class Given(NamedTuple):
    """An answer that was given, with the page on which to change it."""

    question: str
    answer: str
    change: str


def questions(book: Book) -> Iterator[Page]:
    """Each question, once for each way that leads to it; none when the region has no chooser."""
    chooser = book.standards.chooser
    for step in chooser.steps() if chooser else ():
        if chooser is not None and step.question is not None:
            yield _question(book, chooser, step, step.question)


def outcomes(book: Book) -> Iterator[Page]:
    """What each way through the questions leads to."""
    chooser = book.standards.chooser
    for step in chooser.steps() if chooser else ():
        if chooser is not None and step.question is None:
            yield _outcome(book, chooser, step)


def _question(book: Book, chooser: Chooser, step: Step, question: ChooserQuestion) -> Page:
    return Page(
        url=book.to.chooser(*_slugs(step.answers)),
        title=_title(question.question, step.answers),
        description="Een paar vragen, en u ziet welke hulp bij u past.",
        heading=question.question,
        updated=chooser.updated,
        context=lambda: {
            "question": question,
            "options": [(one, book.to.chooser(*_slugs(step.answers), one.slug)) for one in question.options],
            "given": _given(book, step),
            "number": len(step.answers) + 1,
            "most": len(step.answers) + chooser.most_from(question),
        },
        crumbs=_crumbs(book, step),
    )


def _outcome(book: Book, chooser: Chooser, step: Step) -> Page:
    situations, facilities, blocks = _situations(book, step), _facilities(book, step), _blocks(book, step)
    heading = f"Dit kan u helpen: {step.answers[-1].option.label}"
    return Page(
        url=book.to.chooser(*_slugs(step.answers)),
        title=_title(heading, step.answers[:-1]),
        description="Wat u het eerst kunt doen, en wie u kan helpen.",
        heading=heading,
        updated=chooser.updated,
        context=partial(_shown, book, step, {"situations": situations, "facilities": facilities, "blocks": blocks}),
        crumbs=_crumbs(book, step),
        sources=book.sources(
            [
                *(source for one in situations for source in one.sources),
                *evidence.of_blocks(blocks),
                *evidence.of_facilities(book, facilities),
            ]
        ),
    )


def _shown(book: Book, step: Step, found: Context) -> Context:
    return {
        **found,
        "given": _given(book, step),
        "summaries": [one.option.summary for one in step.answers if one.option.summary],
    }


def _given(book: Book, step: Step) -> list[Given]:
    """The answers on the way, in their order."""
    slugs = _slugs(step.answers)
    return [
        Given(one.question.question, one.option.label, book.to.chooser(*slugs[:place]))
        for place, one in enumerate(step.answers)
    ]


def _slugs(answers: Sequence[Answer]) -> list[str]:
    return [one.option.slug for one in answers]


def _crumbs(book: Book, step: Step) -> tuple[Link, ...]:
    return (Link(_CRUMB, book.to.chooser()),) if step.answers else ()


def _title(heading: str, answers: Sequence[Answer]) -> str:
    """The heading, with the answers before it: several ways may lead to the same question."""
    before = ", ".join(one.option.label for one in answers)
    return f"{heading} (uw antwoorden: {before})" if before else heading


def _backwards(named: Sequence[Sequence[str]]) -> list[str]:
    """All that answers name, each once: what the last one names comes first, for it knows most of the resident."""
    return list(dict.fromkeys(slug for slugs in reversed(named) for slug in slugs))


def _situations(book: Book, step: Step) -> list[Situation]:
    by_slug = {one.slug: one for one in book.standards.situations}
    return [by_slug[slug] for slug in _backwards([one.option.situations for one in step.answers])]


def _facilities(book: Book, step: Step) -> list[Facility]:
    by_slug = book.standards.facility_by_slug
    return [by_slug[slug] for slug in _backwards([one.option.facilities for one in step.answers])]


def _blocks(book: Book, step: Step) -> list[BuildingBlock]:
    """Those of the edition that the guide is about; an edition that is still to come may have others."""
    by_slug = book.edition.by_slug if book.edition else {}
    wanted = _backwards([one.option.blocks for one in step.answers])
    return [by_slug[slug][1] for slug in wanted if slug in by_slug]
