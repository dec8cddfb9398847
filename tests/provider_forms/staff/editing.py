"""The pages on which staff edit content, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from provider_forms.desk.staff_models import PublishJob
from tests.builders import HOME as FOLDER
from tests.builders import REGION
from tests.provider_forms.staff.desk_staff import REVIEWER, reviewer
from tests.provider_forms.visiting import Browser, Forms

INHOUD = "/beheer/inhoud"
HOME = f"{INHOUD}/{REGION}"
WHY = {"a.desk-why": "Het klopte niet meer."}
FAQ = f"{FOLDER}/faq.yaml"
QUESTION = "/vragen/wijzig/hoe-vraag-ik-hulp"
"""The form of the first question in that file."""
NEWS = f"{FOLDER}/news/2025-nieuwe-gids.md"
NEWS_FORM = "/nieuws/wijzig/2025-nieuwe-gids"
COLLEAGUE = "karin@regio.example.nl"
"""Another member of staff."""
Fields = dict[str, list[str]]


def fields_in(page: TestResponse) -> Fields:
    """The fields of a page's own form, as a browser would send them when nothing is typed."""
    document = html.document_fromstring(page.text)
    form = next(one for one in document.iter("form") if "wf-questions" in one.get("class", ""))
    found: Fields = {}
    for one in form.iter("input", "textarea"):
        kind, name = one.get("type", "text"), one.get("name")
        if name is None or one.get("disabled") is not None:
            continue
        if kind in ("radio", "checkbox") and one.get("checked") is None:
            continue
        text = (one.text or "").removeprefix("\n") if one.tag == "textarea" else one.get("value", "")
        found.setdefault(name, []).append(text)
    return found


@dataclass
class Editor:
    """A member of staff at work."""

    forms: Forms
    browser: Browser

    def open(self, path: str) -> Fields:
        """The fields of a form as it is opened."""
        return fields_in(self.browser.get(f"{HOME}{path}"))

    def save(
        self, path: str, fields: Fields, changes: Mapping[str, str | Sequence[str]] | None = None, **more: str
    ) -> TestResponse:
        """Sends the form with some answers changed, and a reason."""
        data = {
            **fields,
            **{name: [text] for name, text in WHY.items()},
            **(changes or {}),
            "doe": more.get("doe", "opslaan"),
        }
        return self.browser.post(f"{HOME}{path}", data)

    def edit(self, path: str, changes: Mapping[str, str | Sequence[str]], **more: str) -> TestResponse:
        """Opens a form, changes answers and sends it."""
        return self.save(path, self.open(path), changes, **more)

    def jobs(self) -> list[PublishJob]:
        """All work for the press."""
        with self.forms.desk.database.read() as db:
            return list(db.scalars(select(PublishJob).order_by(PublishJob.id)))

    def text(self, path: str) -> str:
        """What the newest work for the press makes of a file."""
        found = next(one for job in reversed(self.jobs()) for one in job.changes if one["path"] == path)
        return str(found["text"])


def editor(forms: Forms, email: str = REVIEWER) -> Editor:
    """A reviewer who edits content."""
    return Editor(forms, reviewer(forms, email))
