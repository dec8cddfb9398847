"""A year passes: 200 providers, a daily command that is run twice or missed, and a guide that is never too old."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select

from provider_forms import daily
from provider_forms.desk import log_chain, people
from provider_forms.desk.models import Event, Organisation
from provider_forms.press.press import Press
from provider_forms.press.settings import settings_of
from tests.builders import HOME, REGION, ContentFolder
from tests.guide.printing import online
from tests.provider_forms.visiting import NOON, Clock, Forms, make_forms
from wmo_guide.store.history import History

PROVIDERS = 200
HIDE = 200
"""Days after which the sample's region hides an offer."""
BEGIN = NOON.date()
_CONFIRMED = re.compile(r"^confirmed: .*$", re.MULTILINE)


class Year:
    """An instance in which days pass."""

    def __init__(self, folder: Path, content: ContentFolder) -> None:
        self.random = random.Random(2026)  # noqa: S311  (the same year each time)
        self.content = content
        self.clock = Clock()
        self.confirmed: dict[str, date] = {}
        _fill(content, self.confirmed, self.random)
        self.forms: Forms = make_forms(folder / "var", content.root, self.clock, CACHE_DIR=folder / "cache")
        self.history = History(content.root)
        self.people = self._people()
        self.press = Press(settings_of(self.forms.app.config))
        self.mailed: defaultdict[str, list[date]] = defaultdict(list)
        self._seen: set[Path] = set()

    @property
    def today(self) -> date:
        """The day."""
        return self.clock().date()

    def _people(self) -> dict[str, list[str]]:
        """Managers of the providers, by address: most have one, some have several, some providers have none."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        with self.forms.desk.database.write() as session:
            for number, slug in enumerate(self.confirmed):
                one = Organisation(region=REGION, slug=slug, name=slug, created_at=self.clock())
                session.add(one)
                session.flush()
                for email in self.random.sample(
                    [f"a{number // 2}@example.nl", "groot@example.nl", "z@example.nl"], number % 3
                ):
                    people.join(session, people.person(session, email, self.clock()).id, one.id, self.clock())
                    found[email].append(slug)
        return found

    def day(self, times: int) -> None:
        """Runs the daily command so many times, and lets those who got mail answer, some sooner and some never."""
        for _ in range(times):
            daily.run(self.forms.desk, self.today, self.clock())
        for mail in self._new_mails():
            self.mailed[str(mail["To"])].append(self.today)
            if mail["To"] != "z@example.nl" and self.random.random() < 0.4:
                self._answer(mail)
        self.press.turn()
        assert self.press.problems == ()

    def _answer(self, mail: EmailMessage) -> None:
        browser = self.forms.browser()
        for link in re.findall(r"http://gids\.test(/aanbieder/klopt-nog/\S+)", mail.get_content()):
            found = re.search(r"/aanbieders/([\w-]+)/", browser.get(link).text)
            if found and browser.post(link).status_code == 200:
                self.confirmed[found[1]] = self.today

    def _new_mails(self) -> Iterator[EmailMessage]:
        self.forms.desk.settle()
        files = sorted(set((self.forms.var / "outbox").glob("*.eml")) - self._seen)
        self._seen.update(files)
        mails = (message_from_bytes(file.read_bytes(), policy=SMTP) for file in files)
        return (mail for mail in mails if "klopt-nog" in mail.get_content())

    def shown(self) -> set[str]:
        """The providers that have a page in the site that is online."""
        return {
            path.name
            for path in (online(self.forms.app.config["SITE_DIR"]) / REGION / "aanbieders").iterdir()
            if path.is_dir()
        }


def _fill(content: ContentFolder, confirmed: dict[str, date], chance: random.Random) -> None:
    """Providers of all ages, in place of the sample's own."""
    text = content.text(f"{HOME}/providers/delta-logeren.yaml")
    for path in content.path(f"{HOME}/providers").glob("*.yaml"):
        path.unlink()
    for number in range(PROVIDERS):
        slug, on = f"zorg-{number}", BEGIN - timedelta(days=chance.randrange(HIDE + 20))
        confirmed[slug] = on
        own = _CONFIRMED.sub(f"confirmed: {{'on': '{on}', by: de aanbieder}}", text)
        content.raw(f"{HOME}/providers/{slug}.yaml", own.replace("name: Delta Logeren", f"name: Delta {number}"))


@pytest.fixture
def year(content: ContentFolder, tmp_path: Path) -> Iterator[Year]:
    """An instance on the first day of the year."""
    found = Year(tmp_path, content)
    yield found
    found.press.close()
    found.forms.desk.close()


def test_a_year_passes(year: Year) -> None:
    """Each site has the offers within the limit and no others, nobody is mailed twice in a week, only providers confirm."""
    while year.today < BEGIN + timedelta(days=365):
        year.day(times=year.random.choice([1, 1, 1, 2, 3]))
        fits = {slug for slug, on in year.confirmed.items() if (year.today - on).days < HIDE}
        assert year.shown() == fits
        year.clock.forward(timedelta(days=year.random.choice([1, 3, 6, 8, 15])))

    for days in year.mailed.values():
        assert all((later - sooner).days >= 7 for sooner, later in pairwise(days))
    assert len(year.mailed) > 60
    assert any(year.confirmed[slug] > BEGIN for slug in year.people["groot@example.nl"])
    moved = [one for one in year.history.versions(HOME, limit=10_000) if one.author.name.startswith("zorg-")]
    assert len(moved) + 1 == len(year.history.versions(HOME, limit=10_000))
    with year.forms.desk.database.read() as session:
        assert log_chain.check(session) == ()
        assert (session.scalar(select(func.count()).select_from(Event).where(Event.what == "ladder_step")) or 0) > 300
