"""A region with so many providers that lists are split, some of them with texts made to do harm."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest.mock import patch

import yaml

from bench.generate import DAY, generate
from bench.region import REGION
from tests.browser.online import Online, online
from wmo_guide.guide.search import lists
from wmo_guide.publication import ROOT, Publication
from wmo_guide.publishing import publish

CROWD_DAY = date.fromisoformat(DAY)
CROWD_REGION = REGION
PROVIDERS = 90
SPLIT_FROM = 12
"""Offers in a block from which its list is split: fewer than in the guide, so that a small site does."""
HOSTILE = {
    "Zorgwaard <img src=x onerror=alert(1)>": "</p><script>alert(2)</script> <b>vet</b> &amp; \"'",
    "Zorgwaard Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunter": "x" * 190,
    "Zorgwaard مركز الرعاية المنزلية": "نساعدك في المنزل كل يوم",
    "Zorgwaard 👩🏽‍🦽💜🧹": "🧹" * 60,
    "Zorgwaard constructor __proto__": "toString hasOwnProperty javascript:alert(3)",
}
"""Names of providers, each with its summary."""


@contextmanager
def crowd(folder: Path) -> Iterator[Online]:
    """The region online; its content stands in the folder."""
    content = folder / "content"
    generate(content, PROVIDERS, ROOT)
    for number, (name, summary) in enumerate(HOSTILE.items(), start=1):
        path = content / f"regions/{REGION}/providers/aanbieder-{number:05}.yaml"
        record = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  (it builds texts only)
        record["organisation"] |= {"name": name, "summary": summary}
        path.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
    with patch.object(lists, "MOST_ROWS", SPLIT_FROM):
        publish(Publication(content=content, site_dir=folder / "site", cache_dir=None, day=CROWD_DAY))
    with online(folder / "site") as site:
        yield site
