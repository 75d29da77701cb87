"""Should a person look before a file counts? Findings and what the store holds come in; the reasons
to hold the file go out.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
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
    from the file or from the store.
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
        for month in {*history, *findings.months}
    }
    reasons = []
    for month in complete_months(findings):
        before = [known[each] for each in months_before(month) if each in known]
        if len(before) < _MONTHS_BEFORE:
            continue
        usual, rows = median(before), known[month]
        if abs(rows - usual) > MOST_OFF * usual:
            share = abs(rows / usual - 1) if usual else 1.0
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
        for month in findings.months
        if not (month == first and starts_late) and not (month == last and ends_early)
    ]


def months_before(month: str) -> list[str]:
    """The six months before a month, the latest first."""
    counted = date.fromisoformat(f"{month}-01")
    number = counted.year * 12 + counted.month - 1
    earlier = [divmod(number - back, 12) for back in range(1, _MONTHS_BEFORE + 1)]
    return [f"{year:04d}-{index + 1:02d}" for year, index in earlier]
