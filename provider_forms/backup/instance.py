"""What belongs to an instance: which files are state, and which can be made again."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Config
from sqlalchemy.engine import make_url

from provider_forms.config import SQLITE, desk_settings

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
