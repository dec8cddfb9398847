"""An exam is marked as its file says."""

from __future__ import annotations

import pytest

from tools.exam.marking import Answer, Tally, by_class, tally, without_unknown_items
from tools.exam.questions import Query

HELP = "/regio/hulp/was/"


def _answer(right: str, *links: str, kind: str = "everyday") -> Answer:
    return Answer(Query("wassen", kind, (right,) if right else ()), tuple((link,) for link in links))


@pytest.mark.parametrize(
    ("right", "link"),
    [
        (HELP, HELP),
        (HELP, f"{HELP}#kosten"),
        (HELP, "/regio/gemeenten/dorp/was/"),
        ("/regio/woordenlijst/#wlz", "/regio/woordenlijst/#wlz"),
        ("/regio/aanbieders/een/", "/regio/aanbieders/een/#hulp-was"),
        ("/regio/aanbieders/een/#hulp-was", "/regio/aanbieders/een/#hulp-taxi"),
    ],
)
def test_link_counts_as_right(right: str, link: str) -> None:
    """A link to the page, to a place on it, to the same help in a municipality, or to any offer of the provider is right."""
    assert _answer(right, link).place == 1


@pytest.mark.parametrize(
    ("right", "link"),
    [
        (HELP, "/regio/hulp/was-en-strijk/"),
        (HELP, "/regio/gemeenten/dorp/"),
        (HELP, "/regio/gemeenten/dorp/taxi/"),
        ("/regio/gemeenten/dorp/", "/regio/gemeenten/dorp/was/"),
        ("/regio/woordenlijst/#wlz", "/regio/woordenlijst/#wmo"),
        ("/regio/woordenlijst/#wlz", "/regio/woordenlijst/"),
    ],
)
def test_link_counts_as_wrong(right: str, link: str) -> None:
    """A link to another page, to another help, or to another item of the page is wrong."""
    assert _answer(right, link).place == 0


def test_place_is_that_of_the_first_right_result() -> None:
    """The first three results count, and a right one behind them is known but doesn't."""
    third, fourth = _answer(HELP, "/a/", "/b/", HELP, HELP), _answer(HELP, "/a/", "/b/", "/c/", HELP)

    assert (third.place, third.in_top) == (3, True)
    assert (fourth.place, fourth.in_top) == (4, False)


def test_a_result_with_several_addresses_is_right_when_one_of_them_is() -> None:
    """Material shows a page with its sections as one result."""
    answer = Answer(
        Query("wlz", "official", ("/regio/woordenlijst/#wlz",)), (("/regio/woordenlijst/", "/regio/woordenlijst/#wlz"),)
    )

    assert answer.place == 1


def test_nothing_is_the_right_answer_where_the_guide_cannot_help() -> None:
    """A question without right pages is answered rightly by nothing, and wrongly by anything."""
    assert _answer("").in_top
    assert not _answer("", HELP).in_top


def test_answers_are_counted_per_class() -> None:
    """Per class: how many, right in the first place, right in the first three, and nothing found."""
    answers = [
        _answer(HELP, HELP),
        _answer(HELP, "/a/", HELP),
        _answer(HELP),
        _answer("", kind="none"),
        _answer(HELP, HELP, kind="another"),
    ]

    assert by_class(answers) == {"everyday": Tally(3, 1, 2, 1), "none": Tally(1, 1, 1, 1), "another": Tally(1, 1, 1, 0)}
    assert list(by_class(answers)) == ["everyday", "none", "another"]
    assert tally(answers).share == 0.8


def test_a_page_counts_where_a_search_does_not_know_its_items() -> None:
    """A search that can't lead to an item of a page is asked for the page, and for the item where it can."""
    query = Query("wlz", "official", ("/regio/woordenlijst/#wlz", "/regio/vragen/#een"))

    (fair,) = without_unknown_items((query,), {"/regio/vragen/#een"}.__contains__)

    assert fair.right == ("/regio/woordenlijst/", "/regio/vragen/#een")
