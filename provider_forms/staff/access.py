"""Who may come in at the staff desk: only staff, with their second factor where that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Literal, ParamSpec, TypeVar, cast, get_args

from flask import Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import events, second_factor, staff_sessions
from provider_forms.desk.models import Person
from provider_forms.desk.staff_models import StaffSession
from provider_forms.web import door, kept, session
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render
from provider_forms.web.session import Visitor

Role = Literal["reviewer", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_NAMES = {"reviewer": "Beoordelaar", "administrator": "Beheerder"}
_HALF_WAY: set[str] = set()
_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(frozen=True)
class Staff:
    """Somebody of the staff, who is through the door."""

    person: Person
    role: Role

    @property
    def is_administrator(self) -> bool:
        """Whether this is an administrator."""
        return self.role == "administrator"


def staff() -> Staff:
    """Who asks for a page of the desk; `guard` lets nobody else through."""
    found = g.get("staff")
    if found is None:
        abort(403)
    return cast("Staff", found)


def guard() -> AnyResponse | None:
    """Runs before every page of the desk."""
    visitor = session.current()
    if visitor is None:
        return _sign_in()
    role = visitor.person.staff_role
    if role not in ROLES:
        return _refuse("not_staff")
    known = _known(visitor)
    g.staff_verified = known.verified_at is not None
    g.staff = Staff(visitor.person, role)
    page = "" if g.staff_verified else _second_step(visitor)
    # With work accounts the second step is theirs: nobody gets in by setting up one here.
    g.half_way = bool(page) and request.endpoint in _HALF_WAY and not current_app.config["OIDC_ISSUER"]
    return None if not page or g.half_way else _lead_to(page)


def needs_administrator(view: Callable[_P, _R]) -> Callable[_P, _R | Response]:
    """Makes a view one for administrators: others get a page that says so, and it is logged."""

    @wraps(view)
    def checked(*args: _P.args, **kwargs: _P.kwargs) -> _R | Response:
        return view(*args, **kwargs) if staff().is_administrator else _refuse("not_administrator")

    return checked


def without_second_step(endpoint: str) -> None:
    """Marks a page that staff reach before their second factor is given: the page that asks for it."""
    _HALF_WAY.add(endpoint)


def is_verified() -> bool:
    """Whether the second factor was given in this session."""
    return bool(g.get("staff_verified"))


def forbidden() -> Response:
    """The page for who may not come here."""
    text = "U kunt deze pagina niet openen. Vraag het een beheerder van de gids als u hem wel nodig hebt."
    return render("message", "Deze pagina is niet voor u", status=403, text=text)


def device() -> str:
    """The browser as it calls itself."""
    return request.headers.get("User-Agent", "")


def _sign_in() -> AnyResponse:
    if current_app.config["OIDC_ISSUER"] and request.method in ("GET", "HEAD"):
        return redirect(url_for("staff_oidc.begin", verder=request.full_path.removesuffix("?")), 303)
    return door.sign_in_first()


def _known(visitor: Visitor) -> StaffSession:
    with desk().database.read() as db:
        known = db.get(StaffSession, visitor.session.id)
    if known is not None and not staff_sessions.needs_noting(known, now()):
        return known
    with desk().database.write() as db:
        return staff_sessions.seen(db, visitor.session, device(), now())


def _second_step(visitor: Visitor) -> str:
    """The page of the second factor; empty when this member of staff needs none."""
    if current_app.config["OIDC_ISSUER"]:
        return "staff_oidc.begin"
    with desk().database.read() as db:
        has_one = second_factor.has(db, visitor.person.id)
    if has_one:
        return "staff.second_factor"
    return "staff.second_factor_setup" if current_app.config["SECOND_FACTOR_REQUIRED"] else ""


def _lead_to(page: str) -> AnyResponse:
    onward = request.full_path.removesuffix("?")
    return _hold() or redirect(url_for(page, verder=session.local_path(onward)), 303)


def _hold() -> Response | None:
    """Keeps what was typed; a page with it when it can't be kept."""
    if request.method == "POST" and kept.keep_typed() is kept.Keeping.REFUSED:
        return kept.give_back()
    return None


def _refuse(why: str) -> Response:
    visitor = session.current()
    person = visitor.person.id if visitor else None
    role: events.Role = "staff" if why == "not_administrator" else "manager"
    details = {"why": why, "path": request.path[:200], "method": request.method}
    with desk().database.write() as db:
        events.note(db, "desk_refused", now=now(), person=person, role=role, details=details)
    current_app.logger.warning("Person %s was refused at %s: %s.", person, request.path, why)
    return forbidden()
