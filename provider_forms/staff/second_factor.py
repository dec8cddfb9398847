"""The second step of signing in: a code out of a telephone, or one on paper; and setting that up."""

from __future__ import annotations

import io

import segno
from flask import Response, current_app, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import second_factor as factors
from provider_forms.desk import staff_sessions
from provider_forms.desk.second_factor import Check
from provider_forms.staff import access, staff
from provider_forms.staff.access import staff as who
from provider_forms.web import session
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render, wrong

_PROBLEMS = {
    Check.WRONG: "Deze code klopt niet. Kijk in de app op uw telefoon en typ de code die er nu staat. Een code werkt maar één keer.",
    Check.TOO_OFTEN: "U typte te vaak een verkeerde code. Wacht een kwartier en probeer het dan opnieuw.",
}
_STATUS = {Check.WRONG: 400, Check.TOO_OFTEN: 429}
_GROUP = 4


@staff.get("/inlogcode")
def second_factor() -> AnyResponse:
    """Asks for the code."""
    if access.is_verified():
        return redirect(_onward(), 303)
    return _ask_code() if _has_one() else redirect(url_for("staff.second_factor_setup", verder=_asked()), 303)


@staff.post("/inlogcode")
def give_second_factor() -> AnyResponse:
    """Takes the code; with a right one this session counts."""
    person = who().person
    with desk().database.write() as db:
        found = factors.check(db, desk().secret, person, request.form.get("code", ""), now())
        if found in (Check.RIGHT, Check.RECOVERED):
            _verify(db)
            left = factors.recovery_codes_left(db, person.id)
    if found in _PROBLEMS:
        return _ask_code(found)
    if found is Check.RECOVERED:
        warn(person.email, "recovery_code_used", left=left)
        return redirect(url_for("staff.security", gedaan="herstelcode"), 303)
    return redirect(_onward(), 303)


@staff.get("/tweede-stap")
def second_factor_setup() -> AnyResponse:
    """Shows what to put into the telephone, and asks for a first code."""
    return redirect(url_for("staff.security"), 303) if _needs_none() else _ask_setup()


@staff.post("/tweede-stap")
def set_second_factor() -> AnyResponse:
    """Makes the second factor count, and shows the codes for on paper: once."""
    person = who().person
    if _needs_none():
        return redirect(url_for("staff.security"), 303)
    with desk().database.write() as db:
        found = factors.confirm(db, desk().secret, person, request.form.get("code", ""), now())
        if found is Check.RIGHT:
            codes = factors.new_recovery_codes(db, desk().secret, person.id, now())
            _verify(db)
    if found is not Check.RIGHT:
        return _ask_setup(found)
    warn(person.email, "second_factor_set")
    return render("staff/recovery_codes", "Bewaar deze herstelcodes", codes=codes, onward=_onward())


@staff.get("/tweede-stap/qr.svg")
def second_factor_picture() -> AnyResponse:
    """The QR code, as a picture of its own: the page holds no inline style."""
    if _needs_none():
        return access.forbidden()
    picture = io.BytesIO()
    segno.make(factors.address(_secret(), who().person.email), error="m").save(
        picture, kind="svg", scale=6, border=4, light="white", xmldecl=False, svgns=True
    )
    return Response(picture.getvalue(), mimetype="image/svg+xml")


def _verify(db: Session) -> None:
    visitor = session.current()
    if visitor is not None:
        staff_sessions.verify(db, visitor.session, access.device(), now())


def warn(email: str, what: str, **told: object) -> None:
    """Mails somebody that their second factor changed, so that it can't happen without their knowing."""
    mail = desk().texts.write("staff_second_factor", email, what=what, day=now().date(), **told)
    desk().mail(mail)


def _has_one() -> bool:
    with desk().database.read() as db:
        return factors.has(db, who().person.id)


def _needs_none() -> bool:
    """Whether there is nothing to set up: it is there, or it belongs to the work account."""
    return bool(current_app.config["OIDC_ISSUER"]) or _has_one()


def _secret() -> str:
    with desk().database.write() as db:
        return factors.begin(db, desk().secret, who().person.id, now())


def _ask_code(found: Check = Check.RIGHT) -> Response:
    title = "Typ de code van uw telefoon"
    return _page("staff/second_factor", title, found)


def _ask_setup(found: Check = Check.RIGHT) -> Response:
    secret = _secret()
    groups = [secret[place : place + _GROUP] for place in range(0, len(secret), _GROUP)]
    return _page("staff/second_factor_setup", "Stel de tweede stap in", found, groups=groups)


def _page(template: str, title: str, found: Check, **context: object) -> Response:
    problem = _PROBLEMS.get(found, "")
    return render(
        template,
        title,
        status=_STATUS.get(found, 200),
        window_title=wrong(title) if problem else title,
        problem=problem,
        onward=_asked(),
        half_way=not access.is_verified(),
        **context,
    )


def _asked() -> str | None:
    """The page that was asked for before the code was."""
    return session.local_path(request.values.get("verder"))


def _onward() -> str:
    return _asked() or url_for("staff.start")


for _endpoint in (
    "second_factor",
    "give_second_factor",
    "second_factor_setup",
    "set_second_factor",
    "second_factor_picture",
):
    access.without_second_step(f"staff.{_endpoint}")
