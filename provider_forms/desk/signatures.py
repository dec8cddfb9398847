"""How people and organisations sign what goes into the content's history. That can be public, so no address of theirs."""

from __future__ import annotations

import re

from provider_forms.desk.models import Organisation
from wmo_guide.store.history import Signature

_HOST = "gids.invalid"
"""A name that by agreement is nobody's."""
_STAFF = re.compile(rf"medewerker-([0-9]{{1,9}})@{re.escape(_HOST)}")


def by_organisation(organisation: Organisation) -> Signature:
    """As the organisation."""
    return Signature(organisation.name, f"{organisation.slug}@{_HOST}")


def by_staff(person_id: int) -> Signature:
    """As a member of staff, by number."""
    return Signature(f"Medewerker {person_id}", f"medewerker-{person_id}@{_HOST}")


def staff_number(mail: str) -> int | None:
    """The member of staff who signed with this address; None when it is nobody of the staff."""
    found = _STAFF.fullmatch(mail)
    return int(found[1]) if found else None


def by_desk() -> Signature:
    """As the desk itself, for what needs no review."""
    return Signature("Wmo-gids", f"gids@{_HOST}")
