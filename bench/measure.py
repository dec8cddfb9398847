"""What a command costs: time on the clock, time of the processors, memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """What one run of a command cost."""

    seconds: float
    cpu: float
    """Seconds of all processors together, those of its children included; hardly depends on what else is running."""
    peak: float
    """Largest memory, in MiB, of the command's largest process."""


def run(command: Sequence[str | Path], folder: Path | None = None) -> Cost:
    """Runs a command to its end. Raises RuntimeError, with what it said, when it fails."""
    begin = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        told = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begin
    if process.returncode:
        raise RuntimeError(f"{command}: {told.decode()[-2000:]}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@dataclass(frozen=True)
class Task:
    """A command to measure, with what to do before each run."""

    name: str
    prepare: Callable[[], object]
    command: Sequence[str | Path]
    folder: Path | None = None


def typical(times: int, *tasks: Task) -> list[tuple[str, Cost]]:
    """The median cost of each task. Tasks take turns, so that a busy moment of the machine hits all of them."""
    costs: dict[str, list[Cost]] = {task.name: [] for task in tasks}
    for _ in range(times):
        for task in tasks:
            task.prepare()
            costs[task.name].append(run(task.command, task.folder))
    return [(name, _median(some)) for name, some in costs.items()]


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(one.seconds for one in costs),
        statistics.median(one.cpu for one in costs),
        max(one.peak for one in costs),
    )
