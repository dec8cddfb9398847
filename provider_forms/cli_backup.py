"""Commands: `flask --app provider_forms backup FILE` and `restore FILE`."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from provider_forms.backup import making, restoring
from provider_forms.backup.in_use import alone
from provider_forms.backup.instance import BackupError, Instance, in_dutch, instance_of
from provider_forms.backup.manifest import CONTENT, Manifest
from provider_forms.backup.tables import is_empty
from provider_forms.cli_instance import on_instance, reading
from provider_forms.desk import events, log_anchors, log_chain
from provider_forms.desk.database import Database
from provider_forms.desk.desk import Desk
from provider_forms.desk.log_chain import Head
from provider_forms.desk.migrate import upgrade
from wmo_guide.domain.dutch import long_date
from wmo_guide.store.history import OURS, History

_FILE = click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
_RUNNING = (
    "De gids of de pers draait nog. Er is niets veranderd. Stop ze eerst, bijvoorbeeld met: sudo systemctl stop wmo-gids "
    "wmo-gids-pers"
)
_USED = (
    "Hier staat al een gids waarmee gewerkt is. Er is niets veranderd. Wilt u die vervangen? Maak eerst een reservekopie van "
    "hoe het nu is, en geef dan het bevel met --over."
)

_NOTHING = (
    "Er is geen reservekopie gemaakt: met deze gids heeft nog niemand gewerkt. Kloppen WMO_VAR_DIR en WMO_DATABASE_URL? Geeft u "
    "dit bevel zoals in docs/operations.md staat?"
)
_THERE = "Er is geen reservekopie gemaakt: {file} is er al. Kies een andere naam. Mag dat bestand weg? Geef het bevel dan met --over."


def init_app(app: Flask) -> None:
    """Adds the commands."""
    app.cli.add_command(backup)
    app.cli.add_command(restore)


@click.command("backup")
@_FILE
@click.option("--over", is_flag=True, help="Vervang de reservekopie die er al is.")
@on_instance
def backup(file: Path, *, over: bool) -> None:
    """Bewaar de hele gids in FILE, een tar.gz: gegevens, inhoud met haar geschiedenis, geheim en wachtende mails.

    Dat kan terwijl de gids draait. In het bestand staan persoonsgegevens: alleen u kunt het lezen, en dat moet zo blijven.
    """
    desk, now, instance = _desk(), _now(), instance_of(current_app.config)
    with reading(instance):
        used = _is_used(instance)
    if not used:
        raise click.ClickException(_NOTHING)
    if os.path.lexists(file) and not over:
        raise click.ClickException(_THERE.format(file=file))
    try:
        with reading(instance):
            made = making.make(instance, desk.database, desk.secret, file, now)
    except BackupError as error:
        raise click.ClickException(f"Er is geen reservekopie gemaakt. {error}") from error
    except OSError as error:
        raise click.ClickException(f"Er is geen reservekopie gemaakt. {in_dutch(error)}.") from error
    click.echo(f"Bewaard in {made.file}: {_told(made.manifest)}, {made.size / 1_000_000:.1f} MB.")


@click.command("restore")
@_FILE
@click.option("--over", is_flag=True, help="Vervang de gids die hier staat.")
@with_appcontext
def restore(file: Path, *, over: bool) -> None:
    """Zet de hele gids terug uit FILE, een bestand van `backup`. Stop eerst de gids en de pers.

    Lukt het niet, dan is er niets veranderd.
    """
    instance = instance_of(current_app.config)
    with reading(instance):
        used = _is_used(instance)
        if instance.has_data():
            _desk().close()
    with alone(instance.var) as is_alone:
        if not is_alone:
            raise click.ClickException(_RUNNING)
        if used and not over:
            raise click.ClickException(_USED)
        before = log_anchors.noted(instance.var)[-1:]
        try:
            manifest = restoring.restore(instance, file)
        except BackupError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"Terugzetten is niet gelukt: {in_dutch(error)}.") from error
        for head in before:
            _note_replaced(instance, head)
    click.echo(f"Teruggezet: {_told(manifest)}.")
    click.echo("Start nu de pers en de gids. De pers maakt de site; dat duurt een paar minuten.")


def _is_used(instance: Instance) -> bool:
    """Whether something would be lost: somebody did anything here, or the content is more than what we brought."""
    if instance.has_data():
        with _desk().database.read() as session:
            if not is_empty(session.connection()):
                return True
    if any(path.name != "secret.key" for path in instance.state_files()):
        return True
    if not instance.shipped or not instance.content.is_dir():
        return instance.content.is_dir() and any(instance.content.iterdir())
    history = History(instance.content)
    return history.versions(limit=1)[0].committer != OURS or bool(history.outside_changes())


def _note_replaced(instance: Instance, head: Head) -> None:
    """Tells in the log that came back how far the log had come that it took the place of, unless it came as far itself."""
    database = log_anchors.follow(Database(instance.database_url), instance.var)
    upgrade(database.engine, instance.var)
    details = {"events": head.events, "digest": head.digest}
    with database.write() as session:
        if log_chain.check(session, [head]):
            events.note(session, "restored", now=_now(), role="system", details=details)
    database.engine.dispose()


def _told(manifest: Manifest) -> str:
    day = datetime.fromisoformat(manifest.made).astimezone()
    files = sum(member.name.startswith(f"{CONTENT}/") for member in manifest.members)
    return f"de gids van {long_date(day.date())}, {day:%H:%M} uur, met {files} bestanden van de inhoud"


def _desk() -> Desk:
    return cast("Desk", current_app.extensions["desk"])


def _now() -> datetime:
    moment: datetime = current_app.config["CLOCK"]()
    return moment
