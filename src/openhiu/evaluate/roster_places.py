"""The roster beside the store: rows, the hospitals the store has, and since when come in; faults of
rows that no file alone can show go out: hospitals nobody sent, and dates long before the data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from openhiu.evaluate.findings import Findings
from openhiu.evaluate.months import first_of
from openhiu.evaluate.roster import RosterRow
from openhiu.evaluate.roster_dates import DATES, IMPOSSIBLE
from openhiu.evaluate.service import Service
from openhiu.evaluate.sites import HISTORY_MONTHS, SiteMonth

_MONTHS_BEFORE: Final = 24  # before both service and first list: nobody was listed or supported

Sent = Mapping[str, tuple[SiteMonth, ...]]


def beside_store(
    rows: Sequence[RosterRow], sent: Sent, service: Service, findings: Findings
) -> list[RosterRow]:
    """The rows, with dates that cannot be right taken as empty."""
    alike = {_bare(site): site for site in sorted(sent)}
    earliest = {site: _earliest(months, service.start_at(site)) for site, months in sent.items()}
    kept = []
    for row in rows:
        if row.site not in sent:
            findings.add(row.number, "site", _no_hospital(alike.get(_bare(row.site))))
        kept.append(_in_time(row, earliest.get(row.site), findings))
    return kept


def _no_hospital(meant: str | None) -> str:
    advice = f" Write {meant}, as the store has it." if meant else ""
    return f"no hospital of this code is in the store: the row is in no estimate.{advice}"


def _bare(site: str) -> str:
    return "".join(site.split()).upper()


def _earliest(months: Sequence[SiteMonth], start: date | None) -> date:
    """Two years before the earlier of the service's start and the first list of the data."""
    first_list = first_of(months[0].month + HISTORY_MONTHS)
    first = min(first_list, start) if start else first_list
    return first.replace(year=first.year - _MONTHS_BEFORE // 12, day=1)


def _in_time(row: RosterRow, earliest: date | None, findings: Findings) -> RosterRow:
    wrong: dict[str, Any] = {}
    for column in DATES:
        day = getattr(row, column)
        if earliest is not None and day is not None and day < earliest:
            findings.add(row.number, column, IMPOSSIBLE)
            wrong[column] = None
    return replace(row, **wrong) if wrong else row
