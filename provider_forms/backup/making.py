"""Making a backup, while application and press are at work."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from provider_forms.backup.archive import members_of, write_archive
from provider_forms.backup.instance import BackupError, Instance, in_dutch, plain_files
from provider_forms.backup.manifest import CONTENT, DATABASE, NEVER, VAR, Manifest
from provider_forms.backup.tables import version_of, write_tables
from provider_forms.desk.database import Database
from provider_forms.desk.secret import seal
from wmo_guide.store.git import Git, GitError
from wmo_guide.store.still import still

_TRIES = 3
_INSIDE = "Bewaar de reservekopie niet in {var}: daar staat de gids zelf. Kies een map daarbuiten, liefst op een andere schijf."
_BUSY = "Er wordt al een reservekopie gemaakt. Wacht tot die klaar is."
_NOT_SOUND = (
    "De geschiedenis van de inhoud in {content} is niet heel, of iemand gebruikt daar git. Er is geen reservekopie "
    "gemaakt. Probeer het zo opnieuw. Blijft dit zo, kijk dan met: git -C {content} fsck ({problem})"
)


@dataclass(frozen=True)
class Made:
    """A backup that was made."""

    file: Path
    size: int
    manifest: Manifest


def seal_of(secret: bytes) -> str:
    """By this a secret is known again; it tells nothing about it."""
    return seal(secret, "backup")


def make(instance: Instance, database: Database, secret: bytes, file: Path, now: datetime) -> Made:
    """Writes everything that an instance is into one file, whole or not at all. Raises BackupError.

    The files in `var` are read before the database, since what they tell of it must be in it.
    """
    file = file.resolve()
    if file.is_relative_to(instance.var) or file.is_relative_to(instance.content):
        raise BackupError(_INSIDE.format(var=instance.var))
    with _working_folder(instance.var) as folder:
        for path in instance.state_files():
            with suppress(FileNotFoundError):  # it went away meanwhile
                copy(path, folder / VAR / path.relative_to(instance.var))
        revision = _copy_in_step(instance.content, database, folder)
        manifest = Manifest(now.isoformat(), revision, seal_of(secret), members_of(folder))
        write_archive(file, manifest, folder)
    return Made(file, file.stat().st_size, manifest)


@contextmanager
def _working_folder(var: Path) -> Iterator[Path]:
    """An empty folder; what a killed backup left in it goes."""
    with (var / ".backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(_BUSY) from error
        folder = var / ".backup"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            fcntl.flock(lock, fcntl.LOCK_UN)  # closing alone lets a child keep it that another thread is just starting


def _copy_in_step(content: Path, database: Database, folder: Path) -> str:
    """Copies content and database as they are at one moment; gives the version of the tables.

    Somebody's own git in the content may spoil a copy; then we look again.
    """
    if not (content / ".git" / "HEAD").is_file():
        raise BackupError(f"In {content} staat geen inhoud met een geschiedenis. Start eerst de gids.")
    problem: Exception = BackupError()
    for _ in range(_TRIES):
        try:
            return _copy(content, database, folder)
        except (GitError, FileNotFoundError) as error:
            problem = error
    raise BackupError(_NOT_SOUND.format(content=content, problem=in_dutch(problem))) from problem


def _copy(content: Path, database: Database, folder: Path) -> str:
    for name in (CONTENT, DATABASE):
        shutil.rmtree(folder / name, ignore_errors=True)
    with database.read() as session:
        with still(content):  # nothing is published meanwhile, or the one would be ahead of the other
            revision = version_of(session.connection())  # from here on the transaction sees this moment
            _copy_content(content, folder / CONTENT)
        check_history(folder / CONTENT)
        write_tables(session.connection(), folder / DATABASE)
    return revision


def _copy_content(content: Path, folder: Path) -> None:
    for path in plain_files(content):
        name = path.relative_to(content)
        if not _is_passing(name):
            copy(path, folder / name)


def check_history(content: Path) -> None:
    """Looks whether all versions are there whole. Raises GitError."""
    for name in ("objects", "refs/heads"):  # without these git knows no history, and they can be empty
        (content / ".git" / name).mkdir(parents=True, exist_ok=True)
    git = Git(content)
    git.run("rev-parse", "--verify", "HEAD^{commit}")
    git.run("fsck", "--connectivity-only", "--no-dangling", "--no-progress")


def _is_passing(name: Path) -> bool:
    """What stands in the folder for a moment only, and what git would run."""
    path = f"{CONTENT}/{name.as_posix()}"
    if name.parts[0] == ".git":
        return name.suffix == ".lock" or name.name == "gc.pid" or path.startswith(NEVER)
    return name.name.startswith(".new-")


def copy(source: Path, target: Path) -> None:
    """Copies a file, in folders that are closed to others."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(source, target)
    target.chmod(0o700 if source.stat().st_mode & 0o100 else 0o600)
