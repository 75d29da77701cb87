"""What an estimate says, and the sums of it that a region needs: plain data, with no person in the
sums. `estimate.py` makes them, everybody else reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openhiu.evaluate.interval import Standing
from openhiu.evaluate.plan import Window

Floats = NDArray[np.float64]
_NONE: Final = np.zeros(0)


@dataclass(frozen=True)
class Sums:
    """What pooling needs of one site: sums over its clients and over the people of its lists.

    y, m, b: observed, expected, before; `h` is m plus what the client's own earlier rows add to
    the expectation; `rest` is the sum of squares of what everybody else adds.
    """

    n: int = 0
    y: float = 0.0
    m: float = 0.0
    b: float = 0.0
    yy: float = 0.0
    yh: float = 0.0
    hh: float = 0.0
    mm: float = 0.0
    rest: float = 0.0
    yb: float = 0.0
    bb: float = 0.0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Sums)))


@dataclass(frozen=True, eq=False)
class Estimate:
    """One outcome in one window: see the evaluation plan. Percentages are of a reduction.

    What `standing` forbids is None. `low` and `high` bound `ratio` (95 %); `reduction_low` and
    `avoided_low` are the least good ends. `se` is of log ratio, method allowance included.
    `sums`: one per site. `client_*` hold one entry per client of a single site; empty when pooled.
    """

    window: Window
    sites: tuple[str, ...]
    people: int
    standing: Standing
    observed: float | None = None
    expected: float | None = None
    before: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    reduction: float | None = None
    reduction_low: float | None = None
    reduction_high: float | None = None
    avoided: float | None = None
    avoided_low: float | None = None
    avoided_high: float | None = None
    natural_change: float | None = None
    resource_pack: float | None = None
    resource_pack_interval: tuple[float, float] | None = None
    detectable: float | None = None
    people_needed: int | None = None
    se: float | None = None
    n_eff: float | None = None
    p_value: float | None = None
    clustered: bool = False
    borrowed: bool = False
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sums: tuple[Sums, ...] = ()
    client_index: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    client_y: Floats = field(default_factory=lambda: _NONE)
    client_mu: Floats = field(default_factory=lambda: _NONE)
    expected_by_segment: Floats = field(default_factory=lambda: np.zeros((0, 0)))
