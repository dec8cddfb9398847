"""Makes a content folder with as many providers as wanted: varied, and the same each time.

The providers stand in a region of their own with about twenty blocks on two axes, some forty editorial pages, and a
number of municipalities that fits. Question sets and common texts are those of the project itself.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

from bench.plain_yaml import dump
from bench.region import EDITION, LEVELS, REGION, block_slugs, municipality_slugs, write_region
from bench.words import Writer

Record: TypeAlias = Mapping[str, Any]
Spread: TypeAlias = Mapping[int, int]

DAY = "2026-11-22"
"""The day to build these guides for: by then some providers have been waiting long for a confirmation."""
BLOCKS: Spread = {1: 12, 2: 20, 3: 20, 4: 16, 5: 10, 6: 9, 8: 8, 10: 5}
"""Number of blocks that a provider offers, and out of a hundred providers how many do; 3.9 on average."""
MUNICIPALITIES: Spread = {1: 20, 2: 20, 3: 18, 4: 14, 5: 10, 6: 6, 8: 6, 12: 6}
"""The same for the municipalities in which it does; 3.8 on average."""
_LOCATIONS: Spread = {1: 70, 2: 30}
_FOR_WHOM = ("older", "dementia", "mental", "addiction", "learning", "physical", "autism", "young", "families")
_HOW = ("individual", "group", "at_home", "on_location", "remote")
_ACCESS = ("step_free", "lift", "toilet", "parking", "bus", "quiet_room", "ring_loop")
_LANGUAGES = ("nl", "sign", "en", "ar", "tr", "pl", "uk")


def municipality_count(providers: int) -> int:
    """The number of municipalities that goes with a number of providers."""
    for most, number in ((500, 12), (2_000, 30), (10_000, 100)):
        if providers <= most:
            return number
    return 342


def generate(folder: Path, providers: int, project: Path) -> None:
    """Fills an empty content folder. `project` is where the question sets and the common texts come from."""
    for part in ("questions", "shared"):
        shutil.copytree(project / "content" / part, folder / part)
    (folder / "shared" / "municipalities.yaml").unlink()  # the country's own: the bench makes its municipalities up
    places = municipality_slugs(municipality_count(providers))
    home = folder / "regions" / REGION
    write_region(home, places)
    (home / "providers").mkdir(parents=True)
    for number in range(1, providers + 1):
        write_provider(home, number, places)


def write_provider(home: Path, number: int, places: Sequence[str], version: int = 1) -> Path:
    """Writes one provider's file and returns its path. Another version has the same name and other texts."""
    path = home / "providers" / f"aanbieder-{number:05}.yaml"
    path.write_text(dump(_provider(number, places, version)), encoding="utf-8")
    return path


def _provider(number: int, places: Sequence[str], version: int) -> Record:
    chance = Random(f"provider {number}")  # what it offers stays the same in each version
    blocks = sorted(chance.sample(block_slugs(), _draw(chance, BLOCKS)))
    first = chance.randrange(len(places))
    count = min(_draw(chance, MUNICIPALITIES), len(places))
    towns = sorted(places[(first + step) % len(places)] for step in range(count))
    locations = [f"plek-{one}" for one in range(1, _draw(chance, _LOCATIONS) + 1)]
    name = f"{Writer(chance).name()} {number}"
    chance = Random(f"provider {number} version {version}")
    writer = Writer(chance)
    day = f"2026-{chance.randint(3, 10):02}-{chance.randint(1, 28):02}"
    return {
        "updated": day,
        "confirmed": {"on": day, "by": "de aanbieder"},
        "organisation": _organisation(writer, name, number),
        "locations": [{"key": key, "answers": _location(chance, writer, key, towns[0])} for key in locations],
        "offerings": [_offering(chance, block, towns, locations, day) for block in blocks],
    }


def _organisation(writer: Writer, name: str, number: int) -> Record:
    return {
        "name": name,
        "kvk": f"{number:08}",
        "summary": writer.line(),
        "description": writer.prose(2, 3)[:1500],
        "website": f"https://aanbieder-{number:05}.example.nl",
        "phone": f"012 345 {number // 100 % 100:02} {number % 100:02}",
        "phone_hours": "maandag tot en met vrijdag van 9.00 tot 12.00 uur",
        "email": f"contact@aanbieder-{number:05}.example.nl",
    }


def _location(chance: Random, writer: Writer, key: str, town: str) -> Record:
    return {
        "name": f"{writer.name()} ({key})",
        "address": f"Voorbeeldstraat {chance.randint(1, 200)}",
        "postcode": f"{chance.randint(1000, 9999)} XX",
        "place": town.replace("-", " ").capitalize(),
        "municipality": town,
        "opening_hours": ["maandag tot en met donderdag, 9.00 - 16.00 uur", "vrijdag, 9.00 - 12.00 uur"],
        "accessibility": _some(chance, _ACCESS, 4),
    }


def _offering(chance: Random, block: str, towns: list[str], locations: list[str], day: str) -> Record:
    writer = Writer(chance)
    answers = {
        "summary": writer.line(),
        "what": writer.prose(chance.randint(1, 2), 2)[:1500],
        "for_whom": _some(chance, _FOR_WHOM, 3),
        "how": _some(chance, _HOW, 3),
        "levels": {axis: _some(chance, levels, 3) for axis, levels in LEVELS.items()},
        "municipalities": towns,
        "locations": locations,
        "waiting_weeks": str(chance.randint(0, 26)),
        "transport": chance.choice(("arranged", "some", "own", "not_needed")),
        "start": writer.prose(1, 2)[:800],
        "languages": _some(chance, _LANGUAGES, 2),
    }
    return {"edition": EDITION, "block": block, "answers": answers, "dates": {"waiting_weeks": day}}


def _some(chance: Random, choices: Sequence[str], most: int) -> list[str]:
    picked = set(chance.sample(choices, chance.randint(1, min(most, len(choices)))))
    return [one for one in choices if one in picked]


def _draw(chance: Random, spread: Spread) -> int:
    return chance.choices(list(spread), list(spread.values()))[0]
