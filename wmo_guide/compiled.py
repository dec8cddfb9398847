"""Keeps compiled templates, so that each is compiled once: for Jinja that is most of the work of a small guide."""

from __future__ import annotations

import hashlib
import shutil
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket

_FOLDER = "templates-"


class Compiled(jinja2.BytecodeCache):
    """What the templates of one kind of environment compile to, for every environment of that kind in this process.

    A template whose text changed is compiled anew. Environments that share it have the same options, and filters that
    give the same for the same constant.
    """

    def __init__(self, folder: Path | None = None, code: str = "") -> None:
        """With a folder, other processes have them too, as long as Python, Jinja and our own `code` are the same.

        Code lies there that will be run: only the owner may be able to write in it. One that can't be written to is no
        matter.
        """
        self._kept: dict[str, tuple[str, CodeType | None]] = {}
        self._disk = None if folder is None else _on_disk(folder, code)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives the template its code, when the text it was made of is the same."""
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
        elif self._disk:
            with suppress(Exception):  # whatever is wrong with what lies there, the answer is to compile
                self._disk.load_bytecode(bucket)
                self._kept[bucket.key] = (bucket.checksum, bucket.code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code of a template in place of what its older text gave."""
        self._kept[bucket.key] = (bucket.checksum, bucket.code)
        if self._disk:
            with suppress(OSError):
                self._disk.dump_bytecode(bucket)


def _on_disk(folder: Path, code: str) -> jinja2.FileSystemBytecodeCache | None:
    """What lies in a folder; what was compiled by other code goes."""
    told = f"{sys.version} {version('jinja2')} {version('markupsafe')} {code}"
    place = folder / f"{_FOLDER}{hashlib.blake2b(told.encode(), digest_size=8).hexdigest()}"
    try:
        if not place.is_dir():
            for old in folder.glob(f"{_FOLDER}*"):
                shutil.rmtree(old, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            place.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return None
    return jinja2.FileSystemBytecodeCache(str(place))
