"""The browser of the tests: finds Chromium, and `python -m tools.browser` installs it when there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The best one first: the shell is Chromium without its windows, menus and tabs, and opens a page in two fifths of the time."""
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """Path of an installed Chromium; None when only Playwright's own can serve."""
    return os.environ.get("CHROMIUM") or next((path for name in _NAMES if (path := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium. Raises playwright's Error when there is none."""
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=chromium(), args=[*_FLAGS, *sandbox])


def _starts() -> bool:
    try:
        with sync_playwright() as playwright:
            launch(playwright).close()
    except Error:
        return False
    return True


def _install() -> None:
    debian_root = Path("/etc/debian_version").exists() and os.geteuid() == 0 and shutil.which("apt-get")
    if debian_root:
        subprocess.run(["apt-get", "update", "-qq"], check=False)  # noqa: S607  (root's own PATH)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for package in ("chromium-headless-shell", "chromium"):  # an older Debian has the whole of it alone
            done = subprocess.run(["apt-get", "install", "-y", "-qq", package], check=False, env=quiet)  # noqa: S603, S607  (as above)
            if done.returncode == 0:
                return
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    """Makes sure that the tests have a browser; returns 1, and says what to do, when they can't have one."""
    if _starts():
        return 0
    sys.stdout.write("De tests hebben een browser nodig. Chromium wordt geïnstalleerd...\n")
    sys.stdout.flush()
    _install()
    if _starts():
        return 0
    sys.stderr.write(
        "Chromium start niet. Doe één van deze dingen en probeer het opnieuw:\n"
        "  Debian of Ubuntu:  sudo apt-get install chromium\n"
        "  elders:            .venv/bin/python -m playwright install --with-deps chromium\n"
        "  of wijs er zelf een aan:  CHROMIUM=/pad/naar/chromium make test\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
