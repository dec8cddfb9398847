"""Settings of the application."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest
from flask import Config

from provider_forms import create_app
from provider_forms.config import SettingError, configure, desk_settings
from provider_forms.desk.limits import LINKS_PER_IP
from provider_forms.desk.secret import load_secret
from tests.builders import ContentFolder
from tests.provider_forms.visiting import MANAGER, make_forms


@pytest.mark.parametrize(
    ("setting", "word"),
    [
        ({"BASE_URL": "gids.test"}, "WMO_BASE_URL"),
        ({"BASE_URL": "ftp://gids.test"}, "WMO_BASE_URL"),
        ({"BASE_URL": "https://gids.test/pad"}, "WMO_BASE_URL"),
        ({"BASE_URL": "https://gids.test", "DEMO": True}, "WMO_DEMO"),
        ({"MAIL_HOST": "mail.test"}, "WMO_MAIL_FROM"),
        ({"MAIL_HOST": "mail.test", "MAIL_FROM": "a@example.nl", "MAIL_TLS": "ja"}, "WMO_MAIL_TLS"),
    ],
)
def test_a_setting_that_cannot_be_right_is_told(tmp_path: Path, setting: dict[str, Any], word: str) -> None:
    """A wrong setting stops the start with a sentence that names it."""
    with pytest.raises(SettingError, match=word):
        create_app({"VAR_DIR": tmp_path, **setting})


@pytest.mark.parametrize(("text", "demo"), [("true", True), ("1", True), ("false", False), ("nee", False), ("", False)])
def test_the_environment_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, *, demo: bool) -> None:
    """Settings come from WMO_... variables, and what a caller passes goes over them."""
    monkeypatch.setenv("WMO_DEMO", text)
    monkeypatch.setenv("WMO_VAR_DIR", "/nergens")
    app = create_app({"VAR_DIR": tmp_path})

    assert app.config["DEMO"] is demo
    assert app.config["VAR_DIR"] == tmp_path.resolve()
    app.extensions["desk"].close()


@pytest.mark.parametrize(
    ("port", "given", "address"),
    [
        ("", {}, "http://127.0.0.1:8000"),
        ("8117", {}, "http://127.0.0.1:8117"),
        ("8117", {"BASE_URL": "https://gids.test"}, "https://gids.test"),
    ],
)
def test_links_lead_to_the_port_that_is_served(
    monkeypatch: pytest.MonkeyPatch, port: str, given: dict[str, str], address: str
) -> None:
    """A command that makes a link takes the port from where `make serve` takes it, unless an address is given."""
    monkeypatch.setenv("PORT", port)
    config = Config(".")
    configure(config, given)

    assert config["BASE_URL"] == address


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ({}, "sqlite:///{var}/desk.db"),
        ({"DATABASE_URL": "postgresql://a.test/x"}, "postgresql://a.test/x"),
        (
            {"WMO_DATABASE_URL": "postgresql://b.test/x", "DATABASE_URL": "postgresql://a.test/x"},
            "postgresql://b.test/x",
        ),
    ],
)
def test_address_of_the_database_has_two_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], used: str
) -> None:
    """WMO_DATABASE_URL goes before DATABASE_URL; without both it is a file of SQLite."""
    for name in ("DATABASE_URL", "WMO_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    config = Config(str(tmp_path))
    configure(config, {"VAR_DIR": tmp_path})

    assert desk_settings(config).database_url == used.format(var=tmp_path.resolve())


def test_the_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    """Processes that start together agree on one secret, which only the owner can read."""
    path, found = tmp_path / "var" / "secret.key", []
    threads = [threading.Thread(target=lambda: found.append(load_secret(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert len(set(found)) == 1
    assert len(found[0]) == 64
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(path.parent) == ["secret.key"]  # noqa: PTH208  (names are what matters)


def test_a_restart_signs_nobody_out(tmp_path: Path, sample: ContentFolder) -> None:
    """Sessions and the tokens of open pages survive a restart."""
    first = make_forms(tmp_path / "var", sample.root)
    page = f"/aanbieder/{first.organisation(MANAGER)}/collegas"
    before = first.signed_in()
    before.get(page)
    first.desk.close()

    second = make_forms(tmp_path / "var", sample.root)
    after = second.browser()
    after.client.set_cookie("wmo", before.cookie() or "")
    after.token = before.token

    assert after.post(page, {"email": "x@example.nl"}).status_code == 303
    second.desk.close()


def test_a_proxy_is_believed_only_when_told(tmp_path: Path, sample: ContentFolder) -> None:
    """The address that a proxy reports counts only when the settings say there is one."""
    for proxies, allowed in ((0, False), (1, True)):
        forms = make_forms(tmp_path / str(proxies), sample.root, PROXIES=proxies)
        browser = forms.browser()
        browser.get("/aanbieder/inloggen")
        answers = [
            browser.post(
                "/aanbieder/inloggen", {"email": f"a{n}@example.nl"}, headers={"X-Forwarded-For": f"203.0.113.{n}"}
            ).status_code
            for n in range(LINKS_PER_IP.times + 1)
        ]
        forms.desk.close()

        assert (answers[-1] == 200) is allowed
