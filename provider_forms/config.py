"""Settings of the application: defaults, over them the environment (WMO_...), over that what a caller passes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Config

from provider_forms.desk import working_copy
from provider_forms.desk.desk import Settings
from provider_forms.desk.mail import MailSettings
from wmo_guide.publication import ROOT

SQLITE = "desk.db"
"""Name of the database's file, where there is no server."""
_PATHS = ("SITE_DIR", "CONTENT_DIR", "VAR_DIR", "CACHE_DIR")
_FOR_STAFF: Mapping[str, str] = {
    "STAFF_SECOND_FACTOR": "",
    "OIDC_ISSUER": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
    "OIDC_SCOPES": "openid email",
    "OIDC_EMAIL_CLAIM": "email",
    "OIDC_GROUP_CLAIM": "groups",
    "OIDC_REVIEWERS": "",
    "OIDC_ADMINISTRATORS": "",
    "OIDC_NAME": "uw werkaccount",
}
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
_NO = frozenset({"", "0", "false", "no", "nee", "off"})


class SettingError(Exception):
    """A setting can't be right; the message tells in Dutch which one, and what to do."""


def configure(config: Config, given: Mapping[str, Any]) -> None:
    """Fills the application's configuration. Raises SettingError."""
    config.update(
        SITE_DIR=ROOT / "site",
        CONTENT_DIR="",
        VAR_DIR=ROOT / "var",
        CACHE_DIR=ROOT / "var" / "cache",
        DEMO=False,
        SECRET="",
        BASE_URL=f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}",  # as `make serve` has it
        PROXIES=0,
        MAIL_HOST="",
        MAIL_PORT=587,
        MAIL_USER="",
        MAIL_PASSWORD="",
        MAIL_TLS="starttls",
        MAIL_FROM="",
        CLOCK=lambda: datetime.now(UTC),
        **_FOR_STAFF,
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=512 * 1024,
        MAX_FORM_PARTS=1000,
    )
    config["DATABASE_URL"] = os.environ.get("DATABASE_URL", "")  # as many hosts call it; WMO_DATABASE_URL goes first
    config.from_prefixed_env("WMO")
    config.update(given)
    if not config["CONTENT_DIR"]:  # an instance of its own, that begins with what comes with the project
        config.update(CONTENT_DIR=Path(config["VAR_DIR"]) / "content", SHIPPED_CONTENT=ROOT / "content")
    for name in _PATHS:
        config[name] = Path(config[name]).resolve()
    config["BASE_URL"] = _base_url(str(config["BASE_URL"]))
    config["SECURE"] = config["BASE_URL"].startswith("https://")
    config["DEMO"] = str(config["DEMO"]).lower() not in _NO
    if config["DEMO"] and config["SECURE"]:
        raise SettingError("WMO_DEMO toont inloglinks en mag niet aan bij een adres met https. Zet WMO_DEMO uit.")
    _staff(config)


def bring_content(config: Config) -> None:
    """Brings the content folder up to date with what comes with the project, where it is a copy of that."""
    shipped: Path | None = config.get("SHIPPED_CONTENT")
    if shipped is not None and shipped.is_dir():
        working_copy.bring(shipped, config["CONTENT_DIR"])


def desk_settings(config: Config) -> Settings:
    """What the desk needs to know."""
    var: Path = config["VAR_DIR"]
    return Settings(
        database_url=str(config["DATABASE_URL"]) or f"sqlite:///{var / SQLITE}",
        var=var,
        content=config["CONTENT_DIR"],
        templates=ROOT / "templates" / "mail",
        base_url=config["BASE_URL"],
        secret=str(config["SECRET"]),
        mail=_mail(config),
    )


def _staff(config: Config) -> None:
    """How staff come in and what they are told. SECOND_FACTOR_REQUIRED: whether they can do without a second factor."""
    config["CHECK_LINKS"] = str(config.get("CHECK_LINKS", "yes")).lower() not in _NO
    wanted = str(config["STAFF_SECOND_FACTOR"]) or ("optional" if config["DEMO"] else "required")
    if wanted not in ("required", "optional"):
        raise SettingError("WMO_STAFF_SECOND_FACTOR moet required of optional zijn.")
    config["SECOND_FACTOR_REQUIRED"] = wanted == "required"
    config["OIDC_ISSUER"] = str(config["OIDC_ISSUER"])
    if not config["OIDC_ISSUER"]:
        return
    for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_ADMINISTRATORS"):
        if not config[name]:
            raise SettingError(f"Medewerkers loggen in met OIDC (WMO_OIDC_ISSUER). Vul dan ook WMO_{name} in.")
    host = urlsplit(config["OIDC_ISSUER"])
    if host.scheme != "https" and (host.scheme != "http" or host.hostname not in _THIS_MACHINE):
        raise SettingError("WMO_OIDC_ISSUER moet met https:// beginnen.")


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
