"""Every site of a service, and all of them together: the rows of the sites come in; one estimate a
site and the pooled one go out, regressions of other sites lent where a new site has no history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openhiu.evaluate.checks import lower_ranks
from openhiu.evaluate.estimate import Estimate, estimate, pool
from openhiu.evaluate.expected import Expected, learn, lend
from openhiu.evaluate.plan import BORROW_BELOW_DAYS, BORROW_LIMITS, W3, Window
from openhiu.evaluate.rows import SEGMENTS, Rows

Models = Mapping[str, Expected]


@dataclass(frozen=True, eq=False)
class Together:
    """One outcome in one window: `by_site`, and `whole` from the sites' sums."""

    whole: Estimate
    by_site: dict[str, Estimate]


def models(sites: Sequence[Rows], key: str, segments: int = SEGMENTS) -> dict[str, Expected]:
    """The regressions of each site that counts this outcome, each from its own clean rows."""
    return {
        rows.site: learn(rows, rows.outcomes[key], segments)
        for rows in sites if key in rows.outcomes
    }  # fmt: skip


def together(sites: Sequence[Rows], key: str, window: Window, known: Models) -> Together | None:
    """The estimates of one outcome; None where no site counts it. `known`: from `models`."""
    counted = [rows for rows in sites if key in rows.outcomes]
    if not counted:
        return None
    found = {
        rows.site: estimate(rows, rows.outcomes[key], rows.before[key], window,
                            fitted=model_for(rows, sites, key, window, known))
        for rows in counted
    }  # fmt: skip
    return Together(pool(list(found.values())), found)


def model_for(
    rows: Rows, sites: Sequence[Rows], key: str, window: Window, known: Models
) -> Expected:  # fmt: skip
    """A site's own regressions; where they do not reach and its history is under two years, those
    of the other sites, if their own lists behave as they did (checks: lower ranks, 0.9 to 1.1).
    """
    own = known[rows.site]
    new = (rows.service_start - rows.first_data).days < BORROW_BELOW_DAYS
    if own.reaches(window.segments) or not new:
        return own
    lenders = [other for other in sites if other is not rows and _may_lend(other, window, known)]
    if not lenders:
        return own
    lent = lend([(other, other.outcomes[key]) for other in lenders])
    return lent if lent.reaches(window.segments) and _fits(lent, rows) else own


def _may_lend(rows: Rows, window: Window, known: Models) -> bool:
    model = known.get(rows.site)
    if model is None or not model.reaches(window.segments) or "attendances" not in rows.outcomes:
        return False
    ratio = lower_ranks([rows], {rows.site: learn(rows, rows.outcomes["attendances"], W3.segments)})
    return ratio is not None and BORROW_LIMITS[0] <= ratio <= BORROW_LIMITS[1]


def _fits(lent: Expected, rows: Rows) -> bool:
    """A regression that knows the social flag cannot serve a site that does not."""
    return rows.has_flag or not lent.has_flag
