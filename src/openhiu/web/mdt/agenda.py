"""What brings someone onto an agenda, and in which order: listings come in, slots-to-be go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from openhiu.web.casework import policies as casework
from openhiu.web.casework.models import Case, Consent
from openhiu.web.casework.queries.consent import newest
from openhiu.web.mdt.criteria import warnings
from openhiu.web.mdt.models import Action, AgreedPlan, Listing, Slot
from openhiu.web.monitoring.models import Signal

SOON: Final = timedelta(days=28)
REVIEW_AFTER: Final = timedelta(weeks=6)


@dataclass(frozen=True)
class Reason:
    """Why someone is on an agenda: in words, and what of their record those words tell.

    An `item` of "" is for the service's own people alone.
    """

    label: str
    item: str


# The order is the order of the agenda: the first reason someone has places them.
REASONS: Final[dict[str, Reason]] = {
    "red": Reason("A red early warning in the last four weeks", "activity"),
    "amber": Reason("An early warning in the last four weeks", "activity"),
    "handed_back": Reason("An action was handed back", "meeting"),
    "overdue": Reason("An action is overdue", "meeting"),
    "plan_over": Reason("The agreed plan has ended", "agreed_plan"),
    "plan_soon": Reason("The agreed plan ends soon", "agreed_plan"),
    "new": Reason("New on the list", "meeting"),
    "no_plan": Reason("There is no agreed plan yet", "agreed_plan"),
    "review": Reason("Not talked about for six weeks", "meeting"),
    "consent": Reason("Ask them again about sharing soon", ""),
    "by_hand": Reason("A member asked for it", "meeting"),
}


def reasons_for(listings: Iterable[Listing], before: datetime) -> dict[UUID, list[str]]:
    """By case, why each person on a list should be talked about at a meeting at `before`.

    A fixed number of queries; people with no reason have an empty list.
    """
    rows = list(listings)
    whom = [row.case for row in rows]
    found: dict[UUID, set[str]] = {case.pk: set() for case in whom}
    for gather in (_signals, _actions, _plans, _consents):
        for case, reason in gather(whom, before):
            found[case].add(reason)
    for case, reason in _last_talked(rows, before):
        found[case].add(reason)
    return {case: [key for key in REASONS if key in keys] for case, keys in found.items()}


def in_order(reasons: dict[UUID, list[str]], listings: Iterable[Listing]) -> list[Listing]:
    """Those with a reason, the most urgent first; among equals who has been on the list longest."""
    order = list(REASONS)
    due = [row for row in listings if reasons[row.case_id]]
    return sorted(
        due, key=lambda row: (order.index(reasons[row.case_id][0]), row.proposed_at, str(row.pk))
    )


def _signals(whom: list[Case], before: datetime) -> Iterable[tuple[UUID, str]]:
    """Answered or not: what the team wants to know is that it happened."""
    for case, level in warnings(whom, before - SOON).values_list("case", "level"):
        yield case, "red" if level == Signal.Level.RED else "amber"


def _actions(whom: list[Case], before: datetime) -> Iterable[tuple[UUID, str]]:
    rows = Action.objects.filter(case__in=whom, ended_at=None)
    for action in rows:
        if action.handed_back_at:
            yield action.case_id, "handed_back"
        elif action.due_on < timezone.localdate(before):
            yield action.case_id, "overdue"


def _plans(whom: list[Case], before: datetime) -> Iterable[tuple[UUID, str]]:
    day = timezone.localdate(before)
    rows = AgreedPlan.objects.filter(case__in=whom, state=AgreedPlan.State.AGREED)
    until = dict(rows.values_list("case", "expires_on"))
    for case in whom:
        ends = until.get(case.pk)
        if ends is None:
            yield case.pk, "no_plan"
        elif ends <= day:
            yield case.pk, "plan_over"
        elif ends <= day + SOON:
            yield case.pk, "plan_soon"


def _consents(whom: list[Case], before: datetime) -> Iterable[tuple[UUID, str]]:
    cases = {case.person_id: case.pk for case in whom}
    asked = Consent.objects.filter(person__in=cases, kind=Consent.Kind.SHARE)
    until = timezone.localdate(before) + SOON
    for answer in newest(asked.order_by("-recorded_at", "-answered_on")):
        if casework.holds(answer) and answer.review_on <= until:
            yield cases[answer.person_id], "consent"


def _last_talked(rows: list[Listing], before: datetime) -> Iterable[tuple[UUID, str]]:
    talked: dict[Any, datetime] = dict(
        Slot.objects.filter(listing__in=rows, talked_at__isnull=False)
        .values("listing")
        .annotate(at=Max("meeting__starts_at"))
        .values_list("listing", "at")
    )
    for row in rows:
        last = talked.get(row.pk)
        if last is None:
            yield row.case_id, "new"
        elif last <= before - REVIEW_AFTER:
            yield row.case_id, "review"
