"""The reference page of the inventory: entries come in, Markdown goes out."""

from __future__ import annotations

from typing import Final

from openhiu.tables.fields import KINDS
from openhiu.web.assurance.inventory import shown
from openhiu.web.assurance.inventory.entries import Entry

_HEAD: Final = """# Inventory of what is kept

Every field of the workspace and of the hospital's store. Bases are proposals; the data protection
officer decides. How it is used: [people's rights](../how-to/rights.md). Written by `make docs` from
`tables/holdings.py`, `tables/fields.py` and `tables/data_inventory.toml`; a field that is not there
fails the tests.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD, _kinds()]
    parts += [_holding(first, table.rows) for first, table in shown.by_holding()]
    return "\n".join(parts)


def _kinds() -> str:
    lines = ["## Kinds of fields\n", "| what it is | in a copy | put right | erased | in a log |",
             "|---|---|---|---|---|"]  # fmt: skip
    lines += [f"| {one.words} | {one.access} | {one.rectify} | {one.erase} | {one.log} |"
              for one in KINDS.values()]  # fmt: skip
    return "\n".join(lines) + "\n"


def _holding(first: Entry, rows: tuple[tuple[object, ...], ...]) -> str:
    lines = [
        f"## {shown.title(first)}\n",
        (
            f"For: {first.purpose}. Basis: {first.basis}. Kept: {first.retention}. Read by: "
            f"{first.readers or 'nobody'}. Given to: {first.goes_to}.\n"
        ),
        "| model | fields | about | in a copy | put right | in a log | sealed |",
        "|---|---|---|---|---|---|---|",
    ]
    for model, fields, _, about, access, rectify, log, sealed in rows:
        lines.append(f"| {model} | {fields} | {about} | {access} | {rectify} | {log} | {sealed} |")
    return "\n".join(lines) + "\n"
