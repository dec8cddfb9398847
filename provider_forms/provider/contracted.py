"""What the region contracted an organisation for, told kindly beside what the organisation chose."""

from __future__ import annotations

from collections.abc import Sequence

from provider_forms.desk import contracts
from provider_forms.provider.draft import Draft
from provider_forms.web.desk import desk
from provider_forms.web.session import manager
from wmo_guide.domain.dutch import enumeration
from wmo_guide.domain.matrix import BuildingBlock


def contract_notes(mine: Draft) -> tuple[str, ...]:
    """Sentences on blocks that are contracted and not chosen, or the other way round; none before anything was chosen."""
    with desk().database.read() as db:
        agreed = contracts.agreed(db, manager().organisation.id)
    chosen = {block.slug for _, block in mine.chosen}
    found = contracts.compare(agreed.blocks, chosen, mine.edition) if chosen else None
    if found is None:
        return ()
    few = f"Volgens de regio hebt u ook een contract voor {_named(found.few)}. Biedt u dat? Kies het er dan bij. Zo niet, dan hoeft u niets te doen."
    many = f"U koos ook {_named(found.many)}. De regio weet niet van een contract daarvoor. Klopt uw keuze? Dan hoeft u niets te doen."
    return tuple(said for said, blocks in ((few, found.few), (many, found.many)) if blocks)


def _named(blocks: Sequence[BuildingBlock]) -> str:
    return enumeration(
        tuple(f"\N{LEFT DOUBLE QUOTATION MARK}{one.plain_title}\N{RIGHT DOUBLE QUOTATION MARK}" for one in blocks)
    )
