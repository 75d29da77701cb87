"""What the store received, month by month: laid-out tables come in; the faults of its feeds, and
from when on attendances are known, go out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openhiu.engines import Engine, Parameters
from openhiu.locality import Locality
from openhiu.monitor import steps
from openhiu.monitor.health import Count, Fault, Part, look
from openhiu.tables.handover import Delivery


def faults(
    engine: Engine, values: Parameters, period: steps.Period, locality: Locality,
    deliveries: Mapping[str, Sequence[Delivery]],
) -> list[Fault]:  # fmt: skip
    """What is unwell on the as-of date, at the sites that the place counts."""
    engine.persist("received", steps.text("received"), values)
    months, newest = _months(engine)
    counted = {part for part in months if _is_counted(part, locality)}
    return look(
        {part: months[part] for part in counted},
        {part: newest[part] for part in counted},
        period.as_of,
        days=_days(engine),
        deliveries=deliveries,
        stale_after_days=locality.stale_after_days,
        named=locality.site_name,
    )


def begins(engine: Engine, values: Parameters) -> date | None:
    """The day of the first attendance that is known within the two years."""
    oldest: datetime | None = _rows(engine, "begins", values)[0]["oldest"]
    return oldest.date() if oldest else None


def _months(
    engine: Engine,
) -> tuple[dict[Part, dict[date, Count]], dict[Part, datetime]]:
    again = {
        ((row["dataset"], row["site_code"]), int(row["month_number"])): int(row["again"])
        for row in _rows(engine, "received_again")
    }
    months: dict[Part, dict[date, Count]] = defaultdict(dict)
    newest: dict[Part, datetime] = {}
    for row in _rows(engine, "months_received"):
        part, month = (row["dataset"], row["site_code"]), row["month"].date()
        rows, people = int(row["rows_received"]), int(row["people"])
        print_of = f"{rows} {people} {int(row['minutes'])} {int(row['squares'])}"
        number = month.year * 12 + month.month
        months[part][month] = Count(rows, people, print_of, again.get((part, number), 0))
        newest[part] = max(newest.get(part, row["newest"]), row["newest"])
    return dict(months), newest


def _days(engine: Engine) -> dict[Part, dict[date, int]]:
    days: dict[Part, dict[date, int]] = defaultdict(dict)
    for row in _rows(engine, "days_received"):
        days[row["dataset"], row["site_code"]][row["day"]] = int(row["rows_received"])
    return days


def _is_counted(part: Part, locality: Locality) -> bool:
    """Whether a place looks at a part: every one, unless it names its hospitals."""
    dataset, site = part
    named = {one.code for one in locality.sites}
    return not named or dataset not in ("attendances", "admissions") or site in named


def _rows(engine: Engine, step: str, values: Parameters | None = None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = engine.run(steps.text(step), values or {}).to_pylist()
    return rows
