"""Mail: its texts, and the way out. A mail is a file until a server has it; without a server it stays one."""

from __future__ import annotations

import fcntl
import logging
import os
import smtplib
import ssl
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
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
_STAMP = "%Y%m%dT%H%M%S%f"
"""Begins the name of a file in the outbox: when it was written."""
_PAUSE = 600.0
"""Seconds before a mail is tried again."""
_GIVES_UP = 2 * 86_400.0
"""Seconds after which a mail stays for a person to look at: a link in it may not work any more."""


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
    """Sends mail. `on_kept` is called with each file that a mail is kept in for good, as there is no server."""

    def __init__(self, settings: MailSettings | None, outbox: Path, host: str) -> None:
        """`host` is the name in the mails' identifiers."""
        self._settings = settings
        self._outbox = outbox
        self._host = host
        self.on_kept: Callable[[Path, Mail], None] = lambda _path, _mail: None

    def send(self, mail: Mail) -> None:
        """Sends the mail, or keeps it in the outbox. A server that fails is logged, never raised."""
        self.deliver(self.hold(mail))

    def hold(self, mail: Mail) -> Path:
        """Puts the mail into the outbox, where it stays until it is delivered. Raises OSError."""
        path = self._keep(self._message(mail))
        if self._settings is None:
            self.on_kept(path, mail)
        return path

    def deliver(self, path: Path) -> None:
        """Sends a mail of the outbox, and those that failed a while ago. Without a server mails stay where they are."""
        if self._settings is not None and self._try(self._settings, path):
            self.deliver_waiting()

    def deliver_waiting(self) -> None:
        """Tries mails again that a stop of the application or a failing server left in the outbox in the last days."""
        if self._settings is None:
            return
        now = time.time()
        for path in sorted(self._outbox.glob("*.eml")):
            with suppress(OSError, ValueError):
                held = datetime.strptime(path.name.partition("-")[0], _STAMP).replace(tzinfo=UTC).timestamp()
                if held > now - _GIVES_UP and path.stat().st_mtime < now - _PAUSE:
                    self._try(self._settings, path)

    def _try(self, settings: MailSettings, path: Path) -> bool:
        """Whether it was sent. A mail that somebody else is sending, or has sent, is passed over."""
        try:
            with path.open("rb") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.stat()
                self._deliver(settings, BytesParser(policy=SMTP).parse(stream))
                path.unlink()
        except (FileNotFoundError, BlockingIOError):
            return False
        except (OSError, smtplib.SMTPException):
            _LOG.exception("A mail could not be sent; it is kept in %s", path)
            with suppress(OSError):
                os.utime(path)
            return False
        return True

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
        path = self._outbox / f"{datetime.now(UTC):{_STAMP}}-{Path(fresh).name[6:]}.eml"
        return Path(fresh).rename(path)
