"""“Alles klopt nog”: the page behind a mailed link. Looking changes nothing; the button confirms."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import confirmations, publishing, reviews, submissions
from provider_forms.desk.confirmations import Asked
from provider_forms.desk.models import Organisation
from provider_forms.desk.payload import confirmed
from provider_forms.desk.secret import is_token
from provider_forms.desk.submissions import Sending
from provider_forms.desk.upcoming import upcoming
from provider_forms.provider.sign_in import door, too_often
from provider_forms.provider.standing import today
from provider_forms.web import csrf
from provider_forms.web.content import Published, published, standards
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render
from wmo_guide.domain.freshness import state_after

_TITLE = "Klopt uw aanbod nog?"


@door.get("/klopt-nog/<token>")
def keep(token: str) -> Response:
    """What the guide says of the organisation, with one button. Programs that open links in mails confirm nothing."""
    return _page(token)


@door.post("/klopt-nog/<token>")
def confirm_offer(token: str) -> AnyResponse:
    """Confirms, once."""
    if not csrf.is_right():
        return _page(token, "Druk nog een keer op de knop.", 400)
    with desk().database.write() as db:
        asked = confirmations.look(db, token, now()) if is_token(token) else None
        found = upcoming(db, desk().content, asked.organisation) if asked else None
        if asked is None or found is None or not confirmations.use(db, asked, now()):
            return too_often(db) or _spent()
        sending = Sending("confirmation", confirmed(found.text, today()), {}, found.digest)
        sent = submissions.send(db, asked.organisation, sending, asked.person_id, now())
        reviews.pass_on(db, sent, found, reviews.By(asked.person_id, now()))
    publishing.wake(desk())
    return render("keep_done", "Bedankt", organisation=asked.organisation.name)


def _page(token: str, problem: str = "", status: int = 200) -> Response:
    with desk().database.read() as db:
        asked = confirmations.look(db, token, now()) if is_token(token) else None
    found = _published(asked)
    if asked is None or found is None:
        return _spent()
    return render(
        "keep",
        _TITLE,
        status=status,
        problem=problem,
        organisation=asked.organisation.name,
        confirmed=found.file.confirmed.on,
        blocks=_blocks(asked.organisation, found),
        page=f"/{asked.organisation.region}/aanbieders/{asked.organisation.slug}/",
        hidden=_is_hidden(asked.organisation, found),
    )


def _published(asked: Asked | None) -> Published | None:
    return published(asked.organisation.region, asked.organisation.slug) if asked else None


def _is_hidden(organisation: Organisation, found: Published) -> bool:
    """Whether the offer has left the guide, as nobody confirmed it for too long."""
    days = (today() - found.file.confirmed.on).days
    return not found.file.example and state_after(days, standards(organisation.region).region.freshness) == "hide"


def _blocks(organisation: Organisation, found: Published) -> list[tuple[str, str]]:
    """Title and summary of each offering in the guide."""
    editions = standards(organisation.region).editions
    return [
        (editions[one.edition].by_slug[one.block][1].plain_title, str(one.answers.get("summary", "")))
        for one in found.file.offerings
        if one.edition in editions and one.block in editions[one.edition].by_slug
    ]


def _spent() -> Response:
    text = "Deze link is al gebruikt of te oud. Misschien heeft een collega al gezegd dat alles klopt. U hoeft dan niets te doen."
    return render("message", "Deze link werkt niet meer", status=410, text=text)


csrf.checks_itself("sign_in.confirm_offer")
