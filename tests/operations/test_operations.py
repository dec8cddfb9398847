"""docs/operations.md and deploy/ tell and do what the code does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Config

from provider_forms import create_app
from provider_forms.config import configure
from provider_forms.settings_file import read_settings
from wmo_guide.guide.headers import header_files
from wmo_guide.publication import ROOT

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


CLOSED = ("/var/backups/wmo-gids", "/var/lib/wmo-gids/var", "/etc/wmo-gids.env", "journalctl")
"""What an ordinary user of the machine may not look at."""


def test_what_is_closed_is_asked_by_sudo() -> None:
    """Each command that looks at closed folders, the settings or the journal does so as who may."""
    blocks = "".join(re.findall(r"```sh\n(.+?)```", TEXT, re.DOTALL)).replace("\\\n", "")
    lines = [line.strip() for line in blocks.splitlines()]
    inline = [one for one in re.findall(r"`([^`\n]+)`", TEXT) if " " in one]
    asked = [one for one in (*lines, *inline) if any(place in one for place in CLOSED)]

    assert len(asked) > 20
    assert [one for one in asked if "sudo " not in one] == []


def test_the_short_command_names_itself(tmp_path: Path) -> None:
    """Its help tells how it is really called."""
    (tmp_path / "settings").write_text("", encoding="utf-8")
    command = [sys.executable, "-m", "provider_forms.settings_file", str(tmp_path / "settings"), "backup", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.startswith("Usage: wmo-gids backup ")


REPLACING = [
    one
    for one in re.findall(r"```sh\n(.+?)```", TEXT, re.DOTALL)
    if re.search(r"restore .* --over|checkout|\bmv ", one)
]
"""The blocks of commands that put other code or a backup in the place of what is there, to be pasted as a whole."""
TIMERS = ("wmo-gids-backup.timer", "wmo-gids-dagelijks.timer")
SUDO = """#!/bin/sh
echo "$*" >> "$TOLD"
case "$*" in *"$FAILS"*) exit 1;; esac
case "$1" in git|tee) exec "$@";; esac
"""


@pytest.mark.parametrize("block", REPLACING)
def test_commands_that_replace_something_stop_at_a_fault(block: str) -> None:
    """Everything stands still meanwhile, timers too; the next command runs only when the last one did well, and all of it starts again."""
    lines = [line.strip() for line in block.strip().splitlines()]
    stop, start = ([line for line in lines if f"systemctl {word} " in line] for word in ("stop", "start"))

    assert (len(stop), len(start)) == (1, 1)
    assert {*TIMERS, "wmo-gids", "wmo-gids-pers"} <= set(stop[0].split())
    assert {*TIMERS, "wmo-gids", "wmo-gids-pers"} <= set(start[0].split())
    assert [line for line in lines[:-1] if not line.endswith("&&")] == []
    assert not lines[-1].endswith("&&")
    assert len(REPLACING) > 4


def _block(heading: str) -> str:
    """The commands under a heading."""
    found = re.search(rf"^#+ {heading}$.*?```sh\n(.+?)```", TEXT, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def _pasted(folder: Path, heading: str, fails: str = "nothing fails") -> list[str]:
    """Pastes the commands under a heading into a shell; gives what was asked of sudo, of which git alone is done."""
    (folder / "bin").mkdir(exist_ok=True)
    (folder / "bin" / "sudo").write_text(SUDO, encoding="utf-8")
    (folder / "bin" / "sudo").chmod(0o755)
    (folder / "told").write_text("", encoding="utf-8")
    text = _block(heading).replace("/opt/wmo-gids", f"{folder}/here").replace("/var/backups", str(folder))
    env = {"PATH": f"{folder}/bin:/usr/bin:/bin", "TOLD": str(folder / "told"), "FAILS": fails}
    subprocess.run(["/bin/sh"], input=text, env=env, capture_output=True, text=True, check=False)
    return (folder / "told").read_text(encoding="utf-8").splitlines()


def _git(place: Path, *words: str) -> str:
    command = ["git", "-c", "user.name=Hand", "-c", "user.email=hand@example.nl", "-C", str(place), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_an_upgrade_works_after_going_back(tmp_path: Path) -> None:
    """Going back puts back the version of before, with its units and the short command; the next upgrade goes on from main."""
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    _git(there, "init", "-q", "-b", "main")
    _git(there, "commit", "-q", "--allow-empty", "-m", "1")
    _git(tmp_path, "clone", "-q", str(there), str(here))
    first = _git(here, "rev-parse", "HEAD")
    _git(there, "commit", "-q", "--allow-empty", "-m", "2")

    upgraded = _pasted(tmp_path, "Een nieuwe versie")
    assert _git(here, "log", "-1", "--format=%s") == "2"
    back = _pasted(tmp_path, "Terug naar de oude versie")
    assert _git(here, "rev-parse", "HEAD") == first
    for told in (upgraded, back):
        assert any(one.startswith("install ") and one.endswith(" /usr/local/bin/wmo-gids") for one in told)
        assert any(one.startswith("cp ") and one.endswith(" /etc/systemd/system/") for one in told)
        assert "systemctl daemon-reload" in told
    _git(there, "commit", "-q", "--allow-empty", "-m", "3")
    _pasted(tmp_path, "Een nieuwe versie")
    assert (_git(here, "log", "-1", "--format=%s"), _git(here, "branch", "--show-current")) == ("3", "main")
    halfway = _pasted(tmp_path, "Een nieuwe versie", fails="pull --ff-only")
    assert halfway[-1].endswith("pull --ff-only")


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


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("WMO_X=postgresql://u:w@h/d?sslmode=verify-full&sslrootcert=/etc/x.pem", None),
        ("WMO_X=ge$heim", None),
        ("WMO_X=a;b(c`d`", None),
        ("WMO_X=Wmo gids <x@y.nl>", None),
        ("  WMO_X= x  ", "x"),
        ('WMO_X="een twee"', "een twee"),
        (r'WMO_X="een \"twee\""', 'een "twee"'),
        (r"WMO_X='een\twee$x'", r"een\twee$x"),
        (r'WMO_X="een\twee\$x"', r"een\twee$x"),
        ("WMO_X = x", "x"),
        ("WMO_X=een\x0btwee\u2028drie", None),
        ("WMO_X=", ""),
        ("# WMO_X=1", ""),
        ("; WMO_X=1", ""),
        ("export WMO_X=1", ""),
    ],
)
def test_settings_are_read_as_units_read_them(line: str, value: str | None) -> None:
    """Nothing in a value is taken for something of a shell."""
    told = dict(read_settings(f"WMO_A=1\n{line}\n"))

    assert told.get("WMO_X", "") == (line.partition("=")[2] if value is None else value)


def _program(folder: Path) -> Path:
    """The project, with this Python as its own."""
    folder.mkdir()
    for path in ROOT.iterdir():
        if path.name not in (".venv", "var", "site"):
            (folder / path.name).symlink_to(path)
    (folder / ".venv" / "bin").mkdir(parents=True)
    python = folder / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return folder


def test_short_command_takes_the_settings(tmp_path: Path) -> None:
    """The short command works with the instance of the settings in the file, and tells when that has nothing to keep."""
    var = tmp_path / "een map & meer"
    text = (DEPLOY / "wmo-gids.env").read_text(encoding="utf-8").replace("/var/lib/wmo-gids/var", str(var))
    (tmp_path / "settings.env").write_text(text.replace("/var/lib/wmo-gids", str(tmp_path)), encoding="utf-8")
    settings = str(tmp_path / "settings.env")
    env = {"WMO_SETTINGS": settings, "WMO_PROGRAM": str(_program(tmp_path / "program")), "PATH": "/usr/bin:/bin"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([DEPLOY / "wmo-gids", *words], env=env, capture_output=True, text=True, check=False)

    empty = run("backup", str(tmp_path / "a b.tar.gz"))
    assert (empty.returncode, "hier is nog geen gids" in empty.stderr) == (1, True)
    assert not var.exists()
    assert run("staff", "iemand@example.nl", "--role", "administrator").returncode == 0
    kept = run("backup", str(tmp_path / "a b.tar.gz"))
    assert kept.returncode == 0, kept.stderr
    assert (var / "desk.db").is_file()
