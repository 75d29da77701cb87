"""What goes before a return, over a caseload: clients with the days on which things happened come
in; protected tables, ratios with their ranges, and sentences go out.

A return is the first one of a client in the time looked at, so that every number is one of people.
Each is judged against how much time there was: a seventh of all days are Mondays. A ratio says how
the two compare, and nothing of why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import numpy as np

from openhiu.disclosure import HIDDEN, SMALLEST_SHOWN, disclose, disclose_parts
from openhiu.monitor.occasions import OCCASIONS, Floats, Followed, Ints, Occasion

__all__ = ["Followed", "patterns", "ratio"]
_NOTE: Final = (
    "Numbers of people: 1 to 7 are shown as a star, others to the nearest 5; shares and ratios are "
    "worked out from those. A ratio is no cause. Of twenty lines one stands out by chance alone."
)


class _Line(NamedTuple):
    """One grouping of one occasion, counted: people who returned, time and people by cell."""

    labels: tuple[str, ...]
    returned: tuple[int, ...]
    time: tuple[float, ...]
    people: tuple[int, ...]


@dataclass(frozen=True)
class _AtRisk:
    """A client's days until their first return, and that return."""

    client: Followed
    days: Ints
    returned: datetime | None


def patterns(followed: Sequence[Followed], since: date, until: date) -> dict[str, Any]:
    """Everything that may be shown of the days from `since` up to, not with, `until`.

    Gives `people` and `returned` (as shown), `enough` (at least 8 people returned), `tables` and
    `sentences` (lines whose range lies above 1) and `note`. Each table has `key`, `title`,
    `counted` (how to read it) and `rows` of `label`, `returned`, `share_of_returns`,
    `share_of_time`, `ratio`, `low`, `high`; a value that may not be shown, or that has no end
    (everybody returned in one cell), is "*". Shares are whole per cent. Nothing else of the input
    is in the result.
    """
    everyone = [risk for one in followed if len((risk := _at_risk(one, since, until)).days)]
    returned = sum(risk.returned is not None for risk in everyone)
    shown: dict[str, Any] = {
        "since": since.isoformat(), "until": until.isoformat(),
        "people": disclose(len(everyone)), "returned": disclose(returned),
        "enough": returned >= SMALLEST_SHOWN, "tables": [], "sentences": [], "note": _NOTE,
    }  # fmt: skip
    if not shown["enough"]:
        shown["note"] = "Too few people returned in this time to say anything of them as a group."
        return shown
    for occasion in OCCASIONS:
        table = _table(occasion, everyone)
        shown["tables"].append(table)
        shown["sentences"] += _sentences(table)
    return shown


def ratio(returned: int, others: int, time: float, rest: float) -> tuple[float, float, float]:
    """How often people return in a part of the time, for once in as much other time; and the range
    in which 95 of 100 such ratios hold the truth (exact, from the binomial distribution).
    """
    from scipy.special import betaincinv

    total, scale = returned + others, rest / time
    low = float(betaincinv(returned, others + 1, 0.025)) if returned else 0.0
    high = float(betaincinv(returned + 1, others, 0.975)) if others else 1.0
    return tuple(_odds(share, scale) for share in (returned / total, low, high))  # type: ignore[return-value]


def _odds(share: float, scale: float) -> float:
    return share / (1 - share) * scale if share < 1 else float("inf")


def _at_risk(client: Followed, since: date, until: date) -> _AtRisk:
    """Every day on which they might have come back, up to the first on which they did."""
    days = sorted(
        {
            day
            for start, end in client.spans
            for day in range(max(start, since).toordinal(), min(end, until).toordinal())
        }
    )
    came = sorted(at for at in client.returns if at.date().toordinal() in set(days))
    first = came[0] if came else None
    kept = [day for day in days if first is None or day <= first.date().toordinal()]
    return _AtRisk(client, np.array(kept, np.int64), first)


def _table(occasion: Occasion, everyone: Sequence[_AtRisk]) -> dict[str, Any]:
    """The finest grouping of which everything can be shown, or else the coarsest, protected."""
    fine = _count(occasion, everyone)
    lines = [fine, *(_merged(fine, groups) for groups in occasion.coarser)]
    line = next((one for one in lines if not _hides(one)), lines[-1])
    return {
        "key": occasion.key,
        "title": occasion.title,
        "counted": occasion.counted,
        "rows": _rows(line),
    }


def _count(occasion: Occasion, everyone: Sequence[_AtRisk]) -> _Line:
    cells = len(occasion.labels)
    returned, people = np.zeros(cells, np.int64), np.zeros(cells, np.int64)
    time = np.zeros(cells)
    for risk in everyone:
        spent: Floats = occasion.time(risk.client, risk.days).sum(axis=0)
        time += spent
        people += spent > 0
        if risk.returned is not None:
            returned[occasion.cell(risk.client, risk.returned)] += 1
    return _Line(
        occasion.labels, tuple(returned.tolist()), tuple(time.tolist()), tuple(people.tolist())
    )


def _merged(line: _Line, groups: Sequence[tuple[str, Sequence[int]]]) -> _Line:
    def put(values: Sequence[Any], together: Any) -> tuple[Any, ...]:
        return tuple(together(values[cell] for cell in cells) for _, cells in groups)

    labels = tuple(label for label, _ in groups)
    return _Line(labels, put(line.returned, sum), put(line.time, sum), put(line.people, max))


def _hides(line: _Line) -> bool:
    return any(0 < n < SMALLEST_SHOWN for n in (*line.returned, *line.people))


def _rows(line: _Line) -> list[dict[str, Any]]:
    shown, _ = disclose_parts(dict(zip(line.labels, line.returned, strict=True)), total_stands=True)
    # Shares are of the numbers beside them, so that they add up; beside a star there are none.
    whole = HIDDEN if HIDDEN in shown.values() else sum(map(int, shown.values()))
    time = sum(line.time)
    few = any(0 < n < SMALLEST_SHOWN for n in line.people)
    rows = []
    for label, spent in zip(line.labels, line.time, strict=True):
        share = HIDDEN if few else round(100 * spent / time)
        rows.append(_row(label, shown[label], whole, share))
    return rows


def _row(label: str, count: int | str, whole: int | str, share: int | str) -> dict[str, Any]:
    """A line of a table, worked out from nothing but what it shows."""
    row: dict[str, Any] = {
        "label": label, "returned": count, "share_of_returns": HIDDEN, "share_of_time": share,
        "ratio": HIDDEN, "low": HIDDEN, "high": HIDDEN,
    }  # fmt: skip
    if isinstance(count, str) or isinstance(whole, str):
        return row
    row["share_of_returns"] = round(100 * count / whole)
    if isinstance(share, str) or not 0 < share < 100:
        return row
    found = ratio(count, whole - count, share, 100 - share)
    row |= {name: round(value, 1) if np.isfinite(value) else HIDDEN
            for name, value in zip(("ratio", "low", "high"), found, strict=True)}  # fmt: skip
    return row


def _sentences(table: dict[str, Any]) -> Iterable[str]:
    """What stands out: lines whose whole range lies above 1."""
    for row in table["rows"]:
        low, high = row["low"], row["high"]
        if isinstance(low, str) or low <= 1:
            continue
        often = f"{row['ratio']} times as often as otherwise (between {low} and {high} times)"
        if row["ratio"] == HIDDEN:
            often = f"at least {low} times as often as otherwise"
        yield (
            f"{table['title']}, \u201c{row['label']}\u201d: {row['share_of_returns']}% of returns "
            f"in {row['share_of_time']}% of the time, {often}."
        )
