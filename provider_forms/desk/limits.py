"""How often something may be tried. Counted in the database, so that all processes count together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from provider_forms.desk.models import Attempt
from provider_forms.desk.secret import seal

_KEPT = timedelta(days=1)
_IPV6_HOME = 64
"""Length of the part of an IPv6 address that one household or office gets."""


@dataclass(frozen=True)
class Limit:
    """At most `times` within `within`."""

    name: str
    times: int
    within: timedelta


LINKS_PER_ADDRESS = Limit("link-address", 5, timedelta(minutes=15))
"""Mails with a link to one address. Anyone who knows the address can use these up, so its owner must lose nothing by
that: the window is shorter than a link lasts, links that were mailed keep working, and signing in gives a new start."""
LINKS_PER_IP = Limit("link-ip", 100, timedelta(minutes=15))
"""Requests for a link from one place, which may be a whole office."""
TRIES_PER_IP = Limit("try-ip", 60, timedelta(minutes=15))
"""Presses of the button behind links that don't work. A link that works is never counted and never refused."""
REPORTS_PER_IP = Limit("report-ip", 10, timedelta(hours=1))
"""Reports from one place, which may be a library."""
REPORTS_PER_ADDRESS = Limit("report-address", 5, timedelta(days=1))
"""Reports that name one mail address: nobody's mailbox fills up because somebody else types its address."""
INVITATIONS = Limit("invitation", 20, timedelta(days=1))


class Trickle:
    """Lets so many through in a second, whoever they are, and keeps nothing of anybody. For all threads of one process."""

    def __init__(self, per_second: int) -> None:
        self._per_second = per_second
        self._lock = Lock()
        self._second = 0
        self._passed = 0

    def passes(self, now: datetime) -> bool:
        """Whether one more may pass in this second."""
        second = int(now.timestamp())
        with self._lock:
            if second != self._second:
                self._second, self._passed = second, 0
            self._passed += 1
            return self._passed <= self._per_second


def spend(session: Session, limit: Limit, whose: str, secret: bytes, now: datetime) -> bool:
    """Counts an attempt; False, and nothing counted, when there were too many. Keeps no address, only its seal."""
    what = _what(limit, whose, secret)
    session.execute(delete(Attempt).where(Attempt.at < now - _KEPT))
    counted = session.scalar(
        select(func.count()).select_from(Attempt).where(Attempt.what == what, Attempt.at > now - limit.within)
    )
    if (counted or 0) >= limit.times:
        return False
    session.add(Attempt(what=what, at=now))
    session.flush()
    return True


def forgive(session: Session, limit: Limit, whose: str, secret: bytes) -> None:
    """Counts from the start again."""
    session.execute(delete(Attempt).where(Attempt.what == _what(limit, whose, secret)))


def _what(limit: Limit, whose: str, secret: bytes) -> str:
    return f"{limit.name}:{seal(secret, limit.name, whose)[:24]}"


def network(address: str | None) -> str:
    """Whom an IP address belongs to: itself, or for IPv6 the network of its household."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, _IPV6_HOME), strict=False))
    return str(found)
