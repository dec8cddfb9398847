"""The history keeps every change once, whole, with who and why, and never overwrites what somebody did by hand."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import HOME, ContentFolder
from wmo_guide.store import history as module
from wmo_guide.store.git import GitError
from wmo_guide.store.history import BusyError, Change, ConflictError, History, Signature
from wmo_guide.store.mirror import Mirror

ALFA, BETA = f"{HOME}/providers/alfa-thuis.yaml", f"{HOME}/providers/beta-dag.yaml"
ORGANISATION = Signature("Alfa Thuis", "alfa@gids.invalid")
REVIEWER = Signature("Medewerker 3", "medewerker-3@gids.invalid")
GIT = shutil.which("git") or "git"
AT = datetime(2026, 1, 15, 12, 30, 5, tzinfo=UTC)


@pytest.fixture
def history(content: ContentFolder) -> History:
    """The history of the sample, just begun."""
    return History(content.root)


def _commit(history: History, *changes: Change, message: str = "Alfa bijgewerkt", at: datetime = AT) -> str:
    return history.commit(changes, message, ORGANISATION, REVIEWER, at)


def _git(content: ContentFolder, *arguments: str) -> str:
    who = ["-c", "user.name=Hand", "-c", "user.email=hand@example.nl"]
    done = subprocess.run([GIT, *who, "-C", str(content.root), *arguments], capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def test_history_begins_with_what_is_there(content: ContentFolder, history: History) -> None:
    """A folder without a history gets one, with all its files in its first version."""
    (first,) = history.versions()

    assert history.paths(first.id) == tuple(
        sorted(
            path.relative_to(content.root).as_posix()
            for path in content.root.rglob("*.*")
            if ".git" not in path.parts and path.is_file()
        )
    )
    assert history.outside_changes() == ()
    assert History(content.root).head() == history.head() == first.id


def test_commit_writes_and_keeps(content: ContentFolder, history: History) -> None:
    """A commit changes, adds and removes files, on disk and in one version, with author, committer, moment and reason."""
    changes = (Change(ALFA, "een: 1\n"), Change("nieuw/map met naam/ë.md", "twee\n"), Change(BETA, None))
    name = _commit(history, *changes, message="Alfa bijgewerkt\n\nOmdat het klopt.\nEcht.")
    newest = history.versions(limit=1)[0]

    assert (newest.id, newest.at, newest.author, newest.committer) == (name, AT, ORGANISATION, REVIEWER)
    assert (newest.subject, newest.body) == ("Alfa bijgewerkt", "Omdat het klopt.\nEcht.")
    assert content.text(ALFA) == history.text(name, ALFA) == "een: 1\n"
    assert content.text("nieuw/map met naam/ë.md") == history.text(name, "nieuw/map met naam/ë.md") == "twee\n"
    assert (content.path(BETA).exists(), history.text(name, BETA)) == (False, None)
    assert set(history.touched(name)) == {one.path for one in changes}
    assert _git(content, "status", "--porcelain") == ""
    assert history.versions(ALFA)[0].id == name


def test_same_commit_again_is_one_commit(history: History) -> None:
    """The same commit once more gives the same version, also after another one came on top of it."""
    name = _commit(history, Change(ALFA, "een: 1\n"))
    assert _commit(history, Change(ALFA, "een: 1\n")) == name == history.head()
    other = _commit(history, Change(ALFA, "een: 2\n"), message="Nog iets")

    assert _commit(history, Change(ALFA, "een: 1\n")) == name
    assert history.head() == other
    assert len(history.versions()) == 3


def test_commit_without_difference_adds_nothing(content: ContentFolder, history: History) -> None:
    """Files that are as asked already give the newest version, and no new one."""
    assert _commit(history, Change(ALFA, content.text(ALFA)), Change("weg.md", None)) == history.head()
    assert len(history.versions()) == 1


@pytest.mark.parametrize("text", ["met de hand\n", None])
def test_hand_edit_is_never_overwritten(text: str | None, content: ContentFolder, history: History) -> None:
    """A file that was changed or removed by hand stops the whole commit, with its name, and nothing is written."""
    before, head = content.text(BETA), history.head()
    if text is None:
        content.remove(ALFA)
    else:
        content.raw(ALFA, text)
    with pytest.raises(ConflictError) as caught:
        _commit(history, Change(BETA, "anders\n"), Change(ALFA, "een: 1\n"))

    assert caught.value.paths == (ALFA,)
    assert ALFA in str(caught.value)
    assert (content.text(BETA), history.head(), history.outside_changes()) == (before, head, (ALFA,))
    assert content.path(ALFA).exists() == (text is not None)


def test_new_file_by_hand_is_never_overwritten(content: ContentFolder, history: History) -> None:
    """A file that somebody made and didn't commit is a conflict too."""
    content.raw("nieuw.md", "van mij\n")
    with pytest.raises(ConflictError):
        _commit(history, Change("nieuw.md", "van de pers\n"))

    assert content.text("nieuw.md") == "van mij\n"


