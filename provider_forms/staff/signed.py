"""Who signed in the history of the content, as staff know them: colleagues by their mail address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from provider_forms.desk.models import Person
from provider_forms.desk.signatures import staff_number
from provider_forms.web.desk import desk
from wmo_guide.store.history import Version


def signed(versions: Iterable[Version]) -> Mapping[str, str]:
    """Whoever wrote or approved these versions, by the address that they signed with."""
    names = {one.email: one.name for version in versions for one in (version.author, version.committer)}
    numbers = {number: email for email in names if (number := staff_number(email)) is not None}
    with desk().database.read() as db:
        found = db.execute(select(Person.id, Person.email).where(Person.id.in_(numbers)))
        return names | {numbers[number]: mail for number, mail in found}
