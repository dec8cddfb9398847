"""A provider's answers are held against the questions that are asked of it, and against nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import HOME, ContentFolder
from wmo_guide.domain.answers import read_provider
from wmo_guide.domain.provider import Provider, ProviderFile
from wmo_guide.domain.standards import Standards

FILE = f"{HOME}/providers/alfa-thuis.yaml"
MATRIX = f"{HOME}/matrix/2024.yaml"
SETS = "questions/offering.yaml"


def answers(**changes: Any) -> dict[str, Any]:
    """Answers that an offering can't do without."""
    return {
        "summary": "Wij helpen u.",
        "what": "Van alles.",
        "how": ["group"],
        "municipalities": ["zandhoek"],
        "transport": "own",
        **changes,
    }


def offering(block: str, given: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """An offering of a block of the current edition."""
    return {"edition": "2024", "block": block, "answers": answers() if given is None else given, **changes}


def read(standards: Standards, *offerings: dict[str, Any], **changes: Any) -> tuple[Provider | None, list[str]]:
    """A provider with these offerings, and the paths of what is wrong with it."""
    raw = {
        "updated": "2025-01-01",
        "confirmed": {"on": "2025-01-01", "by": "de aanbieder"},
        "organisation": {"name": "Proef", "summary": "Een proef."},
        "offerings": offerings,
        **changes,
    }
    provider, findings = read_provider("proef", "digest", ProviderFile.model_validate(raw), standards)
    return provider, [".".join(str(part) for part in finding.path) for finding in findings]


@pytest.fixture(scope="module")
def standards(sample: ContentFolder) -> Standards:
    """The standards of the sample's region with a matrix."""
    return sample.standards()


def test_good_answers_make_a_provider(standards: Standards) -> None:
    """Answers are parsed by their kinds and kept in the order of the questions, not of the file."""
    given = {"waiting_weeks": "3", "levels": {"complexity": ["light"]}, **answers()}
    provider, wrong = read(
        standards, offering("post-en-papieren", given, start="2025-02-01", dates={"waiting_weeks": "2025-01-01"})
    )

    assert wrong == []
    assert provider is not None
    one = provider.offerings[0]
    assert list(one.answers) == ["summary", "what", "how", "levels", "municipalities", "waiting_weeks", "transport"]
    assert one.answers["waiting_weeks"] == 3
    assert one.dates == {"waiting_weeks": date(2025, 1, 1)}
    assert (one.start, one.end) == (date(2025, 2, 1), None)
    assert (provider.slug, provider.digest, provider.name) == ("proef", "digest", "Proef")


def test_provider_with_a_fault_is_no_provider(standards: Standards) -> None:
    """When anything is wrong there is no provider, and all that is wrong is told at once."""
    given = answers(how=["dance"], waiting_weeks="drie")
    del given["what"]

    provider, wrong = read(standards, offering("post-en-papieren", given), offering("tuin"))

    assert provider is None
    assert sorted(wrong) == [
        "offerings.0.answers.how.0",
        "offerings.0.answers.waiting_weeks",
        "offerings.0.answers.what",
        "offerings.1.block",
    ]


@pytest.mark.parametrize(
    ("block", "key", "raw"),
    [
        ("post-en-papieren", "arrangements", ["basis"]),
        ("dag-buiten", "bands", ["1-5"]),
        ("dag-buiten", "group_size", "8"),
        ("uit-logeren", "otherwise", "Met hond"),
        ("uit-logeren", "beds", "2"),
    ],
)
def test_question_is_asked_where_it_belongs(standards: Standards, block: str, key: str, raw: object) -> None:
    """A question about some blocks only may be answered for these, and for no other."""
    blocks = ("post-en-papieren", "dag-buiten", "uit-logeren")

    allowed = [slug for slug in blocks if read(standards, offering(slug, answers(**{key: raw})))[1] == []]

    assert allowed == [block]


def test_condition_on_another_answer(standards: Standards) -> None:
    """A question that hangs on another answer is required when that answer asks for it, and refused when it doesn't."""
    note = "offerings.0.answers.transport_note"
    needed = answers(transport="some")

    assert read(standards, offering("uit-logeren", needed))[1] == [note]
    assert read(standards, offering("uit-logeren", {**needed, "transport_note": "Op maandag."}))[1] == []
    assert read(standards, offering("uit-logeren", answers(transport_note="Op maandag.")))[1] == [note]


def test_question_for_staff_is_neither_needed_nor_allowed(standards: Standards) -> None:
    """A required question for staff is not missed in content, also when its condition holds, and its answer is refused."""
    exceptional = answers(levels={"intensity": ["2"]})

    assert read(standards, offering("post-en-papieren", exceptional))[1] == []
    assert read(standards, offering("post-en-papieren", {**exceptional, "level_motivation": "Daarom."}))[1] == [
        "offerings.0.answers.level_motivation"
    ]
    assert read(standards, organisation={"name": "A", "summary": "B", "staff_contact": "C"})[1] == [
        "organisation.staff_contact"
    ]


@pytest.mark.parametrize(
    ("levels", "asked"),
    [({"intensity": ["2"]}, True), ({"intensity": ["1"]}, False), ({"complexity": ["heavy"]}, False), (None, False)],
)
def test_exceptional_level_asks_for_more(
    content: ContentFolder, levels: dict[str, list[str]] | None, *, asked: bool
) -> None:
    """A condition on an exceptional level holds when such a level is among those offered, and only then."""
    content.put(SETS, ("questions", 4, "audience"), "public")
    for name in ("alfa-thuis", "gamma-zorg"):
        content.remove(f"{HOME}/providers/{name}.yaml")
    given = answers() if levels is None else answers(levels=levels)

    wrong = read(content.standards(), offering("post-en-papieren", given))[1]

    assert wrong == (["offerings.0.answers.level_motivation"] if asked else [])


def test_dates_belong_to_answers_that_are_there(standards: Standards) -> None:
    """A date for a question that isn't answered is told; one for a question that is answered is kept."""
    given, day = answers(waiting_weeks="3"), "2025-01-01"

    assert read(standards, offering("uit-logeren", given, dates={"waiting_weeks": day}))[1] == []
    assert read(standards, offering("uit-logeren", given, dates={"waiting_weeks": day, "intake_stop": day}))[1] == [
        "offerings.0.dates.intake_stop"
    ]


def test_offerings_may_refer_to_own_locations_only(standards: Standards) -> None:
    """An offering names locations of its own provider; one that isn't there is told."""
    place = {"key": "huis", "answers": {"name": "Het huis", "municipality": "helmdorp"}}

    assert read(standards, offering("uit-logeren", answers(locations=["huis"])), locations=[place])[1] == []
    assert read(standards, offering("uit-logeren", answers(locations=["tuin"])), locations=[place])[1] == [
        "offerings.0.answers.locations.0"
    ]


def test_wrong_location_doesnt_spoil_the_offering(standards: Standards) -> None:
    """A fault in a location is told there alone; an offering may go on to name it."""
    place = {"key": "huis", "answers": {"name": "Het huis", "municipality": "kadewijk"}}

    assert read(standards, offering("uit-logeren", answers(locations=["huis"])), locations=[place])[1] == [
        "locations.0.answers.municipality"
    ]


def test_doubles_are_told(standards: Standards) -> None:
    """Two locations with one key, and two offerings of one block, are told; a location may be named like a block."""
    place = {"key": "uit-logeren", "answers": {"name": "Het huis", "municipality": "helmdorp"}}

    wrong = read(standards, offering("uit-logeren"), offering("uit-logeren"), locations=[place, place])[1]

    assert wrong == ["locations.1.key", "offerings.1.block"]


@pytest.mark.parametrize("edition", ["2020", "2030"])
def test_edition_that_takes_no_offers_is_told_alone(standards: Standards, edition: str) -> None:
    """For an edition that ended or isn't there, the answers are not judged."""
    wrong = read(standards, {"edition": edition, "block": "thuishulp", "answers": {"nonsense": "x"}})[1]

    assert wrong == ["offerings.0.edition"]


def test_incomplete_edition_takes_offers(content: ContentFolder) -> None:
    """Providers may offer blocks of an edition that is in force but not wholly known."""
    content.put(MATRIX, ("status",), "incomplete")

    assert content.problems() == ()


def test_offer_that_ends_before_it_starts_is_told(standards: Standards) -> None:
    """An offering whose last day lies before its first is told, for the guide would never show it."""
    wrong = read(standards, offering("uit-logeren", start="2025-02-01", end="2025-01-01"))[1]

    assert wrong == ["offerings.0.end"]


def test_two_editions_ask_their_own_questions(content: ContentFolder) -> None:
    """A block that stands in two open editions is asked the questions of each edition's own block."""
    tree = content.tree(MATRIX)
    later = tree["areas"][1]["blocks"][1]
    later["questions"] = [{"key": "rooms", "kind": "number", "label": "Hoeveel kamers?"}]
    content.write(f"{HOME}/matrix/2026.yaml", {**tree, "start": "2026-01-01"})
    content.put(MATRIX, ("end",), "2025-12-31")
    standards = content.standards()

    assert read(standards, offering("uit-logeren", answers(beds="2")))[1] == []
    assert read(standards, offering("uit-logeren", answers(rooms="2"), edition="2026"))[1] == []
    assert read(standards, offering("uit-logeren", answers(rooms="2")))[1] == ["offerings.0.answers.rooms"]


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (None, None, True),
        ("2025-06-15", None, True),
        ("2025-06-16", None, False),
        (None, "2025-06-15", True),
        (None, "2025-06-14", False),
        ("2025-06-15", "2025-06-15", True),
    ],
)
def test_offering_runs_from_its_first_day_to_its_last(
    standards: Standards, start: str | None, end: str | None, *, shown: bool
) -> None:
    """An offering is shown on its first and its last day and on those between, and always where it names none."""
    provider, _ = read(standards, offering("uit-logeren", start=start or "", end=end or ""))

    assert provider is not None
    assert provider.offerings[0].runs_on(date(2025, 6, 15)) is shown


def test_provider_tells_its_answers(sample: ContentFolder) -> None:
    """An answer that wasn't given reads as empty text, no choices and no levels."""
    delta = sample.provider("delta-logeren")
    alfa = sample.provider("alfa-thuis")

    assert delta.text("phone") == ""
    assert delta.offerings[0].many("locations") == ()
    assert delta.offerings[0].levels == {}
    assert alfa.text("phone") == "012 345 67 11"
    assert alfa.offerings[0].many("how") == ("individual", "remote")
    assert alfa.offerings[0].many("summary") == ()
    assert len({alfa, delta, sample.provider("alfa-thuis")}) == 2


@pytest.mark.parametrize("text", ["2 * 3 * 4 is 24", "Bel **nu**.", "Zie [ons](/x/).", "<b>Let op</b>", "x ** y"])
def test_signs_of_a_provider_are_kept(standards: Standards, text: str) -> None:
    """Whatever signs a provider types are text, also where Markdown or HTML would read more in them."""
    provider, wrong = read(standards, offering("uit-logeren", answers(what=text)))

    assert wrong == []
    assert provider is not None
    assert provider.offerings[0].answers["what"] == text
