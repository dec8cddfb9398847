"""An instance with something of everything in it, for tests of backup and restore."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pyotp

from provider_forms.backup.tables import write_tables
from provider_forms.desk import second_factor
from provider_forms.desk.database import Database
from provider_forms.desk.models import Person
from provider_forms.press.press import Press
from tests.builders import ContentFolder
from tests.provider_forms.databases import database_url, destroy_database
from tests.provider_forms.drafting import OFFERING
from tests.provider_forms.press.hall import ALFA, BETA, Hall, make_hall
from tests.provider_forms.staff.desk_staff import make_staff, reviewer
from tests.provider_forms.staff.sending import changed, sender
from tests.provider_forms.visiting import MANAGER, Forms, make_forms

HAND = "regions/duinrand/news/met-de-hand.txt"
"""A file that somebody wrote by hand and didn't commit."""


@dataclass
class Furnished:
    """An instance, and what was known of it when it was made."""

    hall: Hall
    press: Press
    organisation: int
    manager: str
    """The manager's cookie."""
    reviewer: str
    secret: str
    """The reviewer's telephone."""
    sent: str
    """Number of the submission."""
    live: int
    """The job that is live."""
    waiting: int
    """The job that waits."""


def furnish(folder: Path, content: ContentFolder) -> Furnished:
    """An instance that people have worked with for a while."""
    hall = make_hall(folder, content)
    forms, press = hall.forms, hall.press()
    press.turn()
    provider = sender(forms, content)
    provider.fill(changed(content, OFFERING, approach="Wij komen elke week bij u thuis, ook 's avonds."))
    number = provider.send()
    staff = reviewer(forms)
    secret = _telephone(forms)
    live = hall.rename(BETA, "Beta Nieuw")
    press.turn()
    forms.clock.forward(timedelta(minutes=5))
    waiting = hall.rename(ALFA, "Alfa Later")
    content.raw(HAND, "Nog niet vastgelegd.")
    forms.desk.settle()
    return Furnished(
        hall, press, provider.organisation, provider.browser.cookie() or "", staff.cookie() or "", secret, number, live, waiting
    )  # fmt: skip


def _telephone(forms: Forms) -> str:
    """Gives the reviewer a telephone."""
    number, now = make_staff(forms), forms.clock()
    with forms.desk.database.write() as session:
        secret = second_factor.begin(session, forms.desk.secret, number, now)
        person = session.get_one(Person, number)
        second_factor.confirm(session, forms.desk.secret, person, pyotp.TOTP(secret).at(now), now)
    return secret


def destroy(folder: Path, content: ContentFolder) -> None:
    """Takes away the whole instance: files, database, site and cache."""
    destroy_database(folder / "var")
    for place in (folder / "var", folder / "cache", content.root):
        shutil.rmtree(place)


def anew(hall: Hall) -> Forms:
    """The application, started again over the same folders with the same clock."""
    config = hall.forms.app.config
    return make_forms(
        hall.forms.var,
        hall.content.root,
        hall.forms.clock,
        CACHE_DIR=config["CACHE_DIR"],
        DATABASE_URL=config["DATABASE_URL"],
    )


def run(forms: Forms, *words: object) -> tuple[int, str]:
    """What a command of the application answers."""
    result = forms.app.test_cli_runner().invoke(args=[str(word) for word in words])
    return result.exit_code, result.output


def print_of(folder: Path, content: Path, url: str = "") -> str:
    """The fingerprint of an instance: every row, every file of the content and of its history, and every file of state."""
    digest = hashlib.sha256()
    rows = folder / "rows"
    shutil.rmtree(rows, ignore_errors=True)
    database = Database(url or database_url(folder / "var"))
    with database.read() as session:
        write_tables(session.connection(), rows)
    database.engine.dispose()
    state = [folder / "var" / "secret.key", *(folder / "var" / "outbox").glob("*")]
    passing = ("index", "wmo-gids.lock")  # git's memory of file times, and our lock
    for path in sorted([*rows.iterdir(), *content.rglob("*"), *state]):
        if path.is_file() and path.name not in passing and "hooks" not in path.parts:
            digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    shutil.rmtree(rows)
    return digest.hexdigest()


__all__ = ["MANAGER", "Furnished", "anew", "destroy", "furnish", "print_of", "run"]
