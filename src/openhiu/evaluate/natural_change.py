"""The natural-change table, the secondary estimate that pencil and paper can check: the rows of a
site come in; how counts changed with no support, by band, and observed over expected go out.

A cell says: people with so many attendances in the last three months, and so many in the nine
before, had on average this share of their last count in the next window. It leans low, so it is
called the cautious check.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openhiu.disclosure import HIDDEN, disclose, shown_count
from openhiu.evaluate.estimate import Estimate, estimate, finished, from_parts, too_old
from openhiu.evaluate.expected import Expected, at_risk, clean
from openhiu.evaluate.plan import (
    CELL_ROWS,
    CLEAN_PEOPLE,
    CLEAN_ROWS,
    EARLIER_BANDS,
    RECENT_BANDS,
    VOLUME_FLOOR,
    Window,
)
from openhiu.evaluate.rows import HISTORY_SPANS, Rows

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Cell:
    """One cell, perhaps merged with its neighbours. `share`: next window over last three months.

    Bounds are counts; `None` above: no upper bound. `rows` are entries on lists, `people` how many
    different people they are of; `seen` and `last` are the volume-indexed sums.
    """

    recent: tuple[int, int | None]
    earlier: tuple[int, int | None]
    rows: int
    people: int
    seen: float
    last: float

    @property
    def share(self) -> float:
        """Counts of the whole window for each count of the last three months."""
        return self.seen / self.last


@dataclass(frozen=True, eq=False)
class Table:
    """The cells, and which one each (recent band, earlier band) fell into."""

    cells: tuple[Cell, ...]
    place: NDArray[np.int64]


def natural_change(
    rows: Rows, counts: Floats, before: Floats, window: Window, *, among: Bools | None = None
) -> tuple[Estimate, Table | None]:
    """Observed over what the table expects, with the interval of the primary estimate."""
    known = np.isfinite(counts[:, : window.segments]).all(axis=1)
    clients = finished(rows, window, among) & known
    pool = clean(rows, window.segments - 1) & known
    enough = pool.sum() >= CLEAN_ROWS and len(np.unique(rows.person[pool])) >= CLEAN_PEOPLE
    if not clients.any() or not enough or too_old(rows, clients, window):
        nothing = Expected((None,) * window.segments, has_flag=False)
        return estimate(rows, counts, before, window, among=among, fitted=nothing), None
    weight = _weight(rows, window)
    seen = np.where(known, counts[:, : window.segments].sum(axis=1), 0.0)
    table = _table(rows, pool, seen, weight)
    cell = _cell(rows, table)
    share = np.array([one.share for one in table.cells])
    mu = share[cell] * weight
    theirs, rest = _influence(rows, pool, clients, cell, seen, weight, len(share))
    answer = from_parts(
        window, rows, clients, seen=seen[clients], mu=mu[clients], theirs=theirs, rest=rest,
        earlier=before[clients, window.before],
    )  # fmt: skip
    return answer, table


def cells_shown(table: Table) -> list[dict[str, Any]]:
    """The cells as they may be handed on: nothing of a cell of fewer than 8 people."""
    return [
        {
            "last_3_months": _band(cell.recent), "9_months_before": _band(cell.earlier),
            "entries": HIDDEN if shown_count(cell.people) == HIDDEN else disclose(cell.rows),
            "for_each": HIDDEN if shown_count(cell.people) == HIDDEN else round(cell.share, 2),
        }
        for cell in table.cells
    ]  # fmt: skip


def _band(bounds: tuple[int, int | None]) -> str:
    low, high = bounds
    if high is None:
        return f"{low} or more"
    return f"{low}" if low == high else f"{low} to {high}"


def _weight(rows: Rows, window: Window) -> Floats:
    """The own last count, on the scale of the window: volume then and now, time at risk."""
    long = [far - near for far, near in HISTORY_SPANS[:2]]
    level = np.average(rows.history_volume[:, :2], axis=1, weights=long)
    risk = at_risk(rows)[:, : window.segments].mean(axis=1)
    return np.asarray(rows.recent3 * risk / np.maximum(level, VOLUME_FLOOR))


def _bands(rows: Rows) -> tuple[Ints, Ints]:
    recent = np.searchsorted(RECENT_BANDS, rows.recent3, side="right") - 1
    earlier = np.searchsorted(EARLIER_BANDS, rows.earlier9, side="right") - 1
    return np.maximum(recent, 0), earlier


def _cell(rows: Rows, table: Table) -> Ints:
    recent, earlier = _bands(rows)
    return np.asarray(table.place[recent, earlier])


def _table(rows: Rows, pool: Bools, seen: Floats, weight: Floats) -> Table:
    recent, earlier = _bands(rows)
    shape = (len(RECENT_BANDS), len(EARLIER_BANDS))
    flat = (recent * shape[1] + earlier)[pool]
    sums = [np.bincount(flat, values, minlength=shape[0] * shape[1]).reshape(shape)
            for values in (np.ones(len(flat)), seen[pool], weight[pool])]  # fmt: skip
    place = np.zeros(shape, np.int64)
    cells: list[Cell] = []
    # A band of the last three months that is too thin even whole goes with the band beside it.
    for top, bottom in merged(sums[0].sum(axis=1)):
        band = [part[top:bottom].sum(axis=0) for part in sums]
        for left, right in merged(band[0]):
            place[top:bottom, left:right] = len(cells)
            cells.append(Cell(
                _bounds(RECENT_BANDS, top, bottom), _bounds(EARLIER_BANDS, left, right),
                int(band[0][left:right].sum()), 0, float(band[1][left:right].sum()),
                float(band[2][left:right].sum()),
            ))  # fmt: skip
    of = place[recent, earlier][pool]
    pairs = np.unique(np.column_stack([of, rows.person[pool]]), axis=0)[:, 0]
    people = np.bincount(pairs, minlength=len(cells))
    return Table(tuple(replace(cell, people=int(n))
                       for cell, n in zip(cells, people, strict=True)), place)  # fmt: skip


def merged(rows: Floats) -> list[tuple[int, int]]:
    """Neighbouring columns put together, from the left, until each group has enough rows; what is
    left over at the right end joins the last group.
    """
    groups: list[tuple[int, int]] = []
    start, total = 0, 0.0
    for column, count in enumerate(rows):
        total += count
        if total >= CELL_ROWS:
            groups.append((start, column + 1))
            start, total = column + 1, 0.0
    if start < len(rows):
        first = groups.pop()[0] if groups else 0
        groups.append((first, len(rows)))
    return groups


def _bounds(bands: tuple[int, ...], start: int, stop: int) -> tuple[int, int | None]:
    return bands[start], bands[stop] - 1 if stop < len(bands) else None


def _influence(
    rows: Rows, pool: Bools, clients: Bools, cell: Ints, seen: Floats, weight: Floats, cells: int
) -> tuple[Floats, float]:  # fmt: skip
    """By how much each person's own clean rows move the clients' expected total: the cell's share
    with them, less the share without them.
    """
    people = int(rows.person.max()) + 1
    key = rows.person[pool] * cells + cell[pool]
    own = [np.bincount(key, values[pool], minlength=people * cells).reshape(people, cells)
           for values in (seen, weight)]  # fmt: skip
    whole = [part.sum(axis=0) for part in own]
    asked = np.bincount(cell[clients], weight[clients], minlength=cells)
    share = whole[0] / whole[1]
    without = np.maximum(whole[1] - own[1], 1e-9)
    added = ((own[0] - share * own[1]) / without) @ asked
    who = rows.person[clients]
    theirs = added[who]
    added[who] = 0.0
    return theirs, float(added @ added)
