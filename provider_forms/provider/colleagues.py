"""Who answers for the organisation: invite colleagues, remove them."""

from __future__ import annotations

from flask import Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import limits, people, sign_in
from provider_forms.desk.addresses import read_address
from provider_forms.desk.mail import Mail
from provider_forms.desk.people import Removal
from provider_forms.provider import provider
from provider_forms.web.desk import desk, now
from provider_forms.web.kept import forget_typed, keep_typed, typed_again
from provider_forms.web.pages import render, wrong
from provider_forms.web.session import manager
from wmo_guide.domain.findings import InvalidValueError

_DONE = {
    "uitgenodigd": "De uitnodiging is verstuurd. Uw collega staat hier bij de collega's zodra hij of zij de link in de mail heeft gebruikt.",
    "ingetrokken": "De uitnodiging werkt niet meer.",
    "verwijderd": "Uw collega kan niet meer bij de gegevens van uw organisatie.",
}
_KEPT = "Wij hebben bewaard wat u typte. Controleer het en druk op de knop."
_LAST = (
    "U bent de enige die bij deze organisatie kan. Nodig eerst een collega uit. "
    "Heeft die de uitnodiging aangenomen? Dan kunt u zichzelf verwijderen."
)


@provider.get("/collegas")
def colleagues() -> Response:
    """Everybody who answers for this organisation, and who is invited."""
    again = typed_again()
    return _page() if again is None else _page(again.get("email", ""), done=_KEPT)


@provider.post("/collegas")
def invite() -> AnyResponse:
    """Invites a colleague by mail."""
    typed = request.form.get("email", "")
    try:
        email = read_address(typed)
    except InvalidValueError as error:
        return _refuse(typed, error.message)
    made = _invite(email)
    if isinstance(made, str):
        return _refuse(typed, made)
    desk().mail(made)
    forget_typed()
    return redirect(url_for("provider.colleagues", gedaan="uitgenodigd"), 303)


@provider.post("/collegas/<int(max=2147483647):membership>/verwijderen")
def remove(membership: int) -> AnyResponse:
    """Removes a colleague, or oneself."""
    who = manager()
    with desk().database.write() as db:
        done = people.remove(db, who.organisation.id, membership, who.person, now())
    if done is Removal.UNKNOWN:
        abort(404)
    if done is Removal.LAST:
        return _page(problem=_LAST, status=409)
    return redirect(url_for("provider.colleagues", gedaan="verwijderd"), 303)


@provider.post("/collegas/uitnodigingen/<int(max=2147483647):token>/intrekken")
def withdraw(token: int) -> AnyResponse:
    """Makes an invitation stop working."""
    with desk().database.write() as db:
        if not sign_in.withdraw(db, manager().organisation.id, token, now()):
            abort(404)
    return redirect(url_for("provider.colleagues", gedaan="ingetrokken"), 303)


def _invite(email: str) -> Mail | str:
    """The mail to send, or a sentence that tells why there is none."""
    who = manager()
    with desk().database.write() as db:
        if email in {one.person.email for one in people.managers(db, who.organisation.id)}:
            return "Deze collega hoort al bij uw organisatie. Vul een ander e-mailadres in."
        if not limits.spend(db, limits.INVITATIONS, str(who.organisation.id), desk().secret, now()):
            return "U hebt vandaag al veel collega's uitgenodigd. Probeer het morgen opnieuw."
        return sign_in.invite(db, desk(), email, who.organisation, by=who.person, now=now())


def _refuse(typed: str, problem: str) -> Response:
    """The page with what was typed, which also stands there when it is opened later."""
    keep_typed()
    return _page(typed, problem, status=400)


def _page(typed: str = "", problem: str = "", status: int = 200, done: str | None = None) -> Response:
    who, title = manager(), "Uw collega's"
    with desk().database.read() as db:
        members = people.managers(db, who.organisation.id)
        waiting = {one.person_id: one for one in sign_in.invitations(db, who.organisation.id, now())}
    return render(
        "colleagues",
        title,
        status=status,
        window_title=wrong(title) if problem else title,
        members=members,
        waiting=tuple(waiting.values()),
        me=who.person.id,
        typed=typed,
        problem=problem,
        done=done or _DONE.get(request.args.get("gedaan", "")),
    )
