"""All of the shipped site is valid HTML, by the Nu HTML Checker."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.browser.online import Online
from tools.nu import checker, java, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=f"DE HTML IS NIET GETEST: {why_not()}")


def faults_in(path: Path) -> list[str]:
    """What the checker finds wrong in a file, or in all pages of a folder."""
    command = [java() or "", "-Xss1m", "-jar", str(checker()), "--format", "json", "--skip-non-html", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stderr)["messages"]
    return [f"{one['url']}: {one['message']}" for one in found if one["type"] != "info"]


def test_every_page_is_valid(guide: Online) -> None:
    """The checker finds no error on any page of the guide."""
    assert faults_in(guide.release) == []


def test_the_checker_finds_errors(tmp_path: Path) -> None:
    """A page with an error is found, so that finding nothing means something."""
    page = tmp_path / "index.html"
    page.write_text("<!doctype html><html lang=nl><title>x</title><p id=a><p id=a>", encoding="utf-8")

    assert len(faults_in(page)) == 1
