"""Mail: over a real SMTP conversation, and into the outbox."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from provider_forms.desk.mail import Mail, Mailer, MailSettings, MailTexts
from tests.provider_forms.visiting import Forms

_MAIL = Mail(
    "marieke@example.nl", "Uw link: één keer", "Hallo,\n\nDit is de link:\nhttp://gids.test/" + "x" * 90 + "\n"
)


class _Inbox:
    """Takes in what a server gets."""

    def __init__(self) -> None:
        self.bytes: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        self.bytes.append(envelope.content)
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[_Inbox, int]]:
    """A mail server on this machine, and its port; it asks for a name and password when one is offered."""
    handler = _Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port, authenticator=_is_known, auth_require_tls=False)
    controller.start()
    yield handler, port
    controller.stop()


def _is_known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword) -> AuthResult:
    right = data == LoginPassword(b"gids", b"geheim")
    return AuthResult(success=right, handled=right)  # a refusal that isn't "handled" is told to who asks


def _settings(port: int) -> MailSettings:
    return MailSettings("127.0.0.1", port, user="gids", password="geheim", tls="none", sender="gids@example.nl")  # noqa: S106  (of the server in this test)


def test_a_mail_goes_out_through_the_server(inbox: tuple[_Inbox, int], tmp_path: Path) -> None:
    """The server gets the mail whole, with Dutch letters and long links as they were, and nothing stays in the outbox."""
    handler, port = inbox

    Mailer(_settings(port), tmp_path, "gids.test").send(_MAIL)

    mail = message_from_bytes(handler.bytes[0], policy=SMTP)
    assert (mail["To"], mail["Subject"]) == (_MAIL.to, _MAIL.subject)
    assert mail["From"] == "Wmo-gids <gids@example.nl>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().replace("\r\n", "\n") == _MAIL.text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", ["password", "port", "tls"])
def test_a_failing_server_loses_no_mail(
    inbox: tuple[_Inbox, int], tmp_path: Path, caplog: pytest.LogCaptureFixture, wrong: str
) -> None:
    """When the server refuses, isn't there or has no TLS, the mail is kept in the outbox and the log says where."""
    port = inbox[1]
    changes = {"password": {"password": "mis"}, "port": {"port": 1}, "tls": {"tls": "starttls"}}[wrong]

    with caplog.at_level(logging.ERROR):
        settings = replace(_settings(port), **changes)  # type: ignore[arg-type]  # each change fits its field
        Mailer(settings, tmp_path / "outbox", "gids.test").send(_MAIL)

    (kept,) = (tmp_path / "outbox").iterdir()
    assert str(kept) in caplog.text
    assert _MAIL.to not in "".join(record.getMessage() for record in caplog.records)
    assert message_from_bytes(kept.read_bytes(), policy=SMTP)["To"] == _MAIL.to
    assert inbox[0].bytes == []


def test_a_mail_that_waited_is_sent_once(inbox: tuple[_Inbox, int], tmp_path: Path) -> None:
    """What a stop of the application left in the outbox goes out when the next one starts, whole and once."""
    handler, port = inbox
    held = Mailer(_settings(port), tmp_path, "gids.test").hold(_MAIL)
    os.utime(held, (0, 0))
    mailers = [Mailer(_settings(port), tmp_path, "gids.test") for _ in range(4)]

    with ThreadPoolExecutor() as pool:
        list(pool.map(Mailer.deliver_waiting, mailers))

    assert [message_from_bytes(one, policy=SMTP)["Subject"] for one in handler.bytes] == [_MAIL.subject]
    assert message_from_bytes(handler.bytes[0], policy=SMTP).get_content().replace("\r\n", "\n") == _MAIL.text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "tried"), [("20200101T000000000000-x.eml", 0.0), ("", None), ("anders.eml", 0.0)])
def test_not_every_mail_is_tried_again(
    inbox: tuple[_Inbox, int], tmp_path: Path, name: str, tried: float | None
) -> None:
    """An old mail, one that just failed, and a strange file stay for a person to look at."""
    handler, port = inbox
    mailer = Mailer(_settings(port), tmp_path, "gids.test")
    held = mailer.hold(_MAIL)
    held = held.rename(tmp_path / (name or held.name))
    if tried is not None:
        os.utime(held, (tried, tried))

    mailer.deliver_waiting()

    assert (handler.bytes, held.exists()) == ([], True)


def test_without_a_server_mails_are_files(tmp_path: Path) -> None:
    """Mails are readable files that only the owner can open, told to whoever asked."""
    told: list[Path] = []
    mailer = Mailer(None, tmp_path / "outbox", "gids.test")
    mailer.on_kept = lambda path, _mail: told.append(path)

    for _ in range(3):
        mailer.send(_MAIL)

    files = sorted((tmp_path / "outbox").iterdir())
    assert told == files
    assert len(files) == 3
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)
    assert "http://gids.test/" + "x" * 90 in files[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "mail",
    [
        Mail("a@example.nl\r\nBcc: b@example.nl", "hoi", "tekst"),
        Mail("a@example.nl", "hoi\r\nBcc: b@example.nl", "tekst"),
        Mail("a@example.nl", "hoi\nBcc: b@example.nl", "tekst"),
        Mail("a@example.nl, b@example.nl", "hoi", "tekst"),
    ],
)
def test_no_text_adds_a_header(tmp_path: Path, mail: Mail) -> None:
    """A line break or a second address in a header is refused, and nothing is sent."""
    with pytest.raises(ValueError, match=r".*"):
        Mailer(None, tmp_path / "outbox", "gids.test").send(mail)

    assert not (tmp_path / "outbox").exists()


def test_a_subject_is_one_line(tmp_path: Path) -> None:
    """Whatever a name in a subject holds, the subject stays one line, and markup stays text."""
    (tmp_path / "test.txt").write_text("Over {{ name }}\n\nHallo {{ name }}\n", encoding="utf-8")

    mail = MailTexts(tmp_path).write("test", "a@example.nl", name="<b>Zorg & co</b> {{ 7*7 }}")

    assert mail.subject == "Over <b>Zorg & co</b> {{ 7*7 }}"
    assert mail.text == "Hallo <b>Zorg & co</b> {{ 7*7 }}\n"


def test_a_mail_is_on_disk_before_its_turn_comes(forms: Forms) -> None:
    """While another mail takes long, one that is asked for already stands in the outbox: a kill loses neither."""
    turn = threading.Event()

    def takes_long() -> None:
        turn.wait(30)

    forms.desk.later(takes_long)

    forms.desk.mail(_MAIL, _MAIL)

    assert len(list((forms.desk.var / "outbox").glob("*.eml"))) == 2
    turn.set()
