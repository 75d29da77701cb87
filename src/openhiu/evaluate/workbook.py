"""The workbook of an evaluation: its result and figures come in; `evaluation.xlsx` goes out, one
sheet a table, with nothing in it that is not in the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from openhiu.evaluate import tables
from openhiu.paper import workbook
from openhiu.paper.blocks import Figure, Table

Result = Mapping[str, Any]
TITLE: Final = "High Intensity Use service: evaluation"


def make(result: Result, drawn: Sequence[Figure]) -> bytes:
    """The file. The first sheet says what was done and what the stars are."""
    return workbook.make(
        TITLE, _cover(result), _tables(result, drawn), date.fromisoformat(result["as_of"])
    )


def _cover(result: Result) -> list[str]:
    lines = [
        f"As of {result['as_of']}; data used up to, not with, {result['cut']}.",
        (
            "Counts of 1 to 7 people are shown as * and other counts of people to the nearest 5. "
            "What was observed and expected are exact counts of events, never of people."
        ),
        (
            "Every percentage stands beside what it was worked out from. Expected: what people "
            "picked in the same way before the service existed did without it."
        ),
    ]
    for window in result["windows"].values():
        for outcome in window.values():
            if outcome["primary"]:
                lines += ["", outcome["title"], *outcome["sentences"]]
    unseen = result["monitoring"]["cohort"].get("not_shown")
    lines += ["", *([unseen] if unseen else []), *result["findings"], *result["warnings"]]
    return [*lines, "", f"OpenHIU {result['openhiu']}; analysis plan {result['plan']['hash']}."]


def _tables(result: Result, drawn: Sequence[Figure]) -> list[Table]:
    found: list[Table | None] = [
        tables.outcomes_in_full(result, window) for window in result["windows"]
    ]
    found += [tables.by_site(result, window) for window in result["windows"]]
    found += [tables.natural_change(result, window) for window in result["windows"]]
    found += [tables.cohort(result), tables.checks(result)]
    for window in result["money"]:
        found += [tables.money_lines(result, window), tables.assumptions(result, window)]
    found += [*tables.reach(result), *tables.groups(result), tables.quarters(result)]
    found += [figure.table for figure in drawn]
    return [table for table in found if table is not None]
