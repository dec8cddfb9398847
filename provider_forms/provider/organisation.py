"""The page about the organisation itself: asked once, used everywhere."""

from __future__ import annotations

from functools import partial

from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk.drafts import Answers
from provider_forms.desk.outline import ORGANISATION
from provider_forms.provider import provider
from provider_forms.provider.draft import Draft, draft
from provider_forms.provider.form_page import FormPage
from provider_forms.provider.saving import open_page, take
from provider_forms.web.session import manager


@provider.get("/organisatie")
def organisation() -> Response:
    """The questions about the organisation."""
    mine = draft()
    return open_page(organisation_page(mine), mine)


@provider.post("/organisatie")
def save_organisation() -> AnyResponse:
    """Stores the answers."""
    return take(organisation_page(draft()))


def organisation_page(mine: Draft) -> FormPage:
    """The page."""
    return FormPage(
        key=ORGANISATION,
        part=ORGANISATION,
        title="Uw organisatie",
        template="organisation",
        questions=mine.standards.organisation_questions,
        scope=mine.scope,
        url=url_for("provider.organisation"),
        onward=url_for("provider.locations"),
        demands=mine.standards.quality.minimum.about("organisation"),
        read=partial(_read, manager().organisation.name),
    )


def _read(name: str, answers: Answers) -> Answers:
    # A page that nobody saved yet begins with the name by which the organisation was invited.
    return answers or {"name": name}
