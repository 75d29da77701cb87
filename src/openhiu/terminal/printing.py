"""What every line on the terminal is written with: plain texts come in; nothing that could steer
the terminal goes out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text


def out() -> Console:
    """Where results go."""
    return Console(file=sys.stdout, highlight=False, soft_wrap=False)


def err() -> Console:
    """Where faults and signs of life go."""
    return Console(file=sys.stderr, highlight=False, soft_wrap=True)


def show_error(sentence: str, remedy: str) -> None:
    """One line and what to do, on standard error."""
    console = err()
    console.print(plain(f"Error: {sentence}"))
    console.print(plain(f"What to do: {remedy}"))


def show_lines(lines: Sequence[str]) -> None:
    """Sentences, one to a line."""
    for line in lines:
        out().print(plain(line), soft_wrap=True)


@contextmanager
def working(what: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A moving sign of life on standard error while something runs; gives a way to say what."""
    console = err()
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    with console.status(what) as status:
        yield lambda text: status.update(f"{what}: {text}")


def empty_table(title: str, *columns: str) -> Table:
    """A table in the house style; the columns named here are never broken over lines."""
    table = Table(title=plain(title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for column in columns:
        table.add_column(column, no_wrap=True)
    return table


def plain(text: object) -> Text:
    """A text that comes from a file: no markup, and nothing that could steer the terminal."""
    return Text("".join(c if c.isprintable() else "\ufffd" for c in str(text)))
