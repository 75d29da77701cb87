"""Rows of a made-up site on which everything can be worked out by hand.

Everybody on a list has the same history, so that the regression can expect only one thing of each:
the mean of the comparison rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from openhiu.evaluate.rows import Rows, day_number

SERVICE_START = date(2024, 1, 1)
CUT = date(2026, 1, 1)
COMPARISON = 600  # rows, of 200 people


def made_site(
    outcomes: Mapping[str, tuple[float, Sequence[Sequence[float]]]], *,
    site: str = "RXX01", starts: Sequence[date] | None = None, before: float = 8.0,
    ends: Mapping[int, date] | None = None, events: Sequence[tuple[int, date]] = (),
    cut: date = CUT, service_start: date = SERVICE_START, comparison: int = COMPARISON,
) -> Rows:  # fmt: skip
    """`outcomes[key]`: what comparison rows have in each segment on average (half have one less,
    half one more), and one row of four segments a client. Client n is person 10,000 + n; clients
    start on the first day of the service unless `starts` says otherwise.
    """
    clients = len(next(iter(outcomes.values()))[1])
    size = comparison + clients
    start = np.array(
        [day_number(day) for day in starts or [service_start] * clients], dtype=np.int32
    )
    old = np.full(comparison, day_number(service_start) - 400, dtype=np.int32)
    index = np.concatenate([old, start])
    end = np.minimum(index + 400, day_number(cut)).astype(np.int32)
    for client, day in (ends or {}).items():
        end[comparison + client] = day_number(day)
    begins = index[:, None] + 90 * np.arange(4)
    exposure = np.clip((end[:, None] - begins) / 90, 0, 1)
    is_client = np.arange(size) >= comparison
    both: dict[str, Any] = {"outcomes": {}, "before": {}}
    for key, (mean, rows) in outcomes.items():
        odd = np.where(np.arange(comparison) % 2, mean + 1, mean - 1)
        both["outcomes"][key] = np.vstack(
            [np.repeat(odd[:, None], 4, axis=1), np.array(rows, float).reshape(-1, 4)]
        )
        both["before"][key] = np.full((size, 2), before)
    return Rows(
        site=site, service_start=service_start, cut=cut, first_data=date(2021, 1, 1),
        person=np.concatenate([np.arange(comparison) // 3, 10_000 + np.arange(clients)]),
        client=is_client, anchor=(index - 10).astype(np.int32), index=index, end=end,
        rank=np.ones(size, np.int32), history=np.ones((size, 4)),
        history_volume=np.ones((size, 4)), recent3=np.full(size, 3, np.int32),
        earlier9=np.full(size, 3, np.int32), age=np.full(size, 40.0),
        female=np.zeros(size, bool), flag=np.zeros(size, bool), has_flag=False,
        said_no=np.zeros(size, bool), exposure=exposure, volume=np.ones((size, 4)),
        event_row=np.array([comparison + who for who, _ in events], np.int32),
        event_day=np.array([day_number(day) for _, day in events], np.int32),
        volume_by_month={}, **both,
    )  # fmt: skip
