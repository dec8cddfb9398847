"""The mails about a report: to staff and provider when it comes in, to its reporter when it is closed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from provider_forms.desk import people
from provider_forms.desk.desk import Desk
from provider_forms.desk.mail import Mail
from provider_forms.desk.models import Organisation
from provider_forms.desk.upkeep_models import Report
from wmo_guide.domain.upkeep import Upkeep


def topic_of(report: Report, upkeep: Upkeep | None) -> str:
    """What a report is about, in words; its key when the topic is gone."""
    topic = upkeep.topic(report.topic) if upkeep else None
    return topic.label if topic else report.topic


def received(session: Session, desk: Desk, report: Report, topic: str, staff: str | None) -> tuple[Mail, ...]:
    """To the mailbox of the region's staff if it has one, and to each manager of the provider. Never the reporter's address."""
    about = {"number": report.number, "topic": topic, "text": report.text, "page": desk.link(report.page)}
    found = []
    if staff:
        link = desk.link(f"/beheer/meldingen/{report.number}")
        found.append(desk.texts.write("report_staff", staff, link=link, has_email=bool(report.email), **about))
    organisation = session.get(Organisation, report.organisation_id) if report.organisation_id else None
    if organisation is not None:
        link = desk.link(f"/aanbieder/{organisation.id}/meldingen")
        for one in people.managers(session, organisation.id):
            mail = desk.texts.write("report_provider", one.person.email, link=link, name=organisation.name, **about)
            found.append(mail)
    return tuple(found)


def confirmed(desk: Desk, report: Report, token: str, days: int) -> Mail | None:
    """To the reporter, who gave an address: the number, and where to follow it."""
    if not report.email:
        return None
    link = desk.link(f"/melden/{token}")
    return desk.texts.write("report_received", report.email, number=report.number, link=link, days=days)


def closed(desk: Desk, report: Report, days: int) -> Mail | None:
    """To the reporter, who gave an address: what was done."""
    if not report.email:
        return None
    return desk.texts.write(
        "report_closed",
        report.email,
        number=report.number,
        answer=report.answer,
        page=desk.link(report.page),
        days=days,
    )
