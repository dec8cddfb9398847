"""Providers that send offers to the desk, for tests of the review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from provider_forms.desk import submissions
from provider_forms.desk.models import Submission
from provider_forms.desk.staff_models import PublishJob
from tests.builders import ContentFolder
from tests.provider_forms.drafting import PRIVATE, fill, full_parts
from tests.provider_forms.visiting import MANAGER, SLUG, Browser, Forms

QUEUE = "/beheer/wachtrij/"


@dataclass
class Sender:
    """A manager of an organisation, who fills in and sends."""

    forms: Forms
    browser: Browser
    organisation: int

    @property
    def home(self) -> str:
        """Where its pages stand."""
        return f"/aanbieder/{self.organisation}"

    def fill(self, parts: Mapping[str, Mapping[str, Any]], email: str = MANAGER) -> None:
        """Stores other answers in the draft."""
        fill(self.forms, self.organisation, parts, email)

    def send(self) -> str:
        """Sends the draft; gives the number."""
        page = self.browser.get(f"{self.home}/controleren")
        seen = page.text.partition('name="seen" value="')[2].partition('"')[0]
        answer = self.browser.post(f"{self.home}/versturen", {"seen": seen})
        assert answer.status_code == 303, answer.text
        return answer.location.rpartition("/")[2]


def sender(forms: Forms, content: ContentFolder, slug: str = SLUG, email: str = MANAGER) -> Sender:
    """A manager whose draft says what the guide says of this provider, complete."""
    organisation = forms.organisation(email, slug=slug)
    browser = forms.signed_in(email)
    browser.get(f"/aanbieder/{organisation}/")  # the draft begins from the file
    parts = full_parts(content, slug if content.path(f"regions/duinrand/providers/{slug}.yaml").exists() else SLUG)
    made = Sender(forms, browser, organisation)
    made.fill({"organisation": parts["organisation"] | PRIVATE}, email)
    return made


def newcomer(forms: Forms, content: ContentFolder, slug: str, email: str, **answers: str) -> Sender:
    """A manager of an organisation that the guide doesn't have, with a complete draft."""
    organisation = forms.organisation(email, slug=slug)
    made = Sender(forms, forms.signed_in(email), organisation)
    parts = full_parts(content)
    parts["organisation"] |= {"name": f"Zorg {slug}", "kvk": "87654321", **answers}
    made.fill(parts, email)
    return made


def changed(content: ContentFolder, part: str, slug: str = SLUG, **answers: Any) -> dict[str, dict[str, Any]]:
    """A part of a provider's draft with other answers."""
    return {part: {**full_parts(content, slug)[part], **answers}}


def by_number(forms: Forms, number: str) -> Submission:
    """A submission as it is stored."""
    with forms.desk.database.read() as db:
        found = submissions.find(db, number)
        assert found is not None
        return found


def jobs(forms: Forms) -> list[PublishJob]:
    """What was given to the press, the first one first."""
    with forms.desk.database.read() as db:
        return list(db.query(PublishJob).order_by(PublishJob.id))


def decide(browser: Browser, number: str, button: str, **typed: str) -> Any:
    """Opens a submission, types and presses a button. `reden` is the reason; `a.o....` comments by their field's name."""
    page = browser.get(f"{QUEUE}{number}/")
    seen = page.text.partition('name="seen" value="')[2].partition('"')[0]
    return browser.post(f"{QUEUE}{number}/", {"seen": seen, "doe": button, **typed})
