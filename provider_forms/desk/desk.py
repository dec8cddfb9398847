"""The desk as one object: what views get at, and nothing global."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from email.errors import MessageError
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlsplit

from provider_forms.backup.in_use import InUse
from provider_forms.desk import log_anchors
from provider_forms.desk.database import Database
from provider_forms.desk.mail import Mail, Mailer, MailSettings, MailTexts
from provider_forms.desk.migrate import upgrade
from provider_forms.desk.secret import load_secret

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    """What a desk is made from."""

    database_url: str
    var: Path
    """Folder of the running instance."""
    content: Path
    """The content folder whose catalogue the forms are held against."""
    templates: Path
    """Folder with the texts of mails."""
    base_url: str
    """Scheme and host for links in mails."""
    secret: str
    """The instance's secret; empty = kept in a file in `var`."""
    mail: MailSettings | None
    """The mail server; None = mails are files in `var`/outbox."""


class Desk:
    """Database, mail and secret of one running instance."""

    def __init__(self, settings: Settings) -> None:
        """Opens the database and brings its tables up to date. Waits while a backup is being put back."""
        self._in_use = InUse(settings.var, settings.database_url)
        self.content = settings.content
        self.var = settings.var
        self.base_url = settings.base_url
        self.secret = settings.secret.encode() or load_secret(settings.var / "secret.key")
        self.database = log_anchors.follow(Database(settings.database_url), settings.var)
        self._bring_tables()
        host = urlsplit(settings.base_url).hostname or "localhost"
        self.mailer = Mailer(settings.mail, settings.var / "outbox", host)
        self.texts = MailTexts(settings.templates)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self.later(self.mailer.deliver_waiting)

    def _bring_tables(self) -> None:
        """A desk that can't open holds nothing: neither a connection nor the instance."""
        try:
            upgrade(self.database.engine, self.var)
        except BaseException:
            self.database.engine.dispose()
            self._in_use.leave()
            raise

    def link(self, path: str) -> str:
        """The full address of a path of this site. Made from the settings, never from what a browser says."""
        return f"{self.base_url}{quote(path, safe='/?=&%')}"

    def later(self, job: Callable[[], None]) -> None:
        """Does a job after the answer is on its way, so that the time of the answer tells nothing about the job."""
        self._worker.submit(job).add_done_callback(_log_failure)

    def mail(self, *mails: Mail) -> None:
        """Sends mails after the answer is on its way. They are on disk by then: a stop of the application loses none."""
        for mail in mails:
            try:
                job = partial(self.mailer.deliver, self.mailer.hold(mail))
            except (OSError, ValueError, MessageError):
                _LOG.exception("A mail could not be put into the outbox; it is sent without.")
                job = partial(self.mailer.send, mail)
            self.later(job)

    def settle(self) -> None:
        """Waits until all that was put off is done."""
        self._worker.submit(lambda: None).result()

    def close(self) -> None:
        """Finishes what was put off and lets go of the database."""
        self._worker.shutdown(wait=True)
        self.database.engine.dispose()
        self._in_use.leave()


def _log_failure(done: Future[None]) -> None:
    error = done.exception()
    if error is not None:
        _LOG.error("A job of the desk failed.", exc_info=error)
