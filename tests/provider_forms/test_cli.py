"""Commands of the application."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from provider_forms.desk.models import Event
from tests.builders import HOME, REGION, ContentFolder
from tests.provider_forms.visiting import MANAGER, SLUG, Forms, make_forms, text_of
from wmo_guide.store.history import History


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


def test_migrate_says_that_the_tables_are_right(forms: Forms) -> None:
    """The command can be run at any time."""
    assert _run(forms, "migrate") == (0, "De tabellen zijn bij.\n")


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
    """With broken content the command fails, tells why, and mails nobody that an offer has gone which is still online."""
    forms = make_forms(tmp_path / "var", content.root)
    forms.organisation(MANAGER)
    content.put(f"{HOME}/region.yaml", ("freshness", "hide_days"), 1)
    History(content.root)
    forms.clock.forward(timedelta(days=400))
    code, output = _run(forms, "daily")

    assert code == 1
    assert "De gids kan niet gepubliceerd worden" in output
    assert "region.yaml" in output
    assert forms.mails() == []


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
