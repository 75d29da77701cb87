"""Two usual ways of comparing that do not hold here, for the table beside our own: the rows of a
site come in, a reduction in percent goes out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from openhiu.evaluate.estimate import Window, finished
from openhiu.evaluate.expected import at_risk
from openhiu.evaluate.rows import Rows, day_number

KEY = "attendances"
_NEIGHBOURS = 4


def difference_in_differences(rows: Rows, window: Window) -> float:
    """Clients' change over that of people on the same lists who were not supported (ratios)."""
    clients, others = finished(rows, window), _unsupported(rows, window)
    change = [
        rows.outcomes[KEY][some, : window.segments].sum()
        / rows.before[KEY][some, window.before].sum()
        for some in (clients, others)
    ]
    return 100 * (1 - float(change[0] / change[1]))


def nearest_neighbours(rows: Rows, window: Window) -> float:
    """Clients over the four people likest to each on the same list who were not supported."""
    clients, others = finished(rows, window), _unsupported(rows, window)
    known = _known(rows)
    seen = rows.outcomes[KEY][:, : window.segments].sum(axis=1)
    risk = at_risk(rows)[:, : window.segments].sum(axis=1)
    observed, expected = 0.0, 0.0
    for client in np.flatnonzero(clients):
        same = np.flatnonzero(others & (rows.anchor == rows.anchor[client]))
        far = ((known[same] - known[client]) ** 2).sum(axis=1)
        near = same[np.argsort(far, kind="stable")[:_NEIGHBOURS]]
        if not risk[near].sum():
            continue
        observed += seen[client]
        expected += float(seen[near].sum() / risk[near].sum()) * risk[client]
    return 100 * (1 - observed / expected)


def _unsupported(rows: Rows, window: Window) -> NDArray[np.bool_]:
    """People listed since the service began who did not start, followed as long."""
    there = rows.anchor >= day_number(rows.service_start)
    whole = rows.index + window.days <= day_number(rows.cut)
    return np.asarray(~rows.client & there & whole)


def _known(rows: Rows) -> NDArray[np.float64]:
    """What is matched on, each with a standard deviation of one."""
    columns = np.column_stack([
        np.log1p(rows.history[:, :2].sum(axis=1)), np.log1p(rows.history.sum(axis=1)),
        rows.flag, rows.age,
    ]).astype(float)  # fmt: skip
    return np.asarray(columns / columns.std(axis=0))


RIVALS = {
    "difference in differences, same lists": difference_in_differences,
    "nearest neighbours 4:1, same lists": nearest_neighbours,
}
