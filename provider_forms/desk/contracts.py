"""What organisations were contracted for, held against what they offer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from provider_forms.desk.staff_models import Contract
from wmo_guide.domain.matrix import BuildingBlock, Edition


@dataclass(frozen=True)
class Agreed:
    """What stands in a contract, as far as it is known."""

    kvk: str = ""
    municipalities: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    """Slugs of building blocks."""


@dataclass(frozen=True)
class Comparison:
    """Contracted blocks beside offered ones, each in the order of the matrix."""

    few: tuple[BuildingBlock, ...]
    """Contracted, and not offered."""
    many: tuple[BuildingBlock, ...]
    """Offered, and not contracted."""

    @property
    def equal(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.few and not self.many


def agreed(session: Session, organisation_id: int) -> Agreed:
    """What an organisation was contracted for."""
    found = session.get(Contract, organisation_id)
    return Agreed(found.kvk, tuple(found.municipalities), tuple(found.blocks)) if found else Agreed()


def put(session: Session, organisation_id: int, given: Agreed, now: datetime) -> None:
    """Keeps what an organisation was contracted for."""
    found = session.get(Contract, organisation_id)
    if found is None:
        found = Contract(organisation_id=organisation_id, kvk="", municipalities=[], blocks=[], changed_at=now)
        session.add(found)
    found.kvk, found.municipalities, found.blocks = given.kvk, list(given.municipalities), list(given.blocks)
    found.changed_at = now
    session.flush()


def compare(contracted: Sequence[str], offered: Collection[str], edition: Edition | None) -> Comparison | None:
    """How they differ, among the blocks of an edition; None when nothing is known of a contract."""
    if edition is None or not any(slug in edition.by_slug for slug in contracted):
        return None
    blocks = [block for _, block in edition.blocks()]
    return Comparison(
        few=tuple(block for block in blocks if block.slug in contracted and block.slug not in offered),
        many=tuple(block for block in blocks if block.slug in offered and block.slug not in contracted),
    )
