"""Whose column names are these? A file's headers come in; the dialect that knows most of them goes
out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from openhiu.errors import InputNotUsable
from openhiu.extract import dialects
from openhiu.extract.layout import Layout, fit, require
from openhiu.extract.mapping import Mapping, load_mapping
from openhiu.tables.activity import TABLES

AUTO = "auto"


def choose(
    columns: Sequence[str],
    *,
    dialect: str = AUTO,
    dataset: str | None = None,
    file: str | None = None,
) -> Layout:
    """The layout of a file: `dialect` is `auto`, a dialect's name or the path of a mapping.

    Raises InputNotUsable where the headers do not do, ConfigurationFault where the mapping does
    not.
    """
    if dialect == AUTO:
        return recognise(columns, dataset=dataset, file=file)
    return require(fit(named(dialect, dataset), columns, file=file), file=file)


def named(dialect: str, dataset: str | None = None) -> Mapping:
    """The dialect of that name, or the mapping in that TOML file.

    `--dialect canonical` alone means attendances.
    """
    if dialect.endswith(".toml"):
        return load_mapping(Path(dialect), dialects.dialect)
    if dialect == dialects.CANONICAL:
        return dialects.canonical(dataset or next(iter(TABLES)))
    return dialects.dialect(dialect)


def recognise(
    columns: Sequence[str], *, dataset: str | None = None, file: str | None = None
) -> Layout:
    """The dialect that has a place for most of the headers, among those whose required columns are
    all there.

    Raises InputNotUsable where there is none, or where two would read the file differently.
    """
    layouts = [
        fit(mapping, columns) for mapping in dialects.known() if dataset in (None, mapping.dataset)
    ]
    complete = _best([layout for layout in layouts if not layout.missing])
    # A key and a sex make almost any file a list of people; twice the headers mean something else.
    nearest = max((layout.found for layout in layouts), default=0)
    if not complete or 2 * complete[0].found < nearest:
        raise _not_recognised(layouts, file)
    if any(_reads_otherwise(layout, complete[0]) for layout in complete[1:]):
        raise InputNotUsable(
            "its columns fit more than one dialect: "
            + ", ".join(f"{each.mapping.dataset} ({each.mapping.name})" for each in complete),
            remedy=f"say which with --dataset and --dialect; {_explain(file)}",
            file=file,
        )
    return complete[0]


def _best(layouts: Sequence[Layout]) -> list[Layout]:
    most = max((layout.found for layout in layouts), default=0)
    return [layout for layout in layouts if layout.found == most]


def _reads_otherwise(one: Layout, other: Layout) -> bool:
    compared: tuple[Callable[[Layout], object], ...] = (
        lambda layout: layout.table.name,
        lambda layout: layout.sources,
        lambda layout: layout.mapping.codes,
        lambda layout: layout.mapping.identifier,
    )
    return any(fact(one) != fact(other) for fact in compared)


def _not_recognised(layouts: Sequence[Layout], file: str | None) -> InputNotUsable:
    nearest = _best(layouts)[0] if layouts else None
    if nearest is None or nearest.found < 2:
        cause = "none of the known dialects has these columns"
    else:
        cause = (
            f"it looks like {nearest.mapping.dataset} ({nearest.mapping.name}) "
            f"without {', '.join(nearest.missing)}"
        )
    return InputNotUsable(cause, remedy=f"write a mapping; {_explain(file)}", file=file)


def _explain(file: str | None) -> str:
    return f"`hiu extract --explain {file or 'FILE'}` drafts one"
