"""What a reviewer should look at in a submission, gathered: the guide, the queue, and what is known of its links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from flask import current_app, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk.dossier import Dossier
from provider_forms.desk.links import LinkChecker, results
from provider_forms.desk.models import Submission
from provider_forms.desk.quality import Meter
from provider_forms.desk.submissions import OPEN
from provider_forms.desk.taken_apart import read_file
from provider_forms.desk.warnings import Hint, Look, Queued, addresses, meter_warnings, warnings
from provider_forms.web.desk import desk, now
from provider_forms.web.preview import providers_of


def hints(db: Session, found: Dossier, measured: Meter) -> tuple[Hint, ...]:
    """All of it; links that nobody looked at yet are looked at in the background."""
    urls = addresses(found.file, found.standards)
    if current_app.config["CHECK_LINKS"]:
        link_checker().check(urls, now())
    private = found.submission.private
    others = providers_of(found.submission.organisation.region)
    slug = found.submission.organisation.slug
    queued = tuple(_queued(db, found.submission))
    look = Look(slug, found.file, private, found.standards, others, results(db, urls, now()), queued)
    return (*warnings(look), *meter_warnings(measured))


def link_checker() -> LinkChecker:
    """The application's checker of links."""
    if "links" not in current_app.extensions:
        current_app.extensions.setdefault("links", LinkChecker(desk().database))
    return cast("LinkChecker", current_app.extensions["links"])


def _queued(db: Session, mine: Submission) -> Iterator[Queued]:
    """The other submissions of the region that wait."""
    waiting = select(Submission).where(Submission.kind == "form", Submission.state.in_(OPEN), Submission.id != mine.id)
    for one in db.scalars(waiting.order_by(Submission.id)):
        file = read_file(one.payload) if one.organisation.region == mine.organisation.region else None
        if file is not None:
            yield Queued(one.organisation.slug, file, url_for("staff.submission", number=one.number))
