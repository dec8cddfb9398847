"""The region of the bench: a matrix of twenty blocks on two axes, its municipalities, and what staff would write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from bench.plain_yaml import dump
from bench.words import Writer

REGION = "proefregio"
EDITION = "2026"
LEVELS: Mapping[str, tuple[str, ...]] = {"complexity": ("light", "middle", "heavy"), "intensity": ("1", "2", "3", "4")}
_AREAS = 4
_BLOCKS_PER_AREA = 5
_PAGES = 20
_NEWS = 10
_FACTSHEETS = 10
_SITUATIONS = 15
_FACILITIES = 12
_UPDATED = "2026-11-01"
_ICON = "material/home-heart"
_SOURCE = ["bench"]


def municipality_slugs(number: int) -> tuple[str, ...]:
    """Slugs of the municipalities."""
    return tuple(f"gemeente-{one:03}" for one in range(1, number + 1))


def block_slugs() -> tuple[str, ...]:
    """Slugs of the blocks, in the order of the matrix."""
    return tuple(f"bouwsteen-{one:02}" for one in range(1, _AREAS * _BLOCKS_PER_AREA + 1))


def write_region(home: Path, municipalities: tuple[str, ...]) -> None:
    """Writes everything of the region but its providers."""
    writer = Writer(Random("region"))
    _save(home / "region.yaml", _region(writer, municipalities))
    _save(home / "matrix" / f"{EDITION}.yaml", _edition(writer))
    _save(home / "facilities.yaml", _dated(facilities=[_facility(writer, one) for one in range(_FACILITIES)]))
    _save(home / "situations.yaml", {"situations": [_situation(writer, one) for one in range(_SITUATIONS)]})
    _save(home / "faq.yaml", {"updated": _UPDATED, "questions": [_answered(writer, one) for one in range(20)]})
    for kind, number in (("pages", _PAGES), ("news", _NEWS), ("factsheets", _FACTSHEETS)):
        for one in range(1, number + 1):
            _write_article(home / kind / f"{kind}-{one:02}.md", writer)


def _save(path: Path, record: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(record), encoding="utf-8")


def _dated(**record: Any) -> dict[str, Any]:
    return {"updated": _UPDATED, "sources": _SOURCE, **record}


def _region(writer: Writer, slugs: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": "Proefregio",
        "summary": writer.prose(1, 2),
        "updated": _UPDATED,
        "sources": [{"key": "bench", "title": "Verzonnen voor de meting", "date": _UPDATED}],
        "publisher": {"name": "De proefregio", "about": writer.prose(1, 2)},
        "municipalities": [_municipality(place, slug) for place, slug in enumerate(slugs, start=1)],
        "subjects": [{"key": "aanvragen", "title": "Hulp aanvragen", "audience": "resident"}],
        "contacts": [_contact(writer, slug) for slug in slugs],
        "rates": [{"amount": "19.00", "per": "month", "start": "2020-01-01", "sources": _SOURCE}],
    }


def _municipality(place: int, slug: str) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": f"Gemeente {place:03}",
        "code": f"GM{place:04}",
        "province": "Proefland",
        "places": [f"Dorp {place:03} {side}" for side in ("Noord", "Zuid", "West")],
    }


def _contact(writer: Writer, slug: str) -> dict[str, Any]:
    return {
        "subject": "aanvragen",
        "municipality": slug,
        "name": f"Wmo-loket {slug}",
        "text": writer.prose(1, 2),
        "email": f"wmo@{slug}.example.nl",
        "sources": _SOURCE,
    }


def _edition(writer: Writer) -> dict[str, Any]:
    slugs = iter(block_slugs())
    areas = [
        {
            "slug": f"gebied-{area}",
            "title": f"Resultaatgebied {area}",
            "plain_title": f"Groep {area}",
            "summary": writer.prose(1, 2),
            "blocks": [_block(writer, next(slugs)) for _ in range(_BLOCKS_PER_AREA)],
        }
        for area in range(1, _AREAS + 1)
    ]
    axes = [{"key": key, "title": key, "plain": writer.line(), "levels": _levels(writer, key)} for key in LEVELS]
    return _dated(
        title="Matrix van de meting",
        plain_title="Overzicht van de hulp",
        status="current",
        start="2026-01-01",
        summary=writer.prose(1, 2),
        axes=axes,
        changes={part: writer.prose(1, 3) for part in ("more", "less", "crisis", "stop")},
        areas=areas,
    )


def _levels(writer: Writer, axis: str) -> list[dict[str, Any]]:
    return [{"key": key, "title": f"{axis} {key}", "plain": writer.line()} for key in LEVELS[axis]]


def _block(writer: Writer, slug: str) -> dict[str, Any]:
    return {
        "slug": slug,
        "title": f"Officiële {slug}",
        "plain_title": f"Hulp met {slug.replace('-', ' ')}",
        "icon": _ICON,
        "summary": writer.prose(1, 2),
        "for_you": [writer.line() for _ in range(4)],
        "includes": [writer.line() for _ in range(4)],
        "reached_when": [writer.line() for _ in range(4)],
        "everyday_words": _phrases(writer, 8),
        "try_first": ["voorziening-1", "voorziening-2"],
        "axes": list(LEVELS),
        "sources": _SOURCE,
    }


def _facility(writer: Writer, number: int) -> dict[str, Any]:
    return {
        "slug": f"voorziening-{number}",
        "name": f"Voorziening {number}",
        "icon": _ICON,
        "summary": writer.line(),
        "how": writer.prose(1, 2),
        "everyday_words": _phrases(writer, 5),
    }


def _situation(writer: Writer, number: int) -> dict[str, Any]:
    return {
        "slug": f"situatie-{number}",
        "title": f"{writer.line().rstrip('.')} ({number})",
        "icon": _ICON,
        "summary": writer.prose(1, 2),
        "text": writer.prose(3, 3),
        "first_steps": [writer.line() for _ in range(3)],
        "everyday_words": _phrases(writer, 8),
        "blocks": [block_slugs()[number]],
        "facilities": ["voorziening-3"],
        "updated": _UPDATED,
        "sources": _SOURCE,
    }


def _answered(writer: Writer, number: int) -> dict[str, Any]:
    question = f"{writer.line().rstrip('.?')} ({number})?"
    audience = ["resident"]
    return {
        "key": f"vraag-{number}",
        "question": question,
        "answer": writer.prose(2, 2),
        "audience": audience,
        "sources": _SOURCE,
    }


def _write_article(path: Path, writer: Writer) -> None:
    head = {
        "title": f"Over {path.stem}",
        "description": writer.line(),
        "updated": _UPDATED,
        "sources": _SOURCE,
        "icon": _ICON,
    }
    text = "\n\n".join(f"## Deel {part}\n\n{writer.prose(3, 3)}" for part in range(1, 5))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{dump(head)}---\n\n{text}\n", encoding="utf-8")


def _phrases(writer: Writer, number: int) -> list[str]:
    return list(dict.fromkeys(writer.phrase() for _ in range(number * 2)))[:number]
