"""Typing that could not be saved at once: the session had ended, or the page was too old. Kept for its person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from provider_forms.desk.models import Kept

_LONGEST_NAME = 200
_MOST = 30
"""Pages that are kept for one person; the oldest makes room."""
_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Place:
    """Whose typing, and on which page."""

    person_id: int
    organisation_id: int
    name: str
    """The page's path."""


def keep(session: Session, place: Place, fields: Mapping[str, Sequence[str]], now: datetime) -> bool:
    """Keeps the fields of a page, in the place of what was kept of it before. False: there was nothing to keep."""
    if not any(text.strip() for texts in fields.values() for text in texts) or len(place.name) > _LONGEST_NAME:
        return False
    forget(session, place)
    session.execute(delete(Kept).where(Kept.kept_at < now - _KEPT))
    mine = select(Kept.id).where(Kept.person_id == place.person_id).order_by(Kept.id.desc()).offset(_MOST - 1)
    session.execute(delete(Kept).where(Kept.id.in_(session.scalars(mine).all())))
    session.add(
        Kept(
            person_id=place.person_id,
            organisation_id=place.organisation_id,
            name=place.name,
            answers={"fields": {field: list(texts) for field, texts in fields.items()}},
            base_version=_version(fields),
            kept_at=now,
        )
    )
    return True


def find(session: Session, place: Place) -> dict[str, list[str]] | None:
    """The fields that were kept of a page."""
    kept = session.scalar(select(Kept).where(*_which(place)).order_by(Kept.id.desc()))
    if kept is None:
        return None
    fields: dict[str, list[str]] = kept.answers["fields"]
    return fields


def forget(session: Session, place: Place) -> None:
    """Drops what was kept of a page."""
    session.execute(delete(Kept).where(*_which(place)))


def _which(place: Place) -> tuple[ColumnElement[bool], ...]:
    mine = (Kept.person_id == place.person_id, Kept.organisation_id == place.organisation_id)
    return (*mine, Kept.name == place.name)


def _version(fields: Mapping[str, Sequence[str]]) -> int:
    """The version that the page was opened with, as its hidden field `version` tells."""
    text = next(iter(fields.get("version", ())), "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004  (fits a column)
