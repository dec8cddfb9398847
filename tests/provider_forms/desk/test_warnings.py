"""What a reviewer should look at in a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from provider_forms.desk.links import Result
from provider_forms.desk.taken_apart import read_file
from provider_forms.desk.warnings import Hint, Look, addresses, mailbox_problem, meter, meter_warnings, warnings
from provider_forms.provider.standing import read
from tests.builders import HOME, ContentFolder
from tests.provider_forms.drafting import EDITION, TODAY
from tests.provider_forms.visiting import SLUG
from wmo_guide.domain.provider import ProviderFile

FILE = f"{HOME}/providers/{SLUG}.yaml"


@pytest.fixture
def look(sample: ContentFolder) -> Look:
    """The sample's provider as a newcomer, held against the sample's region."""
    catalogue = sample.catalogue()
    return Look("nieuw", _file(sample), {}, catalogue.standards, catalogue.providers, {})


def _file(content: ContentFolder) -> ProviderFile:
    found = read_file(content.text(FILE))
    assert found is not None
    return found


def _with(look: Look, **answers: Any) -> Look:
    organisation = {**look.file.organisation, **answers}
    return replace(look, file=look.file.model_copy(update={"organisation": organisation}))


def _told(look: Look, about: str) -> list[Hint]:
    return [one for one in warnings(look) if one.about == about]


def test_a_likely_duplicate_is_told_with_all_reasons(look: Look) -> None:
    """A newcomer with a number, name and address that the guide has is told once, with the reasons and a link."""
    found = _told(look, "duplicate")

    assert len(found) == 1
    assert "Alfa Thuis" in found[0].message
    for reason in ("hetzelfde KvK-nummer", "bijna dezelfde naam", "bijna hetzelfde adres"):
        assert reason in found[0].message
    assert found[0].url == "/duinrand/aanbieders/alfa-thuis/"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Stichting Alfa-Thuis", True),
        ("Alfa Thuis B.V.", True),
        ("Thuis Alfa", True),
        ("Alpha Thuis", True),
        ("Zeehond", False),
    ],
)
def test_names_that_are_nearly_the_same(look: Look, name: str, *, reason: bool) -> None:
    """A name is held against others without its legal form, whatever the order of its words; another name is fine."""
    alone = _with(look, name=name, kvk="87654321")
    other = replace(alone, file=alone.file.model_copy(update={"locations": ()}))

    assert bool(_told(other, "duplicate")) is reason


def test_a_provider_is_no_duplicate_of_itself(look: Look) -> None:
    """A provider that is in the guide isn't held against itself."""
    assert _told(replace(look, slug=SLUG), "duplicate") == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("info@gmial.com", "gmail.com"),
        ("info@hotmial.nl", "hotmail"),
        ("info@alfa", "Zo kan een e-mailadres niet"),
        ("info@gmail.com", ""),
        ("info@alfa.example.nl", ""),
        ("post@ziggo.nl", ""),
    ],
)
def test_mailboxes(address: str, said: str) -> None:
    """A mail address with a typing error in a well-known name, or that can't be one, is told; a good one isn't."""
    problem = mailbox_problem(address)

    assert (said in problem) if said else problem == ""


def test_mail_addresses_in_texts_are_looked_at(look: Look) -> None:
    """A mail address in the middle of a text is looked at as well."""
    found = _told(_with(look, description="Mail naar post@gmial.com. Dank!", email="info@alfa.example.nl"), "mailbox")

    assert ["post@gmial.com." in one.message for one in found] == [True]


def test_a_dead_link_is_told(look: Look) -> None:
    """A website that doesn't work is told with what is wrong; one that nobody could reach or that works isn't."""
    url = "https://alfa.example.nl"
    told: Mapping[bool | None, int] = {False: 1, True: 0, None: 0}

    assert addresses(look.file, look.standards) == (url,)
    for works, count in told.items():
        found = _told(replace(look, links={url: Result(works, "Weg.")}), "link")
        assert len(found) == count
    assert "Weg." in _told(replace(look, links={url: Result(works=False, problem="Weg.")}), "link")[0].message


def test_a_citizens_number_is_told_masked(look: Look) -> None:
    """A number that can be a citizen's, public or for staff, is told with most of its digits hidden."""
    private = {"organisation": {"staff_contact": "BSN 111222333"}}
    found = _told(replace(_with(look, description="Bel over 111222333."), private=private), "personal")

    assert len(found) == 2
    assert all("111••••••" in one.message and "111222333" not in one.message for one in found)


def test_hard_language_and_many_blocks_come_from_the_meter(content: ContentFolder) -> None:
    """What the meter says of language and of the number of blocks is told under its own name, the rest after it."""
    content.raw(
        "quality.yaml",
        """
rules:
  - {key: plain, part: offering, check: plain, questions: [what], least: '60', points: '2', good: Goed., advice: Makkelijker.}
  - {key: blocks, part: whole, check: blocks, most: '10', points: '1', good: Goed., advice: Minder., too_much: Erg veel.}
  - {key: what, part: offering, check: length, questions: [what], least: '9000', points: '9', good: Goed., advice: Langer.}
""",
    )
    hard = "Multidisciplinaire ondersteuningsarrangementen faciliteren maatschappelijke participatiemogelijkheden. "
    content.put(FILE, ("offerings", 0, "answers", "what"), hard * 3)
    found = meter_warnings(meter(_file(content), content.standards(), EDITION, read, TODAY))

    assert [one.about for one in found[:2]] == ["blocks", "language"]
    assert {one.about for one in found[2:]} == {"quality"}
    assert "Erg veel." in found[0].message
