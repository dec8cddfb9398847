"""The staff themselves, for administrators: invite, change a role, remove, and their devices."""

from __future__ import annotations

from flask import Response, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import limits, second_factor, staff_sessions, work_accounts
from provider_forms.desk import staff as staff_people
from provider_forms.desk.addresses import read_address
from provider_forms.desk.limits import INVITATIONS
from provider_forms.desk.secret import new_token
from provider_forms.desk.staff import Change
from provider_forms.staff import staff
from provider_forms.staff.access import ROLE_NAMES, ROLES, Role, needs_administrator
from provider_forms.staff.access import staff as who
from provider_forms.staff.second_factor import warn
from provider_forms.web import cookie, session
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render, wrong
from provider_forms.web.way_back import leads_back
from wmo_guide.domain.findings import InvalidValueError

_DONE = {
    "uitgenodigd": "De uitnodiging is verstuurd.",
    "rol": "De rol is veranderd.",
    "verwijderd": "Deze medewerker kan niet meer bij het beheer.",
    "gewist": "De tweede stap is gewist. Deze medewerker stelt hem opnieuw in bij het inloggen.",
    "losgemaakt": "Het werkaccount is losgemaakt. Wie nu het eerst inlogt met dit mailadres, hoort erbij.",
    "beeindigd": "Dat apparaat is uitgelogd.",
}
_LAST = "Dit is de enige beheerder. Maak eerst een andere medewerker beheerder."
_BY_PROVIDER = "Medewerkers en hun rol komen uit de werkaccounts. Verander ze daar."


@staff.get("/medewerkers/")
@needs_administrator
def members() -> Response:
    """All of the staff, and where they are signed in."""
    return _page()


@staff.post("/medewerkers/")
@needs_administrator
def appoint() -> AnyResponse:
    """Invites somebody to the staff, by mail."""
    typed, role = request.form.get("email", ""), request.form.get("rol", "")
    if _by_provider():
        return _page(problem=_BY_PROVIDER, status=409)
    if role not in ROLES:
        return _page(typed, ("rol-reviewer", "Kies wat deze medewerker mag doen."), status=400)
    try:
        email = read_address(typed)
    except InvalidValueError as error:
        return _page(typed, ("email", error.message), role, status=400)
    with desk().database.write() as db:
        allowed = limits.spend(db, INVITATIONS, f"staff {who().person.id}", desk().secret, now())
        made = allowed and staff_people.appoint(db, email, role, who().person, now())
    if not allowed:
        return _page(
            typed, ("email", "U hebt vandaag al veel mensen uitgenodigd. Probeer het morgen opnieuw."), role, 429
        )
    if not made:
        return _page(typed, ("email", "Dit is al een medewerker. Hieronder kunt u de rol veranderen."), role, 400)
    _invite(email, role)
    return redirect(url_for("staff.members", gedaan="uitgenodigd"), 303)


@staff.post("/medewerkers/<int(max=2147483647):person>/rol")
@needs_administrator
def change_role(person: int) -> AnyResponse:
    """Gives a member of staff another role."""
    role = request.form.get("rol", "")
    if role not in ROLES:
        abort(400)
    if _by_provider():
        return _page(problem=_BY_PROVIDER, status=409)
    with desk().database.write() as db:
        done = staff_people.change_role(db, person, role, who().person, now())
    return _answer(done, "rol")


@staff.post("/medewerkers/<int(max=2147483647):person>/verwijderen")
@needs_administrator
def dismiss(person: int) -> AnyResponse:
    """Takes somebody out of the staff."""
    with desk().database.write() as db:
        done = staff_people.dismiss(db, person, who().person, now())
    if done is Change.DONE and person == who().person.id:
        cookie.renew(new_token())
        return redirect(url_for("sign_in.ask", uitgelogd="ja"), 303)
    return _answer(done, "verwijderd")


@staff.post("/medewerkers/<int(max=2147483647):person>/tweede-stap-wissen")
@needs_administrator
def reset_second_factor(person: int) -> AnyResponse:
    """Takes away the second step of who lost both the telephone and the codes on paper."""
    with desk().database.write() as db:
        found = staff_people.reset_second_factor(db, person, who().person, now())
    if found is None:
        abort(404)
    warn(found.email, "second_factor_reset")
    return redirect(url_for("staff.members", gedaan="gewist"), 303)


@staff.post("/medewerkers/<int(max=2147483647):person>/werkaccount-losmaken")
@needs_administrator
def release_account(person: int) -> AnyResponse:
    """Lets a mail address count once more, for who got another work account."""
    with desk().database.write() as db:
        found = next((one for one in work_accounts.bound(db) if one.id == person), None)
        if found is None:
            abort(404)
        work_accounts.release(db, found, who().person, now())
    return redirect(url_for("staff.members", gedaan="losgemaakt"), 303)


@staff.post("/medewerkers/allemaal-uitloggen")
@needs_administrator
def end_all_staff() -> AnyResponse:
    """Signs out all of the staff, also who asks for it."""
    with desk().database.write() as db:
        staff_sessions.end_all_staff(db, who().person, now())
    cookie.renew(new_token())
    return redirect(url_for("sign_in.ask", uitgelogd="ja"), 303)


def _answer(done: Change, told: str) -> AnyResponse:
    if done is Change.UNKNOWN:
        abort(404)
    if done is Change.LAST:
        return _page(problem=_LAST, status=409)
    return redirect(url_for("staff.members", gedaan=told), 303)


def _invite(email: str, role: Role) -> None:
    link = desk().link(url_for("staff.start"))
    mail = desk().texts.write("staff_invitation", email, link=link, role=ROLE_NAMES[role].lower(), email=email)
    desk().mail(mail)


def _by_provider() -> bool:
    return bool(current_app.config["OIDC_ISSUER"])


def _page(typed: str = "", problem: tuple[str, str] | str = "", role: str = "reviewer", status: int = 200) -> Response:
    title, visitor = "Medewerkers", session.current()
    problems = [("medewerkers", problem)] if isinstance(problem, str) and problem else [problem] if problem else []
    with desk().database.read() as db:
        found = staff_people.members(db)
        bound = work_accounts.bound(db) if _by_provider() else ()
        protected = {one.id for one in found if second_factor.has(db, one.id)}
        devices = staff_sessions.live(db, now())
    return render(
        "staff/members",
        title,
        status=status,
        window_title=wrong(title) if problems else title,
        typed=typed,
        problems=problems,
        role=role,
        roles=ROLE_NAMES,
        members=found,
        protected=protected,
        bound=bound,
        devices=devices,
        me=who().person.id,
        this=visitor.session.id if visitor else 0,
        by_provider=_by_provider(),
        done=_DONE.get(request.args.get("gedaan", "")),
    )


for _action in ("change_role", "dismiss", "reset_second_factor", "release_account", "end_all_staff"):
    leads_back(f"staff.{_action}", "staff.members")
