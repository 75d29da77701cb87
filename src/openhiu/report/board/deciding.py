"""What the board is asked to decide: the standing of the estimate and the pace of starts come in; a
decision in a few plain sentences goes out, with how many people it takes and until when.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil
from typing import Any, Final

from openhiu.evaluate.interval import Standing
from openhiu.evaluate.plan import HEADLINE_PEOPLE, WORTH_HAVING
from openhiu.report import printed
from openhiu.report.board.source import Source

NOT_BY_THE_FALL: Final = "Please do not judge the service by the plain before and after."
_DAYS: Final = 365.25
_YEAR: Final = 12  # months: nobody is asked to wait longer for the next look
_QUARTER: Final = 3
_QUARTERS: Final = 4  # of a year
_FARTHEST: Final = 10  # years: beyond these a pace says nothing of a service


def decision(source: Source) -> str:
    """What is to be decided of the service itself, in words."""
    found = source.evidence.outcome(source.evidence.headline)
    standing = found.get("standing")
    if standing == Standing.NO_HISTORY:
        return _earlier_lists(source, found)
    if standing not in (Standing.ENOUGH, Standing.RANGE_ONLY, Standing.TOO_FEW):
        return (
            "continue, and look again in "
            f"{_month(source, _QUARTER)}: nobody has been followed for long enough yet."
        )
    if is_clear(found):
        return _clear(source, found)
    return " ".join([_either(source, found), *_size(source, found), NOT_BY_THE_FALL])


def is_clear(found: Mapping[str, Any]) -> bool:
    """Whether the range holds no "nothing at all"."""
    low, high = found.get("reduction_low"), found.get("reduction_high")
    return found.get("reduction") is not None and low is not None and high is not None and (
        low > 0 or high < 0
    )  # fmt: skip


def _clear(source: Source, found: Mapping[str, Any]) -> str:
    if found["reduction"] > 0:
        return (
            "continue the service. People came to A&E less often than was expected without it, by "
            f"more than chance alone would give. Look again in {_month(source, _YEAR)}."
        )
    return (
        "whether to go on as it is. People came to A&E more often than was expected without the "
        "service, by more than chance alone would give. Ask why before "
        f"{_month(source, _QUARTER)}, and look again then."
    )


def _earlier_lists(source: Source, found: Mapping[str, Any]) -> str:
    if "old_history" in found.get("notes", ()):
        return (
            "pool with neighbouring services, whose lists are newer. The earlier lists here are "
            f"too old to compare with; more time will not change that. {NOT_BY_THE_FALL}"
        )
    starts = [site["service_start"] for site in source.evidence.items("sites")
              if site.get("service_start")]  # fmt: skip
    before = printed.day(min(starts)) if starts else "the service began"
    return (
        "ask the hospital for its earlier data. There are not enough earlier lists to compare "
        f"with; more time will not change that. Ask for data from before {before}. "
        f"{NOT_BY_THE_FALL}"
    )


def _either(source: Source, found: Mapping[str, Any]) -> str:
    return (
        f"continue and look again in {_month(source, _until_next(source, found))}, or pool the "
        "figures with neighbouring services."
    )


def _size(source: Source, found: Mapping[str, Any]) -> list[str]:
    """What size of effect could be shown now, and what a smaller one would take."""
    told = []
    if found.get("detectable") is not None:
        told.append(
            f"As things stand only a true fall of about {found['detectable']:.0f}% or more could "
            "be shown."
        )
    needed, people = found.get("people_needed"), _followed(found)
    if not isinstance(needed, int) or needed <= people:
        return told
    have = "fewer than 8" if found.get("people") == "*" else f"about {people:,}"
    told.append(
        f"To show a fall of {WORTH_HAVING:.0f}%, which would be worth having, about "
        f"{round(needed, -1):,} people need to be followed for {source.evidence.headline} months; "
        f"{have} have{_by_when(source, needed - people)}."
    )
    return told


def _by_when(source: Source, missing: int) -> str:
    pace = pace_a_year(source)
    if pace is None:
        return ""
    if not pace:
        return ". Nobody started in the last four quarters: at that pace it is never reached"
    years = missing / pace
    per_year = f"at the present pace (about {pace:,.0f} people start a year)"
    if years > _FARTHEST:
        return f", and {per_year} that takes more than {_FARTHEST} years"
    until = source.evidence.cut + timedelta(days=years * _DAYS)
    return f", and {per_year} that takes until {until.year}"


def pace_a_year(source: Source) -> float | None:
    """How many people start a year: of the last four whole quarters where each is told, else of
    all the time since the service began. None where nothing can be said.
    """
    whole = [one for one in source.evidence.items("quarters") if one.get("complete")]
    counts = [one.get("started") for one in whole[-_QUARTERS:]]
    if len(counts) == _QUARTERS and all(isinstance(count, int) for count in counts):
        return float(sum(counts))
    started = source.evidence.part("cohort").get("started")
    starts = [site["service_start"] for site in source.evidence.items("sites")
              if site.get("service_start")]  # fmt: skip
    if not isinstance(started, int) or not starts:
        return None
    days = (source.evidence.cut - date.fromisoformat(min(starts))).days
    return round(started * _DAYS / days, -1) if days > 0 else None


def _until_next(source: Source, found: Mapping[str, Any]) -> int:
    """In how many months more could be said: at the next size that counts, within a year."""
    people, needed, pace = _followed(found), found.get("people_needed"), pace_a_year(source)
    size = HEADLINE_PEOPLE if people < HEADLINE_PEOPLE else needed
    if not isinstance(size, int) or not pace:
        return _YEAR
    return min(max(ceil(12 * (size - people) / pace), _QUARTER), _YEAR)


def _followed(found: Mapping[str, Any]) -> int:
    people = found.get("people")
    return people if isinstance(people, int) else 0


def _month(source: Source, later: int) -> str:
    """The month so many months after the report."""
    number = source.as_of.year * 12 + source.as_of.month - 1 + later
    return f"{date(number // 12, number % 12 + 1, 1):%B %Y}"
