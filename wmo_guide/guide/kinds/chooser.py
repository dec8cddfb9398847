"""Help me choose: each answer is a page, so it works without JavaScript and can be shared. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wmo_guide.domain.chooser import Chooser, ChooserOption, ChooserQuestion, Path
from wmo_guide.domain.dutch import enumeration
from wmo_guide.guide.book import Book
from wmo_guide.guide.page import Context, Link, Page

PART = "hulpwijzer"
TITLE = "Hulpwijzer"

Choices = list[tuple[ChooserOption, str]]
"""Answers with where each leads."""


def chooser(book: Book) -> Iterator[Page]:
    """The first question; no page where the region asks none."""
    asked = book.standards.chooser
    if asked is not None:
        yield Page(
            url=book.to.part(PART),
            title=f"{TITLE}: hulp bij kiezen",
            description="Beantwoord een paar korte vragen en zie welke hulp bij u past.",
            updated=asked.updated,
            context=lambda: {
                "chooser": asked,
                "question": asked.questions[0],
                "choices": choices(book, Path(), asked.questions[0]),
            },
            sources=book.sources(asked.sources),
        )


def answers(book: Book) -> Iterator[Page]:
    """A page for each way through the questions: the next question, or what fits."""
    asked = book.standards.chooser
    for path in asked.paths() if asked else ():
        if asked is not None:
            told = [one.label for one in path]
            yield Page(
                url=book.to.part(PART, path.slug),
                title=f"{TITLE}: {enumeration(tuple(one[0].lower() + one[1:] for one in told))}",
                description=f"Uw antwoorden in de hulpwijzer: {', '.join(told)}.",
                updated=asked.updated,
                context=partial(_answer, book, asked, path),
                crumbs=(Link(TITLE, book.to.part(PART)), *_before(book, path)),
                sources=book.sources(asked.sources),
            )


def first_choices(book: Book) -> Choices:
    """The answers to the first question, for pages that ask it too; none where the region asks nothing."""
    asked = book.standards.chooser
    return choices(book, Path(), asked.questions[0]) if asked else []


def choices(book: Book, path: Path, question: ChooserQuestion) -> Choices:
    """The answers to a question that comes after others."""
    return [(one, book.to.part(PART, Path((*path, one)).slug)) for one in question.options]


def _before(book: Book, path: Path) -> Iterator[Link]:
    for length in range(1, len(path)):
        yield Link(path[length - 1].label, book.to.part(PART, Path(path[:length]).slug))


def _answer(book: Book, asked: Chooser, path: Path) -> Context:
    last = path[-1]
    question = asked.by_question[last.next] if last.next else None
    result = asked.by_result[last.result] if last.result else None
    blocks = book.edition.by_slug if book.edition else {}
    situations = {one.slug: one for one in book.standards.situations}
    back = Path(path[:-1])
    return {
        "path": path,
        "back": book.to.part(PART, back.slug) if back else book.to.part(PART),
        "question": question,
        "choices": choices(book, path, question) if question else [],
        "result": result,
        "situations": [situations[one] for one in result.situations] if result else [],
        "blocks": [blocks[one][1] for one in result.blocks if one in blocks] if result else [],
        "facilities": [book.standards.facility_by_slug[one] for one in result.facilities] if result else [],
    }
