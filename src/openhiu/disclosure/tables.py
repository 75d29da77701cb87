"""Tables of people with totals: true counts come in; a table without a cell to be worked out goes
out. Totals are added up from true counts, then rounded like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openhiu.disclosure.counts import HIDDEN, disclose
from openhiu.disclosure.protect import Publication, hidden_names

Count = int | str


@dataclass(frozen=True)
class Shown:
    """A table as it may be seen: `cells[row][column]`, with totals of rows, columns and all."""

    cells: Mapping[str, Mapping[str, Count]]
    row_totals: Mapping[str, Count]
    column_totals: Mapping[str, Count]
    total: Count


def disclose_parts(
    parts: Mapping[str, int], *, total_stands: bool = False, total_exact: bool = False,
    exact: bool = False,
) -> tuple[dict[str, Count], Count]:  # fmt: skip
    """The parts of a whole, and the whole.

    `total_stands`: the whole is also told elsewhere; `total_exact`: and to the last digit, as the
    size of an estimate is. `exact`: so are the parts, being the sizes of estimates themselves.
    """
    names = {part: f"part {part}" for part in parts}
    counts = {names[part]: count for part, count in parts.items()}
    counts["whole"] = sum(parts.values())
    shown = publish(
        Publication(
            counts,
            [("whole", list(names.values()))],
            standing=frozenset({"whole"} if total_stands or total_exact else ()),
            exact=frozenset(counts if exact else {"whole"} if total_exact else ()),
        )
    )
    return {part: shown[name] for part, name in names.items()}, shown["whole"]


def disclose_table(counts: Mapping[str, Mapping[str, int]]) -> Shown:
    """A table in two directions, whose columns (and whose rows) do not share people."""
    rows = list(counts)
    columns = list(dict.fromkeys(column for row in counts.values() for column in row))
    true = {_cell(r, c): counts[r].get(c, 0) for r in rows for c in columns}
    across = [(_cell(r, None), [_cell(r, c) for c in columns]) for r in rows]
    down = [(_cell(None, c), [_cell(r, c) for r in rows]) for c in columns]
    for total, parts in (*across, *down):
        true[total] = sum(true[part] for part in parts)
    whole = _cell(None, None)
    true[whole] = sum(true[total] for total, _ in across)
    ends = [(whole, [total for total, _ in across]), (whole, [total for total, _ in down])]
    shown = publish(Publication(true, [*across, *down, *ends]))
    return Shown(
        {r: {c: shown[_cell(r, c)] for c in columns} for r in rows},
        {r: shown[_cell(r, None)] for r in rows},
        {c: shown[_cell(None, c)] for c in columns},
        shown[whole],
    )


def disclose_steps(
    dimensions: Mapping[str, Mapping[str, Sequence[int]]], totals: Sequence[int]
) -> tuple[dict[str, dict[str, list[Count]]], list[Count]]:
    """The steps of a journey by the groups of several dimensions, all over the same people.

    `dimensions[dimension][group]` holds one count a step, and `totals` those of everyone; each step
    counts some of the people of the one before. The totals stand once for every dimension.
    """
    steps = range(len(totals))
    true = {f"all {step}": totals[step] for step in steps}
    sums: list[tuple[str, list[str]]] = []
    nested: list[tuple[str, str]] = [(f"all {step}", f"all {step - 1}") for step in steps if step]
    for dimension, groups in dimensions.items():
        names = {group: [f"{dimension} {group} {step}" for step in steps] for group in groups}
        for group, counts in groups.items():
            true |= dict(zip(names[group], counts, strict=True))
            nested += [(names[group][step], names[group][step - 1]) for step in steps if step]
        sums += [(f"all {step}", [names[group][step] for group in groups]) for step in steps]
    standing = frozenset(f"all {step}" for step in steps)
    shown = publish(Publication(true, sums, nested, standing))
    return (
        {
            dimension: {g: [shown[f"{dimension} {g} {step}"] for step in steps] for g in groups}
            for dimension, groups in dimensions.items()
        },
        [shown[f"all {step}"] for step in steps],
    )


def publish(given: Publication) -> dict[str, Count]:
    """Every number of a publication as it may be shown."""
    hidden = hidden_names(given)
    return {
        name: HIDDEN if name in hidden else count if name in given.exact else disclose(count)
        for name, count in given.counts.items()
    }


def _cell(row: str | None, column: str | None) -> str:
    return repr((row, column))
