"""Texts that only this instance can read: what must lie in a database or a cookie without telling anything."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken


def lock(key: bytes, purpose: str, text: str, now: datetime) -> str:
    """The text, sealed for one purpose."""
    return _fernet(key, purpose).encrypt_at_time(text.encode(), int(now.timestamp())).decode()


def unlock(key: bytes, purpose: str, sealed: str, now: datetime, lasts: timedelta | None = None) -> str | None:
    """The text; None when it isn't ours, was sealed for something else, or is older than it may be."""
    box = _fernet(key, purpose)
    try:
        if lasts is None:
            return box.decrypt(sealed.encode()).decode()
        seconds = int(lasts.total_seconds())
        return box.decrypt_at_time(sealed.encode(), seconds, int(now.timestamp())).decode()
    except InvalidToken:
        return None


def _fernet(key: bytes, purpose: str) -> Fernet:
    own = hmac.new(key, f"sealed for {purpose}".encode(), hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(own))
