"""What a reader must know of the data before any figure: plans, months and rows come in; plain
sentences without personal data go out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from openhiu.disclosure import SMALLEST_SHOWN
from openhiu.evaluate.months import month_number
from openhiu.evaluate.rows import DAYS_IN_SEGMENT, Rows, day_number
from openhiu.evaluate.sites import SiteMonth, SitePlan
from openhiu.evaluate.words import month_words, people

WANTED_MONTHS: Final = 24
_OLDEST_YEARS: Final = 4
_SPAN: Final = 3  # months on either side of a step
_STEP_IN_SHARE: Final = 0.2
_FALL_TO: Final = 0.6
_ENOUGH_STAYS: Final = 20
_SAME_DAY_SHARE: Final = 0.01
_QUIET, _BUSY = 0.8, 1.25
_FLAGS_MISSING: Final = 0.1


def of_history(plan: SitePlan, name: str) -> list[str]:
    """How much history there is before the service, and how old it is."""
    months = plan.start_list - month_number(plan.first_data)
    told = []
    if plan.service_start <= plan.first_data:
        told.append(
            f"The service started at {name} before the data begin: there is nobody to compare with."
        )
    elif months < WANTED_MONTHS:
        told.append(
            f"{name} has {months} months of data before the service started; with fewer than "
            f"{WANTED_MONTHS} the comparison is thin, and twelve-month figures may not be possible."
        )
    age = (plan.cut - plan.service_start).days / 365.25
    if age > _OLDEST_YEARS:
        told.append(
            f"The service started at {name} more than {_OLDEST_YEARS} years before the cut: the "
            "people it is compared with are as long ago, and may not be like people today."
        )
    return told


def of_months(plan: SitePlan, name: str) -> list[str]:
    """Steps in what a site sends that have nothing to do with the people."""
    months = [m for m in plan.months
              if month_number(plan.first_data) <= m.month < month_number(plan.cut)]  # fmt: skip
    if not months:
        return []
    told = []
    here = {m.month for m in months}
    holes = [m for m in range(months[0].month, months[-1].month) if m not in here]
    if holes:
        told.append(f"{name} sent nothing for {_months(holes)}: those months count as empty.")
    began = _same_day_care_began(months)
    if began:
        told.append(
            f"{name} began to send same day emergency care as attendances (department type 05) in "
            f"{month_words(began)}: emergency admissions fall there with no change in anybody's "
            "life. Read them with care."
        )
    moved = _step(months, lambda m: m.of_departments, lambda m: m.sent, _changed)
    if moved:
        told.append(
            f"The share of consultant-led attendances at {name} changed around "
            f"{month_words(moved)}: if department types were coded in another way from then on, "
            "give the first day of the new coding as data_from."
        )
    return told


def of_admissions(rows: Iterable[Mapping[str, Any]], plans: Sequence[SitePlan]) -> list[str]:
    """Emergency admissions without a night that vanish: same day care moved to another dataset."""
    told = []
    by_site: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_site.setdefault(row["site_code"], []).append(row)
    first = min((month_number(plan.first_data) for plan in plans), default=0)
    last = max((month_number(plan.cut) for plan in plans), default=0)
    for site, found in by_site.items():
        months = [row for row in found if first <= row["month_no"] < last]
        moved = _fall(months)
        if moved:
            told.append(
                f"Emergency admissions of {site} that ended the same day fell by more than a "
                f"third around {month_words(moved)}, as they do where same day emergency care "
                "moves to another data set: a fall in admissions may be that and nothing else."
            )
    return told


def of_rows(rows: Rows, name: str, *, started: bool = True) -> list[str]:
    """Whether there is anybody to follow and anybody to compare with. `started`: whether the
    roster says of anybody that support started there.
    """
    told = []
    clients = int(rows.client.sum())
    clean = ~rows.client & (rows.index + DAYS_IN_SEGMENT <= day_number(rows.service_start))
    followed = rows.client & (rows.index + DAYS_IN_SEGMENT <= day_number(rows.cut))
    if clients == 0 and not started:
        pass  # the verdict says that nobody started
    elif clients == 0:
        told.append(f"Nobody who started support at {name} was on a list of that month.")
    elif not followed.any():
        told.append(f"Nobody at {name} has been followed for three months yet.")
    elif clients < SMALLEST_SHOWN:
        told.append(
            f"{name} has fewer than {SMALLEST_SHOWN} clients on the lists: nothing can be "
            "estimated from so few."
        )
    if not clean.any():
        told.append(
            f"{name} has no list from before the service with three months to follow: there is "
            "nobody to compare with."
        )
    index = [value for month, value in rows.volume_by_month.items()
             if rows.service_start <= month < rows.cut]  # fmt: skip
    if index and not _QUIET <= float(np.mean(index)) <= _BUSY:
        told.append(
            f"Since the service started {name} had {np.mean(index):.2f} times the attendances of "
            "the year before; the estimate allows for it, but a change this large is worth a look."
        )
    return told


def of_ages(rows: Sequence[Rows]) -> list[str]:
    """People on the lists whose age nobody knows."""
    unknown = sum(int(np.isnan(site.age).sum()) for site in rows)
    if unknown and all(np.isnan(site.age).all() for site in rows):
        return ["Nobody's age is known: everybody on the lists is taken to be an adult."]
    return []


def of_flags(flags: NDArray[np.float64], *, given: bool) -> list[str]:
    """Whether the social flag is known of everybody, as it has to be. `flags`: nan unknown."""
    missing = float(np.isnan(flags).mean()) if given and len(flags) else 0.0
    if missing <= _FLAGS_MISSING:
        return []
    unknown = f"The social flag is not known for {100 * missing:.0f}% of the entries on the lists"
    return [f"{unknown}, and is taken as no: it has to be known of everybody to be of use."]


def reached(rows: Rows, segments: int) -> int:
    """How many clients' rows are complete over so many segments."""
    return int(
        (rows.client & (rows.index + DAYS_IN_SEGMENT * segments <= day_number(rows.cut))).sum()
    )


