"""Which versions a document is made from: who asks, or a kept document, comes in; the area, tiers,
evaluation and what the service did go out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from openhiu.evaluate.roster import RosterRow
from openhiu.report.staffing.observed import observed_from_roster
from openhiu.web.access.actor import Actor
from openhiu.web.casework.quarter import days_of, quarter_of
from openhiu.web.casework.roster import roster_for
from openhiu.web.commissioning import queries
from openhiu.web.commissioning.making.composing import OBSERVED, Sources
from openhiu.web.commissioning.models import Document
from openhiu.web.design import words
from openhiu.web.reporting.keeping import kept
from openhiu.web.reporting.queries import latest_evaluation


def sources_now(by: Actor) -> Sources:
    """What is in force now."""
    return Sources(
        as_of=words.today(),
        area=queries.latest_area(by),
        tiers=queries.latest_tiers(by),
        evaluation=latest_evaluation(by),
        observed=_observed(by),
    )


def _observed(by: Actor) -> bytes:
    """What the service saw of itself up to the end of the last quarter, in protected numbers.

    Whoever makes a document each day could otherwise tell what came in between.
    """
    rows = [_row(number, row) for number, row in enumerate(roster_for(by).rows, 2)]
    told = observed_from_roster(rows, days_of(quarter_of())[0]).as_data()
    return json.dumps(told, indent=2, ensure_ascii=False).encode()


def _row(number: int, row: Mapping[str, str]) -> RosterRow:
    """A row of the workspace's roster as the evaluation reads it."""
    days: dict[str, Any] = {
        name: date.fromisoformat(row[name]) if row[name] else None
        for name in ("list_date", "offer_date", "start_date", "step_down_date", "return_date",
                     "death_date", "moved_date")
    }  # fmt: skip
    return RosterRow(
        number, row["site"], row["person_id"],
        consent={"Y": True, "N": False}.get(row["consent"]), **days,
    )  # fmt: skip


def sources_of(document: Document) -> Sources:
    """What a document was made from.

    Raises:
        Altered: what the service did is not what was kept.
    """
    observed = document.inputs.get(OBSERVED)
    return Sources(
        as_of=document.as_of,
        area=document.area,
        tiers=document.tiers,
        evaluation=document.evaluation,
        observed=kept(document.service_id, observed, OBSERVED) if observed else None,
    )
