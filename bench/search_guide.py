"""A generated guide of which the search is measured, and what is asked of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from bench.region import EDITION, REGION
from bench.run import ROOT, Workshop
from bench.search_client import Asked


@dataclass(frozen=True)
class Guide:
    """A guide of which the search is measured."""

    shop: Workshop

    @cached_property
    def indexes(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What two processes told of making the search files."""
        return self._index("1"), self._index("2")

    def _index(self, seed: str) -> dict[str, Any]:
        command: list[str | Path] = [sys.executable, "-m", "bench.search_index", self.shop.content, self.shop.cache]
        told = subprocess.run(
            command, cwd=ROOT, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        found: dict[str, Any] = json.loads(told)
        return found

    @cached_property
    def asked(self) -> Asked:
        """A phrase that leads to a block, with a municipality in which it is offered; and other questions."""
        filters: Mapping[str, list[list[str]]] = self.indexes[0]["filters"]
        slug = min(filters)
        place, block = filters[slug][0][0], filters[slug][1][0]
        home = self.shop.content / "regions" / REGION
        tree = yaml.safe_load((home / "matrix" / f"{EDITION}.yaml").read_text(encoding="utf-8"))
        phrases = {one["slug"]: one["everyday_words"] for area in tree["areas"] for one in area["blocks"]}
        name = yaml.safe_load((home / "providers" / f"{slug}.yaml").read_text(encoding="utf-8"))["organisation"]["name"]
        misspelt = phrases[block][1].replace("e", "ee", 1)
        sentence = f"ik zoek iemand voor {phrases[block][2]} omdat het mij niet meer lukt"
        return Asked(phrases[block][0], place, block, (phrases[block][0], name, misspelt, sentence, "boekhouden"))
