"""What tiers are asked for: an as-of date, a year and a place come in; the years, boundaries and
the criteria that are counted by go out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from openhiu.errors import WrongUsage
from openhiu.identify.criteria import Criteria, Kind, Rule
from openhiu.identify.windows import months_before
from openhiu.locality import Locality
from openhiu.report.tiers.shape import Tier, Year

MONTHS: Final = 12
LEAST: Final = 5
_MIDDLE_FROM: Final = 11
_APRIL: Final = 4
_WRITTEN: Final = re.compile(r"(\d{4})/(\d{2})")


@dataclass(frozen=True)
class Wanted:
    """What is asked for. `year` is a financial year such as "2025/26"; None: the 12 months before
    the as-of date. Of the criteria only who and what counts is used; their rules are not.
    """

    criteria: Criteria
    as_of: date
    locality: Locality
    year: str | None = None


def tiers_from(top_from: int) -> tuple[Tier, ...]:
    """The three tiers, the top one from exactly 20 or from 21 attendances."""
    last = top_from - 1
    label = f"{top_from} and over" if top_from == 20 else f"more than {last}"
    return (
        Tier("5-10", LEAST, _MIDDLE_FROM - 1, "5 to 10"),
        Tier(f"11-{last}", _MIDDLE_FROM, last, f"11 to {last}"),
        Tier("20+", top_from, None, label),
    )


def boundary_sentence(tiers: tuple[Tier, ...]) -> str:
    """Where somebody with exactly 20 attendances counts."""
    twenty = next(tier for tier in tiers if tier.least <= 20 <= (tier.most or 20))
    return (
        f"Somebody with exactly 20 attendances counts in the tier {twenty.label}: the national "
        "documents disagree about it, so it is a setting ([tiers] top_from)."
    )


def by_tiers(criteria: Criteria, tiers: tuple[Tier, ...], months: int = MONTHS) -> Criteria:
    """The same counting, with the tiers for rules, over so many months."""
    rules = tuple(Rule(Kind.BAND, tier.least, tier.most) for tier in tiers)
    return replace(criteria, rules=rules, window_months=months)


def years_of(wanted: Wanted) -> tuple[Year, Year]:
    """The year, and the one before it. Raises WrongUsage for a year that is not over."""
    end = _end(wanted.year) if wanted.year else wanted.as_of
    if end > wanted.as_of:
        raise WrongUsage(
            f"the year {wanted.year} is not over on the as-of date",
            remedy="leave --year out for the 12 months before it, or name an earlier year",
        )
    return _year(end), _year(months_before(end, MONTHS))


def _end(written: str) -> date:
    found = _WRITTEN.fullmatch(written)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        raise WrongUsage("--year is not a financial year", remedy='write it as "2025/26"')
    return date(int(found[1]) + 1, _APRIL, 1)


def _year(end: date) -> Year:
    first = months_before(end, MONTHS)
    if (first.month, first.day) == (_APRIL, 1):
        return Year(first, end, f"{first.year}/{end.year % 100:02d}")
    last = end - timedelta(days=1)
    return Year(first, end, f"12 months to {last.day} {last:%B %Y}")
