"""Answers “ons aanbod past niet in de matrix”, put together under labels: what the next matrix can learn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk import events
from provider_forms.desk.misfit_question import MISFIT
from provider_forms.desk.models import Organisation, Submission
from provider_forms.desk.upkeep_models import MisfitLabel

LONGEST = 80


@dataclass(frozen=True)
class Misfit:
    """One answer."""

    number: str
    """Of the submission that it stands in."""
    organisation: str
    text: str
    sent_at: datetime
    label: str
    """Empty: in no group yet."""


@dataclass(frozen=True)
class Group:
    """Answers under one label."""

    label: str
    misfits: tuple[Misfit, ...]

    @property
    def organisations(self) -> int:
        """How many organisations say so."""
        return len({one.organisation for one in self.misfits})


def groups(session: Session, region: str) -> tuple[Group, ...]:
    """All answers of a region by label, those without one first, then the largest group. Of a provider the last says it."""
    found: defaultdict[str, list[Misfit]] = defaultdict(list)
    for one in _misfits(session, region):
        found[one.label].append(one)
    made = (Group(label, tuple(some)) for label, some in found.items())
    return tuple(sorted(made, key=lambda one: (bool(one.label), -one.organisations, one.label.casefold())))


def labels(session: Session) -> tuple[str, ...]:
    """The labels that are in use."""
    return tuple(session.scalars(select(MisfitLabel.label).distinct().order_by(MisfitLabel.label)))


def put(session: Session, submission: Submission, label: str, person_id: int, now: datetime) -> None:
    """Puts an answer under a label, or under none."""
    known = session.get(MisfitLabel, submission.id)
    if not label:
        if known is not None:
            session.delete(known)
    elif known is None:
        session.add(MisfitLabel(submission_id=submission.id, label=label, made_at=now, made_by=person_id))
    else:
        known.label, known.made_at, known.made_by = label, now, person_id
    details = {"number": submission.number}
    organisation = submission.organisation_id
    events.note(
        session, "misfit_labelled", now=now, person=person_id, role="staff", organisation=organisation, details=details
    )


def _misfits(session: Session, region: str) -> Iterator[Misfit]:
    forms = (
        select(Submission, Organisation, MisfitLabel.label)
        .join(Organisation, Organisation.id == Submission.organisation_id)
        .outerjoin(MisfitLabel, MisfitLabel.submission_id == Submission.id)
        .where(Organisation.region == region, Submission.kind == "form", Submission.state != "withdrawn")
        .order_by(Submission.id.desc())
    )
    seen: set[int] = set()
    known: dict[tuple[int, str], str] = {}
    rows = session.execute(forms).all()
    for submission, organisation, label in rows:
        if label:
            known.setdefault((organisation.id, _text(submission.private)), label)
    for submission, organisation, label in rows:
        text = _text(submission.private)
        if organisation.id in seen:
            continue
        seen.add(organisation.id)
        if text:
            given = label or known.get((organisation.id, text), "")
            yield Misfit(submission.number, organisation.name, text, submission.sent_at, given)


def _text(private: Mapping[str, Any]) -> str:
    part = private.get(MISFIT)
    found = part.get(MISFIT, "") if isinstance(part, Mapping) else part
    return str(found or "").strip()
