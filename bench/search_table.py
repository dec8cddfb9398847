"""The table of one size: a row per measure, the goal of the guide's search beside it, a column per search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.search_client import Seen, middle

_KB = 1_000
_MB = 1_000_000


@dataclass(frozen=True)
class Column:
    """One search at one size."""

    name: str
    seconds: float
    """To make the index."""
    cpu: float
    """Seconds of all processors for that; hardly depends on what else is running."""
    peak: float
    """Memory in MB for that."""
    same: bool | None
    """Whether two makings were equal to the byte."""
    files: int
    size: int
    cold: Seen
    """A first visit with one question."""
    chosen: Seen | None
    """The same with a municipality and a block chosen."""
    fast: tuple[float, ...]
    """Milliseconds of questions asked again, at full speed."""
    slow: tuple[float, ...]
    """The same on the slow phone."""
    kept_seconds: float | None = None
    """To make the index with what a build before kept."""
    changed_files: int | None = None
    """Files that are other ones when an offer changes."""
    changed_seconds: float | None = None
    changed_equal: bool | None = None
    """Whether they make the same whole as making all anew."""


def _yes_no(value: bool | None) -> str:  # noqa: FBT001  (a value that is shown)
    return "-" if value is None else "yes" if value else "NO"


def _kb(value: float) -> str:
    return f"{value / _KB:,.1f} kB"


def _ms(values: Sequence[float]) -> str:
    return f"{middle(values):,.1f} (most {max(values):,.1f})" if values else "-"


def _of(seen: Seen | None, tell: Callable[[Seen], str]) -> str:
    return tell(seen) if seen else "-"


def _some(value: float, form: Callable[[float], str]) -> str:
    """What a search without such a thing has none of."""
    return form(value) if value else "-"


def _whole(value: float) -> str:
    return f"{value:,.0f}"


_VISIT: tuple[tuple[str, str, Callable[[Seen], str]], ...] = (
    ("script of search", "12 kB", lambda one: _some(one.script, _kb)),
    ("page and all", "100 kB", lambda one: _some(one.whole, _kb)),
    ("HTML there to first results, ms", "1,500", lambda one: _whole(one.first - one.ready)),
    ("page drawn to first results, ms", "1,500", lambda one: _some(one.drawn, lambda _: _whole(one.first - one.drawn))),
    ("HTML, drawn, loaded, first, all, ms", "", lambda one: _some(one.ready, lambda _: _moments(one))),
    ("results", "", lambda one: _whole(one.results)),
)
_ROWS: tuple[tuple[str, str, Callable[[Column], str]], ...] = (
    ("make the index, s", "3 at 5,000 providers", lambda one: f"{one.seconds:.2f}"),
    ("processor s", "", lambda one: f"{one.cpu:.2f}"),
    ("with what a build before kept, s", "", lambda one: _given(one.kept_seconds, ".2f")),
    ("memory, MB", "300 at 5,000 providers", lambda one: _whole(one.peak)),
    ("two makings equal", "yes", lambda one: _yes_no(one.same)),
    ("files", "", lambda one: _whole(one.files)),
    ("on disk, MB", "", lambda one: f"{one.size / _MB:.2f}"),
    ("one offer changed: files", "", lambda one: _given(one.changed_files)),
    ("seconds", "", lambda one: _given(one.changed_seconds, ".3f")),
    ("equals making all anew", "yes", lambda one: _yes_no(one.changed_equal)),
    ("**a question**: fetched for first results", "15 kB", lambda one: _kb(one.cold.bytes)),
    *((name, goal, lambda one, tell=tell: tell(one.cold)) for name, goal, tell in _VISIT),
    ("**with municipality and block**: fetched", "20 kB", lambda one: _of(one.chosen, lambda seen: _kb(seen.bytes))),
    *((name, goal, lambda one, tell=tell: _of(one.chosen, tell)) for name, goal, tell in _VISIT),
    ("**asked again**, slow, ms", "30", lambda one: _ms(one.slow)),
    ("fast, ms", "5", lambda one: _ms(one.fast)),
)


def _moments(seen: Seen) -> str:
    return ", ".join(map(_whole, (seen.ready, seen.drawn, seen.loaded, seen.first, seen.final)))


def _given(value: float | None, form: str = ",") -> str:
    return "-" if value is None else format(value, form)


def print_table(columns: Sequence[Column]) -> None:
    """Prints it in Markdown."""
    print(f"| slow phone unless told | goal | {' | '.join(one.name for one in columns)} |")
    print(f"| --- | --- |{' --- |' * len(columns)}")
    for name, goal, cell in _ROWS:
        print(f"| {name} | {goal} | {' | '.join(map(cell, columns))} |")
    print(flush=True)
