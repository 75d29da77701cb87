"""Should a person look before a file counts? Findings and what the store holds come in; the reasons
to hold the file go out.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from statistics import median
from typing import Final

from openhiu.extract.findings import Findings

MOST_REJECTED: Final = 0.02
MOST_OFF: Final = 0.30
_MONTHS_BEFORE: Final = 6


def hold_reasons(findings: Findings, history: Mapping[str, int]) -> list[str]:
    """Sentences that say why a file should wait for a person; none means that it may count.

    `history` gives the rows per month ("2024-01") that the store holds for the same sender and
    dataset. A month is compared where the file covers it whole and the six before it are known,
    from the file or from the store. A month without a row between others of the file has 0.
    """
    return [*_rejected(findings), *_volumes(findings, history)]


def _rejected(findings: Findings) -> list[str]:
    if findings.rejected_share <= MOST_REJECTED:
        return []
    share = f"{findings.rejected_share:.1%}; at most {MOST_REJECTED:.0%} may be"
    return [f"{findings.rejected} of {findings.rows} rows were rejected ({share})"]


def _volumes(findings: Findings, history: Mapping[str, int]) -> list[str]:
    # A file of a few corrections does not make a month small: what the store has of it stays.
    known = {
        month: max(history.get(month, 0), findings.months.get(month, 0))
        for month in {*history, *_span(findings)}
    }
    reasons = []
    for month in complete_months(findings):
        before = [known[each] for each in months_before(month) if each in known]
        if len(before) < _MONTHS_BEFORE:
            continue
        usual, rows = median(before), known[month]
        # Where nothing was usual, no number of rows is a part of it.
        if usual and abs(rows - usual) > MOST_OFF * usual:
            share = abs(rows / usual - 1)
            side = "below" if rows < usual else "above"
            reasons.append(
                f"{month} has {rows} rows, {share:.0%} {side} the {usual:g} that were usual in the "
                f"{_MONTHS_BEFORE} months before (at most {MOST_OFF:.0%} may be)"
            )
    return reasons


def complete_months(findings: Findings) -> list[str]:
    """The months a file covers from their first day to their last."""
    if findings.first is None or findings.last is None:
        return []
    starts_late = findings.first.day > 1
    first, last = f"{findings.first:%Y-%m}", f"{findings.last:%Y-%m}"
    days = monthrange(findings.last.year, findings.last.month)[1]
    ends_early = findings.last.day < days
    return [
        month
        for month in _span(findings)
        if not (month == first and starts_late) and not (month == last and ends_early)
    ]


def _span(findings: Findings) -> list[str]:
    """Every month from the first to the last of a file, those without a row too."""
    if not findings.months:
        return []
    first, last = _number(min(findings.months)), _number(max(findings.months))
    return [_name(number) for number in range(first, last + 1)]


def months_before(month: str) -> list[str]:
    """The six months before a month, the latest first."""
    return [_name(_number(month) - back) for back in range(1, _MONTHS_BEFORE + 1)]


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _name(number: int) -> str:
    """The month of a number, as it is written."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