def of_cohort(off_list: int, after_cut: int, at_two_sites: int, before_service: int) -> list[str]:
    """People of the roster whom no estimate can use."""
    told = []
    if off_list:
        told.append(
            f"{people(off_list).capitalize()} started support in a month in which they were on "
            "no rebuilt list: counted, and left out of the estimate."
        )
    if after_cut:
        told.append(f"{people(after_cut).capitalize()} started support after the data end.")
    if at_two_sites:
        told.append(
            f"{people(at_two_sites).capitalize()} are on the roster of more than one site: counted "
            "where support first started."
        )
    if before_service:
        told.append(
            f"{people(before_service).capitalize()} started support before the stated start of "
            "the service."
        )
    return told


def _months(months: Sequence[int]) -> str:
    if len(months) > 3:
        return (
            f"{len(months)} months between {month_words(months[0])} and {month_words(months[-1])}"
        )
    return " and ".join(month_words(month) for month in months)


def _same_day_care_began(months: Sequence[SiteMonth]) -> int | None:
    """The first month with same day care, where earlier months had none."""
    with_it = [m.month for m in months if m.same_day_care > _SAME_DAY_SHARE * m.sent]
    return with_it[0] if with_it and with_it[0] > months[0].month else None


def _changed(before: float, after: float) -> float:
    return abs(after - before) if abs(after - before) > _STEP_IN_SHARE else 0.0


def _step(
    months: Sequence[SiteMonth], part: Callable[[SiteMonth], int],
    whole: Callable[[SiteMonth], int], size: Callable[[float, float], float],
) -> int | None:  # fmt: skip
    """The month at which a share changed most, if it changed enough."""
    best, found = 0.0, None
    for at in range(_SPAN, len(months) - _SPAN + 1):
        before, after = months[at - _SPAN : at], months[at : at + _SPAN]
        if min(sum(map(whole, before)), sum(map(whole, after))) < _ENOUGH_STAYS * _SPAN:
            continue
        shares = [sum(map(part, half)) / sum(map(whole, half)) for half in (before, after)]
        if size(*shares) > best:
            best, found = size(*shares), months[at].month
    return found


def _fall(months: Sequence[Mapping[str, Any]]) -> int | None:
    """The month from which stays without a night fell most, if by more than a third."""
    best, found = _FALL_TO, None
    for at in range(_SPAN, len(months) - _SPAN + 1):
        before = sum(row["without_a_night"] for row in months[at - _SPAN : at])
        after = sum(row["without_a_night"] for row in months[at : at + _SPAN])
        if before >= _ENOUGH_STAYS * _SPAN and after / before < best:
            best, found = after / before, months[at]["month_no"]
    return found