def test_staged_work_of_others_stays_out(content: ContentFolder, history: History) -> None:
    """What somebody has staged in another file is neither committed nor lost."""
    content.raw(BETA, "bezig: true\n")
    _git(content, "add", BETA)
    name = _commit(history, Change(ALFA, "een: 1\n"))

    assert history.touched(name) == (ALFA,)
    assert _git(content, "diff", "--cached", "--name-only").split() == [BETA]


def test_commit_that_was_broken_off_is_finished(content: ContentFolder, history: History) -> None:
    """A file written before a crash, with locks and marks of a killed git, is no hand edit: the same commit finishes it."""
    content.raw(ALFA, "een: 1\n")
    for lock in ("index.lock", "refs/heads/main.lock", "wmo-gids.busy"):
        (history.folder / lock).touch()
    name = _commit(history, Change(ALFA, "een: 1\n"))

    assert history.touched(name) == (ALFA,)
    assert not list(history.folder.glob("*.lock"))[1:]
    assert "error" not in _git(content, "fsck", "--full", "--strict")


def test_stale_index_is_mended(content: ContentFolder, history: History) -> None:
    """When git was killed after the commit and before it had noted so, the next commit notes it."""
    index = (history.folder / "index").read_bytes()
    name = _commit(history, Change(ALFA, "een: 1\n"))
    (history.folder / "index").write_bytes(index)
    (history.folder / "wmo-gids.busy").touch()
    assert _commit(history, Change(ALFA, "een: 1\n")) == name

    assert _git(content, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("away", "told"),
    [
        (["checkout", "-qb", "zijtak"], "staat op de tak zijtak. Ga terug met: git switch main"),
        (["checkout", "-q", "--detach"], "staat op een oude versie (detached HEAD). Ga terug met: git switch main"),
        (["checkout", "-q", "--orphan", "leeg"], "staat op de tak leeg. Ga terug met: git switch main"),
    ],
)
def test_nothing_is_kept_on_another_branch(
    away: list[str], told: str, content: ContentFolder, history: History
) -> None:
    """While another branch or an old version is checked out nothing is written, the way back is told, and after it all is well."""
    before = content.text(ALFA)
    _git(content, *away)
    with pytest.raises(GitError) as caught:
        _commit(History(content.root), Change(ALFA, "een: 1\n"))
    assert told in str(caught.value)
    assert told in history.astray
    assert content.text(ALFA) == before

    _git(content, "checkout", "-qf", "main")
    assert history.astray == ""
    assert _commit(history, Change(ALFA, "een: 1\n")) == history.head()


def test_the_branch_that_was_there_is_the_one(content: ContentFolder) -> None:
    """A history that somebody began on a branch with another name is kept on that, and on no other."""
    _git(content, "init", "-q", "-b", "werk/gids")
    _git(content, "add", ".")
    _git(content, "commit", "-qm", "Begin")
    history = History(content.root)
    _commit(history, Change(ALFA, "een: 1\n"))
    _git(content, "checkout", "-qb", "main")

    assert History(content.root).astray == (
        "De map met inhoud staat op de tak main. Ga terug met: git switch werk/gids"
    )


