"""Kinds whose answer lies in the matrix: levels on the block's axes, its arrangements, its bands."""

from __future__ import annotations

from collections.abc import Mapping

from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.kinds.base import Choice, Dumped, Filter, Kind, Scope, Shown, chosen, dump_list, unknown
from wmo_guide.domain.matrix import BuildingBlock, Edition
from wmo_guide.domain.provider import Answer, Raw
from wmo_guide.domain.questions import Question


def _block(scope: Scope) -> BuildingBlock:
    if scope.block is None:
        raise InvalidValueError("Deze vraag hoort alleen bij een bouwsteen.")
    return scope.block


def _edition(scope: Scope) -> Edition:
    if scope.edition is None:
        raise InvalidValueError("Deze vraag hoort alleen bij een bouwsteen.")
    return scope.edition


def _parse_levels(raw: Raw, _question: Question, scope: Scope) -> Answer:
    axes = _block(scope).axes
    if not isinstance(raw, Mapping) or not raw:
        raise InvalidValueError(f"Hier horen niveaus per as: {', '.join(axes) or 'deze bouwsteen heeft er geen'}.")
    found: dict[str, tuple[str, ...]] = {}
    for axis_key, levels in raw.items():
        if axis_key not in axes:
            raise InvalidValueError(unknown(str(axis_key), axes, "as van deze bouwsteen"), (str(axis_key),))
        allowed = tuple(level.key for level in _edition(scope).by_axis[axis_key].levels)
        try:
            found[axis_key] = chosen(levels, allowed, "niveau van deze as")
        except InvalidValueError as error:
            raise InvalidValueError(error.message, (axis_key, *error.path)) from error
    return {axis: found[axis] for axis in axes if axis in found}


def _dump_levels(value: Answer) -> Dumped:
    return {axis: list(levels) for axis, levels in value.items()} if isinstance(value, Mapping) else {}


def _show_levels(value: Answer, _question: Question, scope: Scope) -> Shown:
    levels = value if isinstance(value, Mapping) else {}
    axes = _edition(scope).by_axis
    return Shown(
        "list",
        tuple(
            f"{axes[axis].title}: {', '.join(axes[axis].level(key).title for key in keys)}"
            for axis, keys in levels.items()
        ),
    )


def _parse_arrangements(raw: Raw, _question: Question, scope: Scope) -> Answer:
    return chosen(raw, tuple(a.key for a in _block(scope).arrangements), "arrangement van deze bouwsteen")


def _show_arrangements(value: Answer, _question: Question, scope: Scope) -> Shown:
    return Shown("list", tuple(_block(scope).arrangement(key).title for key in dump_list(value)))


def _parse_bands(raw: Raw, _question: Question, scope: Scope) -> Answer:
    return chosen(raw, tuple(b.key for b in _block(scope).bands), "omvang van deze bouwsteen")


def _show_bands(value: Answer, _question: Question, scope: Scope) -> Shown:
    return Shown("list", tuple(_block(scope).band(key).title for key in dump_list(value)))


def _all_levels(_question: Question, scope: Scope) -> tuple[Choice, ...]:
    axes = scope.edition.axes if scope.edition else ()
    return tuple(
        Choice(_level_value(axis.key, level.key), f"{axis.title}: {level.title}" if len(axes) > 1 else level.title)
        for axis in axes
        for level in axis.levels
    )


def _offered(value: Answer) -> tuple[str, ...]:
    levels = value if isinstance(value, Mapping) else {}
    return tuple(_level_value(axis, key) for axis, keys in levels.items() for key in keys)


def _level_value(axis: str, level: str) -> str:
    return f"{axis}.{level}"


LEVELS = Kind(_parse_levels, _dump_levels, _show_levels, Filter(_all_levels, _offered))
ARRANGEMENTS = Kind(_parse_arrangements, dump_list, _show_arrangements)
BANDS = Kind(_parse_bands, dump_list, _show_bands)
