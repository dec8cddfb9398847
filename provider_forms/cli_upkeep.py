"""Commands of upkeep: `flask --app provider_forms daily`, `erase …`, `log check` and `log export`."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import TextIO, cast

import click
from flask import Flask, current_app

from provider_forms import behind
from provider_forms import daily as daily_work
from provider_forms.cli_instance import on_instance
from provider_forms.desk import events, log_anchors, log_book, log_chain
from provider_forms.desk.desk import Desk
from provider_forms.desk.erasing import LastAdministratorError, erase_address, erase_mails_to
from provider_forms.press.settings import settings_of
from provider_forms.provider.standing import today

_STUCK = (
    "De gids is niet bijgewerkt, en staat er nog zoals hij was. Er is aan niemand gevraagd of zijn aanbod nog klopt. "
    "Verbeter dit eerst:"
)


def init_app(app: Flask) -> None:
    """Adds the commands."""
    app.cli.add_command(daily)
    app.cli.add_command(erase)
    app.cli.add_command(log)


@click.command("daily")
@click.option("--wait", default=0, help="Wacht ten hoogste zoveel seconden op de pers, als die nog bezig is.")
@on_instance
def daily(wait: int) -> None:
    """Doe wat elke dag moet: vraag of aanbod nog klopt, wis wat oud is, controleer het logboek, werk de gids bij.

    Twee keer op een dag kan geen kwaad, een dag overslaan ook niet.
    """
    desk, day = _desk(), today()
    stuck = behind.bring_up_to_date(desk, settings_of(current_app.config), day, _patience(wait))
    done = daily_work.run(desk, day, _now(), ask=not stuck)
    mails = done.mails + (behind.tell_administrators(desk, stuck, day) if stuck else 0)
    click.echo(f"{done.steps} nieuwe stappen, {mails} mails, {sum(done.erased.values())} oude gegevens gewist.")
    told = ["Het logboek klopt niet.", *done.log_problems] if done.log_problems else []
    if stuck:
        told += [_STUCK, *stuck]
    if told:
        raise click.ClickException("\n".join(told))


def _patience(seconds: int) -> Callable[[], bool]:
    """Waits a moment each time; False when so many seconds are over."""
    until = time.monotonic() + seconds

    def more() -> bool:
        left = until - time.monotonic()
        time.sleep(max(0.0, min(1.0, left)))
        return left > 0

    return more


@click.command("erase")
@click.argument("email")
@on_instance
def erase(email: str) -> None:
    """Wis alles wat de gids van iemand met dit mailadres weet. Het logboek blijft heel."""
    desk = _desk()
    try:
        with desk.database.write() as session:
            found = erase_address(session, email.strip(), None, _now())
    except LastAdministratorError as error:
        raise click.ClickException(f"{email} is de enige beheerder. Maak eerst een andere beheerder.") from error
    mails = erase_mails_to(desk.var / "outbox", email.strip())
    known = "Deze persoon kan niet meer inloggen." if found.was_known else "Niemand logde in met dit adres."
    click.echo(f"{known} Gewist: {found.reports} meldingen, {found.texts} teksten, {mails} kopieën van mails.")
    if found.alone:
        click.echo(f"Niemand beheert nu nog: {', '.join(found.alone)}. Nodig iemand uit.")


@click.group("log")
def log() -> None:
    """Het logboek: controleer het, of schrijf het naar een bestand."""


@log.command("check")
@on_instance
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
@on_instance
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
