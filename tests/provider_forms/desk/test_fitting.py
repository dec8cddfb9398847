"""A change is made to fit a file that changed meanwhile, or refused when both are about the same answer."""

from __future__ import annotations

import pytest

from provider_forms.desk.fitting import ClashError, fitted
from wmo_guide.store.yaml_text import read_tree

YAML, ARTICLE = "regions/x/faq.yaml", "regions/x/news/y.md"
HEAD = "---\ntitle: Bericht\nupdated: 2025-12-01\n---\n\n"
X, Y = "{key: x, a: '1'}", "{key: y, a: '1'}"


def _items(*items: str) -> str:
    return "list:\n" + "".join(f"- {one}\n" for one in items)


FITS = {
    "another answer": ("a: '1'\nb: '1'\n", "a: '2'\nb: '1'\n", "a: '1'\nb: '2'\n", "a: '2'\nb: '2'\n"),
    "the same answer, alike": ("a: '1'\nb: '1'\n", "a: '2'\nb: '2'\n", "a: '2'\nb: '1'\n", "a: '2'\nb: '2'\n"),
    "another item": (
        _items(X, Y),
        _items("{key: x, a: '2'}", Y),
        _items(X, "{key: y, a: '2'}"),
        _items("{key: x, a: '2'}", "{key: y, a: '2'}"),
    ),
    "two new items": (
        _items(X),
        _items(X, Y),
        _items(X, "{key: z, a: '1'}"),
        _items(X, Y, "{key: z, a: '1'}"),
    ),
    "an item taken away": (_items(X, Y), _items(X), _items("{key: x, a: '2'}", Y), _items("{key: x, a: '2'}")),
    "an item in a new order": (
        _items(X, Y),
        _items(X, Y, "{key: z, a: '1'}"),
        _items(Y, X),
        _items(Y, "{key: z, a: '1'}", X),
    ),
    "the later day": (
        "updated: 2026-01-01\na: '1'\nb: '1'\n",
        "updated: 2026-01-03\na: '2'\nb: '1'\n",
        "updated: 2026-01-09\na: '1'\nb: '2'\n",
        "updated: 2026-01-09\na: '2'\nb: '2'\n",
    ),
    "the later confirmation": (
        "confirmed: {on: 2026-01-01, by: a}\nb: '1'\n",
        "confirmed: {on: 2026-01-03, by: b}\nb: '2'\n",
        "confirmed: {on: 2026-01-09, by: c}\nb: '1'\n",
        "confirmed: {on: 2026-01-09, by: c}\nb: '2'\n",
    ),
    "days of answers": (
        "dates: {w: 2026-01-01, s: 2026-01-01}\n",
        "dates: {w: 2026-01-03, s: 2026-01-01}\n",
        "dates: {w: 2026-01-05, s: 2026-01-04}\n",
        "dates: {w: 2026-01-05, s: 2026-01-04}\n",
    ),
    "texts in a list": ("a: [x, y]\n", "a: [x, y, z]\n", "a: [y]\n", "a: [y, z]\n"),
}
CLASHES = {
    "the same answer": ("a: '1'\n", "a: '2'\n", "a: '3'\n"),
    "an answer of an item": (_items(X), _items("{key: x, a: '2'}"), _items("{key: x, a: '3'}")),
    "an item that went": (_items(X, Y), _items("{key: x, a: '2'}", Y), _items(Y)),
    "an item that was changed": (_items(X, Y), _items(Y), _items("{key: x, a: '2'}", Y)),
    "the same new item": (_items(X), _items(X, Y), _items(X, "{key: y, a: '2'}")),
    "two orders": (
        _items(X, Y, "{key: z}"),
        _items(Y, X, "{key: z}"),
        _items("{key: z}", Y, X),
    ),
    "one text in a list": ("a: [x, y]\n", "a: [X, y]\n", "a: [xx, y]\n"),
    "an order of texts": ("a: [x, y]\n", "a: [y, x]\n", "a: [x, y, z]\n"),
    "an answer on several lines": ('a: "een\\n\\ntwee"\n', 'a: "EEN\\n\\ntwee"\n', 'a: "een\\n\\nTWEE"\n'),
    "lines of a file that can't be read": ("a: [\nx\n", "a: [\ny\n", "a: [\nz\n"),
}


@pytest.mark.parametrize(("built_on", "change", "now", "expected"), FITS.values(), ids=FITS)
def test_both_changes_are_kept(built_on: str, change: str, now: str, expected: str) -> None:
    """What the change did is done to the file as it is now, and what was changed there stays."""
    text = fitted(YAML, built_on, change, now)

    assert text is not None
    assert read_tree(text) == read_tree(expected)
    assert fitted(YAML, built_on, change, text) == text, "done once more it changes nothing"


@pytest.mark.parametrize(("built_on", "change", "now"), CLASHES.values(), ids=CLASHES)
def test_the_same_answer_is_never_overwritten(built_on: str, change: str, now: str) -> None:
    """Where both changed the same, and differently, nobody's answer is taken."""
    with pytest.raises(ClashError):
        fitted(YAML, built_on, change, now)


@pytest.mark.parametrize(
    ("built_on", "change", "now"),
    [("a: '1'\n", None, "a: '2'\n"), ("a: '1'\n", "a: '2'\n", None), (None, "a: '1'\n", "a: '2'\n")],
)
def test_files_that_came_or_went_meanwhile(built_on: str | None, change: str | None, now: str | None) -> None:
    """A file that was changed isn't removed, one that went doesn't come back, and one that is there isn't replaced."""
    with pytest.raises(ClashError):
        fitted(YAML, built_on, change, now)


def test_articles_are_joined_by_paragraph() -> None:
    """In an article two paragraphs can be changed by two people; one paragraph can't."""
    old = f"{HEAD}Een.\n\nTwee.\n\nDrie.\n"
    new = old.replace("Drie.", "Drie!")

    assert fitted(ARTICLE, old, new, old.replace("Een.", "Eén.")) == new.replace("Een.", "Eén.")
    assert fitted(ARTICLE, old, new, old.replace("title: Bericht", "title: Nieuws")) == new.replace("Bericht", "Nieuws")
    with pytest.raises(ClashError):
        fitted(ARTICLE, old, new, old.replace("Drie.", "Vier."))


def test_remark_in_the_way_is_kept() -> None:
    """Where a remark stands in the middle of what the change takes away, nothing is lost without a word."""
    old = _items(X, Y)
    now = old.replace("- {key: y", "# Let op.\n- {key: y").replace("key: x, a: '1'", "key: x, a: '9'")

    text = fitted(YAML, old, _items(X), now)
    assert text is not None
    assert "a: '9'" in text
    assert "key: y" not in text
