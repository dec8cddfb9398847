"""Forms for content, made of the models of the content."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from provider_forms.desk.content_edit import Files, Spot, items, regions
from provider_forms.desk.content_form import amount, changed, fields, name_of, questions, stored
from provider_forms.desk.content_kinds import KINDS, ContentKind, Item
from provider_forms.desk.content_words import words
from provider_forms.web.forms import make_form
from wmo_guide.domain.kinds import KINDS as QUESTION_KINDS
from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.questions import Option
from wmo_guide.domain.region import Region
from wmo_guide.store.load import load

CONTENT = Path("content")
EVERYTHING = ("sources", "blocks", "facilities", "factsheets", "municipalities", "subjects", "terms", "pages")


def all_items() -> list[tuple[ContentKind, Item]]:
    """Every item that the project ships."""
    files = Files(CONTENT, {})
    return [
        (kind, item)
        for region in regions(CONTENT)
        for kind in KINDS.values()
        for item in items(files, Spot(kind, region)).values()
    ]


def choices(item: Item) -> dict[str, tuple[Option, ...]]:
    """Whatever the item refers to, to choose from."""
    found = {str(one) for value in item.values() for one in (value if isinstance(value, list) else [value])}
    options = tuple(
        Option(key=one, label=one) for one in sorted({*found, "other"}) if re.fullmatch(r"[a-z0-9_-]+", one)
    )
    return dict.fromkeys(EVERYTHING, options)


@pytest.fixture(scope="module")
def region() -> Region:
    """Any region."""
    return load(CONTENT).catalogues[0].standards.region


def test_there_is_much_to_try() -> None:
    """Every kind of content is among what the project ships, so that the tests below try them all."""
    assert {kind.key for kind, _ in all_items()} == set(KINDS)


def test_every_item_fits_its_form(region: Region) -> None:
    """Each item that the project ships can stand in its form without an error, and saving it changes not a letter."""
    for kind, item in all_items():
        form = make_form(questions(kind, choices(item), is_new=False), Scope(region), None, stored(kind, item))
        wrong = [one for one in form.errors if one.key != "desk-why"]

        assert wrong == [], f"{kind.key}: {item}"
        asked = {one.question.key for one in form.fields}
        assert changed(kind, item, form.public, asked) == item


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_words_are_complete(kind: ContentKind) -> None:
    """Each kind, each field of its model and each fixed choice has Dutch words, and there are no words for what is gone."""
    assert words().kinds[kind.key].title
    told = words().fields[kind.model.__name__]
    assert set(told) == set(kind.model.model_fields)
    for question in questions(kind, dict.fromkeys(EVERYTHING, (Option(key="a", label="A"),)), is_new=True):
        assert question.kind in QUESTION_KINDS
        if question.kind in ("choice", "choices"):
            assert question.options


def test_words_are_about_what_there_is() -> None:
    """There are no words for kinds or models that can't be edited."""
    assert list(words().kinds) == list(KINDS)
    assert set(words().fields) == {kind.model.__name__ for kind in KINDS.values()}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_references_are_chosen(kind: ContentKind) -> None:
    """A field that refers to something else is chosen from what there is, never typed."""
    found = {
        one.key: one.kind
        for one in questions(kind, dict.fromkeys(EVERYTHING, (Option(key="a", label="A"),)), is_new=False)
    }
    for name, _ in fields(kind):
        if name in (
            "sources",
            "blocks",
            "facilities",
            "factsheets",
            "municipalities",
            "municipality",
            "subject",
            "see",
            "under",
        ):
            assert found[name] in ("choice", "choices")


def test_only_what_changed_is_written() -> None:
    """A text that was changed is written in the manner of the old one, what was emptied goes, and the rest stays."""
    kind = KINDS["voorzieningen"]
    old: Item = {
        "slug": "house",
        "name": "House",
        "icon": "material/home-heart",
        "summary": "Coffee.\n",
        "how": "Walk in.",
        "cost": "Free",
        "example": "true",
    }
    answers = dict(stored(kind, old)) | {"summary": "Tea.", "cost": "", "example": "no"}

    fresh = changed(kind, old, answers, set(answers))

    assert fresh == {
        **{key: old[key] for key in ("slug", "name", "icon", "how")},
        "summary": "Tea.\n",
        "example": "false",
    }
    assert list(fresh)[-1] == "example"


def test_what_was_not_asked_stays() -> None:
    """A question that had nothing to choose from was not asked, so its old answer stays."""
    kind = KINDS["situaties"]
    old: Item = {"slug": "a", "title": "A", "blocks": ["gone"]}

    assert changed(kind, old, {"title": "B"}, {"title"}) == {"slug": "a", "title": "B", "blocks": ["gone"]}


def test_chosen_things_keep_their_order() -> None:
    """What was chosen already keeps the order that the file gave it; what is new comes last."""
    kind = KINDS["vragen"]
    old: Item = {"key": "a", "sources": ["z", "y"]}

    assert changed(kind, old, {"sources": ["a", "y", "z"]}, {"sources"})["sources"] == ["z", "y", "a"]
    assert changed(kind, old, {"sources": ["y", "z"]}, {"sources"})["sources"] == ["z", "y"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [("19", "19.00"), ("19,5", "19.50"), ("€ 19,00", "19.00"), ("20.25", "20.25"), ("20,-", "20.00"), ("veel", "veel")],
)
def test_amounts_as_people_type_them(typed: str, written: str) -> None:
    """An amount with a comma, a euro sign or no cents is understood; anything else stays, to be refused."""
    assert amount(typed) == written


def test_days_and_amounts_are_shown_as_people_write_them(region: Region) -> None:
    """A form shows 1-1-2020 and 19,00, as its help asks for; saved like that, the item is what it was."""
    kind, old = KINDS["bijdrage"], Item(amount="19.00", per="month", start="2020-01-01", sources=["besluit"])
    form = make_form(questions(kind, choices(old), is_new=False), Scope(region), None, stored(kind, old))
    shown = {one.question.key: one.typed for one in form.fields}

    assert (shown["amount"], shown["start"]) == ("19,00", "1-1-2020")
    assert changed(kind, old, form.public, set(shown)) == old


def test_name_is_made_of_the_title() -> None:
    """A new item gets a name out of its title, unless one was typed."""
    kind = KINDS["nieuws"]

    assert name_of(kind, {"title": "Één vast bedrag: € 20 per maand!"}) == "een-vast-bedrag-20-per-maand"
    assert name_of(kind, {"title": "Iets", "desk-name": "iets-anders"}) == "iets-anders"
