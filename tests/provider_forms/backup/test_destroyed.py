"""An instance that is destroyed comes back from its backup, and works as before."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import select

from provider_forms.desk import events, log_anchors, log_chain, second_factor
from provider_forms.desk.models import Event, Person
from provider_forms.desk.second_factor import Check
from provider_forms.press.settings import settings_of
from tests.builders import ContentFolder
from tests.guide.printing import files_of
from tests.provider_forms.backup.furnished import HAND, Furnished, anew, destroy, furnish, print_of, run
from tests.provider_forms.databases import SERVER, database_url
from tests.provider_forms.press.hall import ALFA, BETA, Hall
from tests.provider_forms.staff.desk_staff import REVIEWER
from tests.provider_forms.staff.sending import by_number
from tests.provider_forms.visiting import Browser, Forms


@pytest.fixture
def furnished(content: ContentFolder, tmp_path: Path) -> Furnished:
    """An instance that people have worked with."""
    return furnish(tmp_path, content)


def _back(furnished: Furnished, folder: Path) -> Forms:
    """Makes a backup, destroys the instance in full, and puts it back with the two commands."""
    hall, file = furnished.hall, folder / "backup" / "gids.tar.gz"
    file.parent.mkdir()
    assert run(hall.forms, "backup", file)[0] == 0
    hall.close()
    hall.presses.clear()
    destroy(folder, hall.content)
    code, output = run(anew(hall), "restore", file)
    assert code == 0, output
    return anew(hall)


def _browser(forms: Forms, cookie: str) -> Browser:
    browser = forms.browser()
    browser.client.set_cookie("wmo", cookie)
    return browser


def test_nothing_is_lost(furnished: Furnished, tmp_path: Path) -> None:
    """Every row, every file of the content, its whole history, the secret and the mails are what they were, byte for byte."""
    before = print_of(tmp_path, furnished.hall.content.root)
    forms = _back(furnished, tmp_path)
    forms.desk.close()

    assert print_of(tmp_path, furnished.hall.content.root) == before


def test_work_goes_on_where_it_was(furnished: Furnished, tmp_path: Path) -> None:
    """Who was signed in still is, the telephone of staff gives right codes, and what was typed and sent is there."""
    forms = _back(furnished, tmp_path)
    manager, staff = _browser(forms, furnished.manager), _browser(forms, furnished.reviewer)

    assert (
        "elke week bij u thuis" in manager.get(f"/aanbieder/{furnished.organisation}/aanbod/2024/post-en-papieren").text
    )
    assert furnished.sent in staff.get("/beheer/wachtrij/").text
    assert by_number(forms, furnished.sent).state == "received"
    now = forms.clock()
    with forms.desk.database.write() as session:
        person = session.query(Person).filter_by(email=REVIEWER).one()
        shown = pyotp.TOTP(furnished.secret).at(now + timedelta(seconds=30))
        assert second_factor.check(session, forms.desk.secret, person, shown, now) is Check.RIGHT
    code, said = run(forms, "log", "check")
    assert (code, "is heel" in said) == (0, True), said
    forms.desk.close()


def test_press_goes_on_where_it_was(furnished: Furnished, tmp_path: Path) -> None:
    """The site comes back byte for byte, what waited is published, and what was published can be undone."""
    before = files_of(furnished.hall.site)
    forms = _back(furnished, tmp_path)
    hall = Hall(forms, furnished.hall.content)
    with forms.desk.database.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM publish_job").scalar() == 2
    press = hall.press()
    press._follow()  # noqa: SLF001  (the site as it was, before what waits is published)
    after = files_of(hall.site)
    assert press.turn() == 1

    assert after == before
    assert "Alfa Later" in hall.page("alfa-thuis")
    assert hall.history.outside_changes() == (HAND,)
    staff = _browser(forms, furnished.reviewer)
    begin = hall.history.versions(BETA)[-1].id
    staff.get(f"/beheer/geschiedenis/{begin}/terug/{BETA}")
    staff.post(f"/beheer/geschiedenis/{begin}/terug/{BETA}", {"a.reden": "De oude naam klopte."})
    press.turn()
    assert "Beta Nieuw" not in hall.page("beta-dag")
    assert "Alfa Later" in (hall.published(ALFA) or "")
    hall.close()


def test_new_rows_get_new_numbers(furnished: Furnished, tmp_path: Path) -> None:
    """After restoring, a new organisation gets a number that none has."""
    forms = _back(furnished, tmp_path)

    assert forms.organisation(slug="geheel-nieuw") > furnished.organisation
    forms.desk.close()


def test_it_moves_between_databases(furnished: Furnished, tmp_path: Path) -> None:
    """The backup of an instance on one database can be put back on SQLite, and from there on PostgreSQL where there is one."""
    hall = furnished.hall
    urls = [f"sqlite:///{tmp_path / 'elsewhere' / 'desk.db'}", *([database_url(tmp_path / "other")] if SERVER else [])]
    before = print_of(tmp_path, hall.content.root)
    for number, url in enumerate(urls):
        file = tmp_path / f"move-{number}.tar.gz"
        forms = anew(hall)
        assert run(forms, "backup", file)[0] == 0
        forms.desk.close()
        hall.close()
        hall.presses.clear()
        hall.forms.app.config["DATABASE_URL"] = url
        code, output = run(anew(hall), "restore", file, "--over")
        assert code == 0, output

    assert print_of(tmp_path, hall.content.root, urls[-1]) == before
    moved = Hall(anew(hall), hall.content)
    assert settings_of(moved.forms.app.config).database_url == urls[-1]
    assert moved.press().turn() == 1
    moved.close()


def test_only_the_owner_can_read_what_is_private(furnished: Furnished, tmp_path: Path) -> None:
    """The backup and what is put back of it are closed to others; the content is as open as content is."""
    forms = _back(furnished, tmp_path)
    forms.desk.close()
    private = [
        tmp_path / "backup" / "gids.tar.gz",
        tmp_path / "var" / "secret.key",
        *(tmp_path / "var").glob("desk.db"),
    ]

    assert [stat.S_IMODE(path.stat().st_mode) for path in private] == [0o600] * len(private)
    assert stat.S_IMODE(furnished.hall.content.path(ALFA).stat().st_mode) == 0o644
    assert [path.name for path in (tmp_path / "backup").iterdir()] == ["gids.tar.gz"]


def test_a_log_that_is_replaced_leaves_a_trace(furnished: Furnished, tmp_path: Path) -> None:
    """What was logged after a backup is gone when that is put back over it; the log tells how far it had come."""
    hall, file = furnished.hall, tmp_path / "gids.tar.gz"
    assert run(hall.forms, "backup", file)[0] == 0
    with hall.forms.desk.database.write() as session:
        events.note(session, "signed_in", now=hall.forms.clock())
        end = log_chain.head(session)
    hall.close()
    hall.presses.clear()
    code, output = run(anew(hall), "restore", file, "--over")
    assert code == 0, output

    forms = anew(hall)
    with forms.desk.database.read() as session:
        last = session.scalars(select(Event).order_by(Event.id.desc())).first()
        problems = log_chain.check(session, log_anchors.noted(forms.desk.var))
    assert last is not None
    assert (last.what, last.details) == ("restored", {"events": end.events, "digest": end.digest})
    assert problems == ()
    forms.desk.close()
