"""Filters of the search page, held against every provider and page one by one: OR within a group, AND between groups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

import pytest
from playwright.sync_api import Route, expect

from tests.browser.searching import UNASKED, Filters, Oracle, Searching, Seen, Thing

ALL = {"meer": "100"}


def _some_filters(chance: Random, choices: dict[str, list[str]], at_most: Iterable[str]) -> dict[str, list[str]]:
    """A few groups, and in each some choices; the municipality in half of them."""
    names = chance.sample(sorted(choices), chance.choice((1, 1, 2, 2, 3)))
    if chance.random() < 0.5 and "gemeente" not in names:
        names.append("gemeente")
    return {
        name: sorted(
            chance.sample(choices[name], 1 if name in at_most else min(len(choices[name]), chance.randint(1, 3)))
        )
        for name in names
    }


def _number(seen: Seen) -> int:
    found = re.search(r"(\d+) resulta", seen.status)
    return int(found[1]) if found else 0


def _plain(addresses: Iterable[str]) -> list[str]:
    """Addresses in the order of the alphabet; which block of a provider comes first depends on the question."""
    return sorted(one.split("#hulp-")[0] for one in addresses)


@pytest.mark.parametrize("turn", range(3))
def test_filters_alone_find_what_passes(turn: int, crowded_search: Searching, oracle: Oracle) -> None:
    """Whatever is chosen, the page shows just what passes, in the neutral order, and each choice tells what it would give."""
    chance = Random(turn)  # noqa: S311  (nothing secret)
    crowded_search.open(soort="hulp")
    crowded_search.unfold("Kies uw gemeente")
    for _ in range(10):
        filters = _some_filters(chance, oracle.choices, oracle.at_most)
        whole: Filters = {"soort": UNASKED, **filters}
        things = (*oracle.topics, *oracle.offers)
        seen = crowded_search.ask({**filters, **ALL})

        assert list(seen.results) == oracle.addresses(oracle.found(things, whole), filters), filters
        assert _number(seen) == len(seen.results), filters
        assert seen.counts == oracle.counts(things, whole), filters


@pytest.mark.parametrize(
    "question", ["hulp met bouwsteen 03", "bouwsteen", "zorgwaard", "boerderij", "fundament zwemmen"]
)
def test_filters_narrow_a_question(question: str, crowded_search: Searching, oracle: Oracle) -> None:
    """With a question, filters leave of what it finds just what passes, and each choice tells what it would give."""
    chance = Random(question)  # noqa: S311  (nothing secret)
    things = _base(crowded_search, oracle, question)
    assert things
    for _ in range(6):
        filters = _some_filters(chance, oracle.choices, oracle.at_most)
        seen = crowded_search.ask({"q": question, **filters, **ALL})

        assert _plain(seen.results) == _plain(oracle.addresses(oracle.found(things, filters), filters)), filters
        assert _number(seen) == len(seen.results), filters
        assert seen.counts == oracle.counts(things, filters), filters


def _base(search: Searching, oracle: Oracle, question: str) -> list[Thing]:
    """Topics, and blocks of providers, that the question finds without a filter."""
    search.open(soort="hulp")
    search.unfold("Kies uw gemeente")
    seen = search.ask({"q": question, **ALL})
    topics = [one for one in oracle.topics if one.key in seen.results]
    titles = {block.slug: block.plain_title for _, block in oracle.book.blocks()}
    rows = {
        (address.split("/")[-2], title)
        for address, told in zip(seen.results, seen.told, strict=True)
        if told.startswith("Aanbieder van: ")
        for title in told.removeprefix("Aanbieder van: ").split(", ")
    }
    return topics + [one for one in oracle.offers if (one.key, titles[one.block]) in rows]


def test_count_is_what_choosing_gives(search: Searching) -> None:
    """On the guide as it is shipped, choosing a choice gives as many results as it told, for each third choice."""
    search.open(q="dagbesteding")
    search.unfold("Meer filters")
    search.page.wait_for_function("() => document.querySelector('[data-count]').textContent")
    counts = search.answered().counts
    assert len(counts) > 40

    for choice, number in list(counts.items())[::3]:
        name, value = choice.split("=")
        assert _number(search.ask({"q": "dagbesteding", name: value})) == number, choice


@pytest.mark.parametrize("region", ["holland-rijnland", "noord-midden-drenthe"])
def test_region_with_less_has_filters_too(region: str, search: Searching) -> None:
    """A region without a matrix, or with one that isn't complete, finds by words and by municipality, and counts."""
    there = Searching(search.page, search.address.replace("alkmaar", region), search.complaints)
    seen = there.open(q="ik ben alleen")
    assert seen.results
    search.unfold("Kies uw gemeente")
    search.page.wait_for_function("() => document.querySelector('[data-count]').textContent")
    choice, number = next(
        (key, count) for key, count in there.answered().counts.items() if key.startswith("gemeente=") and count
    )

    assert _number(there.ask({"q": "ik ben alleen", "gemeente": choice.split("=")[1]})) == number
    assert there.ask({"gemeente": choice.split("=")[1]}).results


