"""Old and new of a provider's file, answer by answer and word by word."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provider_forms.desk.differences import END, FieldChange, Kind, compare, field_changes, kinds_of, pieces
from provider_forms.desk.taken_apart import head_of, put_together, read_file, taken_apart
from tests.builders import HOME, ContentFolder
from tests.provider_forms.visiting import SLUG
from wmo_guide.domain.provider import ProviderFile
from wmo_guide.domain.standards import Standards

FILE = f"{HOME}/providers/{SLUG}.yaml"
WORDS = st.text(alphabet="ab \n.,é", max_size=40)


@pytest.fixture
def held(sample: ContentFolder) -> Standards:
    """The standards of the sample's region."""
    return sample.standards()


def _file(content: ContentFolder) -> ProviderFile:
    found = read_file(content.text(FILE))
    assert found is not None
    return found


def _changes(content: ContentFolder, old: str) -> tuple[FieldChange, ...]:
    return field_changes(old, content.text(FILE), content.standards())


def _kinds(content: ContentFolder, old: str) -> frozenset[Kind]:
    return kinds_of(compare(read_file(old), _file(content), content.standards()), is_new=False)


@settings(max_examples=400, deadline=None)
@given(WORDS, WORDS)
def test_pieces_give_both_texts_back(old: str, new: str) -> None:
    """What was kept and removed is the old text, what was kept and added is the new one, to the letter."""
    found = pieces(old, new)

    assert "".join(one.text for one in found if one.how != "added") == old
    assert "".join(one.text for one in found if one.how != "removed") == new
    assert (old == new) == all(one.how == "same" for one in found)


def test_kept_words_are_not_told_as_changed() -> None:
    """Of a sentence in which one word changed, only that word is marked."""
    found = pieces("Wij openen samen de post.", "Wij openen samen uw post.")

    assert [(one.how, one.text.strip()) for one in found] == [
        ("same", "Wij openen samen"),
        ("removed", "de"),
        ("added", "uw"),
        ("same", "post."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Hulp bij wonen.", "Hulp bij wonen. Ook thuis.", [("same", "Hulp bij wonen."), ("added", " Ook thuis.")]),
        ("Hulp bij wonen.\nOok thuis.", "Hulp bij wonen.", [("same", "Hulp bij wonen."), ("removed", "\nOok thuis.")]),
    ],
)
def test_a_word_that_a_sentence_follows_is_kept(old: str, new: str, told: list[tuple[str, str]]) -> None:
    """The last word of a text isn't told as changed because a sentence comes after it, or no longer does."""
    assert [(one.how, one.text) for one in pieces(old, new)] == told


def test_words_that_a_rewritten_text_has_by_chance_are_not_told_as_kept() -> None:
    """In a text that was written anew the old one and the new one can each be read, without scattered words between them."""
    old = "Kustzorg werkt in Bergen, Castricum en Heiloo. Zij kennen de dorpen en de bus die er rijdt."
    new = "Kustzorg helpt u thuis. Wij komen ook in het weekend. Wij doen met u uw post en uw geld."

    assert [(one.how, one.text) for one in pieces(old, new)] == [
        ("same", "Kustzorg "),
        ("removed", old.removeprefix("Kustzorg ")),
        ("added", new.removeprefix("Kustzorg ")),
    ]


def test_an_answer_of_a_list_that_stayed_is_told_as_kept() -> None:
    """A line between lines that all changed is kept: it can be an answer of a list."""
    found = pieces("Alkmaar\nCastricum\nBergen\nHeiloo\nUitgeest", "Hoorn\nMedemblik\nBergen\nEnkhuizen\nSchagen")

    assert [one.text for one in found if one.how == "same"] == ["Bergen\n"]


def test_a_hostile_text_keeps_nobody_waiting() -> None:
    """Two very long texts of the same few words are compared within a second."""
    began = time.perf_counter()
    found = pieces("a b " * 20_000, "b a c " * 20_000)

    assert time.perf_counter() - began < 1
    assert "".join(one.text for one in found if one.how != "removed") == "b a c " * 20_000


def test_the_same_file_has_no_changes(sample: ContentFolder) -> None:
    """A file held against itself differs in nothing, and all its parts stand in the order of the form."""
    parts = compare(_file(sample), _file(sample), sample.standards())

    assert [one.name for one in parts] == [
        "organisation",
        "location/kantoor",
        "offering/2024/post-en-papieren",
        "offering/2024/dag-buiten",
    ]
    assert not any(one.changed for one in parts)
    assert all(one.same for one in parts)


