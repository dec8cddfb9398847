"""A provider's file as it stands in content/, or as it will once the press has done what waits for it.

What is sent or decided builds on that, so that two changes shortly after each other never undo one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk.job_lines import coming, text_in
from provider_forms.desk.models import Organisation, Submission
from provider_forms.desk.publishing import FileChange, changes_of, fingerprint
from provider_forms.desk.staff_models import Decision, PublishJob
from provider_forms.desk.taken_apart import read_file
from wmo_guide.domain.provider import ProviderFile
from wmo_guide.store.history import History


@dataclass(frozen=True)
class Upcoming:
    """A file that is there, or is about to be."""

    text: str
    digest: str
    file: ProviderFile | None
    """None when it can't be read: somebody broke it by hand."""


def path_of(organisation: Organisation) -> str:
    """The path of an organisation's file below content/."""
    return f"regions/{organisation.region}/providers/{organisation.slug}.yaml"


def upcoming(session: Session, content: Path, organisation: Organisation) -> Upcoming | None:
    """The organisation's file; None when there is none."""
    path = path_of(organisation)
    queued = coming(session, content)
    text = queued[path] if path in queued else text_in(content, path)
    return None if text is None else Upcoming(text, fingerprint(text), read_file(text))


def base_text(session: Session, content: Path, submission: Submission) -> str | None:
    """The text of the file that a submission builds on; None when it can't be found any more, or there was none."""
    if not submission.base:
        return None
    path = path_of(submission.organisation)
    now = upcoming(session, content, submission.organisation)
    if now is not None and now.digest == submission.base:
        return now.text
    kept = _sent_before(session, submission) or _with_job(session, submission)
    return kept or in_history(content, path, submission.base)


def knows(session: Session, submission: Submission, digest: str) -> bool:
    """Whether a submission builds on the file with this fingerprint: that, or one that its organisation made out of it.

    What the organisation sent before is in what it sends next. What staff changed in it meanwhile is not.
    """
    edited = select(Decision.submission_id).where(Decision.sent_payload != "")
    mine = select(Submission).where(
        Submission.organisation_id == submission.organisation_id,
        Submission.id < submission.id,
        Submission.id.not_in(edited),
    )
    known = {submission.base}
    for one in session.scalars(mine.order_by(Submission.id)):
        if one.base in known:
            known.add(fingerprint(one.payload))
    return digest in known


def before(content: Path, change: FileChange) -> str | None:
    """The text that a change builds on; None when there was no file, or when it can't be found any more."""
    if change.was is not None and fingerprint(change.was) == change.base:
        return change.was
    return in_history(content, change.path, change.base) if change.base else None


def _sent_before(session: Session, submission: Submission) -> str | None:
    mine = select(Submission.payload).where(
        Submission.organisation_id == submission.organisation_id, Submission.id < submission.id
    )
    return next((one for one in session.scalars(mine) if fingerprint(one) == submission.base), None)


def _with_job(session: Session, submission: Submission) -> str | None:
    """The text that its earlier approval built on."""
    jobs = session.scalars(select(PublishJob).where(PublishJob.submission_id == submission.id))
    texts = (one.was for job in jobs for one in changes_of(job))
    return next((text for text in texts if text is not None and fingerprint(text) == submission.base), None)


def in_history(content: Path, path: str, digest: str) -> str | None:
    """The text of a file that has this fingerprint; None when no version of it has."""
    if not (content / ".git").is_dir():
        return None
    history = History(content)
    texts = (history.text(version.id, path) for version in history.versions(path))
    return next((text for text in texts if text is not None and fingerprint(text) == digest), None)
