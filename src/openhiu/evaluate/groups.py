"""Whether it helped some more than others: rows and journeys come in; the effect in each group that
is big enough goes out, with whether it differs from everybody else's by more than chance.

An effect is told only where the group and all others are both at least 30 clients with 60 expected
attendances; one attribute at a time. Counts leave through the disclosure room; observed and
expected numbers of a group are not told at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from openhiu.disclosure import disclose_parts
from openhiu.evaluate.dimensions import DIMENSIONS, Dimension, group_of, in_order, known
from openhiu.evaluate.estimate import Estimate, estimate, finished, pool
from openhiu.evaluate.expected import Expected
from openhiu.evaluate.outcomes import PRIMARY
from openhiu.evaluate.plan import HEADLINE_PEOPLE, LEVEL, Window
from openhiu.evaluate.rows import Journey, Rows
from openhiu.evaluate.together import Models, model_for, models

EXPECTED_NEEDED: Final = 60.0
BY_CHANCE: Final = "Differences of this size are expected by chance."
_TAIL: Final = 1 - (1 - LEVEL) / 2
_NONE: Final = "No group is big enough, beside everybody else, for an effect of its own."


@dataclass(frozen=True)
class Difference:
    """A group's ratio of observed to expected over everybody else's, with its 95 % range."""

    ratio: float
    low: float
    high: float

    @property
    def by_chance(self) -> bool:
        """Whether no difference lies within the range."""
        return self.low <= 1 <= self.high


def effects(
    sites: Sequence[Rows], journeys: Sequence[Journey], window: Window,
    fits: Models | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The effect on attendances by group. `fits`: regressions of attendances already learnt."""
    learnt = fits or models(sites, PRIMARY)
    known_fits = {rows.site: model_for(rows, sites, PRIMARY, window, learnt) for rows in sites}
    started = [journey for journey in journeys if journey.started is not None]
    by = [_dimension(sites, started, window, known_fits, d)
          for d in DIMENSIONS if known(started, d)]  # fmt: skip
    told = [group for dimension in by for group in dimension["groups"] if group["told"]]
    return {"window": window.name, "by": by, "sentences": _sentences(told)}


def _dimension(
    sites: Sequence[Rows], journeys: Sequence[Journey], window: Window,
    fits: Mapping[str, Expected], dimension: Dimension,
) -> dict[str, Any]:  # fmt: skip
    people = {(journey.site, journey.person): group_of(journey, dimension) for journey in journeys}
    of_rows = {rows.site: _groups_of(rows, people) for rows in sites}
    sizes = Counter(
        str(group) for rows in sites for group in of_rows[rows.site][finished(rows, window)]
    )
    shown, _ = disclose_parts(
        {group: sizes[group] for group in in_order(set(sizes))}, total_exact=True
    )
    return {
        "dimension": dimension.words,
        "core20plus5": dimension.part,
        "groups": [
            {"group": group, "people": count,
             **_told(group, count, sites, of_rows, window, fits)}
            for group, count in shown.items()
        ],
    }  # fmt: skip


def _groups_of(rows: Rows, people: Mapping[tuple[str, int], str]) -> NDArray[np.object_]:
    """(n) the group of each client's row; empty for comparison rows."""
    found = np.full(rows.size, "", dtype=object)
    for row in np.flatnonzero(rows.client):
        found[row] = people.get((rows.site, int(rows.person[row])), "Not known")
    return found


def _told(
    group: str, count: int | str, sites: Sequence[Rows],
    of_rows: Mapping[str, NDArray[np.object_]], window: Window, fits: Mapping[str, Expected],
) -> dict[str, Any]:  # fmt: skip
    if isinstance(count, str):
        return {"told": False}
    inside, outside = (
        pool([
            estimate(rows, rows.outcomes[PRIMARY], rows.before[PRIMARY], window,
                     among=(of_rows[rows.site] == group) == wanted, fitted=fits[rows.site])
            for rows in sites
        ])
        for wanted in (True, False)
    )  # fmt: skip
    difference = compare(inside, outside)
    if difference is None or inside.reduction is None:
        return {"told": False}
    return {
        "told": True,
        "reduction": round(inside.reduction),
        "reduction_low": _whole(inside.reduction_low),
        "reduction_high": _whole(inside.reduction_high),
        "against_others": round(difference.ratio, 2),
        "against_others_low": round(difference.low, 2),
        "against_others_high": round(difference.high, 2),
        "by_chance": difference.by_chance,
        "sentence": _sentence(group, inside, difference),
    }


def compare(inside: Estimate, outside: Estimate) -> Difference | None:
    """The interaction: log(ratio of ratios) and its limits; None where either is too small."""
    if not (_big_enough(inside) and _big_enough(outside)):
        return None
    if not inside.observed or not outside.observed or inside.se is None or outside.se is None:
        return None
    apart = log((inside.ratio or 1.0) / (outside.ratio or 1.0))
    freedom = max(min(inside.n_eff or 2.0, outside.n_eff or 2.0) - 1, 1.0)
    half = float(stdtrit(freedom, _TAIL)) * sqrt(inside.se**2 + outside.se**2)
    return Difference(exp(apart), exp(apart - half), exp(apart + half))


def _big_enough(found: Estimate) -> bool:
    return (
        found.people >= HEADLINE_PEOPLE
        and (found.expected or 0.0) >= EXPECTED_NEEDED
        and found.ratio is not None
    )


def _sentence(group: str, inside: Estimate, difference: Difference) -> str:
    low, high = _whole(inside.reduction_low), _whole(inside.reduction_high)
    told = (
        f"{group}: {_change(inside.reduction or 0.0)} than expected (95% range {low}% to {high}%)."
    )
    if difference.by_chance:
        return f"{told} {BY_CHANCE}"
    better = "more" if difference.ratio < 1 else "less"
    return f"{told} The service did {better} here than for everybody else, beyond chance."


def _change(reduction: float) -> str:
    return f"{abs(round(reduction))}% {'fewer' if reduction >= 0 else 'more'}"


def _sentences(told: Sequence[Mapping[str, Any]]) -> list[str]:
    if not told:
        return [_NONE]
    if all(group["by_chance"] for group in told):
        return [f"{len(told)} groups were compared with everybody else. {BY_CHANCE}"]
    one_in_twenty = "about one in twenty would seem to differ by chance alone"
    return [f"{len(told)} groups were compared with everybody else; {one_in_twenty}."]


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