def test_unknown_choices_in_an_address_are_left_out(search: Searching) -> None:
    """Groups and choices that don't exist, and repeated ones, change nothing."""
    plain = search.open(q="dementie", gemeente="heiloo")
    odd = search.open(
        q="dementie", gemeente=["heiloo", "heiloo", "<b>", "atlantis"], hoe="zo", meer="-3", wachttijd="NaN"
    )

    assert odd == plain
    assert search.page.url.endswith("?q=dementie&gemeente=heiloo")


def test_many_providers_are_counted_when_somebody_filters(crowded_search: Searching, oracle: Oracle) -> None:
    """Where counting takes more files than a first look needs, the page says "at least", and counts once filters are opened."""
    _look_at_few_rows(crowded_search)
    seen = crowded_search.open(q="hulp met bouwsteen 03")
    assert seen.status.startswith("Minstens")
    assert seen.counts == {}
    first = list(seen.results)

    crowded_search.forget_status()
    crowded_search.unfold("Meer filters")
    whole = crowded_search.answered()
    assert not whole.status.startswith("Minstens")
    assert list(whole.results)[: len(first)] == first
    assert whole.counts["soort=aanbieder"] > 10


def _look_at_few_rows(search: Searching) -> None:
    """Makes the page take the way that it takes in a region with very many providers."""

    def fewer(route: Route) -> None:
        answer = route.fetch()
        text = answer.text()
        assert text.count("=600;") == 1  # FEW_ROWS
        route.fulfill(response=answer, body=text.replace("=600;", "=5;"))

    search.page.route("**/assets/zoeken.*.js", fewer)


def test_filters_show_what_is_chosen(search: Searching) -> None:
    """Folded away, a group still tells what is chosen in it, and all filters together how many are."""
    search.open(q="dementie", gemeente=["heiloo", "bergen"], soort=["hulp", "aanbieder"])
    panels = search.page.locator(".wg-filters > summary")

    expect(panels.nth(0)).to_have_text("Kies uw gemeente (Bergen (NH.), Heiloo)")
    expect(panels.nth(1)).to_have_text("Meer filters (2 gekozen)")


def test_choice_is_heard_with_its_number(search: Searching) -> None:
    """A screen reader hears a choice with what it would give: "Heiloo, 18 resultaten"."""
    search.open(q="dementie", gemeente="heiloo")
    search.forget_status()
    search.unfold("Kies uw gemeente")
    number = search.answered().counts["gemeente=heiloo"]

    expect(search.page.get_by_role("checkbox", name=re.compile(rf"^Heiloo ?, {number} resultaten$"))).to_be_checked()


def test_groups_without_a_choice_go(search: Searching) -> None:
    """A group in which nothing can be chosen is hidden; one with a choice in it stays, whatever it gives."""
    search.open(soort="woord")
    names = _groups_shown(search)
    assert "soort" in names
    assert "bouwsteen" not in names

    search.ask({"q": "xqzwk", "hoe": "group", "how": "group"})
    assert _groups_shown(search) == {"how"}

    search.ask({"q": "xqzwk"})
    assert _groups_shown(search) == set()
    expect(search.page.locator(".wg-filters > summary", has_text="Meer filters")).to_be_hidden()


def _groups_shown(search: Searching) -> set[str]:
    shown = ".wg-filters details:not([hidden]) fieldset input"
    return set(search.page.eval_on_selector_all(shown, "(all) => all.map((one) => one.name)"))
