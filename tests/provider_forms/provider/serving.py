"""The forms in a process of their own, which a test may kill at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

# Imports once, then makes a new server by forking at each line that it reads: a start from scratch takes seconds.
_NURSERY = """
import os, signal, sys
from pathlib import Path
from werkzeug.serving import make_server
from provider_forms import create_app
from tests.provider_forms.databases import database_url
from tests.provider_forms.visiting import Clock
var, content = map(Path, sys.argv[1:])
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while sys.stdin.readline():
    if os.fork() == 0:
        app = create_app({
            "VAR_DIR": var, "DATABASE_URL": database_url(var), "CONTENT_DIR": content, "SITE_DIR": var / "site", "CLOCK": Clock()
        })
        server = make_server("127.0.0.1", 0, app, threaded=True)
        print(os.getpid(), server.server_port, flush=True)
        server.serve_forever()
"""


@dataclass(frozen=True)
class Server:
    """A real server on a port of its own."""

    address: str
    process: int

    def kill(self) -> None:
        """Ends it as a power cut does: without a warning, in the middle of whatever it does."""
        os.kill(self.process, signal.SIGKILL)


@dataclass(frozen=True)
class Nursery:
    """Makes servers over one folder."""

    asks: IO[str]
    answers: IO[str]

    def start(self) -> Server:
        """A server that answers."""
        self.asks.write("start\n")
        self.asks.flush()
        process, port = map(int, self.answers.readline().split())
        return Server(f"http://127.0.0.1:{port}", process)


@contextmanager
def nursery(var: Path, content: Path) -> Iterator[Nursery]:
    """Servers over this folder, one after the other."""
    command = [sys.executable, "-c", _NURSERY, str(var), str(content)]
    pipe, silent = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=silent, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Nursery(process.stdin, process.stdout)
        process.stdin.close()
