"""Work that processes share is all done, once, whoever does it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from textwrap import dedent

import pytest

from wmo_guide.parallel import shared_out
from wmo_guide.publication import ROOT

ITEMS = list(range(1000))


ALONE = """
import os, time
from wmo_guide.parallel import HelperFailedError, shared_out

mine = os.getpid()
"""
"""A process of its own: the browser and the servers of other tests leave threads here, and then nothing forks."""


def _run(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ALONE + dedent(script)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("processes", [2, 3, 6])
def test_every_item_is_done_once(processes: int) -> None:
    """Each item comes back once, and all processes did a part."""
    told = _run(f"""
        def work(some):
            time.sleep(0.01)
            return os.getpid(), list(some)

        results = list(shared_out(work, list(range(1000)), 10, processes={processes}))
        print(sorted(item for _, some in results for item in some) == list(range(1000)))
        print(len({{process for process, _ in results}}))
    """)

    assert told.split() == ["True", f"{processes}"]


def test_what_a_slow_process_leaves_is_done_by_others() -> None:
    """A process that is busy with one share doesn't keep the others of its stretch waiting."""
    told = _run("""
        def work(some):
            if os.getpid() == mine:
                time.sleep(1)
            return os.getpid(), len(some)

        results = list(shared_out(work, list(range(1000)), 10, processes=3))
        print(sum(number for _, number in results))
        print(sum(process == mine for process, _ in results) < 3)
    """)

    assert told.split() == ["1000", "True"]


def test_items_side_by_side_are_done_by_one() -> None:
    """Each process begins with a stretch of its own, and goes through it in order."""
    told = _run("""
        def work(some):
            time.sleep(0.005)
            return os.getpid(), some[0]

        results = list(shared_out(work, list(range(960)), 10, processes=3))
        beginnings = {process: [item for one, item in results if one == process] for process, _ in results}
        print(sorted(items[0] for items in beginnings.values()))
        print(beginnings[mine][:10] == list(range(0, 160, 16)))
    """)

    assert told == "[0, 320, 640]\nTrue"


def test_own_work_is_done_here_and_the_fork_goes_on_meanwhile() -> None:
    """While this process does work of its own, more results of the fork come in than a pipe holds."""
    told = _run("""
        got, before_mine = [], []

        def own():
            give_up = time.monotonic() + 30
            while len(got) < 40 and time.monotonic() < give_up:
                time.sleep(0.005)
                yield
            before_mine.append(len(got))

        def work(some):
            return list(some), bytes(100_000)

        for items, _ in shared_out(work, list(range(1000)), 10, own(), processes=2):
            got.append(items)
        print(before_mine[0] >= 40)
        print(sorted(sum(got, [])) == list(range(1000)))
    """)

    assert told.split() == ["True", "True"]


def test_own_work_comes_first_where_nothing_is_shared() -> None:
    """Without a fork, work for this process alone is all done before the items."""
    steps: list[int] = []

    def own() -> Iterator[None]:
        for number in range(3):
            steps.append(number)
            yield

    assert list(shared_out(lambda _: len(steps), [1, 2, 3], 4, own())) == [3]


def test_few_items_stay_here() -> None:
    """Fewer items than are worth a second process are done here."""
    assert list(shared_out(lambda some: (os.getpid(), list(some)), [1, 2, 3], 4)) == [(os.getpid(), [1, 2, 3])]


def test_nothing_to_do() -> None:
    """No items give no results."""
    assert list(shared_out(len, [], 0)) == []


@pytest.mark.parametrize("number", [10, 63, 64, 65, 127, 1000])
def test_any_number_can_be_shared(number: int) -> None:
    """No item is lost whatever the number of items."""
    assert sum(shared_out(len, ITEMS[:number], 2)) == number


def test_failure_here_is_raised() -> None:
    """An error in the work of this process comes out as it is, and the other process is waited for."""
    mine = os.getpid()

    def work(some: Sequence[int]) -> int:
        if os.getpid() == mine:
            raise ValueError("kapot")
        return len(some)

    with pytest.raises(ValueError, match="kapot"):
        list(shared_out(work, ITEMS, 10))


def test_helper_that_dies_is_told() -> None:
    """When another process ends without a result, that is told; no share is passed over in silence."""
    told = _run("""
        def work(some):
            if os.getpid() != mine:
                os._exit(1)
            time.sleep(0.002)
            return len(some)

        try:
            list(shared_out(work, list(range(1000)), 10, processes=3))
        except HelperFailedError as error:
            print(error)
    """)

    assert "zonder antwoord" in told


def test_results_larger_than_the_pipe_come_whole() -> None:
    """Results that don't fit in the pipe between the processes come over whole, also when nobody fetches for a while."""
    told = _run("""
        def work(some):
            return [bytes([item % 251]) * 300_000 for item in some]

        seen = []
        for part in shared_out(work, list(range(400)), 10, processes=3):
            time.sleep(0.005)
            seen.extend(part)
        print(sorted(seen) == sorted(bytes([item % 251]) * 300_000 for item in range(400)))
    """)

    assert told == "True"


def test_caller_that_stops_ends_the_helper() -> None:
    """When the caller stops half-way, the other processes end too, in silence, instead of waiting for ever."""
    told = _run("""
        import multiprocessing

        results = shared_out(lambda some: bytes(2_000_000), list(range(1000)), 10, processes=4)
        next(results)
        results.close()
        print(multiprocessing.active_children())
    """)

    assert told == "[]"
