"""Work shared between this process and copies of it."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_SHARE = 16
"""Items in a share: few, so that no process waits long for another."""
_MOST_SHARES = 4096
"""So many numbers fit in any pipe."""
_NUMBER = 2
"""Bytes of the number of a share."""
_MOST_PROCESSES = 6
"""This process fetches and keeps what all others make, and can do so for no more."""
_ROOM = 1 << 20
"""Bytes of results that may wait to be fetched: the most that Linux grants everybody."""


class HelperFailedError(RuntimeError):
    """A copy of this process ended without a result."""


def shared_out(
    work: Callable[[Sequence[Item]], Result],
    items: Sequence[Item],
    worth_it: int,
    first: Iterable[object] = (),
    processes: int | None = None,
) -> Iterator[Result]:
    """The results of `work` on shares of the items: of some shares done here, and of the others done in forks.

    Results come one by one and in any order, so that what is big need not be kept; what the caller does with them is
    done in this process alone. Who does a share is not foreseen: each process has a stretch of them, for items that lie
    side by side may be done quicker by one; who is done with it goes on with what others have left. A fork inherits all
    that was loaded, so only results travel. There is one for each further core (or as many processes as are named), for
    `worth_it` items or more, where the system can fork and no other thread runs that could hold a lock while it is copied.
    `first` is work in small steps that this process has to do itself, while the forks begin. Raises HelperFailedError.
    """
    size = max(_SHARE, -(-len(items) // _MOST_SHARES))
    shares = [items[start : start + size] for start in range(0, len(items), size)]
    number = min(processes or _cores(), _MOST_PROCESSES)
    alone = len(items) < worth_it or number == 1 or threading.active_count() > 1
    if alone or "fork" not in multiprocessing.get_all_start_methods():
        for _ in first:
            pass
        yield from map(work, shares)
    else:
        yield from _with_help(work, shares, first, number)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _with_help(
    work: Callable[[Sequence[Item]], Result], shares: Sequence[Sequence[Item]], first: Iterable[object], processes: int
) -> Iterator[Result]:
    stretches = _stretches(len(shares), processes)
    helpers: list[_Helper] = []
    for own in range(1, processes):
        helpers.append(_helper(work, shares, stretches[own:] + stretches[:own], [one.results for one in helpers]))
    sent: _Sent[Result] = _Sent([one.results for one in helpers])
    try:
        for _ in first:
            yield from sent.so_far()
        for number in _drawn(stretches):
            yield work(shares[number])
            yield from sent.so_far()
        yield from sent.rest()
    finally:
        for stretch in stretches:
            os.close(stretch)
        for one in helpers:
            one.results.close()
        for one in helpers:
            one.process.join()


class _Helper(NamedTuple):
    """A fork of this process."""

    process: BaseProcess
    results: Connection
    """What it sends: whether it has finished, and results."""


def _helper(
    work: Callable[[Sequence[Item]], Result],
    shares: Sequence[Sequence[Item]],
    stretches: Sequence[int],
    others: Sequence[Connection],
) -> _Helper:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    with suppress(OSError, AttributeError):  # a small pipe is no fault, only slower
        fcntl.fcntl(there.fileno(), fcntl.F_SETPIPE_SZ, _ROOM)
    process = context.Process(target=_help, args=((here, *others), there, work, shares, stretches))
    process.start()
    there.close()
    return _Helper(process, here)


def _help(
    not_mine: Sequence[Connection],
    there: Connection,
    work: Callable[[Sequence[Item]], Result],
    shares: Sequence[Sequence[Item]],
    stretches: Sequence[int],
) -> None:
    for one in not_mine:  # else this process, or another, would never notice that nobody fetches its results any more
        one.close()
    with suppress(BrokenPipeError):
        for number in _drawn(stretches):
            there.send((False, [work(shares[number])]))
        there.send((True, []))


class _Sent(Generic[Result]):
    """What the forks send."""

    def __init__(self, pipes: Sequence[Connection]) -> None:
        self._open = list(pipes)

    def so_far(self) -> Iterator[Result]:
        """The results that have come in."""
        while self._open and (ready := wait(self._open, 0)):
            yield from self._fetched(ready)

    def rest(self) -> Iterator[Result]:
        """The results up to the last one."""
        while self._open:
            yield from self._fetched(wait(self._open))

    def _fetched(self, ready: Sequence[object]) -> Iterator[Result]:
        for one in [pipe for pipe in self._open if pipe in ready]:
            try:
                message: tuple[bool, list[Result]] = one.recv()
            except EOFError as error:
                told = "Een tweede proces is gestopt zonder antwoord. Probeer het opnieuw."
                raise HelperFailedError(told) from error
            finished, results = message
            if finished:
                self._open.remove(one)
            yield from results


def _stretches(shares: int, processes: int) -> list[int]:
    """For each process the end of a pipe from which all can draw: the numbers of the shares that lie side by side."""
    ends = []
    for own in range(processes):
        end, filling = os.pipe()
        begin, until = (shares * edge // processes for edge in (own, own + 1))
        os.write(filling, b"".join(number.to_bytes(_NUMBER, "big") for number in range(begin, until)))
        os.close(filling)
        ends.append(end)
    return ends


def _drawn(stretches: Sequence[int]) -> Iterator[int]:
    """Numbers of shares that nobody else does: one's own stretch first."""
    for stretch in stretches:
        while number := os.read(stretch, _NUMBER):
            yield int.from_bytes(number, "big")
