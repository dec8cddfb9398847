"""Commands of the application."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from provider_forms import behind
from provider_forms.desk.models import Event
from provider_forms.press.lock import PressLock
from provider_forms.press.press import Press
from provider_forms.press.settings import settings_of
from tests.builders import HOME, REGION, ContentFolder
from tests.provider_forms.press.hall import make_hall
from tests.provider_forms.visiting import MANAGER, SLUG, Forms, text_of

ADMINISTRATOR = "ada@example.nl"


def _run(forms: Forms, *words: str) -> tuple[int, str]:
    result = forms.app.test_cli_runner().invoke(args=words)
    return result.exit_code, result.output


def test_invite_mails_an_organisations_first_manager(forms: Forms) -> None:
    """The command makes the organisation by the name in its file, and its link makes the reader a manager."""
    code, output = _run(forms, "invite", REGION, SLUG, MANAGER.upper())
    browser = forms.browser()
    arrived = browser.follow(forms.last_link())

    assert code == 0
    assert forms.last_link() in output
    assert "Alfa" in text_of(browser.get(arrived.location))


def test_invite_asks_the_name_of_a_new_organisation(forms: Forms) -> None:
    """An organisation that isn't in the guide yet needs a name."""
    refused = _run(forms, "invite", REGION, "nieuwe-zorg", MANAGER)
    done = _run(forms, "invite", REGION, "nieuwe-zorg", MANAGER, "--name", "Nieuwe Zorg")

    assert refused[0] == 1
    assert "--name" in refused[1]
    assert done[0] == 0
    assert "Nieuwe Zorg" in forms.mails()[-1]["Subject"]


@pytest.mark.parametrize(
    "words",
    [("nergens", SLUG, MANAGER), (REGION, SLUG, "geen adres"), (REGION, "../x", MANAGER, "--name", "X")],
)
def test_invite_refuses_what_cannot_be(forms: Forms, words: tuple[str, ...]) -> None:
    """An unknown region, a wrong address or a wrong file name gives a sentence and no mail."""
    code, output = _run(forms, "invite", *words)

    assert code == 1
    assert output.startswith("Error: ")
    assert forms.mails() == []


def test_the_log_is_checked_and_exported_by_command(forms: Forms, tmp_path: Path) -> None:
    """`log check` tells that the log is whole, or fails with what was changed; `log export` writes all lines."""
    forms.organisation(MANAGER)
    run = forms.app.test_cli_runner().invoke
    whole = run(args=["log", "check"])
    written = run(args=["log", "export", str(tmp_path / "log.jsonl")])
    with forms.desk.database.write() as session:
        session.execute(update(Event).values(role="system"))
    broken = run(args=["log", "check"])

    assert (whole.exit_code, written.exit_code, broken.exit_code) == (0, 0, 1)
    assert "Het logboek is heel: 1 regels" in whole.output
    assert len((tmp_path / "log.jsonl").read_text().splitlines()) == 3
    assert "Regel 1 klopt niet" in broken.output


def test_daily_does_what_has_to_be_done_and_publishes(forms: Forms) -> None:
    """The command tells what it did, publishes the guide when no press is at work, and can be run again."""
    forms.organisation(MANAGER)
    forms.clock.forward(timedelta(days=60))
    codes = [_run(forms, "daily") for _ in range(2)]

    assert [code for code, _ in codes] == [0, 0]
    assert "1 mails" in codes[0][1]
    assert "0 nieuwe stappen, 0 mails" in codes[1][1]
    assert (forms.var / "site" / "current").exists()


