"""Settings of the application: defaults, over them the environment (WMO_...), over that what a caller passes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Config

from provider_forms.desk.desk import Settings
from provider_forms.desk.mail import MailSettings
from wmo_guide.publishing import ROOT

_PATHS = ("SITE_DIR", "CONTENT_DIR", "VAR_DIR", "CACHE_DIR")
_NO = frozenset({"", "0", "false", "no", "nee", "off"})


class SettingError(Exception):
    """A setting can't be right; the message tells in Dutch which one, and what to do."""


def configure(config: Config, given: Mapping[str, Any]) -> None:
    """Fills the application's configuration. Raises SettingError."""
    config.update(
        SITE_DIR=ROOT / "site",
        CONTENT_DIR=ROOT / "content",
        VAR_DIR=ROOT / "var",
        CACHE_DIR=ROOT / "var" / "cache",
        DATABASE_URL="",
        DEMO=False,
        SECRET="",
        BASE_URL="http://127.0.0.1:8000",
        PROXIES=0,
        MAIL_HOST="",
        MAIL_PORT=587,
        MAIL_USER="",
        MAIL_PASSWORD="",
        MAIL_TLS="starttls",
        MAIL_FROM="",
        CLOCK=lambda: datetime.now(UTC),
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=512 * 1024,
        MAX_FORM_PARTS=1000,
    )
    config.from_prefixed_env("WMO")
    config.update(given)
    for name in _PATHS:
        config[name] = Path(config[name]).resolve()
    config["BASE_URL"] = _base_url(str(config["BASE_URL"]))
    config["SECURE"] = config["BASE_URL"].startswith("https://")
    config["DEMO"] = str(config["DEMO"]).lower() not in _NO
    if config["DEMO"] and config["SECURE"]:
        raise SettingError("WMO_DEMO toont inloglinks en mag niet aan bij een adres met https. Zet WMO_DEMO uit.")


def desk_settings(config: Config) -> Settings:
    """What the desk needs to know."""
    var: Path = config["VAR_DIR"]
    return Settings(
        database_url=str(config["DATABASE_URL"]) or f"sqlite:///{var / 'desk.db'}",
        var=var,
        content=config["CONTENT_DIR"],
        templates=ROOT / "templates" / "mail",
        base_url=config["BASE_URL"],
        secret=str(config["SECRET"]),
        mail=_mail(config),
    )


def _mail(config: Config) -> MailSettings | None:
    """Where mail goes out; None without a server."""
    if not config["MAIL_HOST"]:
        return None
    if config["MAIL_TLS"] not in ("starttls", "tls", "none"):
        raise SettingError("WMO_MAIL_TLS moet starttls, tls of none zijn.")
    if not config["MAIL_FROM"]:
        raise SettingError("Er is een mailserver (WMO_MAIL_HOST) maar geen afzender. Vul WMO_MAIL_FROM in.")
    return MailSettings(
        host=str(config["MAIL_HOST"]),
        port=int(config["MAIL_PORT"]),
        user=str(config["MAIL_USER"]),
        password=str(config["MAIL_PASSWORD"]),
        tls=config["MAIL_TLS"],
        sender=str(config["MAIL_FROM"]),
    )


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise SettingError(f"WMO_BASE_URL={text} kan niet. Schrijf het adres zoals https://gids.voorbeeld.nl.")
    return f"{parts.scheme}://{parts.netloc}"
