"""One's own account: the second step of signing in, and the devices on which one is signed in."""

from __future__ import annotations

from flask import Response, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import second_factor, sessions, staff_sessions
from provider_forms.desk.second_factor import Check
from provider_forms.desk.secret import new_token
from provider_forms.staff import access, staff
from provider_forms.staff.access import staff as who
from provider_forms.web import cookie, session
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render, wrong
from provider_forms.web.way_back import leads_back

_DONE = {
    "herstelcode": "U bent ingelogd met een herstelcode. Die werkt nu niet meer. Is uw telefoon kwijt? Stel dan hieronder een andere telefoon in.",
    "beeindigd": "Dat apparaat is uitgelogd.",
}
_PROBLEMS = {
    Check.WRONG: "Deze code klopt niet. Typ de code die nu in de app staat, of een herstelcode.",
    Check.TOO_OFTEN: "U typte te vaak een verkeerde code. Wacht een kwartier en probeer het dan opnieuw.",
}
_STATUS = {Check.WRONG: 400, Check.TOO_OFTEN: 429}


@staff.get("/account/")
def security() -> Response:
    """How one signs in, and where one is signed in."""
    return _page()


@staff.post("/account/herstelcodes")
def renew_recovery_codes() -> Response:
    """Makes new codes on paper, for who gives a right code."""
    person = who().person
    with desk().database.write() as db:
        found = second_factor.check(db, desk().secret, person, request.form.get("code", ""), now())
        if found in (Check.RIGHT, Check.RECOVERED):
            codes = second_factor.new_recovery_codes(db, desk().secret, person.id, now())
    if found in _PROBLEMS:
        return _page(found)
    return render("staff/recovery_codes", "Bewaar deze herstelcodes", codes=codes, onward=url_for("staff.security"))


@staff.post("/account/andere-telefoon")
def replace_second_factor() -> AnyResponse:
    """Takes the second step away to set it up on another telephone, for who gives a right code."""
    person = who().person
    with desk().database.write() as db:
        found = second_factor.check(db, desk().secret, person, request.form.get("code", ""), now())
        if found in (Check.RIGHT, Check.RECOVERED):
            second_factor.remove(db, person.id)
            staff_sessions.unverify(db, person.id)
    if found in _PROBLEMS:
        return _page(found)
    return redirect(url_for("staff.second_factor_setup"), 303)


@staff.post("/account/apparaten/<int(max=2147483647):signed_in>/uitloggen")
def end_session(signed_in: int) -> AnyResponse:
    """Ends one's own session on a device; for an administrator that of any member of staff."""
    with desk().database.write() as db:
        if not staff_sessions.end(db, signed_in, who().person, now(), anyone=who().is_administrator):
            abort(404)
    page = request.form.get("terug") == "medewerkers" and who().is_administrator
    return redirect(url_for("staff.members" if page else "staff.security", gedaan="beeindigd"), 303)


@staff.post("/account/overal-uitloggen")
def end_all_sessions() -> AnyResponse:
    """Ends all of one's own sessions, this one too."""
    with desk().database.write() as db:
        sessions.end_all(db, who().person.id, now())
    cookie.renew(new_token())
    return redirect(url_for("sign_in.ask", uitgelogd="ja"), 303)


def _session_id() -> int:
    visitor = session.current()
    return visitor.session.id if visitor else 0


def _page(found: Check = Check.RIGHT) -> Response:
    title, problem, person = "Uw account", _PROBLEMS.get(found, ""), who().person
    with desk().database.read() as db:
        has_one = second_factor.has(db, person.id)
        left = second_factor.recovery_codes_left(db, person.id)
        devices = staff_sessions.live(db, now(), person.id)
    return render(
        "staff/account",
        title,
        status=_STATUS.get(found, 200),
        window_title=wrong(title) if problem else title,
        problem=problem,
        role=access.ROLE_NAMES[who().role],
        by_provider=bool(current_app.config["OIDC_ISSUER"]),
        has_one=has_one,
        left=left,
        devices=devices,
        this=_session_id(),
        done=_DONE.get(request.args.get("gedaan", "")),
    )


leads_back("staff.renew_recovery_codes", "staff.security")
leads_back("staff.replace_second_factor", "staff.security")
leads_back("staff.end_session", "staff.security")
leads_back("staff.end_all_sessions", "staff.security")
