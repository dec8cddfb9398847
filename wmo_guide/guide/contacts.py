"""Whom to ask, per subject."""

from __future__ import annotations

from typing import NamedTuple

from wmo_guide.domain.region import Contact, Municipality, Region, Subject


class Desk(NamedTuple):
    """A subject with the desks that answer questions about it."""

    subject: Subject
    contacts: tuple[Contact, ...]


def contacts_for(region: Region, municipality: Municipality | None, audience: str = "resident") -> list[Desk]:
    """Desks for an audience: of one municipality and of the whole region, or with None of the whole region alone."""
    slugs = {None, municipality.slug if municipality else None}
    desks = []
    for subject in region.subjects:
        if subject.audience == audience:
            found = tuple(one for one in region.contacts if one.subject == subject.key and one.municipality in slugs)
            if found:
                desks.append(Desk(subject, found))
    return desks
