"""Commands: `flask --app provider_forms invite …`, `staff …`, `press`, `migrate`, `export …` and `ask-confirmation …`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from provider_forms.cli_instance import on_instance
from provider_forms.desk import ladder, people, sign_in, submissions
from provider_forms.desk import staff as staff_people
from provider_forms.desk.addresses import read_address
from provider_forms.desk.desk import Desk
from provider_forms.desk.mail import Mail
from provider_forms.desk.migrate import upgrade
from provider_forms.desk.models import Organisation
from provider_forms.desk.staff import Change
from provider_forms.press.renewal import keep_running
from provider_forms.press.running import PressBrokenError
from provider_forms.press.settings import settings_of
from provider_forms.provider.standing import today
from provider_forms.web.content import read_published, read_standards
from provider_forms.web.desk_menu import DESK
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.values import parse_slug


def init_app(app: Flask) -> None:
    """Adds the commands."""
    app.cli.add_command(invite)
    app.cli.add_command(staff)
    app.cli.add_command(migrate)
    app.cli.add_command(press)
    app.cli.add_command(export)
    app.cli.add_command(ask_confirmation)


@click.command("invite")
@click.argument("region")
@click.argument("slug")
@click.argument("email")
@click.option("--name", default="", help="Naam van de organisatie, als die nog niet in de gids staat.")
@with_appcontext
def invite(region: str, slug: str, email: str, name: str) -> None:
    """Nodig iemand uit om het aanbod van een organisatie in te vullen.

    SLUG is de naam van het bestand van de aanbieder, zonder .yaml.
    """
    desk = cast("Desk", current_app.extensions["desk"])
    moment: datetime = current_app.config["CLOCK"]()
    address = _valid_email(email)
    with desk.database.write() as session:
        found = people.organisation(session, region, slug)
        if found is None:
            found = make_organisation(desk, region, slug, name, moment)
            session.add(found)
            session.flush()
        mail = sign_in.invite(session, desk, address, found, by=None, now=moment)
    _send(desk, mail)


@click.command("staff")
@click.argument("email")
@click.option(
    "--role", type=click.Choice(["reviewer", "administrator"]), required=True, help="Wat deze medewerker mag."
)
@click.option("--reset", is_flag=True, help="Wis de tweede stap van wie telefoon en herstelcodes kwijt is.")
@with_appcontext
def staff(email: str, role: Literal["reviewer", "administrator"], *, reset: bool) -> None:
    """Maak iemand medewerker van de gids, zoals de eerste beheerder."""
    desk = cast("Desk", current_app.extensions["desk"])
    moment: datetime = current_app.config["CLOCK"]()
    address = _valid_email(email)
    with desk.database.write() as session:
        person = staff_people.appoint(session, address, role, None, moment) or people.person(session, address, moment)
        done = staff_people.change_role(session, person.id, role, None, moment)
        if reset:
            staff_people.reset_second_factor(session, person.id, None, moment)
    if done is Change.LAST:
        raise click.ClickException(f"{address} is de enige beheerder. Maak eerst een andere medewerker beheerder.")
    click.echo(f"{address} is medewerker van de gids. Inloggen: {desk.link(DESK)}")


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Breng de tabellen bij. Dat gebeurt ook bij elke start."""
    desk = cast("Desk", current_app.extensions["desk"])
    upgrade(desk.database.engine, desk.var)  # opening the desk did so already, but that is its affair
    click.echo("De tabellen zijn bij.")


@click.command("press")
@with_appcontext
def press() -> None:
    """Publiceer wat goedgekeurd is, tot u stopt (Ctrl-C). Met `make serve` gaat dit vanzelf."""
    try:
        keep_running(settings_of(current_app.config))
    except PressBrokenError as error:
        raise click.ClickException("De pers kan niet werken. Kijk hierboven waarom, en start hem opnieuw.") from error


@click.command("export")
@click.argument("number", metavar="SUBMISSION")
@on_instance
def export(number: str) -> None:
    """Schrijf de YAML van een inzending, precies zoals zij in content/ zou staan.

    SUBMISSION is het nummer, zoals 2026-0001.
    """
    desk = cast("Desk", current_app.extensions["desk"])
    with desk.database.read() as session:
        found = submissions.find(session, number)
    if found is None:
        raise click.ClickException(f"Er is geen inzending met nummer {number}.")
    click.echo(found.payload, nl=False)


@click.command("ask-confirmation")
@click.argument("region")
@click.argument("slug")
@click.option("--again", is_flag=True, help="Ook wie in de afgelopen week al zo'n mail kreeg.")
@on_instance
def ask_confirmation(region: str, slug: str, *, again: bool) -> None:
    """Vraag de beheerders van een organisatie met een mail of hun aanbod nog klopt."""
    desk = cast("Desk", current_app.extensions["desk"])
    with desk.database.write() as session:
        found = people.organisation(session, region, slug)
        published = read_published(desk.content, region, slug)
        if found is None or published is None:
            raise click.ClickException(f"{slug} staat niet in de gids van {region}, of niemand beheert het.")
        asked = ladder.Moment(today(), current_app.config["CLOCK"](), again=again)
        mails = ladder.ask_now(session, desk, found, published.file.confirmed.on, asked)
    desk.mailer.on_kept = lambda path, kept: click.echo(f"{path}\n\n{kept.text}")
    for mail in mails:
        desk.mailer.send(mail)
    passed = "" if mails else " Alle beheerders kregen in de afgelopen week al zo'n mail, of er zijn er geen."
    click.echo(f"{len(mails)} mails verstuurd.{passed}")


def make_organisation(desk: Desk, region: str, slug: str, name: str, moment: datetime) -> Organisation:
    """An organisation for a provider of a region, by the name in its file or the given one."""
    if read_standards(desk.content, region) is None:
        raise click.ClickException(f"Er is geen regio {region} in {desk.content}, of haar inhoud heeft fouten.")
    try:
        parse_slug(slug)
    except InvalidValueError as error:
        raise click.ClickException(error.message) from error
    known = read_published(desk.content, region, slug)
    shown = name or str(known.file.organisation.get("name", "") if known else "")
    if not shown:
        raise click.ClickException(f"{slug} staat nog niet in de gids. Geef de naam: --name 'Naam van de organisatie'.")
    return Organisation(
        region=region, slug=slug, name=shown[:200], created_at=moment, example=bool(known and known.file.example)
    )


def _valid_email(email: str) -> str:
    try:
        return read_address(email)
    except InvalidValueError as error:
        raise click.ClickException(error.message) from error


def _send(desk: Desk, mail: Mail) -> None:
    desk.mailer.on_kept = lambda path, kept: click.echo(f"{path}\n\n{kept.text}")
    desk.mailer.send(mail)
    click.echo(f"De uitnodiging voor {mail.to} is klaar.")
