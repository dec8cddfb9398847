"""Signing in with a work account, where the settings name a provider (WMO_OIDC_...)."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask, Response, abort, current_app, g, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import oidc, sessions, staff_sessions, work_accounts
from provider_forms.desk.oidc import Account, OidcError, Question
from provider_forms.desk.sealed import lock, unlock
from provider_forms.desk.work_accounts import NoAddressError, TakenError
from provider_forms.staff.access import device
from provider_forms.web import cookie, session
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render

door = Blueprint("staff_oidc", __name__, url_prefix="/beheer/inloggen")
_EXTENSION = "oidc"
_PURPOSE = "oidc question"
_FAILED = "Inloggen met uw werkaccount lukte niet. Probeer het opnieuw. Lukt het weer niet? Vraag het uw beheerder."
_NO_ROLE = (
    "Uw werkaccount werkt, maar u hebt geen rechten in de gids. Vraag uw beheerder om u in de goede groep te zetten."
)
_TAKEN = (
    "Met uw mailadres logde eerder een ander werkaccount in. Daarom laten wij u er niet zomaar in. Vraag een beheerder van "
    "de gids om het oude werkaccount los te maken, bij Medewerkers. Log daarna opnieuw in."
)


def init_app(app: Flask) -> None:
    """Makes the application know the provider, if there is one."""
    config = app.config
    if config["OIDC_ISSUER"]:
        app.extensions[_EXTENSION] = oidc.Client(
            oidc.Settings(
                issuer=config["OIDC_ISSUER"],
                client_id=str(config["OIDC_CLIENT_ID"]),
                client_secret=str(config["OIDC_CLIENT_SECRET"]),
                scopes=str(config["OIDC_SCOPES"]),
                email_claim=str(config["OIDC_EMAIL_CLAIM"]),
                group_claim=str(config["OIDC_GROUP_CLAIM"]),
                reviewers=_groups(config["OIDC_REVIEWERS"]),
                administrators=_groups(config["OIDC_ADMINISTRATORS"]),
            )
        )


@door.get("", strict_slashes=False)
def begin() -> AnyResponse:
    """Leads to the provider's page."""
    onward = session.local_path(request.args.get("verder")) or url_for("staff.start")
    try:
        url, question = _client().ask(_redirect_uri(), onward)
    except OidcError as error:
        return _fail(error, onward)
    answer = redirect(url, 303)
    sealed = lock(desk().secret, _PURPOSE, question.dump(), now())
    answer.set_cookie(
        _cookie(),
        sealed,
        max_age=oidc.LASTS,
        path="/",
        secure=current_app.config["SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return answer


@door.get("/terug")
def finish() -> AnyResponse:
    """Takes the provider's answer, and signs in with the role that its groups give."""
    client, asked = _client(), _asked()
    if asked is None:
        return _fail(OidcError("There was no question, or it is too old."))
    try:
        account = client.answer(asked, request.args, _redirect_uri(), now())
    except OidcError as error:
        return _forget(_fail(error, asked.onward))
    return _forget(_enter(account, asked.onward))


@door.errorhandler(404)
def _not_found(_error: Exception) -> Response:
    return render("message", "Deze pagina is er niet", status=404, text="Deze pagina is er niet, of niet voor u.")


def _enter(account: Account, onward: str) -> AnyResponse:
    """Signs in, or closes the desk for who has lost the groups that gave a role."""
    try:
        with desk().database.write() as db:
            token = _signed_in(db, account)
    except TakenError:
        return _stay_out("U kunt er nog niet in", 403, _TAKEN, onward)
    except NoAddressError:
        return _fail(OidcError("The token holds no mail address, or one that wasn't verified."), onward)
    if not token:
        return _stay_out("U hebt nog geen rechten", 403, _NO_ROLE, onward)
    cookie.renew(token)
    g.pop("visitor", None)
    return redirect(onward, 303)


def _signed_in(db: Session, account: Account) -> str:
    """The token of a new session; empty for who has no role. Raises TakenError, NoAddressError."""
    if account.role is None:
        person = work_accounts.owner(db, account)
        if person is not None and person.staff_role:
            person.staff_role = None
            sessions.end_all(db, person.id, now())
        return ""
    person = work_accounts.enter(db, account, now())
    person.staff_role = account.role
    token = sessions.begin(db, person.id, cookie.value(), now())
    db.flush()
    begun = sessions.find(db, token)
    if begun is not None:
        staff_sessions.verify(db, begun, device(), now())
    return token


def _asked() -> Question | None:
    sealed = request.cookies.get(_cookie(), "")
    text = unlock(desk().secret, _PURPOSE, sealed, now(), oidc.LASTS)
    return Question.load(text) if text else None


def _forget(answer: AnyResponse) -> AnyResponse:
    """A question is good for one answer."""
    answer.delete_cookie(_cookie(), path="/", secure=current_app.config["SECURE"], httponly=True, samesite="Lax")
    return answer


def _fail(error: OidcError, onward: str = "") -> Response:
    current_app.logger.warning("Sign-in by OIDC failed: %s", error)
    return _stay_out("Inloggen lukte niet", 400, _FAILED, onward)


def _stay_out(title: str, status: int, text: str, onward: str) -> Response:
    """A page that tells why somebody didn't get in, with the way to try again: the same, or with another account."""
    again = url_for("staff_oidc.begin", verder=onward or None)
    return render("message", title, status=status, text=text, again=again)


def _client() -> oidc.Client:
    found = current_app.extensions.get(_EXTENSION)
    if found is None:
        abort(404)
    return cast("oidc.Client", found)


def _redirect_uri() -> str:
    return desk().link(url_for("staff_oidc.finish"))


def _cookie() -> str:
    return "__Host-wmo-oidc" if current_app.config["SECURE"] else "wmo-oidc"


def _groups(named: object) -> frozenset[str]:
    """Names of groups: a list, or a text with commas."""
    found = named if isinstance(named, list) else str(named).split(",")
    return frozenset(str(one).strip() for one in found if str(one).strip())