def test_answers_are_told_in_the_words_of_the_guide(content: ContentFolder) -> None:
    """Choices, numbers and days are told as readers see them, not by their keys."""
    old = content.text(FILE)
    content.put(FILE, ("offerings", 0, "answers", "waiting_weeks"), "1")
    content.put(FILE, ("offerings", 0, "answers", "how"), ["group"])
    content.put(FILE, ("offerings", 1, "end"), "2029-12-31")
    found = {one.question: (one.label, one.old, one.new) for one in _changes(content, old)}

    assert found["waiting_weeks"][1:] == ("3 weken", "1 week")
    assert found["how"][1:] == ("Eén op één\nMet beeldbellen", "In een groep")
    assert found[END] == ("Laatste dag in de gids", "31 december 2030", "31 december 2029")
    assert len(found) == 3


def test_another_order_or_spelling_is_no_change(content: ContentFolder) -> None:
    """The same answer written in another way, and a renamed location where it is chosen, are no changes."""
    old = content.text(FILE)
    content.put(FILE, ("offerings", 0, "answers", "municipalities"), ["helmdorp", "zandhoek"])
    content.put(FILE, ("locations", 0, "answers", "name"), "Hoofdkantoor")

    assert [(one.part, one.question) for one in _changes(content, old)] == [("location/kantoor", "name")]


def test_other_answers_with_the_same_words_are_told(content: ContentFolder) -> None:
    """A choice that has another key but the same words as the old one is still a change."""
    content.swap("questions/offering.yaml", "label: Soms", "label: 'Nee,  u komt zelf'")
    old = content.text(FILE)
    content.put(FILE, ("offerings", 0, "answers", "transport"), "some")
    content.put(FILE, ("offerings", 0, "answers", "transport_note"), "Ja.")

    assert "transport" in {one.question for one in _changes(content, old)}


def test_whole_parts_come_and_go(content: ContentFolder) -> None:
    """A new and a removed offering are told as such, with all their answers."""
    old = _file(content)
    content.drop(FILE, ("offerings", 1))
    new = _file(content)
    gone = compare(old, new, content.standards())[-1]
    added = compare(new, old, content.standards())[-1]

    assert (gone.how, added.how) == ("gone", "new")
    assert all(one.old and not one.new for one in gone.changed)
    assert all(one.new and not one.old for one in added.changed)
    assert len(gone.changed) == len(added.changed) == 12


@pytest.mark.parametrize(
    ("path", "value", "kinds"),
    [
        (("offerings", 0, "answers", "summary"), "Anders.", {"changed", "texts"}),
        (("offerings", 0, "answers", "waiting_weeks"), "9", {"changed"}),
        (("offerings", 0, "end"), "2026-05-01", {"changed", "ended"}),
    ],
)
def test_kinds_of_change(content: ContentFolder, path: tuple[str | int, ...], value: str, kinds: set[Kind]) -> None:
    """A change is only of texts, of other answers, or the end of an offering."""
    old = content.text(FILE)
    content.put(FILE, path, value)

    assert _kinds(content, old) == kinds


def test_more_and_fewer_blocks(content: ContentFolder) -> None:
    """A new offering makes it "more blocks", a removed one "ended"; a provider that the guide doesn't have is new."""
    old = content.text(FILE)
    content.drop(FILE, ("offerings", 1))
    fewer = content.text(FILE)
    parts = compare(read_file(fewer), read_file(old) or _file(content), content.standards())

    assert _kinds(content, old) == {"changed", "ended"}
    assert kinds_of(parts, is_new=False) == {"changed", "more"}
    assert kinds_of(parts, is_new=True) == {"new"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="abc \n", min_size=1, max_size=30).filter(lambda text: bool(text.strip())))
def test_taken_apart_and_put_together(sample: ContentFolder, held: Standards, text: str) -> None:
    """A file taken apart and put together says the same, with its remarks at the top still there."""
    old = f"# van de redactie\n{sample.text(FILE)}"
    file = read_file(old)
    assert file is not None
    parts = taken_apart(file)
    part = parts["organisation"]
    parts["organisation"] = type(part)(part.name, {**part.answers, "description": text.strip()})
    made = put_together(head_of(file), parts, held, old)
    again = read_file(made)

    assert made.startswith("# van de redactie\n")
    assert again is not None
    assert {**again.organisation, "description": ""} == {**file.organisation, "description": ""}
    assert again.organisation["description"] == text.strip()
    assert (again.locations, again.offerings) == (file.locations, file.offerings)
