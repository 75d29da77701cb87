"""Whether the data behave as the method assumes: the rows of the sites come in; pass, look or
cannot be said goes out for each check, with what was found and its limits. No check ever changes
the method.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from openhiu.evaluate.estimate import finished
from openhiu.evaluate.expected import Expected, clean
from openhiu.evaluate.placebo import placebo
from openhiu.evaluate.plan import (
    LOWER_RANKS_FROM,
    LOWER_RANKS_LIMITS,
    OFF_LIST_SHARE,
    ONE_CLIENT_SHARE,
    RANGE_EXPECTED,
    SAID_NO_CENTRE,
    SAID_NO_PEOPLE,
    SAID_NO_SPREAD,
    VOLUME_LIMITS,
    W3,
)
from openhiu.evaluate.rows import Cohort, Rows, day_number

Bools = NDArray[np.bool_]
KEY: Final = "attendances"


@dataclass(frozen=True)
class Check:
    """One check: `result` is pass, look or cannot."""

    id: str
    what: str
    value: float | str | None
    limits: tuple[float, float] | str
    result: str

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        limits = self.limits if isinstance(self.limits, str) else list(self.limits)
        return {**asdict(self), "limits": limits}


def checks(sites: Sequence[Rows], models: Mapping[str, Expected], cohort: Cohort) -> list[Check]:
    """Every check of the plan. `models`: of attendances, by site."""
    known = [rows for rows in sites if rows.site in models]
    return [
        _lower_ranks(known, models), _said_no(known, models), _one_client(known, models),
        _off_list(cohort), _volume(sites), _placebo(known),
    ]  # fmt: skip


def lower_ranks(sites: Sequence[Rows], models: Mapping[str, Expected]) -> float | None:
    """Observed over expected in 3 months of people ranked below the first hundred who did not
    start: since the service began, over the same before it. None where too few are expected.
    """
    now, then = (0.0, 0.0), (0.0, 0.0)
    for rows in sites:
        low = rows.rank >= LOWER_RANKS_FROM
        now = _add(now, _over_expected(rows, models, _since(rows) & low))
        then = _add(then, _over_expected(rows, models, clean(rows, 0) & low))
    if min(now[1], then[1]) < RANGE_EXPECTED or not then[0]:
        return None
    return (now[0] / now[1]) / (then[0] / then[1])


def _lower_ranks(sites: Sequence[Rows], models: Mapping[str, Expected]) -> Check:
    value = lower_ranks(sites, models)
    return Check(
        "lower_ranks",
        f"People ranked from {LOWER_RANKS_FROM} on who did not start: attendances of 3 months over "
        "expected since the service began, against the same before it",
        _round(value), LOWER_RANKS_LIMITS, _within(value, LOWER_RANKS_LIMITS),
    )  # fmt: skip


def _said_no(sites: Sequence[Rows], models: Mapping[str, Expected]) -> Check:
    total, people, places = (0.0, 0.0), 0, 0
    for rows in sites:
        asked = _since(rows) & rows.said_no
        total = _add(total, _over_expected(rows, models, asked))
        people += len(np.unique(rows.person[asked]))
        places += bool(asked.any())
    reach = 2 * SAID_NO_SPREAD / max(places, 1) ** 0.5
    limits = (round(SAID_NO_CENTRE - reach, 2), round(SAID_NO_CENTRE + reach, 2))
    value = total[0] / total[1] if people >= SAID_NO_PEOPLE and total[1] > 0 else None
    return Check(
        "said_no",
        "People who were asked and did not want support: attendances of 3 months over expected "
        f"(shown from {SAID_NO_PEOPLE} people)",
        _round(value), limits, _within(value, limits),
    )  # fmt: skip


def _one_client(sites: Sequence[Rows], models: Mapping[str, Expected]) -> Check:
    most, total = 0.0, 0.0
    for rows in sites:
        clients = finished(rows, W3)
        if not clients.any() or not models[rows.site].reaches(W3.segments):
            continue
        mu = models[rows.site].mu(rows, clients)[:, 0]
        most, total = max(most, float(mu.max())), total + float(mu.sum())
    share = most / total if total >= RANGE_EXPECTED else None
    limit = f"at most {ONE_CLIENT_SHARE:.0%} of what is expected of all"
    return Check("one_client", "The one client of whom most is expected",
                 _round(share), limit, _within(share, (0.0, ONE_CLIENT_SHARE)))  # fmt: skip


def _off_list(cohort: Cohort) -> Check:
    """Said without the numbers: they may be of a few people."""
    limit = f"at most {OFF_LIST_SHARE:.0%} of those who started"
    what = "People who started without standing on a list that month (not in the estimate)"
    if not cohort.started:
        return Check("off_list", what, None, limit, "cannot")
    within = cohort.off_list <= OFF_LIST_SHARE * cohort.started
    return Check("off_list", what, "within the limit" if within else "above the limit", limit,
                 "pass" if within else "look")  # fmt: skip


def _volume(sites: Sequence[Rows]) -> Check:
    what = ("How busy the whole department was in any month since the service began, against the "
            "12 months before")  # fmt: skip
    levels = [level for rows in sites for month, level in rows.volume_by_month.items()
              if rows.service_start.replace(day=1) <= month < rows.cut]  # fmt: skip
    if not levels:
        return Check("volume", what, None, VOLUME_LIMITS, "cannot")
    far = max(levels, key=lambda level: max(level, 1 / level if level else np.inf))
    return Check("volume", what, _round(far), VOLUME_LIMITS, _within(far, VOLUME_LIMITS))


def _placebo(sites: Sequence[Rows]) -> Check:
    found = placebo(sites)
    what = ("The same method on a service that did not exist: its start moved back 12 months, "
            "people of the same ranks; the 95% range has to hold 1")  # fmt: skip
    if found is None or found.low is None or found.high is None or found.ratio is None:
        return Check("placebo", what, None, "range holds 1", "cannot")
    limits = f"range {found.low:.2f} to {found.high:.2f} has to hold 1"
    return Check("placebo", what, _round(found.ratio), limits,
                 "pass" if found.low <= 1 <= found.high else "look")  # fmt: skip


def _since(rows: Rows) -> Bools:
    """Comparison rows listed since the service began, whose first 3 months are in the data."""
    there = rows.anchor >= day_number(rows.service_start)
    whole = rows.index + W3.days <= day_number(rows.cut)
    return np.asarray(~rows.client & there & whole & (rows.exposure[:, 0] > 0))


def _over_expected(rows: Rows, models: Mapping[str, Expected], among: Bools) -> tuple[float, float]:
    model = models[rows.site]
    if not among.any() or not model.reaches(W3.segments):
        return 0.0, 0.0
    return float(rows.outcomes[KEY][among, 0].sum()), float(model.mu(rows, among)[:, 0].sum())


def _add(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return one[0] + other[0], one[1] + other[1]


def _within(value: float | None, limits: tuple[float, float]) -> str:
    if value is None:
        return "cannot"
    return "pass" if limits[0] <= value <= limits[1] else "look"


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
