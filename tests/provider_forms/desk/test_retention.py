"""What was kept long enough is erased; what is still needed stays, and so does the log."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from provider_forms.desk import log_chain, people, retention
from provider_forms.desk.erasing import LastAdministratorError, erase_address, erase_mails_to
from provider_forms.desk.models import Event, Membership, Part, Person, RealEstate, SignedIn, Submission, Table, Token
from provider_forms.desk.upkeep_models import Report, SearchMiss
from tests.builders import REGION, ContentFolder
from tests.provider_forms.drafting import fill, full_parts
from tests.provider_forms.staff.desk_staff import ADMINISTRATOR, administrator, make_staff
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Forms
from wmo_guide.domain.upkeep import KeptData, ReportTopic, Upkeep


def erase(forms: Forms, days: float, upkeep: Upkeep | None = None) -> dict[Any, int]:
    """What the daily command erases so many days later."""
    with forms.desk.database.write() as session:
        return dict(retention.erase_old(session, upkeep, forms.clock() + timedelta(days=days)))


def number(forms: Forms, table: type[Table]) -> int:
    """How many rows a table has."""
    with forms.desk.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def add_report(forms: Forms, closed: datetime | None) -> None:
    """A report of a reader."""
    with forms.desk.database.write() as session:
        session.add(
            Report(
                number=f"M{number(forms, Report)}",
                token=str(number(forms, Report)),
                region=REGION,
                page="/",
                topic="wrong",
                text="Tekst",
                email=COLLEAGUE,
                made_at=forms.clock(),
                provider_said="",
                closed_at=closed,
                answer="Antwoord",
            )
        )


def test_old_searches_go(forms: Forms) -> None:
    """Words that found nothing go after 400 days, or after the days that the content names."""
    with forms.desk.database.write() as session:
        session.add(SearchMiss(region=REGION, day=forms.clock().date(), words="kapper", times=3))
    topics = (ReportTopic(key="other", label="Iets anders"),)
    told: dict[str, Any] = {"title": "x", "what": "x", "why": "x", "who": "x", "counted_from": "x"}
    short = Upkeep(
        updated=forms.clock().date(), report_topics=topics, kept=(KeptData(kind="searches", days=10, **told),)
    )

    assert erase(forms, 400) == {}
    assert erase(forms, 11, short) == {"searches": 1}
    assert number(forms, SearchMiss) == 0


def test_links_and_sessions_go(forms: Forms) -> None:
    """Sixty days after their end nothing is left of links and sessions; one that still counts stays."""
    forms.organisation(MANAGER)
    forms.signed_in()

    assert erase(forms, 30) == {}
    assert erase(forms, 62)["sign_ins"] > 0
    assert (number(forms, Token), number(forms, SignedIn)) == (0, 0)


def test_people_who_belong_to_nothing_are_forgotten(forms: Forms) -> None:
    """Who left the last organisation more than ninety days ago loses the address; managers and staff stay for ever."""
    organisation = forms.organisation(MANAGER, COLLEAGUE)
    make_staff(forms)
    with forms.desk.database.write() as session:
        leaving = people.managers(session, organisation)[1]
        people.remove(session, organisation, leaving.id, leaving.person, forms.clock())

    assert "accounts" not in erase(forms, 80)
    assert erase(forms, 120)["accounts"] == 1
    assert "accounts" not in erase(forms, 130)
    with forms.desk.database.read() as session:
        addresses = set(session.scalars(select(Person.email)))
        assert log_chain.check(session) == ()
    assert MANAGER in addresses
    assert COLLEAGUE not in addresses


def test_a_draft_that_nobody_touched_goes(forms: Forms, sample: ContentFolder) -> None:
    """All pages of a draft go two years after the last save; a draft with one later save stays whole."""
    organisation = forms.organisation(MANAGER)
    fill(forms, organisation, full_parts(sample))

    assert erase(forms, 729).get("drafts") is None
    assert erase(forms, 731)["drafts"] > 0
    assert number(forms, Part) == 0


def test_old_copies_of_mails_go(forms: Forms) -> None:
    """Copies in the outbox go after their days, younger ones stay."""
    forms.organisation(MANAGER)
    for _ in range(2):
        forms.browser().ask_for_link(MANAGER)
    forms.desk.settle()
    first, second = sorted((forms.var / "outbox").glob("*.eml"))
    old = time.time() - 31 * 86_400
    os.utime(first, (old, old))

    assert retention.erase_old_mails(forms.var / "outbox", 30) == 1
    assert list((forms.var / "outbox").glob("*.eml")) == [second]


def test_reports_go_ninety_days_after_closing(forms: Forms) -> None:
    """Open reports stay; closed ones lose text and address after their days."""
    add_report(forms, None)
    add_report(forms, forms.clock())

    assert erase(forms, 90) == {}
    assert erase(forms, 91) == {"reports": 1}
    with forms.desk.database.read() as session:
        assert [one.text for one in session.scalars(select(Report).order_by(Report.id))] == ["Tekst", ""]


def test_a_person_is_erased_everywhere_but_in_the_log(forms: Forms, sample: ContentFolder) -> None:
    """After erasing, the address stands in no table and no copy of a mail; the log is whole and tells of a number."""
    organisation = forms.organisation(MANAGER, COLLEAGUE)
    browser = forms.signed_in(COLLEAGUE)
    fill(forms, organisation, full_parts(sample))
    add_report(forms, None)
    with forms.desk.database.write() as session:
        session.add(
            RealEstate(
                organisation_id=organisation, answers={"who": f"Mail {COLLEAGUE}"}, sent_at=forms.clock(), sent_by=1
            )
        )
        before = session.scalar(select(func.count()).select_from(Event)) or 0
        erased = erase_address(session, COLLEAGUE.upper(), None, forms.clock())
    mails = erase_mails_to(forms.var / "outbox", COLLEAGUE)

    with forms.desk.database.read() as session:
        rows = [str(row) for table in Table.metadata.sorted_tables for row in session.execute(table.select())]
        assert log_chain.check(session) == ()
        assert (
            session.scalar(select(func.count()).select_from(Event)) == before + 2
        )  # the person, and what that person reported
    assert not any(COLLEAGUE in row for row in rows)
    assert (erased.was_known, erased.reports, erased.alone) == (True, 1, ())
    assert erased.texts >= 1
    assert mails >= 1
    assert browser.get(f"/aanbieder/{organisation}/").status_code == 303


def test_an_organisation_that_is_left_alone_is_told(forms: Forms) -> None:
    """Erasing the only manager names the organisation that nobody answers for now."""
    forms.organisation(MANAGER)
    with forms.desk.database.write() as session:
        erased = erase_address(session, MANAGER, None, forms.clock())

    assert erased.alone == ("Zorg van alfa-thuis",)
    assert number(forms, Membership) == 0


def test_the_only_administrator_stays(forms: Forms) -> None:
    """Nobody can erase the last one who can run the desk; nothing is done then."""
    administrator(forms)
    with pytest.raises(LastAdministratorError), forms.desk.database.write() as session:
        erase_address(session, ADMINISTRATOR, None, forms.clock())

    assert administrator(forms).get("/beheer/medewerkers/").status_code == 200


def test_private_answers_of_an_old_submission_go(forms: Forms) -> None:
    """Two years after the decision what only staff could see of a submission is empty, and its page still opens."""
    organisation = forms.organisation(MANAGER)
    browser = forms.signed_in()
    with forms.desk.database.write() as session:
        sent = Submission(
            number="2026-0001",
            kind="form",
            organisation_id=organisation,
            payload="updated: 2026-01-01\n",
            private={"organisation": {"contact": "Jan"}},
            base="",
            state="rejected",
            sent_at=forms.clock(),
            sent_by=1,
            changed_at=forms.clock(),
        )
        session.add(sent)

    assert "submissions" not in erase(forms, 729)
    assert erase(forms, 731)["submissions"] == 1
    with forms.desk.database.read() as session:
        assert session.scalars(select(Submission.private)).all() == [{}]
    assert browser.get(f"/aanbieder/{organisation}/status").status_code in (200, 303)
