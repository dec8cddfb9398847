"""Where staff arrive: what waits for them."""

from __future__ import annotations

from flask import Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from provider_forms.desk import second_factor
from provider_forms.desk.models import Submission
from provider_forms.desk.staff_models import PublishJob
from provider_forms.desk.submissions import OPEN
from provider_forms.staff import staff, traced
from provider_forms.staff.access import is_verified
from provider_forms.staff.access import staff as who
from provider_forms.web.desk import desk
from provider_forms.web.pages import render


@staff.get("/", strict_slashes=False)
def start() -> Response:
    """What waits: submissions to review, and publications that failed."""
    with desk().database.read() as db:
        waiting, failed = _waiting(db), _failed(db)
        bare = not is_verified() and not second_factor.has(db, who().person.id)
    return render("staff/start", "Beheer van de gids", waiting=waiting, failed=failed, bare=bare, stuck=traced.notice())


def _waiting(session: Session) -> int:
    """How many forms wait for staff."""
    query = select(func.count()).select_from(Submission)
    return session.scalar(query.where(Submission.kind == "form", Submission.state.in_(OPEN))) or 0


def _failed(session: Session) -> int:
    """How many publications failed."""
    return session.scalar(select(func.count()).select_from(PublishJob).where(PublishJob.state == "failed")) or 0
