"""How long something lasts where some of it is still going on: lengths and whether each has ended
come in; the Kaplan-Meier curve and its quantiles go out. Who still goes on is no short stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Curve:
    """Share that goes on longer than each of `times`, in order."""

    times: tuple[float, ...]
    still: tuple[float, ...]

    def quantile(self, share: float) -> float | None:
        """The length by which this share has ended; None where that was not seen."""
        ended_by = 1 - share + 1e-12
        pairs = zip(self.times, self.still, strict=True)
        return next((time for time, still in pairs if still <= ended_by), None)

    def ended_by(self, time: float) -> float:
        """The share that has ended by then."""
        seen = [still for at, still in zip(self.times, self.still, strict=True) if at <= time]
        return 1 - (seen[-1] if seen else 1.0)


def kaplan_meier(lengths: Sequence[float], ended: Sequence[bool]) -> Curve:
    """The product-limit estimate. At one length, endings come before those last seen going on."""
    events: dict[float, list[int]] = {}
    for length, has_ended in zip(lengths, ended, strict=True):
        counts = events.setdefault(length, [0, 0])
        counts[0 if has_ended else 1] += 1
    at_risk, still = len(lengths), 1.0
    times, curve = [], []
    for length in sorted(events):
        over, going_on = events[length]
        if over:
            still *= 1 - over / at_risk
            times.append(length)
            curve.append(still)
        at_risk -= over + going_on
    return Curve(tuple(times), tuple(curve))
