"""How much an HIU service changes: an evaluation, or else what is planned with, comes in; the share
of expected contacts that remains, with its range and its source, goes out.

Never a plain before and after: people who come most one year come less the next with no service.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from openhiu.evaluate.interval import Standing
from openhiu.locality import BusinessCase
from openhiu.report import printed
from openhiu.report.board.evidence import Evidence
from openhiu.report.business_case.sums.plan import MONTHS_A_YEAR, Ratio

EVALUATED: Final = "evaluated"
PLANNED: Final = "planned"
ENTERED: Final = "entered"
STUDY: Final = (
    "a controlled before-and-after study of a UK high intensity use service: 128 people supported, "
    "680 compared with them, 12 months (BMC Health Services Research 2022, "
    "doi 10.1186/s12913-022-08415-2)"
)
_STUDY_RATIOS: Final = {
    "attendances": Ratio(0.856, 0.631, 1.160),
    "emergency_admissions": Ratio(0.871, 0.628, 1.208),
}


@dataclass(frozen=True)
class Effect:
    """The ratios by kind of contact. `months`: how long after a start they were measured.

    `basis` is EVALUATED, ENTERED (the place's own planning figure) or PLANNED (the study).
    `beside` says what an evaluation that could not be used did say.
    """

    ratios: Mapping[str, Ratio]
    source: str
    basis: str
    months: int = MONTHS_A_YEAR
    people: Any = None
    beside: str = ""

    def fewer(self, kind: str) -> tuple[float, float, float]:
        """Percent fewer than expected: the middle, the worse and the better end."""
        ratio = self.ratios[kind]
        return 100 * (1 - ratio.central), 100 * (1 - ratio.high), 100 * (1 - ratio.low)

    @property
    def may_be_none(self) -> bool:
        """Whether no change at all lies within the range of any kind."""
        return any(ratio.low <= 1 <= ratio.high for ratio in self.ratios.values())


def effect_of(evidence: Evidence | None, case: BusinessCase) -> Effect:
    """The evaluation's own where it has an estimate; else the place's figure; else the study's."""
    found = _evaluated(evidence) if evidence else None
    if found:
        return found
    beside = _beside(evidence) if evidence else ""
    if case.effect:
        ratios = {kind: _of_percent(one.central, one.low, one.high)
                  for kind, one in case.effect.items()}  # fmt: skip
        source = next(iter(case.effect.values())).source
        return Effect(ratios, source, ENTERED, beside=beside)
    return Effect(_STUDY_RATIOS, STUDY, PLANNED, beside=beside)


def _evaluated(evidence: Evidence) -> Effect | None:
    """The longest window with an estimate. Of everything priced together where the evaluation put
    a worth with a range on it: several outcomes then have one interval, made from the people.
    """
    for window in evidence.windows:
        if evidence.outcome(window).get("standing") != Standing.ENOUGH:
            continue
        ratios = _of_money(evidence.part("money", window)) or _of_visits(evidence.outcome(window))
        if ratios:
            return Effect(ratios, _source(evidence, window), EVALUATED, _months(window),
                          evidence.outcome(window).get("people"))  # fmt: skip
    return None


def _of_money(worth: Mapping[str, Any]) -> dict[str, Ratio]:
    capacity, expected = worth.get("capacity") or {}, worth.get("expected_gbp")
    ends = [capacity.get(key) for key in ("gbp", "low", "high")]
    kinds = [str(line["item"]) for line in worth.get("lines", ()) if line.get("counted")]
    if not expected or not kinds or any(end is None for end in ends):
        return {}
    ratio = _of_percent(*(100 * end / expected for end in ends if end is not None))
    return dict.fromkeys(kinds, ratio)


def _of_visits(outcome: Mapping[str, Any]) -> dict[str, Ratio]:
    ends = [outcome.get(key) for key in ("ratio", "low", "high")]
    if any(end is None for end in ends):
        return {}
    return {"attendances": Ratio(*(float(end) for end in ends if end is not None))}


def _of_percent(central: float, low: float, high: float) -> Ratio:
    """A ratio from percent fewer; the ends put in order, and never below nothing."""
    ends = sorted(max(0.0, 1 - percent / 100) for percent in (central, low, high))
    return Ratio(ends[1], ends[0], ends[2])


def _source(evidence: Evidence, window: str) -> str:
    """The evaluation as a source: whose, of when, under which plan."""
    people = evidence.outcome(window).get("people")
    return (
        f"this area's own evaluation of {people} people over {window} months, data up to "
        f"{printed.day(evidence.cut - timedelta(days=1))}, plan {evidence.plan_hash[:12]}"
    )


def _beside(evidence: Evidence) -> str:
    found = evidence.outcome(evidence.headline)
    low, high = found.get("reduction_low"), found.get("reduction_high")
    if low is None or high is None:
        return "The area's own evaluation cannot put a figure on the effect yet."
    return (
        "The area's own evaluation cannot put one figure on the effect yet: anything from "
        f"{abs(low):.0f}% {_way(low)} to {abs(high):.0f}% {_way(high)} is possible."
    )


def _way(percent: float) -> str:
    return "fewer" if percent >= 0 else "more"


def _months(window: str) -> int:
    return max(1, min(MONTHS_A_YEAR, round(float(window))))
