"""Commands of upkeep: `flask --app provider_forms log check`, `log export`."""

from __future__ import annotations

from datetime import datetime
from typing import TextIO, cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from provider_forms.desk import events, log_anchors, log_book, log_chain
from provider_forms.desk.desk import Desk


def init_app(app: Flask) -> None:
    """Adds the commands."""
    app.cli.add_command(log)


@click.group("log")
def log() -> None:
    """Het logboek: controleer het, of schrijf het naar een bestand."""


@log.command("check")
@with_appcontext
def check() -> None:
    """Controleer of niemand iets in het logboek heeft veranderd, weggehaald of tussengevoegd."""
    desk = _desk()
    with desk.database.read() as session:
        problems = log_chain.check(session, log_anchors.noted(desk.var))
        end = log_chain.head(session)
    if problems:
        raise click.ClickException("Het logboek klopt niet.\n" + "\n".join(problems))
    log_anchors.note(desk.var, end, _now())
    click.echo(f"Het logboek is heel: {end.events} regels. Laatste controlegetal: {end.digest or '-'}")


@log.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True), default="-")
@with_appcontext
def export(file: TextIO) -> None:
    """Schrijf het hele logboek met controlegetallen, een regel JSON per gebeurtenis. Zonder FILE: op het scherm."""
    desk = _desk()
    with desk.database.write() as session:
        events.note(session, "log_exported", now=_now(), role="system")
        file.writelines(log_book.as_json_lines(session, log_chain.head(session)))


def _desk() -> Desk:
    return cast("Desk", current_app.extensions["desk"])


def _now() -> datetime:
    moment: datetime = current_app.config["CLOCK"]()
    return moment
