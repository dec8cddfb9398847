"""Putting a backup back: all of it lies ready beside the instance before anything of the old one is touched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from provider_forms.backup import plan, staging
from provider_forms.backup.archive import read_archive
from provider_forms.backup.git_folder import make_safe
from provider_forms.backup.instance import BackupError, Instance, in_dutch, plain_files
from provider_forms.backup.making import check_history, seal_of
from provider_forms.backup.manifest import CONTENT, DATABASE, VAR, Manifest
from provider_forms.backup.plan import Move, Plan
from provider_forms.desk.migrate import knows
from wmo_guide.store.git import GitError

_NEWER = (
    "Deze reservekopie hoort bij een nieuwere versie van het programma (tabellen: {revision}). Er is niets veranderd. Zet "
    "eerst die versie neer, en probeer het daarna opnieuw."
)
_STRANGE = "Deze reservekopie klopt niet: {problem}. Er is niets veranderd. Neem een andere reservekopie."
_TABLES = (
    "De gegevens passen niet in de database: {problem}. Er is niets veranderd. Kijk of WMO_DATABASE_URL klopt en of deze "
    "gebruiker daar tabellen en schema's mag maken."
)
_OTHER_KEY = (
    "Bij deze reservekopie hoort een ander geheim dan dat van deze machine. Er is niets veranderd. {advice} Anders werkt de "
    "tweede stap van medewerkers niet meer."
)
_GIVE_KEY = "Zet WMO_SECRET op de waarde die het was toen de kopie gemaakt werd."
_NO_KEY = "Haal WMO_SECRET weg, of zet haar op de waarde die het was toen de kopie gemaakt werd."
_MOUNTED = "{folder} is een schijf op zichzelf (een mount). Kies voor WMO_CONTENT_DIR een map op die schijf. Er is niets veranderd."


def restore(instance: Instance, file: Path) -> Manifest:
    """Puts the instance of a backup in the place of what is there. Nobody may use the instance meanwhile.

    Raises BackupError, with everything as it was.
    """
    ready = _Ready(instance)
    ready.clear()
    try:
        manifest = ready.unpack(file)
        on_server = ready.fill_database(manifest)
    except BaseException:
        ready.clear()
        raise
    plan.decide(instance.var, Plan(tuple(ready.moves()), tuple(map(str, ready.folders)), on_server))
    plan.finish(instance.var, instance.database_url)
    return manifest


@dataclass(frozen=True)
class _Ready:
    """What lies ready: each part beside the place where it goes, so that it gets there in one step."""

    instance: Instance

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where all of it lies."""
        return tuple(dict.fromkeys((plan.folder_of(self.instance.var), self._beside_content, *self._beside_database)))

    def clear(self) -> None:
        """Takes away what lies there."""
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)

    def unpack(self, file: Path) -> Manifest:
        """Unpacks the files and looks whether they belong to an instance."""
        if os.path.ismount(self.instance.content):
            raise BackupError(_MOUNTED.format(folder=self.instance.content))
        for folder in self.folders:
            folder.mkdir(parents=True, mode=0o700)
        self._unpacked.mkdir()
        manifest = read_archive(file, self._unpacked)
        _check_revision(manifest.revision)
        self._check_secret(manifest)
        for path in plain_files(self._unpacked / VAR):
            if not self.instance.is_state(self.instance.var / path.relative_to(self._unpacked / VAR)):
                raise BackupError(_STRANGE.format(problem=f"{path.name} hoort er niet in"))
        self._put_content()
        return manifest

    def fill_database(self, manifest: Manifest) -> bool:
        """Makes the database; tells whether it is on a server."""
        files = self.instance.sqlite_files
        tables = self._unpacked / DATABASE
        tables.mkdir(exist_ok=True)
        try:
            if files:
                fresh = self._beside_database[0] / "new" / files[0].name
                staging.fill(make_url(f"sqlite:///{fresh}"), manifest.revision, tables)
            else:
                staging.fill(staging.schema_beside(self.instance.database_url), manifest.revision, tables)
        except (SQLAlchemyError, ValueError, TypeError, StopIteration, FileNotFoundError) as error:
            raise BackupError(_TABLES.format(problem=in_dutch(error))) from error
        return not files

    def moves(self) -> Iterator[Move]:
        """How it takes its place. What SQLite keeps beside its file goes before the file itself comes."""
        for file in reversed(self.instance.sqlite_files):
            fresh = self._beside_database[0] / "new" / file.name
            yield _move(
                fresh if file == self.instance.sqlite_files[0] else None, file, self._beside_database[0] / "old"
            )
        yield _move(self._beside_content / "new", self.instance.content, self._beside_content / "old")
        fresh_files = self._unpacked / VAR
        old = plan.folder_of(self.instance.var) / "old"
        coming = {path.relative_to(fresh_files): path for path in plain_files(fresh_files)}
        there = {path.relative_to(self.instance.var) for path in self.instance.state_files()}
        for name in sorted(coming.keys() | there):
            yield _move(coming.get(name), self.instance.var / name, old / name.parent)

    @property
    def _unpacked(self) -> Path:
        return plan.folder_of(self.instance.var) / "unpacked"

    @property
    def _beside_content(self) -> Path:
        return self.instance.content.with_name(f".restore-{self.instance.content.name}")

    @property
    def _beside_database(self) -> tuple[Path, ...]:
        return tuple(file.with_name(f".restore-{file.name}") for file in self.instance.sqlite_files[:1])

    def _check_secret(self, manifest: Manifest) -> None:
        file = self._unpacked / VAR / "secret.key"
        kept = file.read_bytes() if file.exists() else b""
        used = self.instance.secret.encode() or kept
        if seal_of(used) != manifest.secret:
            raise BackupError(_OTHER_KEY.format(advice=_NO_KEY if self.instance.secret else _GIVE_KEY))

    def _put_content(self) -> None:
        unpacked, place = self._unpacked / CONTENT, self._beside_content / "new"
        try:
            make_safe(unpacked)
            check_history(unpacked)
        except (GitError, OSError) as error:
            raise BackupError(
                _STRANGE.format(problem=f"de geschiedenis van de inhoud is niet heel ({in_dutch(error)})")
            ) from error
        shutil.move(unpacked, place)


def _move(fresh: Path | None, place: Path, old: Path) -> Move:
    return Move(str(fresh or ""), str(place), str(old / place.name))


def _check_revision(revision: str) -> None:
    if not knows(revision):
        raise BackupError(_NEWER.format(revision=revision))
