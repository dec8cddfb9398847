"""/melden: what a reader of the guide has to say about a page. Without an account, a script or a cookie."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

from flask import Blueprint, Response, current_app, g, redirect, request, url_for
from werkzeug.exceptions import InternalServerError
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import limits, report_mails, reports
from provider_forms.desk.limits import REPORTS_PER_ADDRESS, REPORTS_PER_IP
from provider_forms.desk.mail import Mail
from provider_forms.desk.reports import Made, Sent, page_of
from provider_forms.desk.secret import is_token
from provider_forms.public.report_form import TRAP, Problem, Typed, read, stamp
from provider_forms.web import csrf
from provider_forms.web.content import read_upkeep, standards
from provider_forms.web.desk import desk, now
from provider_forms.web.desk_menu import regions
from provider_forms.web.pages import render, wrong
from provider_forms.web.told import Told
from wmo_guide.domain.upkeep import ReportTopic, Upkeep, days_kept

door = Blueprint("report", __name__)
_TITLE = "Laat weten wat er niet klopt"
_HEADING = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_ENOUGH = 4096
"""Characters of a page in which its title stands."""
_OFTEN = "Er is van deze plek al vaak iets gemeld. Wacht een uur. Uw tekst staat hier nog."
_NOTHING_SAID = Upkeep(updated=date.min, report_topics=(ReportTopic(key="other", label="Iets anders"),))


@door.get("/melden")
def ask() -> Response:
    """The form, about the page that the address names."""
    return _form(Typed(page=page_of(request.args.get("pagina", ""))))


@door.get("/melden/")
def ask_here() -> AnyResponse:
    """The form, for who typed a slash too many."""
    return redirect(url_for("report.ask", pagina=request.args.get("pagina")), 301)


@door.post("/melden")
def send() -> AnyResponse:
    """Keeps the report and tells who should know; what is wrong comes back with all that was typed."""
    typed = Typed.of(request.form)
    sent = read(typed, _upkeep(), desk().secret, now())
    if not isinstance(sent, Sent):
        return _form(typed, sent, 400)
    made = _keep(sent)
    if made is None:
        return _form(typed, (Problem("verstuur", _OFTEN),), 429)
    return redirect(url_for("report.follow", token=made.token), 303)


@door.get("/melden/<token>")
def follow(token: str) -> Response:
    """How far a report is, for who has its address."""
    with desk().database.read() as db:
        found = reports.followed(db, token) if is_token(token) else None
    if found is None:
        text = "Deze melding is er niet (meer). Klopt het adres? Kopieer het dan in zijn geheel."
        return render("message", "Deze melding is er niet", status=404, text=text)
    g.look = found.region
    return render("report_follow", f"Uw melding {found.number}", report=found, days=_days(), page=_title(found.page))


@door.errorhandler(InternalServerError)
def broken(_error: InternalServerError) -> Response:
    """Something of ours broke: what was typed is given back to copy."""
    fields = {"Uw melding": request.form.get("tekst", ""), "Uw e-mailadres": request.form.get("email", "")}
    texts = [Told(label, text) for label, text in fields.items() if text.strip()]
    return render("broken", "Er ging iets mis bij ons", status=500, typed=texts, comes_back=False)


def _keep(sent: Sent) -> Made | None:
    """None when too much was reported from one place, or with one address."""
    with desk().database.write() as db:
        whose = limits.network(request.remote_addr)
        if not limits.spend(db, REPORTS_PER_IP, whose, desk().secret, now()):
            return None
        if sent.email and not limits.spend(db, REPORTS_PER_ADDRESS, sent.email, desk().secret, now()):
            return None
        made = reports.make(db, sent, tuple(regions()), now())
        staff = _mailbox(made.report.region)
        mails = report_mails.received(db, desk(), made.report, report_mails.topic_of(made.report, _upkeep()), staff)
    _mail(*mails, report_mails.confirmed(desk(), made.report, made.token, _days()))
    return made


def _mail(*mails: Mail | None) -> None:
    for mail in mails:
        if mail is not None:
            desk().mail(mail)


def _mailbox(region: str) -> str | None:
    found = standards(region, or_none=True) if region else None
    return found.region.publisher.email if found else None


def _form(typed: Typed, problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    g.look = next((one for one in regions() if typed.page.startswith(f"/{one}/")), "")
    return render(
        "report",
        _TITLE,
        status=status,
        window_title=wrong(_TITLE, len(problems)) if problems else _TITLE,
        typed=typed,
        problems={one.field: one.message for one in problems},
        topics=_upkeep().report_topics,
        page=_title(typed.page),
        stamp=stamp(desk().secret, now()),
        trap=TRAP,
        days=_days(),
        data=f"/{g.look}/gegevens/" if g.look and read_upkeep(desk().content) else "",
    )


def _upkeep() -> Upkeep:
    return read_upkeep(desk().content) or _NOTHING_SAID


def _days() -> int:
    return days_kept("reports", _upkeep()) or 0


def _title(page: str) -> str:
    """The name of a page that is online, without the guide's own; its path when it isn't."""
    site = current_app.config["SITE_DIR"] / "current"
    place = safe_join(str(site.resolve()), page.strip("/"), "index.html")
    try:
        with Path(place or "").open(encoding="utf-8") as stream:
            found = _HEADING.search(stream.read(_ENOUGH))
    except (OSError, ValueError):
        return page
    return unescape(found[1]).rpartition(" | ")[0].strip() or page if found else page


csrf.checks_itself("report.send")  # whoever posts here has no rights to misuse, and gets no cookie
