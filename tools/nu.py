"""The Nu HTML Checker of the tests: `python -m tools.nu` fetches it once, where Java and npm are there to do so.

It is no Python package. The one version that we name comes out of npm's `vnu-jar`, and is used only when its digest is the
one that is written here. Without Java, npm or a network the tests of valid HTML say loudly that they did not run.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

_PACKAGE = "vnu-jar@26.9.27"
_DIGEST = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"
"""SHA-256 of the jar in it."""
_INSIDE = "package/build/dist/vnu.jar"
_PLACE = Path.home() / ".cache" / "wmo-gids" / f"vnu-{_DIGEST[:12]}.jar"
_PATIENCE = 120
_LARGEST = 100_000_000


def checker() -> Path | None:
    """The jar; None when it isn't there or isn't the one that we know. `VNU_JAR` names another one."""
    named = os.environ.get("VNU_JAR")
    if named:
        return Path(named)
    return _PLACE if _PLACE.is_file() and _is_right(_PLACE.read_bytes()) else None


def java() -> str | None:
    """Path of Java; None when there is none."""
    return shutil.which("java")


def why_not() -> str:
    """Why HTML can't be checked here; empty when it can."""
    if java() is None:
        return "er is geen Java (Debian: apt-get install default-jre-headless)"
    if checker() is None:
        return "de Nu-checker is er niet (haal hem op met: python -m tools.nu, dat heeft npm en een netwerk nodig)"
    return ""


def _is_right(data: bytes) -> bool:
    return hashlib.sha256(data).hexdigest() == _DIGEST


def _fetch(npm: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", "--pack-destination", folder, _PACKAGE]
        try:
            subprocess.run(command, check=True, timeout=_PATIENCE, stdout=subprocess.DEVNULL, cwd=folder)  # noqa: S603  (npm, with our own words)
        except (OSError, subprocess.SubprocessError):
            return False
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            stream = archive.extractfile(_INSIDE)
            data = stream.read(_LARGEST) if stream else b""
    if not _is_right(data):
        return False
    _PLACE.parent.mkdir(parents=True, exist_ok=True)
    fresh = _PLACE.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(data)
    fresh.rename(_PLACE)
    return True


def main() -> int:
    """Fetches the checker when it can; tells in one loud line when HTML won't be checked. Never stops the tests."""
    npm = shutil.which("npm")
    if java() is not None and checker() is None and npm is not None:
        sys.stdout.write("De tests halen eenmalig de Nu-checker op (30 MB)...\n")
        sys.stdout.flush()
        _fetch(npm)
    if reason := why_not():
        sys.stdout.write(f"LET OP: OF DE HTML GELDIG IS, WORDT NIET GETEST: {reason}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
