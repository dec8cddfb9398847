"""Work shared between this process and one copy of it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_SHARES = 64
"""Into so many shares work is cut; few enough for all their tickets to fit in a pipe."""


class HelperFailedError(RuntimeError):
    """The copy of this process ended without a result."""


def in_two(work: Callable[[Sequence[Item]], Result], items: Sequence[Item], worth_it: int) -> list[Result]:
    """The results of `work` on the items: on all of them here, or on some shares here and the others in a fork.

    Who does a share is not foreseen: this process begins at the front and the fork at the back, until they meet. So
    results must not depend on how the items are shared out. A fork inherits all that was loaded, so only results
    travel. It is made only for `worth_it` items or more, where the system can fork, has a second core, and no other
    thread runs that could hold a lock while it is copied.
    """
    alone = len(items) < worth_it or (os.cpu_count() or 1) < 2 or threading.active_count() > 1  # noqa: PLR2004
    if alone or "fork" not in multiprocessing.get_all_start_methods():
        return [work(items)]
    size = -(-len(items) // _SHARES)
    shares = [items[start : start + size] for start in range(0, len(items), size)]
    tickets = _tickets(len(shares))
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    helper = context.Process(target=_send, args=(there, work, shares[::-1], tickets))
    helper.start()
    there.close()
    try:
        mine = _some(work, shares, tickets)
        theirs: list[Result] = here.recv()
    except EOFError as error:
        raise HelperFailedError("Het tweede proces is gestopt zonder antwoord. Probeer het opnieuw.") from error
    finally:
        os.close(tickets)
        helper.join()
    return mine + theirs


def _tickets(number: int) -> int:
    """The end of a pipe from which both processes draw: each byte is leave to do one more share."""
    tickets, filling = os.pipe()
    os.write(filling, bytes(number))
    os.close(filling)
    return tickets


def _some(work: Callable[[Sequence[Item]], Result], shares: Sequence[Sequence[Item]], tickets: int) -> list[Result]:
    results = []
    for share in shares:
        if not os.read(tickets, 1):
            break
        results.append(work(share))
    return results


def _send(
    there: Connection, work: Callable[[Sequence[Item]], Result], shares: Sequence[Sequence[Item]], tickets: int
) -> None:
    there.send(_some(work, shares, tickets))
