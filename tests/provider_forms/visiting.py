"""A visitor of the forms, for tests: a real application over a real database file, and a browser without a screen."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from html import unescape
from pathlib import Path
from typing import Any, cast

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from provider_forms import create_app
from provider_forms.desk import people
from provider_forms.desk.desk import Desk
from provider_forms.desk.models import Organisation
from tests.builders import REGION
from tests.provider_forms.databases import database_url, with_tables

NOON = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
MANAGER = "marieke@example.nl"
COLLEAGUE = "bob@example.nl"
SLUG = "alfa-thuis"
"""The sample's provider with a matrix full of answers."""


MADE: list[Forms] = []
"""Every application that was made, for who closes what a test left open."""


@dataclass
class Clock:
    """The application's clock, set by hand."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        """The moment."""
        return self.moment

    def forward(self, time: timedelta) -> None:
        """Moves it on."""
        self.moment += time


@dataclass
class Forms:
    """The application with its desk and its outbox."""

    app: Flask
    clock: Clock
    var: Path

    @property
    def desk(self) -> Desk:
        """The desk."""
        return cast("Desk", self.app.extensions["desk"])

    def organisation(self, *managers: str, slug: str = SLUG, region: str = REGION) -> int:
        """The id of an organisation of the sample, made with these managers."""
        with self.desk.database.write() as session:
            found = people.organisation(session, region, slug)
            if found is None:
                found = Organisation(region=region, slug=slug, name=f"Zorg van {slug}", created_at=self.clock())
                session.add(found)
                session.flush()
            for email in managers:
                people.join(session, people.person(session, email, self.clock()).id, found.id, self.clock())
            return found.id

    def browser(self) -> Browser:
        """A browser that has never been here."""
        return Browser(self, self.app.test_client())

    def signed_in(self, email: str = MANAGER) -> Browser:
        """A browser in which somebody signed in by a mailed link."""
        browser = self.browser()
        browser.sign_in(email)
        return browser

    def hold_work(self) -> threading.Event:
        """Lets what the desk puts off wait until the event is set."""
        hold = threading.Event()
        self.desk.later(lambda: cast("None", hold.wait(10)))
        return hold

    def mails(self) -> list[EmailMessage]:
        """Everything in the outbox, the oldest first."""
        self.desk.settle()
        files = sorted((self.var / "outbox").glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=SMTP) for file in files]

    def last_link(self) -> str:
        """The path that the newest mail links to."""
        found = re.search(r"http://gids\.test(\S+)", self.mails()[-1].get_content())
        assert found, "the newest mail has no link"
        return found[1]


@dataclass
class Browser:
    """Follows pages as a browser without JavaScript does: it sends the hidden fields back that every form has."""

    forms: Forms
    client: FlaskClient
    token: str = field(default="")
    again: str = field(default="")
    """Key of the kept text that the page seen last shows."""

    def get(self, path: str, **more: Any) -> TestResponse:
        """A page."""
        return self._look(self.client.get(path, **more))

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """A form sent, with the token of the page seen last."""
        hidden = {"csrf": self.token, **({"teruggekregen": self.again} if self.again else {})}
        return self._look(self.client.post(path, data={**hidden, **(data or {})}, **more))

    def ask_for_link(self, email: str, **data: str) -> TestResponse:
        """Fills in the sign-in page."""
        self.get("/aanbieder/inloggen")
        return self.post("/aanbieder/inloggen", {"email": email, **data})

    def sign_in(self, email: str) -> TestResponse:
        """Asks for a link, opens the mail and presses the button."""
        self.ask_for_link(email)
        return self.follow(self.forms.last_link())

    def follow(self, link: str) -> TestResponse:
        """Opens a mailed link and presses the button."""
        self.get(link)
        return self.post(link)

    def cookie(self) -> str | None:
        """The token in the browser's cookie."""
        found = self.client.get_cookie("wmo")
        return found.value if found else None

    def _look(self, answer: TestResponse) -> TestResponse:
        found = re.search(r'name="csrf" value="(\w+)"', answer.text)
        if found:
            self.token = found[1]
            again = re.search(r'name="teruggekregen" value="(\w+)"', answer.text)
            self.again = again[1] if again else ""
        return answer


def make_forms(var: Path, content: Path, clock: Clock | None = None, **config: Any) -> Forms:
    """The application over its own folder."""
    clock = clock or Clock()
    with_tables(var)
    given = {
        "VAR_DIR": var,
        "DATABASE_URL": database_url(var),
        "CONTENT_DIR": content,
        "SITE_DIR": var / "site",
        "BASE_URL": "http://gids.test",
        "CHECK_LINKS": False,
        "CLOCK": clock,
    }
    made = Forms(create_app({**given, **config}), clock, var)
    MADE.append(made)
    return made


def text_of(answer: TestResponse) -> str:
    """What a page shows in its main part: words without tags."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", "<main" + main)).split())


def title_of(answer: TestResponse) -> str:
    """The title of the window."""
    found = re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)
    assert found
    return unescape(found[1])
