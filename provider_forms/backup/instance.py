"""What belongs to an instance: which files are state, and which can be made again."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Config
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url

from provider_forms.backup.plan import is_pending
from provider_forms.backup.tables import VERSION
from provider_forms.config import SQLITE, desk_settings
from provider_forms.desk.database import address_of
from wmo_guide.store.problem import why

_BESIDE_SQLITE = ("", "-wal", "-shm", "-journal")


class BackupError(Exception):
    """It can't be done; the message tells in Dutch why, and what to do."""


@dataclass(frozen=True)
class Instance:
    """Where one instance keeps everything."""

    var: Path
    content: Path
    database_url: str
    secret: str
    """The secret as a setting; empty: it is a file in `var`."""
    remade: tuple[Path, ...]
    """Folders that are made again by themselves: site and cache."""
    shipped: bool
    """Whether its content began as a copy of what comes with the project."""

    @property
    def sqlite_files(self) -> tuple[Path, ...]:
        """The files of the database, where it is one of SQLite: the database itself first."""
        address = make_url(self.database_url)
        if address.get_backend_name() != "sqlite" or not address.database:
            return ()
        file = Path(address.database).resolve()
        return tuple(file.with_name(f"{file.name}{more}") for more in _BESIDE_SQLITE)

    @property
    def place(self) -> str:
        """Where its data are, for people to read: no password."""
        return str(self.sqlite_files[0]) if self.sqlite_files else make_url(self.database_url).render_as_string()

    def has_data(self) -> bool:
        """Whether its database was ever made. Looking makes none."""
        if is_pending(self.var):  # a restore that was broken off: whoever opens the instance finishes it
            return True
        if self.sqlite_files and not self.sqlite_files[0].is_file():
            return False
        engine = create_engine(address_of(self.database_url))
        try:
            return inspect(engine).has_table(VERSION)
        finally:
            engine.dispose()

    def is_state(self, path: Path) -> bool:
        """Whether a path in `var` is for a file of the instance that is neither content nor database."""
        first = path.relative_to(self.var).parts[0]
        if first == "press" or first.startswith((".", SQLITE)):  # also a database that was left behind for a server
            return False
        return not any(path == one or path.is_relative_to(one) for one in self._elsewhere)

    def state_files(self) -> list[Path]:
        """Those files: secret, mails that wait, and whatever else stands in `var` and isn't made again."""
        return [path for path in plain_files(self.var, self.is_state) if self.is_state(path)]

    @property
    def _elsewhere(self) -> Sequence[Path]:
        return (self.content, *self.remade, *self.sqlite_files)


def instance_of(config: Config) -> Instance:
    """The instance of an application."""
    settings = desk_settings(config)
    return Instance(
        var=settings.var,
        content=settings.content,
        database_url=settings.database_url,
        secret=settings.secret,
        remade=(config["SITE_DIR"], config["CACHE_DIR"]),
        shipped=config.get("SHIPPED_CONTENT") is not None,
    )


def in_dutch(error: Exception) -> str:
    """What went wrong, to be put before a full stop or between brackets. What isn't about a file says it in its own words."""
    if isinstance(error, OSError):
        return f"{error.filename}: {why(error)}" if error.filename else why(error)
    return " ".join(str(error).split())[:300]


def plain_files(folder: Path, enter: Callable[[Path], bool] = lambda _: True) -> Iterator[Path]:
    """The ordinary files below a folder, in a fixed order; links, pipes and folders not to enter are passed over."""
    for place, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if enter(Path(place, name)))
        for name in sorted(names):
            path = Path(place, name)
            try:
                if stat.S_ISREG(path.lstat().st_mode):
                    yield path
            except FileNotFoundError:  # it went away between two looks
                continue
