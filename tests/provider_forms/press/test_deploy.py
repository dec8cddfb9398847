"""After a deploy a running press goes on as a press of the new code, without anybody starting it and between two jobs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.builders import ContentFolder
from tests.provider_forms.press.hall import ALFA, BETA, Hall, make_hall
from wmo_guide.publication import ROOT

PATIENCE = 240.0
_SETTINGS = ("SITE_DIR", "CONTENT_DIR", "VAR_DIR", "CACHE_DIR", "DATABASE_URL")
PARTS = ("wmo_guide", "provider_forms", "templates")
LIST = "wmo_guide/guide/kinds/providers.py"
WORDS, NEW_WORDS = "Opgave van de aanbieders", "Wat de aanbieders opgaven"
# Runs a press that deploys something itself, in the middle of its first job.
DEPLOYS = """
import sys
from pathlib import Path
from flask import Config
from provider_forms.config import configure
from provider_forms.press.running import OldCodeError, run
from provider_forms.press.settings import settings_of
from wmo_guide.store.history import History
commit = History.commit
def deploy_and_commit(*arguments):
    Path("templates/guide/_new.html").write_text("nieuw")
    return commit(*arguments)
History.commit = deploy_and_commit
config = Config(".")
configure(config, {})
try:
    run(settings_of(config))
except OldCodeError:
    sys.exit(3)
"""


class Installed:
    """A copy of the project with the press that runs in it."""

    def __init__(self, folder: Path, hall: Hall) -> None:
        self.folder, self.hall = folder, hall
        for part in PARTS:
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "mkdocs.yml", folder)
        self.log = folder / "log.txt"
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str, inherit: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
        """Starts Python in it, with the settings of the hall."""
        config = self.hall.forms.app.config
        settings = {f"WMO_{one}": str(config[one]) for one in _SETTINGS}
        with self.log.open("ab") as log:
            started = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=self.folder, env={**os.environ, **settings}, stdout=log, stderr=log, pass_fds=inherit,
            )  # fmt: skip
        self._started.append(started)
        return started

    def replace(self, file: str, old: str, new: str) -> None:
        """Deploys a file in which something reads otherwise."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def told(self, words: str) -> bool:
        """Whether the press said this."""
        return words in self.log.read_text(encoding="utf-8")

    def wait_for(self, what: Callable[[], bool]) -> None:
        """Waits until it is so."""
        end = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < end, self.log.read_text(encoding="utf-8")
            time.sleep(0.02)

    def stop_all(self) -> None:
        """Ends every press that still runs."""
        for one in self._started:
            with suppress(ProcessLookupError):
                one.kill()
            one.wait()


@pytest.fixture
def installed(content: ContentFolder, tmp_path: Path) -> Iterator[Installed]:
    """An instance, and a copy of the project for its press."""
    hall = make_hall(tmp_path / "instance", content)
    found = Installed(tmp_path / "project", hall)
    yield found
    found.stop_all()
    hall.close()


def _site_says(installed: Installed, words: str) -> Callable[[], bool]:
    page = installed.hall.forms.app.config["SITE_DIR"] / "current" / "duinrand" / "aanbieders" / "index.html"
    return lambda: page.exists() and words in page.read_text(encoding="utf-8")


def test_press_goes_on_with_the_code_of_a_deploy(installed: Installed) -> None:
    """New Python code is on all pages by itself, by the same process; a job is done by it, and the press ends with its parent."""
    theirs, ours = os.pipe()
    press = installed.start("-m", "provider_forms.press", "--parent", str(theirs), inherit=(theirs,))
    installed.wait_for(_site_says(installed, WORDS))
    installed.replace(LIST, WORDS, NEW_WORDS)

    installed.wait_for(_site_says(installed, NEW_WORDS))
    number = installed.hall.rename(ALFA, "Alfa Nieuw")
    installed.wait_for(lambda: installed.hall.progress(number).step == "live")
    assert press.poll() is None
    os.close(ours)
    assert press.wait(PATIENCE) == 0
    os.close(theirs)


def test_half_a_deploy_stops_no_press(installed: Installed) -> None:
    """With code that can't start, the press says so and waits with what is approved; once it can start, that goes live."""
    press = installed.start("-m", "provider_forms.press")
    installed.wait_for(_site_says(installed, WORDS))
    installed.replace(LIST, WORDS, '" this is no Python "')
    installed.wait_for(lambda: installed.told("can't start with the code"))
    number = installed.hall.rename(ALFA, "Alfa Nieuw")
    assert installed.hall.progress(number).step == "waiting"

    installed.replace(LIST, '" this is no Python "', NEW_WORDS)
    installed.wait_for(lambda: installed.hall.progress(number).step == "live")
    assert press.poll() is None
    assert _site_says(installed, NEW_WORDS)()


def test_deploy_never_breaks_off_a_job(installed: Installed) -> None:
    """When other files come in the middle of a job, that job is finished first: live, committed and whole."""
    hall = installed.hall
    press = installed.start("-c", DEPLOYS)
    installed.wait_for(_site_says(installed, WORDS))
    numbers = [hall.rename(ALFA, "Alfa Nieuw"), hall.rename(BETA, "Beta Nieuw")]

    assert press.wait(PATIENCE) == 3
    states = [hall.progress(number).step for number in numbers]
    assert states[0] == "live"
    assert set(states) <= {"live", "waiting"}
    assert hall.published(ALFA) == hall.content.text(ALFA) == hall.named(ALFA, "Alfa Nieuw")
    assert hall.git("status", "--porcelain") == ""


def test_touched_files_are_no_deploy(installed: Installed) -> None:
    """Files that are written again with the same text make no other press: it says nothing and goes on with the next job."""
    installed.start("-m", "provider_forms.press")
    installed.wait_for(_site_says(installed, WORDS))
    (installed.folder / LIST).touch()
    number = installed.hall.rename(ALFA, "Alfa Nieuw")

    installed.wait_for(lambda: installed.hall.progress(number).step == "live")
    assert installed.log.read_text(encoding="utf-8").count("nagekeken") == 1