def test_daily_fails_when_the_day_can_not_be_published(content: ContentFolder, tmp_path: Path) -> None:
    """Broken content fails the command, is mailed to administrators once a day, and keeps managers from being asked."""
    hall = make_hall(tmp_path, content)
    forms = hall.forms
    forms.organisation(MANAGER)
    _run(forms, "staff", ADMINISTRATOR, "--role", "administrator")
    _run(forms, "staff", "bram@example.nl", "--role", "reviewer")
    whole = content.text(f"{HOME}/region.yaml")
    content.put(f"{HOME}/region.yaml", ("freshness", "hide_days"), 1)
    hall.git("commit", "-qam", "Kapot")
    forms.clock.forward(timedelta(days=400))
    for _ in range(2):
        code, output = _run(forms, "daily")
        (mail,) = forms.mails()

        assert code == 1
        assert "De gids is niet bijgewerkt" in output
        assert "region.yaml" in output
        assert mail["To"] == ADMINISTRATOR
        assert "region.yaml" in mail.get_content()
    forms.clock.forward(timedelta(days=1))
    assert _run(forms, "daily")[0] == 1
    assert len(forms.mails()) == 2
    content.raw(f"{HOME}/region.yaml", whole)
    hall.git("commit", "-qam", "Verbeterd")
    code, output = _run(forms, "daily")
    assert code == 0, output
    assert MANAGER in [mail["To"] for mail in forms.mails()[2:]]
    assert ADMINISTRATOR not in [mail["To"] for mail in forms.mails()[2:]]


def test_daily_fails_when_the_press_that_is_at_work_is_not_so_far(forms: Forms) -> None:
    """While another press has the guide in hand and the day isn't online, nobody is told what isn't true yet."""
    forms.organisation(MANAGER)
    assert _run(forms, "daily")[0] == 0
    lock = PressLock(forms.var)
    assert lock.take()
    today = _run(forms, "daily")
    forms.clock.forward(timedelta(days=60))
    later = _run(forms, "daily")
    lock.give_back()
    again = _run(forms, "daily")

    assert today[0] == 0
    assert (later[0], "staat nog niet online" in later[1], "0 mails" in later[1]) == (1, True, True)
    assert (again[0], "1 mails" in again[1]) == (0, True)


def test_daily_waits_for_the_press_that_is_at_work(forms: Forms) -> None:
    """After a night off, the day's work begins while the press still makes the day: it goes on as soon as that is online."""
    assert _run(forms, "daily")[0] == 0
    lock, settings = PressLock(forms.var), settings_of(forms.app.config)
    forms.clock.forward(timedelta(days=60))
    day = forms.clock().date()
    assert lock.take()
    waited: list[bool] = []

    def patient() -> bool:
        waited.append(behind.bring_up_to_date(forms.desk, settings, day) != ())
        if len(waited) == 2:
            press = Press(settings)
            press.turn()
            press.close()
        return len(waited) < 9

    assert behind.bring_up_to_date(forms.desk, settings, day, patient) == ()
    assert waited == [True, True]
    code, output = _run(forms, "daily", "--wait", "60")
    lock.give_back()
    assert code == 0, output


def test_daily_stops_waiting(forms: Forms) -> None:
    """A press that comes no further is waited for as long as was said."""
    assert _run(forms, "daily")[0] == 0
    lock = PressLock(forms.var)
    forms.clock.forward(timedelta(days=60))
    assert lock.take()
    code, output = _run(forms, "daily", "--wait", "1")
    lock.give_back()

    assert (code, "staat nog niet online" in output) == (1, True)


def test_daily_does_the_rest_when_the_press_breaks(content: ContentFolder, tmp_path: Path) -> None:
    """Whatever the press falls over, the other work of the day is done, and the command fails."""
    forms = make_hall(tmp_path, content).forms
    content.raw(".git/HEAD", "onzin")
    code, output = _run(forms, "daily")

    assert code == 1
    assert "nieuwe stappen" in output
    assert "De pers kon haar werk niet doen" in output


def test_erase_forgets_a_person(forms: Forms) -> None:
    """The command tells what was erased and whom to invite now; the only administrator is refused."""
    forms.organisation(MANAGER)
    code, output = _run(forms, "erase", MANAGER.upper())
    _run(forms, "staff", "ada@example.nl", "--role", "administrator")
    refused, why = _run(forms, "erase", "ada@example.nl")

    assert (code, refused) == (0, 1)
    assert "Deze persoon kan niet meer inloggen" in output
    assert "Niemand beheert nu nog: Zorg van alfa-thuis" in output
    assert "enige beheerder" in why
