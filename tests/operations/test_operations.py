"""docs/operations.md and deploy/ tell and do what the code does."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Config

from provider_forms import create_app
from provider_forms.config import configure
from wmo_guide.guide.headers import header_files
from wmo_guide.publishing import ROOT

DEPLOY = ROOT / "deploy"
TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))
MADE = {"SECURE", "SECOND_FACTOR_REQUIRED", "SHIPPED_CONTENT", "CLOCK"}
"""What the application makes of its settings."""


def test_table_has_every_setting() -> None:
    """The table names each setting that the code knows, once, and no other."""
    config = Config(str(ROOT))
    configure(config, {})
    known = {f"WMO_{name}" for name in config if name not in MADE and not name.startswith("MAX_")}
    told = re.findall(r"^\| `(WMO_[A-Z_]+)` \|", TEXT, re.MULTILINE)

    assert sorted(told) == sorted(known)


def test_defaults_are_told_as_they_are() -> None:
    """A default that is told literally is the one in the code."""
    config = Config(str(ROOT))
    configure(config, {})
    rows = re.findall(r"^\| `WMO_([A-Z_]+)` \| `([^`]+)` \|", TEXT, re.MULTILINE)
    told = {name: value for name, value in rows if name != "STAFF_SECOND_FACTOR"}

    assert len(told) > 6
    assert {name: str(config[name]) for name in told} == told


def test_commands_exist(tmp_path: Path) -> None:
    """Each command that the text and the units give is one of the application, with the options it takes."""
    app = create_app({"VAR_DIR": tmp_path})
    known = dict(app.cli.commands)
    app.extensions["desk"].close()
    whole = TEXT + "".join((DEPLOY / name).read_text(encoding="utf-8") for name in UNITS)
    given = re.findall(r"(?:sudo -u wmo-gids wmo-gids|--app provider_forms) ([a-z-]+)([^\n`]*)", whole)
    names = {name for name, _ in given if not name.startswith("-")}

    assert {"backup", "restore", "staff", "daily"} <= names
    assert names <= set(known)
    for name, rest in (one for one in given if one[0] in names):
        options = {option for one in known[name].params for option in one.opts}
        assert set(re.findall(r"--[a-z]+", rest)) <= options | {"--help"}


def test_files_that_are_named_are_there() -> None:
    """Each file of deploy/ that the text names is there, and each that is there is named or copied."""
    named = set(re.findall(r"/opt/wmo-gids/deploy/([a-zA-Z.-]+)", TEXT))
    there = {path.name for path in DEPLOY.iterdir()}

    assert named <= there
    assert there - named == set(UNITS)
    assert "deploy/*.service /opt/wmo-gids/deploy/*.timer" in TEXT
    assert all(unit.rpartition(".")[0] in TEXT for unit in UNITS)


def test_links_lead_somewhere() -> None:
    """Each link within the text leads to one of its headings."""
    headings = {
        re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    }

    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= headings


@pytest.mark.parametrize("file", ["nginx.conf", "Caddyfile"])
def test_web_server_gives_the_application_all_that_is_its_own(tmp_path: Path, file: str) -> None:
    """Every address of the application but the guide's goes to it, and none of the guide's files."""
    app = create_app({"VAR_DIR": tmp_path})
    app.extensions["desk"].close()
    own = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint != "guide.page"]
    found = re.search(r"(\^/\(.+\)\(/\|\$\))", (DEPLOY / file).read_text(encoding="utf-8"))
    assert found
    pattern = re.compile(found[1])

    told = TEXT.partition("Alleen `/aanbieder/`")
    assert found[1].split("(")[1].rstrip(")").split("|") == re.findall(
        r"`/([a-z]+)/?`", told[1] + told[2].partition(".")[0]
    )
    assert len(own) > 50
    assert [rule for rule in own if not pattern.search(rule)] == []
    assert [
        path for path in ("/", "/index.html", "/beheerder/", "/gegevens.html", "/a/beheer/") if pattern.search(path)
    ] == []


def test_units_are_right(tmp_path: Path) -> None:
    """Each unit belongs to the user and the settings of the text; where systemd is installed, it accepts them all."""
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        if name.endswith(".service"):
            assert "User=wmo-gids" in text
            assert "EnvironmentFile=/etc/wmo-gids.env" in text
            assert "ProtectSystem=strict" in text
        there = text.replace("/opt/wmo-gids/.venv/bin/", "/bin/true #").replace("WorkingDirectory=/opt/wmo-gids", "")
        (tmp_path / name).write_text(there, encoding="utf-8")
    assert {name.rpartition(".")[0] for name in UNITS if name.endswith(".timer")} <= {
        name.rpartition(".")[0] for name in UNITS if name.endswith(".service")
    }
    if analyze := shutil.which("systemd-analyze"):
        done = subprocess.run(
            [analyze, "verify", *sorted(tmp_path.iterdir())], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_nginx_takes_its_example(tmp_path: Path) -> None:
    """Where nginx is installed it accepts the example with the headers of a build; brackets match at least."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    nginx, openssl = shutil.which("nginx"), shutil.which("openssl")
    if not nginx or not openssl:
        return
    made: list[str | Path] = [
        openssl,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=x",
        "-keyout",
        tmp_path / "privkey.pem",
    ]
    subprocess.run([*made, "-out", tmp_path / "fullchain.pem"], capture_output=True, check=True)
    (tmp_path / "headers.conf").write_bytes(header_files("/")["assets/headers/nginx.conf"])
    text = re.sub(
        r"listen (?:\[::\]:)?(80|443)",
        lambda found: f"listen 127.0.0.1:2{found[1]}",
        re.sub(r" +listen \[.*", "", text),
    )
    text = text.replace("/etc/letsencrypt/live/gids.voorbeeld.nl", str(tmp_path)).replace(
        "/var/lib/wmo-gids/site/current/assets/headers/nginx.conf", str(tmp_path / "headers.conf")
    )
    whole = f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ {text} }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    (tmp_path / "wmo-gids.d").mkdir()
    (tmp_path / "wmo-gids.d" / "hsts.conf").write_text(
        'add_header Strict-Transport-Security "max-age=1" always;\n', encoding="utf-8"
    )
    done = subprocess.run([nginx, "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_short_command_takes_the_settings(tmp_path: Path) -> None:
    """The short command runs one of the application with the settings in the file."""
    settings = (DEPLOY / "wmo-gids.env").read_text(encoding="utf-8").replace("/var/lib/wmo-gids", str(tmp_path))
    (tmp_path / "settings.env").write_text(settings, encoding="utf-8")
    (tmp_path / "program" / ".venv" / "bin").mkdir(parents=True)
    flask = tmp_path / "program" / ".venv" / "bin" / "flask"
    flask.write_text('#!/bin/sh\necho "$WMO_BASE_URL $WMO_VAR_DIR $PYTHONPATH $*"\n', encoding="utf-8")
    flask.chmod(0o755)
    env = {
        "WMO_SETTINGS": str(tmp_path / "settings.env"),
        "WMO_PROGRAM": str(tmp_path / "program"),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [DEPLOY / "wmo-gids", "backup", "/a b.tar.gz"], env=env, capture_output=True, text=True, check=True
    )

    said = f"https://gids.voorbeeld.nl {tmp_path}/var {tmp_path}/program --app provider_forms backup /a b.tar.gz\n"
    assert done.stdout == said
