"""docs/reference/tables.md, written from the declarations: nothing comes in, the page goes out."""

from __future__ import annotations

from openhiu.tables.activity import TABLES
from openhiu.tables.schema import Column, Table, Type

_HEAD = """# The tables

<!-- Written from src/openhiu/tables/activity.py by `python -m openhiu.extract.describe
docs/reference`; a test keeps the two the same. -->

What `hiu extract` makes of a trust's files. The names are also the dialect `canonical`: a file with
these headers needs no mapping.

A cell that breaks its rule is either left empty and counted, or its row is rejected and listed in
`rejects.csv`. Dates and times are local time as recorded, without a zone. NHS numbers are checked
and never repaired.
"""


def tables_page() -> str:
    """The page, as Markdown."""
    return "\n".join([_HEAD, *(_table(table) for table in TABLES.values())])


def _table(table: Table) -> str:
    return "\n".join(
        [
            f"## {table.name}",
            "",
            table.meaning,
            "",
            f"One record for life: {' + '.join(f'`{name}`' for name in table.record_key)}. "
            + (f"Dated by `{table.happened}`." if table.happened else "Not dated."),
            "",
            "| column | holds | meaning | rules | what a fault does |",
            "|---|---|---|---|---|",
            *(_column(column) for column in table.columns),
            "",
            *(f"- {order.rule}: the row is rejected." for order in table.in_order),
            *([""] if table.in_order else []),
            *_codes(table),
        ]
    )


def _column(column: Column) -> str:
    cells = (
        f"`{column.name}`", column.type.value, column.meaning, "; ".join(_rules(column)),
        _fault(column),
    )  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _fault(column: Column) -> str:
    free = column.type in (Type.TEXT, Type.CODE) and not (column.closed or column.required)
    return "kept as recorded" if free else column.on_fault.value


def _rules(column: Column) -> list[str]:
    told = {
        "required": column.required,
        "completeness is reported": column.key,
        "not in the future": column.past,
        f"{column.range}": column.range is not None,
        "one of its codes": bool(column.codes) and column.closed,
        "codes below; others are kept": bool(column.codes) and not column.closed,
    }
    return [rule for rule, holds in told.items() if holds]


def _codes(table: Table) -> list[str]:
    lines = []
    for column in table.columns:
        if column.codes:
            codes = [f"`{code}` {meaning}" for code, meaning in column.codes.items()]
            lines.append(f"- `{column.name}`: {'; '.join(codes)}.")
            if column.spellings:
                also = [f"{word} for `{code}`" for word, code in column.spellings.items()]
                lines.append(f"  Also read, in any case: {', '.join(also)}.")
    return [*lines, ""] if lines else []
