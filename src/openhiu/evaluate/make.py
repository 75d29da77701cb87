"""One evaluation, whole: what was prepared comes in; its estimates, checks, money and charts go
out as plain data that may be handed on, with the table of people for those who check.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from typing import Any

import pyarrow as pa

from openhiu.evaluate import chart, checks, groups, money, plan, quarters, reach, verdict
from openhiu.evaluate.cohort_shown import cohort_shown
from openhiu.evaluate.findings import Fault
from openhiu.evaluate.interval import Standing
from openhiu.evaluate.outcomes import PRIMARY
from openhiu.evaluate.people_table import people_table
from openhiu.evaluate.plan import W3, WINDOWS
from openhiu.evaluate.rows import Prepared, Rows
from openhiu.evaluate.shown import plain
from openhiu.evaluate.windows import Worked, sites_shown, windows_shown, work
from openhiu.locality import Locality


@dataclass(frozen=True, eq=False)
class WorkedOut:
    """The result; one row a client for those who check it, and the faults of the roster row by
    row (neither to be handed on).
    """

    result: dict[str, Any]
    people: pa.Table
    faults: tuple[Fault, ...] = ()


def evaluate(prepared: Prepared, *, locality: Locality, as_of: date) -> dict[str, Any]:
    """The result of docs/reference/evaluation.md."""
    return work_out(prepared, locality=locality, as_of=as_of).result


def work_out(prepared: Prepared, *, locality: Locality, as_of: date) -> WorkedOut:
    """The result and the people behind it. Nothing is written."""
    worked = work(prepared.sites)
    result = plain({
        "openhiu": metadata.version("openhiu"),
        "what": "evaluation",
        "place": locality.name,
        "as_of": as_of,
        "cut": prepared.cut or as_of,
        "plan": plan.plan(),
        "sites": [_site(rows, locality) for rows in prepared.sites],
        "hospitals": [{"site": code, "name": locality.site_name(code)}
                      for code in prepared.hospitals],
        "list_size": prepared.list_size,
        "store_months": [f"{month:%Y-%m}" for month in prepared.store_months],
        "absent": prepared.absent,
        "cohort": _cohort(prepared, worked),
        "windows": windows_shown(worked),
        "by_site": sites_shown(worked),
        **_beside(prepared, worked, locality),
        "findings": prepared.findings,
        "warnings": prepared.warnings,
        "inputs": [{"file": s.file, "sha256": s.sha256, "dataset": s.dataset}
                   for s in prepared.inputs],
    })  # fmt: skip
    people = people_table(prepared, worked.expected())
    return WorkedOut(result, people, prepared.faults)


def _site(rows: Rows, locality: Locality) -> dict[str, Any]:
    return {
        "site": rows.site, "name": locality.site_name(rows.site),
        "service_start": rows.service_start, "cut": rows.cut, "first_data": rows.first_data,
        "social_flag": rows.has_flag,
    }  # fmt: skip


def _cohort(prepared: Prepared, worked: Worked) -> dict[str, Any]:
    """Counts of people, and what is told of them beside any estimate."""
    shown = cohort_shown(prepared.cohort)
    primary = worked.found.get((W3.name, PRIMARY))
    return shown | {"sentences": [
        *verdict.about_people(
            deaths=shown["deaths"], moves=shown["moves"], off_list=shown["off_list"],
            left_out=primary.whole.left_out if primary else (),
        ),
        *([verdict.about_outcomes(len(worked.outcomes) - 1)] if worked.outcomes else []),
    ]}  # fmt: skip


def _beside(prepared: Prepared, worked: Worked, locality: Locality) -> Mapping[str, Any]:
    """What stands beside the estimates: checks, money, fairness, change in time."""
    sites, journeys = prepared.sites, prepared.journeys
    models = worked.models.get(PRIMARY, {})
    return {
        "checks": [] if not models else [
            check.plain()
            for check in checks.checks(sites, models, prepared.cohort)
        ],
        "money": {
            window.name: money.worth(sites, window, locality.money, _pooled(worked, window.name))
            for window in WINDOWS if sites
        },
        "reach": reach.reach(journeys, locality.plus),
        "groups": {window.name: groups.effects(sites, journeys, window, models)
                   for window in WINDOWS if sites},
        "monitoring": {
            "cohort": chart.cohort_chart(sites, models, standing=_standing(worked)),
            "top_attenders": {
                rows.site: {"name": locality.site_name(rows.site),
                            **chart.top_attenders(prepared.lists, rows.site)}
                for rows in sites
            },
        },
        "quarters": quarters.quarters(sites, journeys, models),
    }  # fmt: skip


def _standing(worked: Worked) -> Standing:
    """How much may be said of attendances in 3 months, all sites together."""
    primary = worked.found.get((W3.name, PRIMARY))
    return primary.whole.standing if primary else Standing.NO_CLIENTS


def _pooled(worked: Worked, window: str) -> dict[str, Any]:
    return {key: found.whole for (name, key), found in worked.found.items() if name == window}
