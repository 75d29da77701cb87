"""A service that never was, twelve months before the real one: the rows of the sites come in; the
estimate of people picked at the same ranks, who had no support, goes out. Its truth is no effect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openhiu.evaluate.estimate import Estimate, estimate, pool
from openhiu.evaluate.interval import NOTHING, Standing
from openhiu.evaluate.plan import W3
from openhiu.evaluate.rows import Rows, day_number, day_of

KEY: Final = "attendances"


def placebo(sites: Sequence[Rows]) -> Estimate | None:
    """The pooled 3-month estimate; None where history or people do not suffice for one."""
    found = []
    for rows in sites:
        moved = moved_back(rows)
        if moved is not None:
            found.append(estimate(moved, moved.outcomes[KEY], moved.before[KEY], W3))
    usable = [one for one in found if one.standing not in NOTHING]
    if not usable:
        return None
    whole = pool(usable)
    return whole if whole.standing is Standing.ENOUGH else None


def moved_back(rows: Rows) -> Rows | None:
    """The rows as if the service had started a year earlier, with people of the clients' ranks on
    the lists of a year earlier in their place; the data end where the real service begins.
    """
    picked = _pick(rows)
    if not picked:
        return None
    client = np.zeros(rows.size, np.bool_)
    client[picked] = True
    pretended = replace(rows, client=client, service_start=_year_before(rows.service_start),
                        cut=rows.service_start)  # fmt: skip
    return _only(pretended, ~rows.client)


def _pick(rows: Rows) -> list[int]:
    """For each client the comparison row nearest in rank a year earlier; nobody stands twice, and
    follow-up has to be over when the real service begins.
    """
    over = rows.index + W3.days <= day_number(rows.service_start)
    free = ~rows.client & over
    picked: list[int] = []
    taken: set[int] = set()
    for client in np.flatnonzero(rows.client):
        anchor = day_number(_year_before(day_of(rows.anchor[client])))
        for row in _nearest(rows, free & (rows.anchor == anchor), int(rows.rank[client])):
            if int(rows.person[row]) not in taken:
                taken.add(int(rows.person[row]))
                picked.append(int(row))
                break
    return picked


def _nearest(rows: Rows, among: NDArray[np.bool_], rank: int) -> NDArray[np.int64]:
    found = np.flatnonzero(among)
    return found[np.argsort(np.abs(rows.rank[found] - rank), kind="stable")]


def _only(rows: Rows, kept: NDArray[np.bool_]) -> Rows:
    """So many of the rows. The days of clients' attendances go: nothing here reads them."""
    size = rows.size
    changed: dict[str, object] = {"event_row": np.zeros(0, np.int32),
                                  "event_day": np.zeros(0, np.int32)}  # fmt: skip
    for one in fields(rows):
        value = getattr(rows, one.name)
        if one.name in changed:
            continue
        if isinstance(value, np.ndarray) and len(value) == size:
            changed[one.name] = value[kept]
        elif one.name in ("outcomes", "before"):
            changed[one.name] = {key: counts[kept] for key, counts in value.items()}
    return replace(rows, **changed)  # type: ignore[arg-type]


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
