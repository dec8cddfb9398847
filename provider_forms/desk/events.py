"""The log of what happened: who, what, when, in which role. Only ever added to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from provider_forms.desk import log_chain

Role = Literal["visitor", "manager", "staff", "system"]


def note(  # noqa: PLR0913  (an event is told in one call: who, as what, where, and the particulars)
    session: Session,
    what: str,
    *,
    now: datetime,
    person: int | None = None,
    role: Role = "visitor",
    organisation: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Adds an event to the log; it is kept when the transaction is. `details` hold no address and no token."""
    log_chain.append(session, log_chain.Facts(now, person, role, what, organisation, dict(details or {})))
