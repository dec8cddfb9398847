"""A server of PostgreSQL for the tests: `python -m tools.postgresql COMMAND …` runs a command beside it.

The server is private: a fresh cluster in a temporary folder, reached by a socket in that folder alone. It ends with the
command. The command finds its address in TEST_DATABASE_URL; where that is given already, that server is used.
Run by root on Debian, PostgreSQL is installed when it isn't there.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_ADDRESS = "TEST_DATABASE_URL"
_DEBIAN = Path("/usr/lib/postgresql")
_MEMORY = Path("/dev/shm")  # noqa: S108  (a folder of our own is made in it, for one user alone)
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
"""The data is thrown away: nothing has to survive a power cut."""
_NONE = (
    "PostgreSQL is niet gevonden, en de proeven van de aanbiedersbalie moeten daarop ook slagen. Installeer de server "
    f"(Debian: apt-get install postgresql), of geef het adres van een lege database in {_ADDRESS}.\n"
)


def main() -> int:
    """Runs the command; returns its exit code."""
    command = sys.argv[1:]
    if os.environ.get(_ADDRESS):
        return _run(command, os.environ[_ADDRESS])
    if (programs := _programs()) is None and _can_install():
        _install()
        programs = _programs()
    if programs is None:
        sys.stderr.write(_NONE)
        return 1
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    with _server(programs) as address:
        return _run(command, address)


def _run(command: Sequence[str], address: str) -> int:
    return subprocess.run(command, env={**os.environ, _ADDRESS: address}, check=False).returncode  # noqa: S603  (the caller's own)


@contextmanager
def _server(programs: Path) -> Iterator[str]:
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="wmo-pg-", dir=place) as name:
        folder, user = Path(name), _user()
        if user:
            shutil.chown(folder, user)
        options = " ".join(f"-c {one}" for one in (*_QUICK, "listen_addresses=''", f"unix_socket_directories={folder}"))
        control = [str(programs / "pg_ctl"), "--silent", "-D", str(folder / "data")]
        try:
            _as(user, [str(programs / "initdb"), "--no-sync", "-A", "trust", "-U", "wmo", "-D", str(folder / "data")])
            _as(user, [*control, "-w", "-l", str(folder / "log"), "-o", options, "start"])
            folder.chmod(0o711)  # the tests run as another user than the server
            yield f"postgresql://wmo@/postgres?host={folder}"
        finally:
            _as(user, [*control, "-m", "immediate", "stop"], check=False)


def _as(user: str, command: Sequence[str], *, check: bool = True) -> None:
    """PostgreSQL refuses to run as root."""
    whole = ["runuser", "-u", user, "--", *command] if user else command
    subprocess.run(whole, check=check, cwd="/", stdout=subprocess.DEVNULL)  # noqa: S603  (Debian's and PostgreSQL's own)


def _user() -> str:
    return "postgres" if os.geteuid() == 0 else ""


def _programs() -> Path | None:
    """The folder of the newest PostgreSQL."""
    found = [path for path in _DEBIAN.glob("*/bin") if (path / "initdb").exists()]
    if found:
        return max(found, key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0))
    one = shutil.which("initdb")
    return Path(one).resolve().parent if one else None


def _can_install() -> bool:
    return Path("/etc/debian_version").exists() and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install() -> None:
    sys.stderr.write("PostgreSQL wordt geïnstalleerd, voor de proeven daarop.\n")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False)  # noqa: S607  (root's own PATH)
    subprocess.run(["apt-get", "install", "-y", "-qq", "postgresql"], check=False, env=quiet, stdout=subprocess.DEVNULL)  # noqa: S607  (as above)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(1)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
