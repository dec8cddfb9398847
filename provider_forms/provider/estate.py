"""Reporting homes to the region's desk for them. Optional, never public, never in git."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import Response, abort, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import real_estate
from provider_forms.desk.real_estate import Counter
from provider_forms.provider import provider
from provider_forms.provider.draft import local
from provider_forms.web.content import standards
from provider_forms.web.desk import desk, now
from provider_forms.web.forms import AnswerForm, error_title, make_form
from provider_forms.web.pages import render
from provider_forms.web.session import forget_typed, manager, typed_again
from wmo_guide.domain.kinds import KINDS, Scope
from wmo_guide.domain.provider import Answers, Raw
from wmo_guide.domain.questions import Question

_TITLE = "Woonruimte melden"


@provider.get("/woonruimte")
def estate() -> Response:
    """The form, with what was reported before."""
    return _page(_counter(), _form(_counter(), typed_again()))


@provider.post("/woonruimte")
def report_estate() -> AnyResponse:
    """Keeps a report and mails it to the region's desk."""
    counter, who = _counter(), manager()
    form = _form(counter, request.form)
    if form.errors:
        return _page(counter, form, status=400)
    lines = [(question.heading, text) for question, text in _shown(counter, form.parsed)]
    with desk().database.write() as db:
        real_estate.report(db, who.organisation, form.public, who.person.id, now())
        mail = real_estate.mail(desk(), counter, who.organisation, lines, who.person.email)
    desk().later(partial(desk().mailer.send, mail))
    forget_typed()
    return redirect(url_for("provider.estate", gedaan="gemeld"), 303)


def _counter() -> Counter:
    found = real_estate.counter(standards(manager().organisation.region))
    if found is None:
        abort(404)
    return found


def _form(counter: Counter, posted: MultiDict[str, str] | None) -> AnswerForm:
    return make_form(counter.questions.questions, _scope(), posted, {})


def _scope() -> Scope:
    return Scope(standards(manager().organisation.region).region)


def _page(counter: Counter, form: AnswerForm, status: int = 200) -> Response:
    with desk().database.read() as db:
        reports = real_estate.of_organisation(db, manager().organisation.id)
    return render(
        "estate",
        _TITLE,
        status=status,
        window_title=error_title(_TITLE, form.errors) if form.show_errors and form.errors else _TITLE,
        counter=counter,
        form=form,
        reports=[(local(one.sent_at).date(), _told(counter, one.answers)) for one in reports],
        done=request.args.get("gedaan") == "gemeld",
    )


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
