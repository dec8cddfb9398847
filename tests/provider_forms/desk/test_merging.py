"""Three versions of a provider's file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provider_forms.desk.differences import END
from provider_forms.desk.merging import WHOLE, Side, Versions, clashes, guide_moved, merged, reworked
from provider_forms.desk.taken_apart import read_file
from tests.builders import HOME, ContentFolder
from tests.provider_forms.visiting import SLUG
from wmo_guide.domain.provider import ProviderFile
from wmo_guide.domain.standards import Standards

FILE = f"{HOME}/providers/{SLUG}.yaml"
POST = "offering/2024/post-en-papieren"
GARDEN = "offering/2024/dag-buiten"
Path = tuple[str | int, ...]


def _with(content: ContentFolder, *changes: tuple[Path, Any]) -> ProviderFile:
    """The file with these answers changed; None takes one away. The folder itself stays as it was."""
    before = content.text(FILE)
    for path, value in changes:
        if value is None:
            content.drop(FILE, path)
        else:
            content.put(FILE, path, value)
    found = read_file(content.text(FILE))
    content.raw(FILE, before)
    assert found is not None
    return found


def _answer(key: str) -> Path:
    return ("organisation", key)


def test_what_one_side_changed_is_suggested(content: ContentFolder) -> None:
    """An answer that only the provider or only the guide changed has a suggestion; one that both changed has none."""
    versions = Versions(
        _with(content),
        _with(content, (_answer("phone"), "012 345 67 22"), (_answer("summary"), "Van de aanbieder.")),
        _with(content, (_answer("email"), "gids@alfa.example.nl"), (_answer("summary"), "Van de gids.")),
    )
    found = {one.question: one.suggested for one in clashes(versions, content.standards())}

    assert found == {"summary": None, "phone": "theirs", "email": "guide"}
    assert guide_moved(versions, content.standards())


def test_without_a_base_nothing_is_suggested(content: ContentFolder) -> None:
    """When nobody knows what the submission builds on, every difference has to be chosen."""
    versions = Versions(None, _with(content, (_answer("phone"), "012 345 67 22")), _with(content))

    assert [one.suggested for one in clashes(versions, content.standards())] == [None]
    assert guide_moved(versions, content.standards())


def test_a_confirmation_alone_moves_nothing(content: ContentFolder) -> None:
    """A newer confirmation in the guide asks nobody to choose, and it is kept."""
    versions = Versions(
        _with(content),
        _with(content, (_answer("phone"), "012 345 67 22")),
        _with(content, (("confirmed", "on"), "2026-01-14")),
    )
    file = read_file(merged(versions, {("organisation", "phone"): "theirs"}, content.standards(), ""))

    assert not guide_moved(versions, content.standards())
    assert file is not None
    assert file.confirmed.on == date(2026, 1, 14)
    assert file.organisation["phone"] == "012 345 67 22"


@pytest.fixture
def held(sample: ContentFolder) -> Standards:
    """The standards of the sample's region."""
    return sample.standards()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["theirs", "guide"]), min_size=5, max_size=5))
def test_each_choice_is_kept(sample: ContentFolder, held: Standards, sides: list[Side]) -> None:
    """Whatever is chosen, each answer in the merged file is that of the chosen side, with its day, and nothing is lost."""
    content = sample
    theirs = _with_copy(
        content, {"phone": "012 345 67 22", "summary": "Van de aanbieder."}, "8", "2026-01-10", "2027-01-01"
    )
    guide = _with_copy(
        content, {"summary": "Van de gids.", "email": "gids@alfa.example.nl"}, "5", "2026-01-12", "2028-01-01"
    )
    versions = Versions(_plain(content), theirs, guide)
    found = clashes(versions, held)
    chosen = {one.place: side for one, side in zip(found, sides, strict=True)}
    file = read_file(merged(versions, chosen, held, ""))

    assert file is not None
    pick = {"theirs": theirs, "guide": guide}
    for key in ("phone", "summary", "email"):
        assert file.organisation[key] == pick[chosen["organisation", key]].organisation[key]
    source = pick[chosen[POST, "waiting_weeks"]].offerings[0]
    assert file.offerings[0].answers["waiting_weeks"] == source.answers["waiting_weeks"]
    assert file.offerings[0].dates["waiting_weeks"] == source.dates["waiting_weeks"]
    assert file.offerings[1].end == pick[chosen[GARDEN, END]].offerings[1].end
    assert file.locations == theirs.locations


def _plain(content: ContentFolder) -> ProviderFile:
    found = read_file(content.text(FILE))
    assert found is not None
    return found


def _with_copy(content: ContentFolder, answers: dict[str, str], weeks: str, day: str, end: str) -> ProviderFile:
    tree = content.tree(FILE)
    tree["organisation"] |= {"phone": "012 345 67 11", "email": "info@alfa.example.nl", **answers}
    tree["offerings"][0]["answers"]["waiting_weeks"] = weeks
    tree["offerings"][0]["dates"]["waiting_weeks"] = day
    tree["offerings"][1]["end"] = end
    return ProviderFile.model_validate(tree)


@pytest.mark.parametrize(("side", "count"), [("theirs", 1), ("guide", 2)])
def test_a_whole_offering_is_chosen(content: ContentFolder, side: Side, count: int) -> None:
    """An offering that one side took away while the other kept it is chosen as a whole."""
    versions = Versions(
        _with(content), _with(content, (("offerings", 1), None)), _with(content, (_answer("phone"), "012 345 67 22"))
    )
    chosen: dict[tuple[str, str], Side] = {(GARDEN, WHOLE): side, ("organisation", "phone"): "guide"}
    file = read_file(merged(versions, chosen, content.standards(), ""))

    assert [one.suggested for one in clashes(versions, content.standards()) if one.question == WHOLE] == ["theirs"]
    assert file is not None
    assert len(file.offerings) == count


def test_what_staff_rewrote_is_dated(content: ContentFolder) -> None:
    """An edited dated answer is dated today; one that stayed keeps its day; the provider's other answers stay."""
    text = content.text(FILE)
    file = read_file(text)
    assert file is not None
    edits: dict[str, dict[str, Any]] = {
        POST: {**file.offerings[0].answers, "waiting_weeks": "6"},
        "location/weg": {"name": "Weg"},
    }
    made = read_file(reworked(text, edits, content.standards(), date(2026, 1, 15)))

    assert made is not None
    assert made.offerings[0].dates == {"intake_stop": date(2025, 11, 20), "waiting_weeks": date(2026, 1, 15)}
    assert made.offerings[0].answers["waiting_weeks"] == "6"
    assert (made.organisation, made.locations, made.offerings[1]) == (
        file.organisation,
        file.locations,
        file.offerings[1],
    )
    assert made.updated == date(2026, 1, 15)
    assert reworked(text, {}, content.standards(), date(2026, 1, 15)) == text
