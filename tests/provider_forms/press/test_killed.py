"""Whenever press or application are killed, everything is whole, and what was approved comes online."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

from tests.builders import ContentFolder
from tests.provider_forms.databases import database_url
from tests.provider_forms.visiting import NOON
from tools.kill_press import Ordeal

KILLS = 12


def test_killed_press_leaves_everything_whole_and_goes_on(content: ContentFolder, tmp_path: Path) -> None:
    """After each kill -9, site, files and history are whole; in the end each job is live with one commit, byte-equal to a fresh build."""
    chance = random.Random(4)  # noqa: S311  (moments to kill at, no secret)
    with contextlib.closing(Ordeal(tmp_path, content.root, chance, NOON, database_url(tmp_path / "var"))) as ordeal:
        ordeal.run(KILLS)

        assert ordeal.killed_at_work > KILLS // 6