def test_history_is_packed_once_in_a_while(
    content: ContentFolder, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When versions have left many packs, tidying makes them one, and every version can still be read."""
    monkeypatch.setattr(
        module, "_PACKING", ("-c", "gc.autoPackLimit=3", "-c", "gc.auto=9", "-c", "gc.autoDetach=false")
    )
    names = [_commit(history, Change(ALFA, f"een: {number}\n"), message=f"Versie {number}") for number in range(6)]
    packs = history.folder / "objects" / "pack"
    assert len(list(packs.glob("*.pack"))) > 3

    history.tidy()

    assert len(list(packs.glob("*.pack"))) == 1
    assert [history.text(name, ALFA) for name in names] == [f"een: {number}\n" for number in range(6)]
    assert "error" not in _git(content, "fsck", "--full")


def test_git_of_somebody_else_is_waited_for(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that isn't ours is left alone; after a while the commit gives up."""
    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    (history.folder / "index.lock").touch()
    with pytest.raises(BusyError):
        _commit(history, Change(ALFA, "een: 1\n"))

    assert (history.folder / "index.lock").exists()


@pytest.mark.parametrize("path", ["../buiten.md", "/etc/passwd", "a/../../b", ".git/config", "", "a//b", "a\nb"])
def test_paths_outside_are_refused(path: str, history: History) -> None:
    """A path that leads out of the folder, or into the history itself, is an error."""
    with pytest.raises(ValueError, match="no path below"):
        _commit(history, Change(path, "x"))


def test_names_of_versions_are_no_options(history: History) -> None:
    """What is no id can't reach git as an option."""
    with pytest.raises(GitError):
        history.paths("--output=x")
    assert history.version("--all") is None
    assert history.version("HEAD") is None


def test_signatures_and_messages_are_made_plain(history: History) -> None:
    """Brackets and line ends in a name, and control characters in a message, can't forge anything in the history."""
    strange = Signature("Alfa <x@y.nl>\nauthor Z", "a>b@gids.invalid")
    history.commit([Change(ALFA, "een: 1\n")], "Titel\x00\x1b\n\nTekst\n", strange, REVIEWER, AT)
    newest = history.versions(limit=1)[0]

    assert newest.author == Signature("Alfa (x@y.nl) author Z", "a)b@gids.invalid")
    assert (newest.subject, newest.body) == ("Titel", "Tekst")


def test_hooks_and_settings_of_the_folder_are_not_run(content: ContentFolder, history: History) -> None:
    """A hook that would refuse each commit changes nothing."""
    hook = history.folder / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)

    assert history.touched(_commit(history, Change(ALFA, "een: 1\n"))) == (ALFA,)


def test_mirror_holds_a_version_whatever_happens_in_the_folder(content: ContentFolder, tmp_path: Path) -> None:
    """A mirror has the files of a version, not what is half-way changed by hand, and mends what a killed press left."""
    history = History(content.root)
    mirror = Mirror(content.root, tmp_path / "mirror")
    text = content.text(ALFA)
    content.raw(ALFA, "half")
    assert mirror.bring(history.head()) is None
    assert mirror.text(ALFA) == text
    mirror.put(ALFA, "van een opdracht die mislukte")
    mirror.put("vreemd.md", "rest")
    content.raw(ALFA, text)
    name = _commit(history, Change(BETA, "twee: 2\n"))
    again = Mirror(content.root, tmp_path / "mirror")

    assert again.bring(name) is None
    assert (again.text(ALFA), again.text(BETA), again.text("vreemd.md")) == (text, "twee: 2\n", None)
    assert again.bring(_commit(history, Change(ALFA, None), message="Weg")) == (ALFA,)
    assert again.text(ALFA) is None
