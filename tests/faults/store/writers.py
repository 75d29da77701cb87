"""Writers that run in another process: a store's folder comes in; the process may die on the way.

Processes come from a fork server that has imported the store, and what DuckDB imports when it is
there, so that each starts in milliseconds.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from openhiu.extract.store import Period, Store, durable
from support.store_rows import drawn, moment, put

POINTS = ("sync_file", "rename", "sync_folder")
JANUARY = Period(date(2024, 1, 1), date(2024, 2, 1))
FIRST = """
| record | provider | person     | site | arrived | sent  |
| 1      | RX       | 9990000018 | S2   | 05-01   | 10-01 |
| 2      | RX       | 9990000026 | S1   | 06-02   | 10-02 |
| 3      | RX       | 9990000018 | S1   | 07-01   | 10-01 |
"""
# Moves record 1 to February, takes record 3 out by replacing January, brings a new person.
SECOND = """
| record | provider | person     | site | arrived | sent  |
| 1      | RX       | 9990000018 | S2   | 05-02   | 20-02 |
| 4      | RX       | 9990000042 | S2   | 06-01   | 20-02 |
"""


def context() -> Any:
    """Where the processes come from."""
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["openhiu.extract.store", "openhiu.engines.duckdb", "pandas"])
    return server


def first(path: Path) -> None:
    put(Store.create(path), "first", drawn(FIRST), received=moment("01-03"))


def second(path: Path) -> None:
    put(Store.open(path), "second", drawn(SECOND), received=moment("02-03"), replaces=JANUARY)


def people(path: Path) -> None:
    rows = [{"person_id": "9990000018", "name": "Ada Example"}]
    put(Store.open(path), "people", rows, received=moment("03-03"), dataset="people")


def rebuild(path: Path) -> None:
    Store.open(path).rebuild()


def purge(path: Path) -> None:
    Store.open(path).purge_people()


def forget(path: Path) -> None:
    Store.open(path).forget({"9990000018"})


def create(path: Path) -> None:
    Store.create(path)


def one_row(path: Path, name: str) -> None:
    """A small extract of its own record, which creates the store if need be."""
    row = f"| record | site | arrived |\n| {name} | S1 | 05-01 |"
    put(Store.create(path), name, drawn(row), received=moment("01-03"))


def watched(
    write: Callable[[Path], None], path: Path, look: Callable[[int], None] = lambda step: None
) -> list[tuple[str, str]]:
    """Do the writing here; list every step that reaches the disk, with the file's name.

    `look` is called before each step: what it sees is what a kill at that step would leave.
    """
    steps: list[tuple[str, str]] = []
    kept = {point: getattr(durable, point) for point in POINTS}

    def watch(point: str) -> Callable[..., None]:
        def step(*arguments: Any) -> None:
            look(len(steps))
            steps.append((point, str(getattr(arguments[-1], "name", arguments[-1]))))
            kept[point](*arguments)

        return step

    try:
        for point in POINTS:
            setattr(durable, point, watch(point))
        write(path)
    finally:
        for point, function in kept.items():
            setattr(durable, point, function)
    return steps


def killed(write: Callable[[Path], None], path: Path, at: int) -> int | None:
    """Do the writing in a process that is killed (-9) before step `at`; its exit code."""
    return _finished(context().Process(target=_die, args=(write, path, at)))


def starved(write: Callable[[Path], None], path: Path, size: int) -> int | None:
    """Do the writing where no file can grow beyond `size` bytes; its exit code."""
    return _finished(context().Process(target=_starve, args=(write, path, size)))


def _finished(process: BaseProcess) -> int | None:
    process.start()
    process.join(60)
    return process.exitcode


def _die(write: Callable[[Path], None], path: Path, at: int) -> None:
    count = 0

    def dying(function: Callable[..., None]) -> Callable[..., None]:
        def step(*arguments: Any) -> None:
            nonlocal count
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)
            count += 1
            function(*arguments)

        return step

    for point in POINTS:
        setattr(durable, point, dying(getattr(durable, point)))
    write(path)


def _starve(write: Callable[[Path], None], path: Path, size: int) -> None:
    from openhiu.errors import ConfigurationFault

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        write(path)
    except ConfigurationFault as fault:
        os._exit(40 if "as it was" in fault.remedy else 41)
