"""What a provider is mailed about a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk import people
from provider_forms.desk.desk import Desk
from provider_forms.desk.differences import FieldChange, PartChange, compare
from provider_forms.desk.mail import Mail
from provider_forms.desk.models import Submission
from provider_forms.desk.staff_models import Decision, PublishJob
from provider_forms.desk.taken_apart import read_file
from wmo_guide.domain.standards import Standards

TakenBack: TypeAlias = Literal["retracted", "undone", "back", "kept"]
"""An approval that was withdrawn; what goes out of the guide by an undoing, comes back by one, or stays without it."""


@dataclass(frozen=True)
class Told:
    """What is told about."""

    submission: Submission
    decision: Decision
    comments: Sequence[tuple[str, str, str]]
    """Part, question and comment in words."""


def write(session: Session, desk: Desk, about: Told, standards: Standards, status_path: str) -> tuple[Mail, ...]:
    """A mail to each manager."""
    submission, decision = about.submission, about.decision
    organisation = submission.organisation
    told = {
        "number": submission.number,
        "organisation": organisation.name,
        "link": desk.link(status_path),
        "reason": decision.reason,
        "comments": about.comments,
        "edits": edits(submission, decision, standards),
        "publish_on": planned(session, submission),
    }
    managers = [one.person.email for one in people.managers(session, organisation.id)]
    return tuple(desk.texts.write(decision.what, address, **told) for address in managers)


def taken_back(  # noqa: PLR0913, PLR0917  (what is told to whom, of what, and why)
    session: Session, desk: Desk, what: TakenBack, sent: Sequence[Submission], reason: str, status_path: str
) -> tuple[Mail, ...]:
    """A mail to each manager of the organisation that sent these: that they are not in the guide after all, or are again."""
    organisation = sent[0].organisation
    told = {
        "what": what,
        "numbers": [one.number for one in sent],
        "organisation": organisation.name,
        "reason": reason,
        "link": desk.link(status_path),
    }
    managers = [one.person.email for one in people.managers(session, organisation.id)]
    return tuple(desk.texts.write("taken_back", address, **told) for address in managers)


def planned(session: Session, submission: Submission) -> date | None:
    """The day on which it comes into the guide, when that is a later one."""
    jobs = select(PublishJob.publish_on).where(PublishJob.submission_id == submission.id)
    return session.scalar(jobs.order_by(PublishJob.id.desc()).limit(1))


def edits(
    submission: Submission, decision: Decision, standards: Standards
) -> tuple[tuple[PartChange, FieldChange], ...]:
    """What staff changed in what was sent, answer by answer."""
    sent, published = read_file(decision.sent_payload), read_file(submission.payload)
    if not decision.sent_payload or sent is None or published is None:
        return ()
    return tuple((part, one) for part in compare(sent, published, standards) for one in part.changed)
