"""What a person at a terminal sees: results come in; tables, progress and plain lines go out.

Nothing here decides anything. Output is legible in monochrome, in 80 columns and when piped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from openhiu.extract import Progress as OnProgress
    from openhiu.extract import Received
    from openhiu.programme import Demonstration, ListMade
    from openhiu.synthetic import Trust

_SHOWN_ROWS: Final = 5


def _out() -> Console:
    return Console(file=sys.stdout, highlight=False, soft_wrap=False)


def _err() -> Console:
    return Console(file=sys.stderr, highlight=False, soft_wrap=True)


def show_error(sentence: str, remedy: str) -> None:
    """One line and what to do, on standard error."""
    console = _err()
    console.print(_plain(f"Error: {sentence}"))
    console.print(_plain(f"What to do: {remedy}"))


def show_lines(lines: Sequence[str]) -> None:
    """Sentences, one to a line."""
    for line in lines:
        _out().print(_plain(line), soft_wrap=True)


@contextmanager
def working(what: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A moving sign of life on standard error while something runs; gives a way to say what."""
    console = _err()
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    with console.status(what) as status:
        yield lambda text: status.update(f"{what}: {text}")


@contextmanager
def reading(*, quiet: bool) -> Iterator[OnProgress]:
    """A bar for each file that is read, on standard error."""
    console = _err()
    if quiet or not console.is_terminal:
        yield lambda _file, _done, _size: None
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=console, transient=True) as bars:
        tasks = {}

        def on_progress(file: str, done: int, size: int) -> None:
            if file not in tasks:
                tasks[file] = bars.add_task(_plain(file).plain, total=size)
            bars.update(tasks[file], completed=done)

        yield on_progress


def show_received(received: Sequence[Received]) -> None:
    """The control total of each file, what the files hold, and what a person should know."""
    console = _out()
    if any(one.fault is None for one in received):
        console.print(_control_total(received))
    if any(one.summary for one in received):
        console.print(_contents(received))
    for one in received:
        if one.notes:
            console.print(_plain(one.file))
        for note in one.notes:
            console.print(_plain(f"  {note}"), soft_wrap=True)
    for one in received:
        if one.fault:
            show_error(one.fault.sentence, one.fault.remedy)


def _control_total(received: Sequence[Received]) -> Table:
    table = _table("Control total: what became of every row")
    table.add_column("File", overflow="fold")
    for heading in ("Read", "Accepted", "Superseded", "Duplicate", "Rejected"):
        table.add_column(heading, justify="right", no_wrap=True)
    told = any(one.state != "taken in" for one in received)
    if told:
        table.add_column("State", no_wrap=True)
    for one in received:
        counts = [f"{count:,}" for count in one.counts]
        table.add_row(_plain(one.file), *counts, *([one.state] if told else []))
    return table


def _contents(received: Sequence[Received]) -> Table:
    table = _table("What the files hold")
    table.add_column("File", overflow="fold")
    for heading in ("Read as", "Months", "Newest"):
        table.add_column(heading, no_wrap=True)
    for one in received:
        if one.summary is None:
            continue
        months = list(one.summary.months)
        span = f"{months[0]} to {months[-1]}" if months else ""
        newest = (one.summary.cut_off or "")[:16]
        table.add_row(_plain(one.file), one.summary.dataset, span, newest)
    return table


def show_list(made: ListMade, *, show_people: bool = False) -> None:
    """The head of each list, the flow, what to note, and where the files are."""
    console = _out()
    finished = made.finished
    console.print(_plain(finished.cover[0]))
    show_lines(finished.cover[1:4])
    # People's names belong on a screen somebody looks at, not into the log of a nightly job.
    if console.is_terminal or show_people:
        for list_id in dict.fromkeys(row.list_id for row in finished.listed):
            console.print(_list_table(made, list_id))
    console.print(_flow_table(made))
    for line in made.warnings:
        console.print(_plain(f"Note: {line}"), soft_wrap=True)
    names = ", ".join(path.name for path in made.written)
    console.print(_plain(f"Written to {made.out}: {names}"), soft_wrap=True)


def _list_table(made: ListMade, list_id: str) -> Table:
    rows = [row for row in made.finished.listed if row.list_id == list_id]
    name = "All sites together" if list_id == "ALL" else list_id
    table = _table(f"{name}: {len(rows)} people", "Rank", "Person")
    table.add_column("Why", ratio=1)
    for row in sorted(rows, key=lambda person: person.rank)[:_SHOWN_ROWS]:
        details = (made.finished.people or {}).get(row.person_id, {})
        table.add_row(
            str(row.rank), _plain(str(details.get("name") or row.person_id)), _plain(row.why)
        )
    if len(rows) > _SHOWN_ROWS:
        table.caption = f"and {len(rows) - _SHOWN_ROWS} more in list.xlsx"
    return table


def _flow_table(made: ListMade) -> Table:
    table = _table("From everything read to the list", "Left after the step")
    table.add_column("Attendances", justify="right")
    table.add_column("People", justify="right")
    for step in made.finished.flow:
        table.add_row(step.step, f"{step.attendances:,}", f"{step.people:,}")
    return table


def _table(title: str, *columns: str) -> Table:
    """A table in the house style; the columns named here are never broken over lines."""
    table = Table(
        title=_plain(title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD
    )
    for column in columns:
        table.add_column(column, no_wrap=True)
    return table


def _plain(text: object) -> Text:
    """A text that comes from a file: no markup, and nothing that could steer the terminal."""
    return Text("".join(c if c.isprintable() else "\ufffd" for c in str(text)))


def show_trust(trust: Trust, out: Path) -> None:
    """What was made up, and where it lies."""
    lines = [f"Made up a trust in {out}. Nobody in it is real."]
    lines += [f"  {name}: {count:,} rows" for name, count in trust.counts.items()]
    show_lines(lines)


def show_demonstration(shown: Demonstration) -> None:
    """The whole story, step by step, and where to look next."""
    console = _out()
    console.rule("1. A made-up trust")
    show_trust(shown.trust, shown.trust_folder)
    console.rule("2. hiu extract: its files become activity")
    show_received(shown.received)
    console.rule("3. hiu identify: activity becomes the list")
    show_list(shown.made, show_people=True)
    console.rule("4. Why is this person on the list, and why is that one not?")
    show_lines(shown.explained)
    console.rule("Where to look next")
    show_lines(shown.next_steps)
