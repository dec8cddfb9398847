"""Reporting homes to the region's desk for them. Optional, never public, never in git.

What is typed is stored like every page of the draft until it is sent; then the page is empty again for the next home.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import drafts, real_estate
from provider_forms.desk.drafts import Edit, Saved
from provider_forms.desk.mail import Mail
from provider_forms.desk.real_estate import PART, Counter
from provider_forms.provider import provider
from provider_forms.provider.draft import Draft, by, draft, local
from provider_forms.provider.form_page import FormPage
from provider_forms.provider.saving import LATER, lost_page, open_page, settle, take, unseen, version_in
from provider_forms.web.content import standards
from provider_forms.web.desk import desk, now
from provider_forms.web.door import AUTOSAVE
from provider_forms.web.forms import AnswerForm, make_form
from provider_forms.web.kept import forget_typed
from provider_forms.web.session import manager
from wmo_guide.domain.kinds import KINDS, Scope
from wmo_guide.domain.provider import Answers, Raw
from wmo_guide.domain.questions import Question

_SENT = "gemeld"


@provider.get("/woonruimte")
def estate() -> Response:
    """The form, with what was reported before."""
    mine = draft()
    return open_page(estate_page(mine) or abort(404), mine)


@provider.post("/woonruimte")
def report_estate() -> AnyResponse:
    """Stores the answers; when they are right, mails them to the region's desk."""
    page = estate_page(draft())
    if page is None:
        return lost_page()
    form = make_form(page.questions, page.scope, request.form, {})
    is_draft = request.headers.get(AUTOSAVE) or request.form.get("doe") == LATER
    if is_draft or form.errors or unseen(form) or form.strays:
        return take(page)
    mail = _report(page, form)
    if mail is None:
        return take(page)
    for one in mail:
        desk().mail(one)
    forget_typed()
    return redirect(page.onward, 303)


def estate_page(mine: Draft) -> FormPage | None:
    """The page; None when nobody in the region takes reports."""
    counter = real_estate.counter(mine.standards)
    if counter is None:
        return None
    return FormPage(
        key=PART,
        part=PART,
        title="Woonruimte melden",
        template="estate",
        questions=counter.questions.questions,
        scope=Scope(mine.standards.region),
        url=url_for("provider.estate"),
        onward=url_for("provider.estate", gedaan=_SENT),
        context={"counter": counter, "reports": _reports(counter), "done": request.args.get("gedaan") == _SENT},
    )


def _report(page: FormPage, form: AnswerForm) -> tuple[Mail, ...] | None:
    """The mails to send, none when this was sent already. None: the page was saved elsewhere too, or is too large."""
    counter, who = _counter(), manager()
    with desk().database.write() as db:
        outcome = drafts.save(db, by(), Edit(page.part, page.write({}, form), version_in(request.form.get("version"))))
        if not isinstance(outcome, Saved):
            return () if _is_sent(db, form, outcome) else None
        real_estate.report(db, who.organisation, form.public, who.person.id, now())
        drafts.save(db, by(), Edit(page.part, {}, outcome.version))
        settle(db, page, outcome)
        lines = [(question.heading, text) for question, text in _shown(counter, form.parsed)]
        return (real_estate.mail(desk(), counter, who.organisation, lines, who.person.email),)


def _is_sent(db: Session, form: AnswerForm, outcome: drafts.Conflict | drafts.Refused) -> bool:
    """Whether a second press finds that the first one sent the same: the page was emptied, and the report is there."""
    if isinstance(outcome, drafts.Refused) or outcome.current.answers:
        return False
    newest = next(iter(real_estate.of_organisation(db, manager().organisation.id)), None)
    return newest is not None and newest.answers == form.public


def _counter() -> Counter:
    return real_estate.counter(standards(manager().organisation.region)) or abort(404)


def _reports(counter: Counter) -> list[tuple[object, list[tuple[str, str]]]]:
    """What the organisation reported, with the day."""
    with desk().database.read() as db:
        reports = real_estate.of_organisation(db, manager().organisation.id)
    return [(local(one.sent_at).date(), _told(counter, one.answers)) for one in reports]


def _told(counter: Counter, stored: Mapping[str, Raw]) -> list[tuple[str, str]]:
    """A report as it was sent; questions that have changed since are left out where they no longer fit."""
    form = make_form(counter.questions.questions, _scope(), None, stored)
    return [(question.heading, text) for question, text in _shown(counter, form.parsed)]


def _shown(counter: Counter, answers: Answers) -> list[tuple[Question, str]]:
    scope = _scope()
    return [
        (question, ", ".join(KINDS[question.kind].show(answers[question.key], question, scope).texts))
        for question in counter.questions.questions
        if question.key in answers
    ]


def _scope() -> Scope:
    return Scope(standards(manager().organisation.region).region)
