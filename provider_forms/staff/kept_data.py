"""What the desk keeps and how long, and forgetting a person who asks for that: for administrators."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk.addresses import read_address
from provider_forms.desk.erasing import Erased, LastAdministratorError, erase_address, erase_mails_to
from provider_forms.staff import staff
from provider_forms.staff.access import needs_administrator
from provider_forms.staff.access import staff as who
from provider_forms.web import kept
from provider_forms.web.content import read_upkeep
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render, wrong
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.upkeep import days_kept

_TITLE = "Bewaarde gegevens"
_SURE = "zeker"
_LAST = "Dit is de enige beheerder. Maak eerst een andere medewerker beheerder."
_SELF = "Dit bent u zelf. Vraag een andere beheerder om uw gegevens te wissen."
_UNSURE = "Vink aan dat u het zeker weet. Wissen kan niet ongedaan worden gemaakt."


@staff.get("/gegevens/")
@needs_administrator
def kept_data() -> Response:
    """What is kept how long, and the form to forget somebody."""
    again = kept.typed_again()
    return _page(again.get("email", "") if again else "")


@staff.post("/gegevens/wissen")
@needs_administrator
def erase() -> AnyResponse:
    """Erases what is known of the person with a mail address."""
    typed = request.form.get("email", "")
    try:
        email = read_address(typed)
    except InvalidValueError as error:
        return _page(typed, ("email", error.message))
    if email == who().person.email:
        return _page(typed, ("email", _SELF))
    if request.form.get(_SURE) != "ja":
        return _page(typed, (_SURE, _UNSURE))
    try:
        with desk().database.write() as db:
            erased = erase_address(db, email, who().person.id, now())
            kept.forget(db, kept.here())
    except LastAdministratorError:
        return _page(typed, ("email", _LAST))
    mails = erase_mails_to(desk().var / "outbox", email)
    return render("staff/erased", "Gegevens gewist", erased=erased, mails=mails, nothing=_is_nothing(erased, mails))


@staff.get("/gegevens/wissen")
@needs_administrator
def erase_again() -> AnyResponse:
    """Who comes back to the address of the form gets the form."""
    return redirect(url_for("staff.kept_data"), 303)


def _is_nothing(erased: Erased, mails: int) -> bool:
    return not (erased.was_known or erased.reports or erased.texts or mails)


def _page(typed: str = "", problem: tuple[str, str] | None = None) -> Response:
    upkeep = read_upkeep(desk().content)
    return render(
        "staff/kept_data",
        _TITLE,
        status=400 if problem else 200,
        window_title=wrong(_TITLE) if problem else _TITLE,
        rows=[(one, days_kept(one.kind, upkeep)) for one in upkeep.kept] if upkeep else [],
        typed=typed,
        problems=[problem] if problem else [],
    )
