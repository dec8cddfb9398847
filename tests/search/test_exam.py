"""The guide's own search passes the exam that comes with the project."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.online import Online
from tools.exam.guide_search import ask_guide
from tools.exam.marking import Answer, tally
from tools.exam.questions import read_exam

PASSES = 0.95
"""Share of all questions with a right page in the first three results."""
MISSPELT_PASSES = 0.90
"""The same of those with spelling mistakes."""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that remembers nothing."""
    context = browser.new_context(locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def answers(page: Page, guide: Online) -> list[Answer]:
    """What the search of the exam's region answers to each question."""
    exam = read_exam()
    region = exam[0].right[0].split("/")[1]
    return list(ask_guide(page, f"{guide.base}/{region}/zoeken/", exam))


def test_search_passes_the_exam(answers: list[Answer]) -> None:
    """Of all questions at least 95 % have a page that helps in the first three results."""
    share = tally(answers).share
    assert share >= PASSES, _missed(answers)


def test_search_understands_spelling_mistakes(answers: list[Answer]) -> None:
    """Of the questions with spelling mistakes at least 90 % do."""
    misspelt = [one for one in answers if one.query.kind == "misspelt"]
    share = tally(misspelt).share
    assert share >= MISSPELT_PASSES, _missed(misspelt)


def test_an_address_asks_what_the_field_asks(browser: Browser, guide: Online, answers: list[Answer]) -> None:
    """A question in the address of a page that is opened afresh has the results of the same question in the field."""
    answer = next(one for one in answers if one.query.kind == "sentence" and one.results)
    page = browser.new_page()
    page.goto(f"{guide.base}{answer.query.right[0]}")
    page.locator("#wg-zoek").fill(answer.query.ask)
    page.locator("#wg-zoek").press("Enter")
    page.wait_for_function(
        "(ask) => document.getElementById('zoekstatus')?.textContent.includes(ask)", arg=answer.query.ask
    )
    links = page.evaluate(
        "Array.from(document.querySelectorAll('#zoekresultaten > li h2 a'), (one) => one.pathname + one.hash)"
    )
    page.context.close()

    assert [(link,) for link in links] == list(answer.results)


def _missed(answers: list[Answer]) -> str:
    missed = [
        f"{one.query.ask!r}: {', '.join(*zip(*one.first, strict=True)) if one.first else 'nothing'}"
        for one in answers
        if not one.in_top
    ]
    return f"{len(missed)} of {len(answers)} missed:\n" + "\n".join(missed)
