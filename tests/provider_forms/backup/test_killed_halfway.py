"""Killed at any moment, backup and restore leave the old state or the new one, whole."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_forms.backup import plan
from provider_forms.backup.archive import read_archive
from provider_forms.backup.in_use import InUse
from provider_forms.backup.instance import instance_of
from provider_forms.backup.restoring import restore
from tests.builders import ContentFolder
from tests.provider_forms.backup.furnished import Furnished, anew, furnish, print_of, run
from tests.provider_forms.press.hall import BETA
from wmo_guide.publication import ROOT

KILLS = 8
# Imports once, then does a command by forking at each line that it reads: a start from scratch takes a second.
_NURSERY = """
import json, os, sys
from datetime import UTC, datetime
from pathlib import Path
from provider_forms.backup import making, restoring
from provider_forms.backup.instance import Instance
from provider_forms.desk.database import Database
told = json.loads(sys.argv[1])
instance = Instance(*(Path(told[name]) for name in ("var", "content")), told["database"], "", (), False)
while line := sys.stdin.readline().split():
    number = os.fork()
    if number == 0:
        what, file = line
        if what == "restore":
            restoring.restore(instance, Path(file))
        else:
            secret = (instance.var / "secret.key").read_bytes()
            making.make(instance, Database(instance.database_url), secret, Path(file), datetime.now(UTC))
        os._exit(0)
    print(number, flush=True)
    ended = os.waitid(os.P_PID, number, os.WEXITED | os.WNOWAIT)
    print(-ended.si_status if ended.si_code == os.CLD_KILLED else ended.si_status, flush=True)
    sys.stdin.readline()
    os.waitpid(number, 0)
"""


class Nursery:
    """Starts commands quickly, and kills them."""

    def __init__(self, furnished: Furnished) -> None:
        instance = instance_of(furnished.hall.forms.app.config)
        told = {"var": str(instance.var), "content": str(instance.content), "database": instance.database_url}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _NURSERY, json.dumps(told)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def do(self, what: str, file: Path, kill_after: float | None = None) -> tuple[int, float]:
        """Does a command, killed after so many seconds; gives how it ended, and after how long."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{what} {file}\n")
        self._process.stdin.flush()
        number, begin = int(self._process.stdout.readline()), time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(number, signal.SIGKILL)  # its parent keeps the number until it is told that we are done with it
        code, took = int(self._process.stdout.readline()), time.monotonic() - begin
        self._process.stdin.write("done\n")
        self._process.stdin.flush()
        return code, took

    def close(self) -> None:
        """Ends it."""
        self._process.communicate()


@pytest.fixture
def furnished(content: ContentFolder, tmp_path: Path) -> Furnished:
    """An instance at rest."""
    made = furnish(tmp_path, content)
    made.hall.close()
    made.hall.presses.clear()
    return made


@pytest.fixture
def nursery(furnished: Furnished) -> Iterator[Nursery]:
    """Commands on that instance."""
    made = Nursery(furnished)
    yield made
    made.close()


def test_killed_restore_leaves_the_old_instance_or_the_new(
    furnished: Furnished, nursery: Nursery, tmp_path: Path
) -> None:
    """After each kill -9, and the start that follows it, the instance is one of both, in every row and every byte."""
    hall, chance = furnished.hall, random.Random(7)  # noqa: S311  (moments to kill at, no secret)
    one, two = tmp_path / "one.tar.gz", tmp_path / "two.tar.gz"
    states = {}
    forms = anew(hall)
    for file in (one, two):
        assert run(forms, "backup", file)[0] == 0
        states[file] = print_of(tmp_path, hall.content.root)
        forms.organisation("nieuw@example.nl", slug="nog-een")
        hall.content.raw(BETA, hall.content.text(BETA) + "# met de hand\n")
    forms.desk.close()
    took = max(nursery.do("restore", file)[1] for file in (one, two))
    ends = set()
    for number in range(KILLS):
        now, file = ((two, one), (one, two))[number % 2]
        assert nursery.do("restore", now)[0] == 0
        code, _ = nursery.do("restore", file, kill_after=chance.uniform(0, took))
        instance = instance_of(hall.forms.app.config)
        InUse(instance.var, instance.database_url).leave()  # as every start begins
        found = print_of(tmp_path, hall.content.root)
        assert found in (states[now], states[file]), f"kill {number}: neither the old nor the new"
        ends.add((code, found == states[file]))

    assert (-signal.SIGKILL, False) in ends
    assert nursery.do("restore", one)[0] == 0
    assert print_of(tmp_path, hall.content.root) == states[one]


def test_killed_backup_leaves_a_whole_file_or_none(furnished: Furnished, nursery: Nursery, tmp_path: Path) -> None:
    """After each kill -9 the file is whole or not there, the instance is as it was, and the next backup clears up."""
    hall, chance = furnished.hall, random.Random(8)  # noqa: S311  (as above)
    before, place = print_of(tmp_path, hall.content.root), tmp_path / "backups"
    place.mkdir()
    _, took = nursery.do("backup", place / "first.tar.gz")
    killed = 0
    for number in range(KILLS):
        file = place / f"{number}.tar.gz"
        code, _ = nursery.do("backup", file, kill_after=chance.uniform(0, took))
        killed += code == -signal.SIGKILL
        if file.exists():
            unpacked = tmp_path / f"unpacked-{number}"
            unpacked.mkdir()
            read_archive(file, unpacked)
        assert print_of(tmp_path, hall.content.root) == before
    assert nursery.do("backup", place / "last.tar.gz")[0] == 0

    assert killed
    assert [path.name for path in place.iterdir() if path.name.startswith(".")] == []
    assert not (tmp_path / "var" / ".backup").exists()


def test_decided_restore_is_finished_by_the_next_start(
    furnished: Furnished, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Broken off after the first, second, third … move, the next start of the application does the rest."""
    hall, file = furnished.hall, tmp_path / "gids.tar.gz"
    forms = anew(hall)
    assert run(forms, "backup", file)[0] == 0
    wanted = print_of(tmp_path, hall.content.root)
    forms.organisation("nieuw@example.nl", slug="nog-een")
    forms.desk.close()
    real, left = plan.Move.do, 0

    def do(move: plan.Move) -> None:
        nonlocal left
        if not left:
            raise KeyboardInterrupt
        left -= 1
        real(move)

    for number in range(5):
        forms = anew(hall)
        forms.organisation("nieuw@example.nl", slug=f"nog-een-{number}")
        forms.desk.close()
        left = number
        monkeypatch.setattr(plan.Move, "do", do)
        with pytest.raises(KeyboardInterrupt):
            restore(instance_of(hall.forms.app.config), file)
        monkeypatch.setattr(plan.Move, "do", real)
        anew(hall).desk.close()

        assert print_of(tmp_path, hall.content.root) == wanted
