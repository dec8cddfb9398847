"""Mail: its texts, and the way out. Without a server, or when it fails, a mail is kept as a file."""

from __future__ import annotations

import logging
import os
import smtplib
import ssl
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Literal

import jinja2

from wmo_guide.compiled import Compiled
from wmo_guide.domain.dutch import long_date

_LOG = logging.getLogger(__name__)
_COMPILED = Compiled()
_TIMEOUT_SECONDS = 20
_NAME = "Wmo-gids"


@dataclass(frozen=True)
class MailSettings:
    """The server that mail goes out through."""

    host: str
    port: int
    user: str
    """Empty: the server asks for no name and password."""
    password: str
    tls: Literal["starttls", "tls", "none"]
    sender: str


@dataclass(frozen=True)
class Mail:
    """A mail to one address."""

    to: str
    subject: str
    text: str


class MailTexts:
    """The texts of mails: templates/mail/<name>.txt, with the subject on the first line."""

    def __init__(self, folder: Path) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=False,  # noqa: S701  (a mail is plain text, in which nothing has to be escaped)
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )
        self._environment.filters["day"] = long_date

    def write(self, name: str, to: str, /, **context: object) -> Mail:
        """The mail that a template makes."""
        subject, _, text = self._environment.get_template(f"{name}.txt").render(context).partition("\n")
        return Mail(to, " ".join(subject.split()), text.strip() + "\n")


class Mailer:
    """Sends mail. `on_kept` is called with each file that a mail was kept in."""

    def __init__(self, settings: MailSettings | None, outbox: Path, host: str) -> None:
        """`host` is the name in the mails' identifiers."""
        self._settings = settings
        self._outbox = outbox
        self._host = host
        self.on_kept: Callable[[Path, Mail], None] = lambda _path, _mail: None

    def send(self, mail: Mail) -> None:
        """Sends the mail, or keeps it in the outbox. A server that fails is logged, never raised."""
        message = self._message(mail)
        if self._settings is None:
            self.on_kept(self._keep(message), mail)
            return
        try:
            self._deliver(self._settings, message)
        except (OSError, smtplib.SMTPException):
            _LOG.exception("A mail could not be sent; it is kept in %s", self._keep(message))

    def _message(self, mail: Mail) -> EmailMessage:
        """As bytes on the wire. The policy refuses line breaks in headers, so no text can add one."""
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(_NAME, addr_spec=self._settings.sender if self._settings else f"gids@{self._host}")
        message["To"] = Address(addr_spec=mail.to)
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = make_msgid(domain=self._host)
        message["Auto-Submitted"] = "auto-generated"
        # A file is for a person to open; on its way through servers a mail is safest in seven bits.
        message.set_content(mail.text, cte="8bit" if self._settings is None else "quoted-printable")
        return message

    def _deliver(self, settings: MailSettings, message: EmailMessage) -> None:
        context = ssl.create_default_context()
        if settings.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=_TIMEOUT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=_TIMEOUT_SECONDS)
        with server:
            if settings.tls == "starttls":
                server.starttls(context=context)
            if settings.user:
                server.login(settings.user, settings.password)
            server.send_message(message)

    def _keep(self, message: EmailMessage) -> Path:
        self._outbox.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, fresh = tempfile.mkstemp(dir=self._outbox, prefix=".mail-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(message.as_bytes())
        path = self._outbox / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{Path(fresh).name[6:]}.eml"
        return Path(fresh).rename(path)
