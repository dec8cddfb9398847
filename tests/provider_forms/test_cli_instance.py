"""Commands where there is no instance yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import FlaskGroup
from sqlalchemy import text

from provider_forms import create_app
from provider_forms.backup.instance import instance_of
from provider_forms.desk.database import Database
from provider_forms.desk.migrate import NewerTablesError, alembic_config
from tests.builders import ContentFolder
from tests.provider_forms.backup.furnished import furnish, run
from tests.provider_forms.databases import SERVER, database_url


def _command(var: Path, *words: str, look: Callable[[], object] = lambda: None, **config: str) -> Result:
    """What `flask --app provider_forms` answers: the application is made by the command."""
    given = {
        "VAR_DIR": var,
        "DATABASE_URL": database_url(var),
        "SITE_DIR": var / "site",
        "BASE_URL": "http://gids.test",
    }
    made: list[Flask] = []

    def app() -> Flask:
        made.append(create_app({**given, **config}))
        return made[-1]

    done = CliRunner().invoke(FlaskGroup(create_app=app), words)
    look()
    if not config and instance_of(made[-1].config).has_data():
        made[-1].extensions["desk"].close()  # as the end of the process does
    return done


@pytest.mark.parametrize(
    "words",
    [
        ("backup", "gids.tar.gz"),
        ("daily",),
        ("erase", "iemand@example.nl"),
        ("log", "check"),
        ("log", "export"),
        ("export", "2026-0001"),
        ("ask-confirmation", "duinrand", "alfa-thuis"),
    ],
)
def test_nothing_is_made_by_a_command_that_works_on_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Where there is no database, a command for one that is there is refused, and leaves none: nor anything else."""
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        done = _command(tmp_path / "var", *words)

        assert done.exit_code == 1
        assert "hier is nog geen gids" in done.output
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["sqlite:///{folder}/onzin.db", "postgresql://u:wachtwoord@127.0.0.1:1/x?sslmode=disable"]
)
def test_a_database_that_does_not_answer_is_told(tmp_path: Path, url: str) -> None:
    """A file that is none of SQLite, or a server that isn't there, is told without its password, and nothing is made."""
    (tmp_path / "onzin.db").write_text("onzin " * 99)
    done = _command(tmp_path / "var", "backup", str(tmp_path / "x"), DATABASE_URL=url.format(folder=tmp_path))

    assert done.exit_code == 1
    assert "zijn niet te lezen" in done.output
    assert "wachtwoord" not in done.output
    assert not (tmp_path / "var").exists()


def test_a_command_that_begins_an_instance_makes_it(tmp_path: Path) -> None:
    """The first member of staff can be told before the application ever started; from then on commands have something."""
    begun = _command(tmp_path / "var", "staff", "ada@example.nl", "--role", "administrator")
    checked = _command(tmp_path / "var", "log", "check")

    assert (begun.exit_code, checked.exit_code) == (0, 0), checked.output
    assert "Het logboek is heel: 1 regels" in checked.output


def test_restore_that_fails_leaves_no_database(tmp_path: Path, content: ContentFolder) -> None:
    """An empty place takes a backup; one that is refused leaves the place without a database."""
    hall = furnish(tmp_path / "here", content).hall
    assert run(hall.forms, "backup", tmp_path / "gids.tar.gz")[0] == 0
    (tmp_path / "kapot.tar.gz").write_bytes((tmp_path / "gids.tar.gz").read_bytes()[:-9])
    var = tmp_path / "there" / "var"

    refused = _command(var, "restore", str(tmp_path / "kapot.tar.gz"))
    assert (refused.exit_code, "beschadigd" in refused.output) == (1, True)
    assert "hier is nog geen gids" in _command(var, "log", "check").output
    assert _command(var, "restore", str(tmp_path / "gids.tar.gz")).exit_code == 0
    assert "Het logboek is heel" in _command(var, "log", "check").output
    assert "--over" in _command(var, "restore", str(tmp_path / "gids.tar.gz")).output
    hall.close()


def _at_version(var: Path, version: str) -> str:
    """Says that the tables are of a version, where one is given; tells of which they are."""
    database = Database(database_url(var))
    with database.write() as session:
        if version:
            session.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
        found = str(session.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    database.engine.dispose()
    return found


def test_migrate_brings_the_tables_up_to_date(tmp_path: Path) -> None:
    """The command does what it says, also where nothing else was opened, and can be run at any time."""
    var = tmp_path / "var"
    database = Database(database_url(var))
    with database.engine.begin() as connection:
        command.upgrade(alembic_config(connection=connection), "0001")
    database.engine.dispose()

    found: list[str] = []
    for _ in range(2):
        done = _command(var, "migrate", look=lambda: found.append(_at_version(var, "")))
        assert done.output == "De tabellen zijn bij.\n"
    assert found[0] == found[1] > "0001"


@pytest.mark.parametrize(
    "words",
    [("log", "check"), ("backup", "gids.tar.gz"), ("migrate",), ("staff", "a@example.nl", "--role", "reviewer")],
)
def test_tables_of_a_newer_version_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """After going back to an older version of the program, commands and the application say why they don't work."""
    monkeypatch.chdir(tmp_path)
    var = tmp_path / "var"
    assert _command(var, "staff", "ada@example.nl", "--role", "administrator").exit_code == 0
    _at_version(var, "9999")
    done = _command(var, *words, BASE_URL="http://gids.test")

    assert done.exit_code == 1
    assert done.output.startswith("Error: De tabellen in de database (versie 9999) zijn van een nieuwere versie")
    assert _at_version(var, "") == "9999"
    with pytest.raises(NewerTablesError, match="9999"):
        create_app({"VAR_DIR": var, "DATABASE_URL": database_url(var)})


@pytest.mark.skipif(bool(SERVER), reason="it is the file of SQLite that is damaged")
@pytest.mark.parametrize("where", [0, 4096], ids=["from the first byte", "after the first page"])
@pytest.mark.parametrize("words", [("restore", "--over"), ("restore",), ("backup", "--over")])
def test_a_damaged_database_is_told(tmp_path: Path, content: ContentFolder, words: tuple[str, ...], where: int) -> None:
    """Putting a backup over a damaged database is refused with what to do instead, and nothing is changed."""
    hall = furnish(tmp_path / "here", content).hall
    file, database = tmp_path / "gids.tar.gz", tmp_path / "here" / "var" / "desk.db"
    assert run(hall.forms, "backup", file)[0] == 0
    hall.close()
    whole = database.read_bytes()
    database.write_bytes(whole[:where] + b"onzin" * 50_000 + whole[where + 250_000 :])
    before = (database.read_bytes(), file.read_bytes())
    done = _command(database.parent, words[0], str(file), *words[1:], BASE_URL="http://gids.test")

    assert done.exit_code == 1
    assert "Als de gids helemaal niet meer start" in done.output
    assert (database.read_bytes(), file.read_bytes()) == before
