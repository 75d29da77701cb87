"""Making a list in a test: a drawn table and a few criteria come in, the listed rows go out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from openhiu.engines import Engine
from openhiu.identify import inputs
from openhiu.identify.criteria import Criteria
from openhiu.identify.criteria_file import criteria_from
from openhiu.identify.flow import FlowStep, flow
from openhiu.identify.rank import ListedPerson, Ranked, rank
from openhiu.locality import Locality
from support.drawn import drawn

# Nothing filtered, so that a table shows only what its test is about.
EVERYTHING: dict[str, Any] = {
    "people": {"youngest": 0},
    "attendances": {"department_types": "any", "categories": "any", "leave_out_statuses": []},
}


def criteria(*rules: dict[str, Any], **rest: Any) -> Criteria:
    """Criteria with these rules; what is not said is open to everybody."""
    return criteria_from({"rules": list(rules), **EVERYTHING, **rest}, "drawn.toml")


def top(n: int) -> dict[str, Any]:
    return {"kind": "top", "n": n}


def make_list(
    engine: Engine,
    attendances: str | pa.Table,
    wanted: Criteria,
    as_of: str = "2026-04-01",
    *,
    locality: Locality | None = None,
    sites: tuple[str, ...] = (),
    admissions: pa.Table | None = None,
    people: pa.Table | None = None,
    exclusions: list[inputs.Exclusion] | None = None,
) -> Ranked:
    """Rank a drawn table on an engine."""
    place = locality or Locality()
    table = drawn(attendances) if isinstance(attendances, str) else attendances
    inputs.lay_out_frames(
        engine,
        table,
        admissions=admissions,
        people=people,
        locality=place,
        exclusions=exclusions or [],
    )
    return rank(
        engine,
        wanted,
        date.fromisoformat(as_of),
        locality=place,
        sites=sites,
        keyed=False,
        has_admissions=admissions is not None,
    )


def places(ranked: Ranked, *columns: str) -> list[tuple[str, ...]]:
    """The listed rows as text: list, rank, person and attendances, or the columns asked for."""
    wanted = columns or ("list_id", "rank", "person_id", "attendances")
    return [tuple(_text(getattr(row, name)) for name in wanted) for row in ranked.listed]


def people(ranked: Ranked, list_id: str | None = None) -> list[str]:
    """Who is on a list (the only list, unless one is named), in rank order."""
    rows: list[ListedPerson] = [r for r in ranked.listed if list_id in (None, r.list_id)]
    return [row.person_id for row in rows]


def left_after(engine: Engine, ranked: Ranked) -> dict[str, tuple[int, int]]:
    """The flow: attendances and people left after each step."""
    walked: list[FlowStep] = flow(engine, ranked)
    return {step.step: (step.attendances, step.people) for step in walked}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        return "; ".join(value)
    return str(value)
