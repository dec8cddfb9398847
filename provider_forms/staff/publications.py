"""What the press is doing: what waits, what is live, and what could not be published and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Response, abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import mending, publishing
from provider_forms.desk.job_lines import held_by
from provider_forms.desk.publishing import Progress, changes_of
from provider_forms.desk.staff_models import PublishJob
from provider_forms.desk.upcoming import before
from provider_forms.press.lock import PressLock
from provider_forms.staff import staff, traced
from provider_forms.staff.access import staff as who
from provider_forms.staff.history import MOST_FILES, file_of
from provider_forms.staff.publication_links import Ended, asked_by, ended, links_of, reason_of
from provider_forms.staff.traced import Told
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render
from provider_forms.web.way_back import leads_back

_RECENT = 30
_STEPS = {
    "waiting": "Wacht",
    "held": "Wacht op een andere wijziging",
    "building": "Wordt gemaakt",
    "checking": "Wordt gecontroleerd",
    "writing": "Wordt vastgelegd",
    "live": "Staat in de gids",
    "failed": "Niet gelukt",
    "withdrawn": "Ingetrokken",
    "handed_back": "Terug in de wachtrij",
}
_WHAT = {"provider": "Aanbieder", "content": "Inhoud", "undo": "Teruggezet", "site": "De hele gids"}
_DONE = {
    "opnieuw": "De pers probeert het opnieuw, met alles wat erop wacht.",
    "ingetrokken": "De wijziging is ingetrokken. Zij komt niet in de gids. Wat erop wachtte, gaat verder zonder haar.",
    "te-laat": "Intrekken kan niet meer: het staat al in de gids, of het komt er zo in. Zet daarna in de geschiedenis een oude versie terug.",
}
leads_back("staff.retry_publication", "staff.publications")


@dataclass(frozen=True)
class Shown:
    """A job as the page tells of it."""

    job: PublishJob
    progress: Progress
    step: str
    what: str
    who: str
    """Who asked for it; empty when nobody did."""
    why: str
    links: tuple[tuple[str, str], ...]
    """Words and addresses of the pages about it."""
    ended: Ended | None = None
    """Who took it back; None when nobody did."""
    waits_for: PublishJob | None = None
    """The failed one that has to be put right or withdrawn first."""
    held: tuple[PublishJob, ...] = ()
    """Those that wait for this one."""
    told: Told | None = None
    """Why it failed."""


@staff.get("/publicaties/", strict_slashes=False)
def publications() -> Response:
    """All that waits or failed, and what was published last."""
    with desk().database.read() as db:
        jobs = publishing.open_jobs(db)
        held = held_by(jobs)
        waiting = tuple(_waiting(_shown(db, job), jobs, held) for job in jobs)
        done = tuple(_shown(db, job) for job in publishing.recent_jobs(db, _RECENT))
    return render(
        "staff/publications",
        "Publicaties",
        failed=[one for one in waiting if one.progress.step == "failed"],
        waiting=[one for one in waiting if one.progress.step != "failed"],
        done=done,
        asleep=bool(waiting) and not PressLock(desk().var).is_taken,
        stuck=traced.notice(),
        notice=_DONE.get(request.args.get("gedaan", ""), ""),
    )


@staff.get("/publicaties/<int(max=2147483647):number>/")
def publication(number: int) -> Response:
    """What one changes, also when it waits or failed."""
    with desk().database.read() as db:
        job = db.get(PublishJob, number) or abort(404)
        shown = _shown(db, job)
    files = [file_of(one.path, before(desk().content, one), one.text) for one in changes_of(job)[:MOST_FILES]]
    return render("staff/publication", job.title, shown=shown, files=files, more=len(job.changes) - len(files))


@staff.post("/publicaties/<int(max=2147483647):number>/opnieuw")
def retry_publication(number: int) -> AnyResponse:
    """Lets the press try a failed one once more."""
    with desk().database.write() as db:
        mending.retry(db, db.get(PublishJob, number) or abort(404), who().person.id, now())
    publishing.wake(desk())
    return _back("opnieuw")


def _back(done: str) -> AnyResponse:
    return redirect(url_for("staff.publications", gedaan=done), 303)


def _waiting(shown: Shown, jobs: tuple[PublishJob, ...], held: Mapping[int, PublishJob]) -> Shown:
    after = tuple(one for one in jobs if one.id in held and held[one.id].id == shown.job.id)
    told = traced.told_of(shown.job) if shown.progress.step == "failed" else None
    return replace(shown, waits_for=held.get(shown.job.id), held=after, told=told)


def _shown(db: Session, job: PublishJob) -> Shown:
    found = publishing.progress(db, job.id, now()) or abort(404)
    who_asked, links = asked_by(db, job), tuple(links_of(db, job))
    return Shown(job, found, _STEPS[found.step], _WHAT[job.what], who_asked, reason_of(job), links, ended(db, job))
