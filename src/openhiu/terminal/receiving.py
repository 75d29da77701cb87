"""What was received: files taken in come in; control totals and their contents go out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from openhiu.terminal.printing import empty_table, err, out, plain, show_error, show_lines

if TYPE_CHECKING:
    from openhiu.extract import Progress as OnProgress
    from openhiu.extract import Received
    from openhiu.synthetic import Trust


@contextmanager
def reading(*, quiet: bool) -> Iterator[OnProgress]:
    """A bar for each file that is read, on standard error."""
    console = err()
    if quiet or not console.is_terminal:
        yield lambda _file, _done, _size: None
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=console, transient=True) as bars:
        tasks = {}

        def on_progress(file: str, done: int, size: int) -> None:
            if file not in tasks:
                tasks[file] = bars.add_task(plain(file).plain, total=size)
            bars.update(tasks[file], completed=done)

        yield on_progress


def show_received(received: Sequence[Received]) -> None:
    """The control total of each file, what the files hold, and what a person should know."""
    console = out()
    if any(one.fault is None for one in received):
        console.print(_control_total(received))
    if any(one.summary for one in received):
        console.print(_contents(received))
    for one in received:
        if one.notes:
            console.print(plain(one.file))
        for note in one.notes:
            console.print(plain(f"  {note}"), soft_wrap=True)
    for one in received:
        if one.fault:
            show_error(one.fault.sentence, one.fault.remedy)


def _control_total(received: Sequence[Received]) -> Table:
    table = empty_table("Control total: what became of every row")
    table.add_column("File", overflow="fold")
    for heading in ("Read", "Accepted", "Superseded", "Duplicate", "Rejected"):
        table.add_column(heading, justify="right", no_wrap=True)
    told = any(one.state != "taken in" for one in received)
    if told:
        table.add_column("State", no_wrap=True)
    for one in received:
        counts = [f"{count:,}" for count in one.counts]
        table.add_row(plain(one.file), *counts, *([one.state] if told else []))
    return table


def _contents(received: Sequence[Received]) -> Table:
    table = empty_table("What the files hold")
    table.add_column("File", overflow="fold")
    for heading in ("Read as", "Months", "Newest"):
        table.add_column(heading, no_wrap=True)
    for one in received:
        if one.summary is None:
            continue
        months = list(one.summary.months)
        span = f"{months[0]} to {months[-1]}" if months else ""
        newest = (one.summary.cut_off or "")[:16]
        table.add_row(plain(one.file), one.summary.dataset, span, newest)
    return table


def show_trust(trust: Trust, out: Path) -> None:
    """What was made up, and where it lies."""
    lines = [f"Made up a trust in {out}. Nobody in it is real."]
    lines += [f"  {name}: {count:,} rows" for name, count in trust.counts.items()]
    show_lines(lines)
