"""The instance's secret, and what is made with it: tokens nobody can guess, and seals nobody can forge."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import tempfile
from pathlib import Path

_BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """A token of 256 random bits, safe in an address and in a cookie."""
    return secrets.token_urlsafe(_BYTES)


def is_token(text: str) -> bool:
    """Whether a text could be one of our tokens."""
    return _TOKEN.fullmatch(text) is not None


def digest(token: str) -> str:
    """What is kept of a token: enough to know it again, of no use to whoever reads the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def seal(secret: bytes, *parts: str) -> str:
    """A seal on these parts that only this instance can make."""
    return hmac.new(secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def load_secret(path: Path) -> bytes:
    """The secret in a file that only the owner can read; made at the first start."""
    if not path.exists():
        _make(path)
    return path.read_bytes()


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mkstemp gives it mode 0600
    with os.fdopen(handle, "wb") as stream:
        stream.write(secrets.token_hex(_BYTES).encode())
    try:
        os.link(fresh, path)  # fails where another process, starting at the same moment, was first
    except FileExistsError:
        pass
    finally:
        Path(fresh).unlink()
