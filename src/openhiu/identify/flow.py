"""The flow: a finished ranking comes in; how many were left after each filter goes out.

Nobody leaves silently: from everything in the store to the people listed, each step is a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from openhiu.engines import Engine
from openhiu.identify import steps
from openhiu.identify.rank import Ranked
from openhiu.tables.handover import ALL_SITES

FLOW_STEPS: Final[Mapping[int, str]] = {
    -1: "everything in the store",
    1: "arrived in the window",
    10: "at a site of this place",
    20: "person known",
    30: "type of department counted",
    40: "category of attendance counted",
    50: "not streamed away, not dead on arrival",
    60: "person not known to have died",
    70: "person not set aside",
    75: "person belongs to the commissioned area",
    80: "age known",
    90: "of an age to be listed",
}


@dataclass(frozen=True)
class FlowStep:
    """How many attendances and people were left after a filter."""

    step: str
    attendances: int
    people: int


def flow(engine: Engine, ranked: Ranked) -> list[FlowStep]:
    """Everyone accounted for, from everything in the store to the people listed."""
    found = engine.run(steps.text("flow"), ranked.parameters).to_pylist()
    rows = []
    for number, name in FLOW_STEPS.items():
        left = [row for row in found if row["step"] > number]
        attendances = sum(int(row["attendances"]) for row in left)
        rows.append(FlowStep(name, attendances, sum(int(row["people"]) for row in left)))
    yearly = ranked.criteria.year_at_least is not None
    if yearly:
        # A rule over 12 months looks at them all: so does the account of everyone.
        rows[1] = replace(rows[1], step="arrived in the 12 months before the as-of date")
    once = engine.run(
        "select sum(in_period) as attendances, count(distinct person_key) as people from counts"
    ).to_pylist()[0]
    per = ranked.criteria.one_per.value
    name = "every row" if per == "row" else f"one for each person, site and {per}"
    rows.append(FlowStep(name, int(once["attendances"] or 0), int(once["people"])))
    return [*rows, _listed_step(ranked)]


def _listed_step(ranked: Ranked) -> FlowStep:
    """Who is listed, each attendance once although a person may stand on several lists."""
    across = {row.person_id for row in ranked.listed if row.list_id == ALL_SITES}
    yearly = ranked.criteria.year_at_least is not None
    attendances = sum(
        row.attendances_12m if yearly else row.attendances
        for row in ranked.listed
        if (row.list_id == ALL_SITES) == (row.person_id in across)
    )
    return FlowStep("listed", attendances, len({row.person_id for row in ranked.listed}))
