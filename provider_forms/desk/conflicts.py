"""Typing that waits to be merged: kept for its writer apart from what is kept of other tabs with the same page."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk.models import Kept
from provider_forms.desk.typing_kept import Place

_TAB = re.compile(r"[0-9a-f]{8}")
_MARK = "#"
"""Stands between a page's path and the tab; no path has it."""
NO_TAB = "00000000"


def tab_in(text: str | None) -> str:
    """The tab that a form or an address names; one and the same for all that name none."""
    return text if text and _TAB.fullmatch(text) else NO_TAB


def place_in_tab(place: Place, tab: str) -> Place:
    """Where typing in one tab is kept."""
    return replace(place, name=f"{place.name}{_MARK}{tab}")


def tabs(session: Session, place: Place) -> tuple[str, ...]:
    """The tabs with typing of this person on this page that wait to be merged, the oldest first."""
    mine = (Kept.person_id == place.person_id, Kept.organisation_id == place.organisation_id)
    start = f"{place.name}{_MARK}"
    query = select(Kept.name).where(*mine, Kept.name.startswith(start, autoescape=True)).order_by(Kept.id)
    return tuple(name.removeprefix(start) for name in session.scalars(query))
