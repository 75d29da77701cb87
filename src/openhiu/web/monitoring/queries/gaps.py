"""The ledger of services that could not be found: who asks comes in; protected numbers for
everybody who may see them, and the words themselves for those who support the clients, go out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from openhiu.monitor.gaps import Gap, Ledger, ledger
from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import needs
from openhiu.web.casework.models import Case, Need
from openhiu.web.casework.quarter import days_of, quarter_of
from openhiu.web.casework.queries.cases import cases
from openhiu.web.casework.queries.standing import SUPPORTED, with_standing

# The part of a postcode before the space: about eight thousand households.
_DISTRICT = re.compile(r"\s*([A-Za-z]{1,2}[0-9][A-Za-z0-9]?)\s*[0-9][A-Za-z]{2}\s*")


@dataclass(frozen=True)
class GapLine:
    """One thing that could not be found, as it was written down about one's own client."""

    case: Case
    need: str
    words: str
    noted_on: date


def gap_ledger(actor: Actor) -> Ledger:
    """Clients by need and clients by place, over the whole service, in protected numbers. Those who
    died or stopped taking part do not count.

    Who supports nobody here reads what was noted up to the end of the last quarter: somebody who
    looks each day could otherwise tell who came to be noted in between.
    """
    every = Case.objects.filter(service=actor.service_id, person__merged_into=None)
    supported = with_standing(every).filter(stands=SUPPORTED).values("pk")
    rows = _rows(actor).filter(case__in=supported).select_related("case__person")
    until = counted_until(actor)
    if until:
        rows = rows.filter(noted_at__date__lt=until)
    return ledger(
        Gap(str(row.case_id), needs.CATEGORIES.get(row.category, row.category), _place(row))
        for row in rows
    )


def counted_until(actor: Actor) -> date | None:
    """The first day that does not count for this reader; None where everything does."""
    return None if may(actor.role, Permission.SEE_CASELOAD) else days_of(quarter_of())[0]


def own_gaps(actor: Actor) -> list[GapLine]:
    """Every line about clients who are theirs to work with, the newest first."""
    theirs = cases(actor).values("pk")
    rows = _rows(actor).filter(case__in=theirs).select_related("case__person", "case__lead__user")
    return [
        GapLine(
            row.case, needs.label(row.category, row.words), row.missing_service, row.noted_at.date()
        )
        for row in rows.order_by("-noted_at")
    ]


def _rows(actor: Actor) -> Any:
    rows = Need.objects.filter(service=actor.service_id, taken_away_on=None)
    return rows.exclude(missing_service="")


def _place(row: Need) -> str:
    """The postcode district; nothing for somebody whose whereabouts are protected."""
    person = row.case.person
    found = _DISTRICT.fullmatch(person.postcode or "") if not person.restricted else None
    return found.group(1).upper() if found else ""
