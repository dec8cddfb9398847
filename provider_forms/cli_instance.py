"""What commands ask of the instance that they work on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from provider_forms.backup.instance import Instance, instance_of
from provider_forms.desk.migrate import NewerTablesError

_P = ParamSpec("_P")
_R = TypeVar("_R")
_NONE = (
    "Er is niets gedaan: hier is nog geen gids. In {place} staan geen gegevens. Kloppen WMO_VAR_DIR en WMO_DATABASE_URL? Geeft "
    "u dit bevel zoals in docs/operations.md staat?"
)
_SILENT = (
    "Er is niets gedaan: de gegevens in {place} zijn niet te lezen. Klopt WMO_DATABASE_URL, en draait de database? Zijn de "
    "gegevens stuk? Zet ze dan opzij, zoals in docs/operations.md staat onder “Als de gids helemaal niet meer start”. De "
    "database zegt: {problem}"
)


@contextmanager
def reading(instance: Instance) -> Iterator[None]:
    """Where a command begins to read its instance: a database that can't be read is told as what it is."""
    try:
        yield
    except DBAPIError as error:
        told = _SILENT.format(place=instance.place, problem=" ".join(str(error.orig).split()))
        raise click.ClickException(told) from error
    except NewerTablesError as error:
        raise click.ClickException(str(error)) from error


def on_instance(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Runs a command only where there is an instance: elsewhere it would make an empty one, and be content with that."""

    @with_appcontext
    @wraps(command)
    def careful(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        instance = instance_of(current_app.config)
        with reading(instance):
            has_data = instance.has_data()
        if not has_data:
            raise click.ClickException(_NONE.format(place=instance.place))
        return command(*args, **kwargs)

    return careful
