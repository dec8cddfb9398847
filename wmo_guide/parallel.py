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


class HelperFailedError(RuntimeError):
    """The copy of this process ended without a result."""


def in_two(work: Callable[[Sequence[Item]], Result], items: Sequence[Item], worth_it: int) -> list[Result]:
    """The results of `work` on the items: on all of them here, or on one half here and the other half in a fork.

    A fork inherits all that was loaded, so only results travel. It is made only for `worth_it` items or more, where the
    system can fork, has a second core, and no other thread runs that could hold a lock while it is copied.
    """
    alone = len(items) < worth_it or (os.cpu_count() or 1) < 2 or threading.active_count() > 1  # noqa: PLR2004
    if alone or "fork" not in multiprocessing.get_all_start_methods():
        return [work(items)]
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    half = len(items) // 2
    helper = context.Process(target=_send, args=(there, work, items[half:]))
    helper.start()
    there.close()
    mine = work(items[:half])
    try:
        theirs: Result = here.recv()
    except EOFError as error:
        raise HelperFailedError("Het tweede proces is gestopt zonder antwoord. Probeer het opnieuw.") from error
    finally:
        helper.join()
    return [mine, theirs]


def _send(there: Connection, work: Callable[[Sequence[Item]], Result], items: Sequence[Item]) -> None:
    there.send(work(items))
