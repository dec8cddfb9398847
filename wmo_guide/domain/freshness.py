"""How fresh an offer is: counted from its last confirmation (design.md 9)."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from wmo_guide.domain.provider import Provider
from wmo_guide.domain.region import Freshness

State: TypeAlias = Literal["fresh", "remind", "escalate", "warn", "hide"]


def freshness(provider: Provider, steps: Freshness, today: date) -> State:
    """The step that a provider's offer has reached. Examples never age: they show how a guide looks."""
    return "fresh" if provider.example else state_after((today - provider.confirmed.on).days, steps)


def state_after(days: int, steps: Freshness) -> State:
    """The step that an offer has reached so many days after its confirmation."""
    if days >= steps.hide_days:
        return "hide"
    if days >= steps.warn_days:
        return "warn"
    if days >= steps.escalate_days:
        return "escalate"
    return "remind" if days >= steps.remind_days else "fresh"
