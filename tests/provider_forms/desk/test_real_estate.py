"""Homes that providers report."""

from __future__ import annotations

from typing import Any

import pytest

from provider_forms.desk import people, real_estate
from provider_forms.desk.models import Organisation
from tests.builders import HOME, ContentFolder
from tests.provider_forms.visiting import MANAGER, Forms

QUESTIONS = {
    "title": "Een woning",
    "questions": [
        {"key": "town", "kind": "line", "label": "In welke plaats?", "page_label": "Plaats", "required": "true"}
    ],
}


def with_estate(content: ContentFolder, subject: str = "contract") -> ContentFolder:
    """The sample with a desk for homes: the contact on this subject."""
    content.write("questions/homes.yaml", QUESTIONS)
    content.write("quality.yaml", {"real_estate": {"questions": "homes", "subject": subject}})
    return content


def test_the_desk_is_the_contact_of_the_rules(content: ContentFolder) -> None:
    """Homes are reported to the contact on the subject that quality.yaml names, with the questions that it names."""
    counter = real_estate.counter(with_estate(content).standards())

    assert counter is not None
    assert (counter.name, counter.mailbox) == ("Contractteam", "contract@duinrand.example.nl")
    assert [one.key for one in counter.questions.questions] == ["town"]


def test_without_rules_there_is_no_desk(content: ContentFolder) -> None:
    """Without rules about homes there is nowhere to report them."""
    assert real_estate.counter(content.standards()) is None


@pytest.mark.parametrize("change", [{"subject": "anders"}, {"region": "veenpolder"}, {"mailbox": False}])
def test_a_region_without_the_contact_has_no_desk(content: ContentFolder, change: dict[str, Any]) -> None:
    """A region without that contact, or whose contact has no mailbox, has nowhere to report homes."""
    with_estate(content, change.get("subject", "contract"))
    if "mailbox" in change:
        content.drop(f"{HOME}/region.yaml", ("contacts", 2, "email"))

    assert real_estate.counter(content.standards(change.get("region", "duinrand"))) is None


def test_reports_are_kept_per_organisation(forms: Forms) -> None:
    """A report is kept with who sent it and when, for its own organisation, the newest first."""
    mine, other = forms.organisation(MANAGER), forms.organisation(MANAGER, slug="beta-dag")
    with forms.desk.database.write() as db:
        person = people.person(db, MANAGER, forms.clock())
        for town in ("Zandhoek", "Helmdorp"):
            real_estate.report(db, db.get_one(Organisation, mine), {"town": town}, person.id, forms.clock())
    with forms.desk.database.read() as db:
        found = real_estate.of_organisation(db, mine)
        assert real_estate.of_organisation(db, other) == ()

    assert [one.answers for one in found] == [{"town": "Helmdorp"}, {"town": "Zandhoek"}]
    assert found[0].sent_at == forms.clock()


def test_the_mail_holds_every_answer(forms: Forms, content: ContentFolder) -> None:
    """The mail to the desk holds each answer under its heading and tells whom to ask."""
    counter = real_estate.counter(with_estate(content).standards())
    organisation = forms.organisation(MANAGER)
    assert counter is not None
    with forms.desk.database.read() as db:
        found = db.get_one(Organisation, organisation)
        mail = real_estate.mail(forms.desk, counter, found, [("Plaats", "Zandhoek"), ("Aantal", "2")], MANAGER)

    assert mail.to == "contract@duinrand.example.nl"
    assert "Plaats: Zandhoek\nAantal: 2\n" in mail.text
    assert MANAGER in mail.text
