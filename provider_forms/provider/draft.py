"""The draft of the organisation whose page is asked for, with the matrix that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from provider_forms.desk import drafts
from provider_forms.desk.bases import begun_from
from provider_forms.desk.drafts import LOCATION, Answers, By, PartView
from provider_forms.desk.outline import BLOCKS, parts_of
from provider_forms.web.content import published, standards
from provider_forms.web.desk import desk, now
from provider_forms.web.session import manager
from wmo_guide.domain.clock import HERE
from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.matrix import BuildingBlock, Edition, ResultArea, edition_on
from wmo_guide.domain.standards import Standards


@dataclass(frozen=True)
class Draft:
    """Everything that one organisation has filled in so far."""

    standards: Standards
    edition_name: str
    """The edition in force, which blocks are chosen from; empty in a region without a matrix."""
    parts: Mapping[str, PartView]

    @property
    def edition(self) -> Edition | None:
        """The edition in force."""
        return self.standards.editions.get(self.edition_name)

    @cached_property
    def answers(self) -> Mapping[str, Answers]:
        """The answers of each part."""
        return {name: part.answers for name, part in self.parts.items()}

    @cached_property
    def chosen(self) -> tuple[tuple[ResultArea, BuildingBlock], ...]:
        """The chosen blocks of the edition in force, in the order of the matrix."""
        choice = self.answers.get(BLOCKS, {})
        if self.edition is None or choice.get("edition") != self.edition_name:
            return ()
        wanted = frozenset(choice.get("blocks", ()))
        return tuple((area, block) for area, block in self.edition.blocks() if block.slug in wanted)

    @cached_property
    def described(self) -> tuple[BuildingBlock, ...]:
        """The blocks of the edition in force with an answer, chosen or not."""
        blocks = self.edition.blocks() if self.edition else ()
        return tuple(block for _, block in blocks if self.answers.get(offering_part(self.edition_name, block.slug)))

    @property
    def scope(self) -> Scope:
        """What answers may refer to, outside a block."""
        places = ((name, part) for name, part in self.answers.items() if name.startswith(LOCATION))
        named = ((name.removeprefix(LOCATION), str(part.get("name", "")).strip()) for name, part in places)
        return Scope(self.standards.region, locations=tuple((key, name or key) for key, name in named))


def offering_part(edition: str, block: str) -> str:
    """Name of the part with an offering."""
    return f"offering/{edition}/{block}"


def draft() -> Draft:
    """The draft as it is stored right now; the first time it begins with what the guide already tells."""
    who = manager()
    found = standards(who.organisation.region)
    edition = edition_in_force(found)
    with desk().database.read() as db:
        stored = drafts.parts(db, who.organisation.id)
    file = None if stored else published(who.organisation.region, who.organisation.slug)
    if file is not None:
        with desk().database.write() as db:
            drafts.begin(db, by(), {**begun_from(file.digest), **parts_of(file.file, edition)})
            stored = drafts.parts(db, who.organisation.id)
    return Draft(found, edition, stored)


def by() -> By:
    """Who saves, and when."""
    who = manager()
    return By(who.organisation.id, who.person.id, now())


def edition_in_force(found: Standards) -> str:
    """Name of the edition that providers can make offers for today; empty when there is none."""
    takes_offers = {name: edition for name, edition in found.editions.items() if edition.open}
    return edition_on(takes_offers, local(now()).date()) or ""


def local(moment: datetime) -> datetime:
    """The moment by the clock on the wall."""
    return moment.astimezone(HERE)


def clock_time(moment: datetime) -> str:
    """The time of day as people write it, e.g. 14.05."""
    return local(moment).strftime("%H.%M")
