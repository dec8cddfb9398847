"""An Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr


class Headline(NamedTuple):
    """One entry of a feed."""

    title: str
    address: str
    """Full address of the page; also the entry's lasting name."""
    day: date
    summary: str


def atom_feed(*, title: str, home: str, address: str, author: str, items: Iterable[Headline]) -> bytes:
    """The feed, newest entries first."""
    entries = sorted(items, key=lambda one: (one.day, one.address), reverse=True)
    updated = _moment(entries[0].day) if entries else "1970-01-01T00:00:00Z"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl">',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(address)}</id>",
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(author)}</name></author>",
        f'<link rel="self" href={quoteattr(address)}/>',
        f'<link rel="alternate" href={quoteattr(home)}/>',
        *(_entry(one) for one in entries),
        "</feed>",
        "",
    ]
    return "\n".join(lines).encode()


def _entry(one: Headline) -> str:
    return (
        f"<entry><title>{escape(one.title)}</title><id>{escape(one.address)}#{one.day.isoformat()}</id>"
        f"<link href={quoteattr(one.address)}/><updated>{_moment(one.day)}</updated>"
        f"<summary>{escape(one.summary)}</summary></entry>"
    )


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
