"""Work shared between this process and one copy of it."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_SHARE = 16
"""Items in a share: few, so that neither process waits long for the other."""
_MOST_SHARES = 4096
"""So many tickets fit in any pipe."""
_ROOM = 1 << 20
"""Bytes of results that may wait to be fetched: the most that Linux grants everybody."""


class HelperFailedError(RuntimeError):
    """The copy of this process ended without a result."""


def in_two(
    work: Callable[[Sequence[Item]], Result], items: Sequence[Item], worth_it: int, first: Iterable[object] = ()
) -> Iterator[Result]:
    """The results of `work` on shares of the items: of some shares done here, and of the others done in a fork.

    Results come one by one and in any order, so that what is big need not be kept; what the caller does with them is
    done in this process alone. Who does a share is not foreseen: this process begins at the front and the fork at the
    back, until they meet. A fork inherits all that was loaded, so only results travel. It is made only for `worth_it`
    items or more, where the system can fork, has a second core, and no other thread runs that could hold a lock while
    it is copied. `first` is work in small steps that this process has to do itself, while the fork begins with the items.
    Raises HelperFailedError.
    """
    size = max(_SHARE, -(-len(items) // _MOST_SHARES))
    shares = [items[start : start + size] for start in range(0, len(items), size)]
    alone = len(items) < worth_it or (os.cpu_count() or 1) < 2 or threading.active_count() > 1  # noqa: PLR2004
    if alone or "fork" not in multiprocessing.get_all_start_methods():
        for _ in first:
            pass
        yield from map(work, shares)
    else:
        yield from _with_help(work, shares, first)


def _with_help(
    work: Callable[[Sequence[Item]], Result], shares: Sequence[Sequence[Item]], first: Iterable[object]
) -> Iterator[Result]:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    with suppress(OSError, AttributeError):  # a small pipe is no fault, only slower
        fcntl.fcntl(there.fileno(), fcntl.F_SETPIPE_SZ, _ROOM)
    tickets = _tickets(len(shares))
    helper = context.Process(target=_help, args=(here, there, work, shares[::-1], tickets))
    helper.start()
    there.close()
    sent: _Sent[Result] = _Sent(here)
    try:
        for _ in first:
            yield from sent.so_far()
        for share in shares:
            yield from sent.so_far()
            if not os.read(tickets, 1):
                break
            yield work(share)
        yield from sent.rest()
    finally:
        os.close(tickets)
        here.close()
        helper.join()


class _Sent(Generic[Result]):
    """What the fork sends."""

    def __init__(self, here: Connection) -> None:
        self._here = here
        self._finished = False

    def so_far(self) -> Iterator[Result]:
        """The results that have come in."""
        while not self._finished and self._here.poll():
            yield from self._fetch()

    def rest(self) -> Iterator[Result]:
        """The results up to the last one."""
        while not self._finished:
            yield from self._fetch()

    def _fetch(self) -> list[Result]:
        try:
            message: tuple[bool, list[Result]] = self._here.recv()
        except EOFError as error:
            raise HelperFailedError("Het tweede proces is gestopt zonder antwoord. Probeer het opnieuw.") from error
        self._finished, results = message
        return results


def _help(
    here: Connection,
    there: Connection,
    work: Callable[[Sequence[Item]], Result],
    shares: Sequence[Sequence[Item]],
    tickets: int,
) -> None:
    here.close()  # else this process would never notice that nobody fetches its results any more
    with suppress(BrokenPipeError):
        for share in shares:
            if not os.read(tickets, 1):
                break
            there.send((False, [work(share)]))
        there.send((True, []))


def _tickets(number: int) -> int:
    """The end of a pipe from which both processes draw: each byte is leave to do one more share."""
    tickets, filling = os.pipe()
    os.write(filling, bytes(number))
    os.close(filling)
    return tickets
