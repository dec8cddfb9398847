"""Signing in and out: ask for a link, press the button behind it, choose an organisation."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, current_app, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import limits, sessions, sign_in
from provider_forms.desk.addresses import read_address
from provider_forms.desk.secret import is_token, new_token
from provider_forms.provider import HOME
from provider_forms.web import cookie, csrf, errors, session
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render, wrong
from wmo_guide.domain.findings import InvalidValueError

door = Blueprint("sign_in", __name__, url_prefix="/aanbieder")
_BAD_LINK = "Deze link werkt niet meer"


@door.get("/", strict_slashes=False)
def start() -> AnyResponse:
    """Leads to the visitor's organisation; asks which one when there are more."""
    visitor = session.current()
    if visitor is None:
        return redirect(url_for("sign_in.ask"), 303)
    if visitor.person.staff_role and not visitor.organisations:
        return redirect(url_for("staff.start"), 303)
    if len(visitor.organisations) == 1:
        return redirect(url_for(HOME, organisation=visitor.organisations[0].id), 303)
    title = "Kies uw organisatie" if visitor.organisations else "Geen organisatie"
    return render("choose", title, home=HOME)


@door.get("/inloggen")
def ask() -> Response:
    """The page that asks for a mail address."""
    return _ask()


@door.post("/inloggen")
def send() -> AnyResponse:
    """Has a link mailed. The answer is the same whether or not somebody has this address."""
    typed = request.form.get("email", "")
    if not csrf.is_right():
        return _ask(typed, "Deze pagina was te oud. Druk nog een keer op de knop.", status=400)
    try:
        email = read_address(typed)
    except InvalidValueError as error:
        return _ask(typed, error.message, status=400)
    allowed = _may_ask(email)
    if allowed is limits.LINKS_PER_IP:
        return _ask(typed, "Er is te vaak om een link gevraagd. Wacht een kwartier en probeer het dan opnieuw.", 429)
    if allowed is None:
        desk().later(partial(sign_in.send_link, desk(), email, session.local_path(request.form.get("verder")), now()))
    return render("sign_in_sent", "Kijk in uw mail", email=email)


@door.get("/inloggen/<token>")
def confirm(token: str) -> Response:
    """The page behind a mailed link: a button. Programs that open links in mails use nothing up."""
    return _confirm(token)


@door.post("/inloggen/<token>")
def enter(token: str) -> AnyResponse:
    """Uses the link up and signs in, with a new session."""
    if not csrf.is_right():
        return _confirm(token, "Druk nog een keer op de knop.", status=400)
    with desk().database.write() as db:
        way = sign_in.use(db, token, now()) if is_token(token) else None
        if way is None:
            return too_often(db) or render("link_spent", _BAD_LINK, status=410)
        limits.forgive(db, limits.LINKS_PER_ADDRESS, way.person.email, desk().secret)
        cookie.renew(sessions.begin(db, way.person.id, cookie.value(), now()))
    onward = session.local_path(request.args.get("verder"))
    if way.organisation is not None:
        onward = url_for(HOME, organisation=way.organisation.id)
    return redirect(onward or url_for("sign_in.start"), 303)


@door.post("/uitloggen")
def leave() -> AnyResponse:
    """Ends the session."""
    with desk().database.write() as db:
        sessions.end(db, cookie.value(), now())
    cookie.renew(new_token())
    return redirect(url_for("sign_in.ask", uitgelogd="ja"), 303)


@door.post("/overal-uitloggen")
def leave_everywhere() -> AnyResponse:
    """Ends all sessions of this person, on every device."""
    visitor = session.current()
    if visitor is not None:
        with desk().database.write() as db:
            sessions.end_all(db, visitor.person.id, now())
        cookie.renew(new_token())
    return redirect(url_for("sign_in.ask", uitgelogd="ja"), 303)


@door.errorhandler(404)
def _not_found(error: HTTPException) -> Response:
    return errors.not_found(error)


def _ask(typed: str = "", problem: str = "", status: int = 200) -> Response:
    title = "Inloggen"
    return render(
        "sign_in",
        title,
        status=status,
        window_title=wrong(title) if problem else title,
        typed=typed,
        problem=problem,
        onward=session.local_path(request.values.get("verder")),
        kept=request.args.get("bewaard") == "ja",
        left=request.args.get("uitgelogd") == "ja",
        work_account=str(current_app.config["OIDC_NAME"]) if current_app.config["OIDC_ISSUER"] else "",
    )


def _confirm(token: str, problem: str = "", status: int = 200) -> Response:
    with desk().database.read() as db:
        way = sign_in.look(db, token, now()) if is_token(token) else None
    if way is None:
        return render("link_spent", _BAD_LINK, status=410)
    title = "Uitnodiging" if way.organisation else "Inloggen"
    return render("sign_in_confirm", title, status=status, way=way, problem=problem)


def too_often(db: Session) -> Response | None:
    """Counts a link that doesn't work, for where it was tried; a page that says to wait when there were too many."""
    if limits.spend(db, limits.TRIES_PER_IP, limits.network(request.remote_addr), desk().secret, now()):
        return None
    return render("message", "Even wachten", status=429, text="U probeerde dit te vaak. Wacht een kwartier.")


def _may_ask(email: str) -> limits.Limit | None:
    """Counts this request, for its address and for where it comes from; the limit that it is over, if any.

    Who is over the limit of an address is told nothing: a mail that was sent before still lets its owner in.
    """
    with desk().database.write() as db:
        spend = partial(limits.spend, db, secret=desk().secret, now=now())
        if not spend(limits.LINKS_PER_IP, limits.network(request.remote_addr)):
            return limits.LINKS_PER_IP
        return None if spend(limits.LINKS_PER_ADDRESS, email) else limits.LINKS_PER_ADDRESS


csrf.checks_itself("sign_in.send")
csrf.checks_itself("sign_in.enter")
