"""The file of a backup: a tar.gz that is written whole or not at all, and read with distrust."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import io
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from provider_forms.backup.instance import BackupError, plain_files
from provider_forms.backup.manifest import NAME, Manifest, Member, WrongManifestError, parse
from provider_forms.backup.measured import Measured, TooMuchError
from provider_forms.backup.plan import sync

_UNFINISHED = ".wmo-unfinished"
_BLOCK = 1024 * 1024
_LARGEST_MANIFEST = 64 * 1024 * 1024
_EFFORT = 6
_HEADER = 8 * 1024
"""Bytes that a member may take beside its own: headers, also those of a long name, and filling up."""
_DAMAGED = (
    "Deze reservekopie is beschadigd of niet heel ({problem}). Er is niets veranderd. Neem een andere reservekopie, of "
    "kopieer dit bestand opnieuw."
)
_NEWER = (
    "Deze reservekopie is gemaakt door een nieuwere versie van het programma. Er is niets veranderd. Zet eerst die "
    "versie neer, en probeer het daarna opnieuw."
)
_FULL = "Er is te weinig ruimte op de schijf: er is {needed} MB nodig in {folder}. Er is niets veranderd."


def members_of(folder: Path) -> tuple[Member, ...]:
    """All files of a folder as members."""
    return tuple(_member(folder, path) for path in plain_files(folder))


def write_archive(file: Path, manifest: Manifest, folder: Path) -> None:
    """Writes the file: on disk when this returns, for its owner alone, whole or not at all."""
    with (
        _fresh(file) as stream,
        gzip.GzipFile("", "wb", _EFFORT, stream) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        text = manifest.text().encode()
        archive.addfile(_header(NAME, len(text)), io.BytesIO(text))
        for member in manifest.members:
            with (folder / member.name).open("rb") as source:
                archive.addfile(_header(member.name, member.size), source)


def read_archive(file: Path, folder: Path) -> Manifest:
    """Unpacks a file into an empty folder. Raises BackupError, and nothing in the folder counts then."""
    try:
        with gzip.open(file, "rb") as packed:
            return _unpack(Measured(packed, _LARGEST_MANIFEST + _HEADER), folder)
    except WrongManifestError as error:
        raise BackupError(_NEWER if error.newer else _DAMAGED.format(problem=error)) from error
    except FileNotFoundError as error:
        if error.filename != str(file):
            raise
        raise BackupError(f"Het bestand {file} is er niet.") from error
    except (EOFError, zlib.error, gzip.BadGzipFile, tarfile.TarError, TooMuchError, UnicodeError) as error:
        raise BackupError(_DAMAGED.format(problem=error)) from error


def _unpack(source: Measured, folder: Path) -> Manifest:
    with tarfile.open(
        fileobj=cast("IO[bytes]", source), mode="r:", encoding="utf-8", errors="surrogateescape"
    ) as archive:
        first = archive.next()
        if first is None or first.name != NAME or not first.isreg() or first.size > _LARGEST_MANIFEST:
            raise WrongManifestError("het begint niet met een inhoudsopgave")
        manifest = parse(_stream(archive, first).read())
        _check_room(manifest, folder)
        source.allow(first.size + manifest.size + _HEADER * (len(manifest.members) + 4))
        wanted = {member.name: member for member in manifest.members}
        while (found := archive.next()) is not None:
            member = wanted.pop(found.name, None)
            if member is None or not found.isreg() or found.size != member.size:
                raise WrongManifestError(f"onverwacht: {found.name}")
            _put(_stream(archive, found), member, folder)
    if wanted:
        raise WrongManifestError(f"er ontbreken {len(wanted)} bestanden")
    source.drain()
    return manifest


def _put(source: IO[bytes], member: Member, folder: Path) -> None:
    place = folder / member.name
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with place.open("xb") as stream:
        while block := source.read(_BLOCK):
            digest.update(block)
            stream.write(block)
    if digest.hexdigest() != member.sha256:
        raise WrongManifestError(f"{member.name} is veranderd")
    place.chmod(0o700 if member.runs else 0o600)


def _stream(archive: tarfile.TarFile, found: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(found)
    if stream is None:  # never: it is an ordinary file
        raise WrongManifestError(found.name)
    return stream


def _check_room(manifest: Manifest, folder: Path) -> None:
    if manifest.size * 1.5 > shutil.disk_usage(folder).free:  # the database stands in it once more, as a database
        raise BackupError(_FULL.format(needed=manifest.size * 3 // 2_000_000 + 1, folder=folder))


def _member(folder: Path, path: Path) -> Member:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    seen = path.stat()
    return Member(path.relative_to(folder).as_posix(), seen.st_size, digest, bool(seen.st_mode & 0o100))


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header


@contextmanager
def _fresh(file: Path) -> Iterator[IO[bytes]]:
    """A file beside it that takes its place in the end. What a killed backup left behind goes."""
    for left in file.parent.glob(f".*{_UNFINISHED}"):
        with left.open("rb") as stream:
            if not _is_held(stream):
                left.unlink()
    fresh = file.with_name(f".{file.name}{_UNFINISHED}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:  # nobody knows that name: it is the folder that can't be written in
        raise OSError(error.errno, error.strerror, str(file.parent)) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            fresh.replace(file)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync(file.parent)


def _is_held(stream: IO[bytes]) -> bool:
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False
