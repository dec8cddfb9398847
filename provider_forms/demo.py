"""Ready links for who tries the forms out: as an example provider, and as staff. Only for a demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from provider_forms.desk import people, sign_in
from provider_forms.desk.desk import Desk
from provider_forms.desk.models import Organisation
from provider_forms.desk.sessions import LASTS
from provider_forms.web.content import Published, read_published
from provider_forms.web.desk_menu import DESK

_MANAGER = "aanbieder@example.nl"
_STAFF = "medewerker@example.nl"


def demo_links(desk: Desk, now: datetime) -> list[str]:
    """Lines for the start-up text, each with a link that signs in once, within twelve hours."""
    example = next(_examples(desk.content), None)
    lines = []
    with desk.database.write() as session:
        if example is not None:
            found = _organisation(session, *example, now)
            manager = people.person(session, _MANAGER, now)
            people.join(session, manager.id, found.id, now)
            token = sign_in.make_token(session, "sign_in", manager.id, now, LASTS)
            lines.append(f"Inloggen als {found.name}: {sign_in.link(desk, token)}")
        staff = people.person(session, _STAFF, now)
        staff.staff_role = "administrator"
        token = sign_in.make_token(session, "sign_in", staff.id, now, LASTS)
        lines.append(f"Inloggen als medewerker van de regio: {sign_in.link(desk, token, DESK)}")
    return lines


def _organisation(session: Session, region: str, slug: str, published: Published, now: datetime) -> Organisation:
    found = people.organisation(session, region, slug)
    if found is None:
        name = str(published.file.organisation.get("name", slug))[:200]
        found = Organisation(region=region, slug=slug, name=name, created_at=now, example=True)
        session.add(found)
        session.flush()
    return found


def _examples(content: Path) -> Iterator[tuple[str, str, Published]]:
    """Provider files that say they are made up."""
    for path in sorted(content.glob("regions/*/providers/*.yaml")):
        region, slug = path.parent.parent.name, path.stem
        published = read_published(content, region, slug)
        if published is not None and published.file.example:
            yield region, slug, published
