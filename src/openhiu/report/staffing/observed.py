"""What a service has seen of itself: the rows of a roster come in; aggregates without anybody in
them go out: who says yes, how soon support starts, how long it lasts, who is picked up again.

Counts are disclosed (1 to 7 hidden, others to the nearest 5), averages are of 8 people and more:
this may be read by a commissioner, and is made by the workspace from its own record too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from statistics import median
from typing import Any, Final

from openhiu.disclosure import SMALLEST_SHOWN, disclose
from openhiu.evaluate.roster import RosterRow
from openhiu.report.entries import Entries, refuse_identifiers
from openhiu.report.staffing.survival import Curve, kaplan_meier

VERSION: Final = 1
DAYS_A_MONTH: Final = 365.25 / 12
_RETURN_WINDOW: Final = 6.0

Count = int | str


@dataclass(frozen=True)
class Episode:
    """One course of support in days from its start, without saying whose.

    `asked_to_start` is None where it is not known; `length` runs to the end of support (`ended`),
    or to where nothing more is known. `away` runs from the end to being picked up (`returned`), or
    to where nothing more is known; None where support goes on.
    """

    length: float
    ended: bool
    asked_to_start: float | None = None
    away: float | None = None
    returned: bool = False


@dataclass(frozen=True)
class Observed:
    """Aggregates of one service. None: too few, or not seen yet.

    Months of support are Kaplan-Meier quartiles; `return_share` is the share picked up again within
    `return_within_months` of the end of support.
    """

    as_of: date
    of: str = "the roster"
    asked: Count = 0
    said_yes: Count = 0
    started: Count = 0
    ended: Count = 0
    going_on: Count = 0
    picked_up: Count = 0
    start_days: float | None = None
    support_months_quarter: float | None = None
    support_months_median: float | None = None
    support_months_three_quarters: float | None = None
    return_share: float | None = None
    return_within_months: float = _RETURN_WINDOW

    def as_data(self) -> dict[str, Any]:
        """As observed.json holds it."""
        head = {"what": "observed_support", "version": VERSION}
        return head | asdict(self) | {"as_of": self.as_of.isoformat()}


def observed_from_roster(
    rows: Iterable[RosterRow], as_of: date, return_within_months: float = _RETURN_WINDOW
) -> Observed:
    """The aggregates of a roster as `evaluate.roster` reads it, up to (not with) `as_of`."""
    known = list(rows)
    answers = [
        row.consent or row.start_date is not None for row in known
        if (row.consent is not None or row.start_date is not None)
        and _before(row.offer_date or row.start_date or row.list_date, as_of)
    ]  # fmt: skip
    episodes = [
        _episode(row, row.start_date, as_of)
        for row in known
        if row.start_date is not None and row.start_date < as_of
    ]
    return observed_from(answers, episodes, as_of, return_within_months=return_within_months)


def observed_from(
    answers: Sequence[bool], episodes: Sequence[Episode], as_of: date, *,
    of: str = "the roster", return_within_months: float = _RETURN_WINDOW,
) -> Observed:  # fmt: skip
    """The aggregates of answers (yes or not) and courses of support, however they were kept."""
    ended = [one for one in episodes if one.ended]
    quarter, half, three = _quartiles(episodes)
    return Observed(
        as_of, of,
        asked=disclose(len(answers)),
        said_yes=disclose(sum(answers)),
        started=disclose(len(episodes)),
        ended=disclose(len(ended)),
        going_on=disclose(len(episodes) - len(ended)),
        picked_up=disclose(sum(one.returned for one in ended)),
        start_days=_middle([one.asked_to_start for one in episodes]),
        support_months_quarter=quarter,
        support_months_median=half,
        support_months_three_quarters=three,
        return_share=_return_share(ended, return_within_months),
        return_within_months=return_within_months,
    )  # fmt: skip


def read_observed(raw: Mapping[str, Any], file: str = "observed.json") -> Observed:
    """Aggregates that were kept. Raises InputNotUsable naming the key."""
    top = Entries(raw, file, stars=True, about="docs/reference/staffing.md")
    if raw.get("what") != "observed_support" or raw.get("version") != VERSION:
        raise top.fault("what", "is not observed support of this version")
    refuse_identifiers(raw, file)
    counts = ("asked", "said_yes", "started", "ended", "going_on", "picked_up")
    numbers = ("start_days", "support_months_quarter", "support_months_median",
               "support_months_three_quarters", "return_share")  # fmt: skip
    kept: dict[str, Any] = {key: top.count(key, needed=True) or 0 for key in counts}
    kept |= {key: top.number(key) for key in numbers}
    return Observed(
        as_of=top.day("as_of"),
        of=top.words("of") or "the roster",
        return_within_months=top.number("return_within_months") or _RETURN_WINDOW,
        **kept,
    )


def _episode(row: RosterRow, start: date, as_of: date) -> Episode:
    """One row that started. Death, a move and the as-of date end what is known, not support."""
    known_until = min(day for day in (as_of, row.death_date, row.moved_date) if day is not None)
    offered = row.offer_date
    wait = float((start - offered).days) if offered and offered <= start else None
    end = row.step_down_date
    if end is None or end >= known_until:
        return Episode(max(0.0, float((known_until - start).days)), False, wait)
    back = row.return_date
    returned = back is not None and back < known_until
    until = back if returned and back is not None else known_until
    return Episode(float((end - start).days), True, wait, float((until - end).days), returned)


def _quartiles(episodes: Sequence[Episode]) -> tuple[float | None, ...]:
    """Months by which a quarter, half and three quarters of support has ended; None unless eight
    have: an average is of eight and more.
    """
    if sum(one.ended for one in episodes) < SMALLEST_SHOWN:
        return None, None, None
    curve = kaplan_meier([one.length for one in episodes], [one.ended for one in episodes])
    return tuple(_months(curve, share) for share in (0.25, 0.5, 0.75))


def _months(curve: Curve, share: float) -> float | None:
    days = curve.quantile(share)
    return None if days is None else round(days / DAYS_A_MONTH, 1)


def _return_share(ended: Sequence[Episode], months: float) -> float | None:
    if len(ended) < SMALLEST_SHOWN:
        return None
    curve = kaplan_meier([one.away or 0.0 for one in ended], [one.returned for one in ended])
    return round(curve.ended_by(months * DAYS_A_MONTH), 2)


def _middle(days: Iterable[float | None]) -> float | None:
    known = [one for one in days if one is not None]
    return round(median(known)) if len(known) >= SMALLEST_SHOWN else None


def _before(day: date | None, as_of: date) -> bool:
    return day is not None and day < as_of
