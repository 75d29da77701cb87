"""The agreed criteria by which people are proposed for a team meeting, as data with their words.

The system points at people; a person decides about each. Cases come in, who meets which rule goes
out; all of it from rows, with a fixed number of queries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from openhiu.web.casework.models import Case, Goal, Outcome, PhaseChange, Share, Step
from openhiu.web.mdt.models import AgreedPlan
from openhiu.web.monitoring import lifecycle as signals
from openhiu.web.monitoring.models import Signal

_HALF_A_YEAR: Final = timedelta(days=183)
_SUPPORTED: Final = ("working_together", "picked_up_again")
Found = dict[UUID, int]


@dataclass(frozen=True)
class Criterion:
    """One rule: what it says (`{n}` is its number), what it asks of, and its usual number."""

    label: str
    find: Callable[[list[Case], int], Found]
    why: str
    number: int | None = None
    unit: str = ""
    item: str = "meeting"  # what of the record its reason tells

    def said(self, number: int | None) -> str:
        """The rule with its number."""
        return self.label.format(n=number if number is not None else self.number)


def warnings(whom: list[Case], since: datetime) -> QuerySet[Signal]:
    """Early warnings since a moment, answered or not, that the data did not take back."""
    rows = Signal.objects.filter(case__in=whom, raised_at__gte=since)
    return rows.exclude(state__in=(signals.TAKEN_BACK.key, signals.STOPPED.key))


def _red(whom: list[Case], n: int) -> Found:
    rows = warnings(whom, timezone.now() - timedelta(weeks=n)).filter(level=Signal.Level.RED)
    return dict.fromkeys(rows.values_list("case", flat=True), n)


def _picked_up(whom: list[Case], n: int) -> Found:
    rows = PhaseChange.objects.filter(
        case__in=whom, to_phase="picked_up_again", at__gte=timezone.now() - _HALF_A_YEAR
    )
    return _at_least(Counter(rows.values_list("case", flat=True)), n)


def _organisations(whom: list[Case], n: int) -> Found:
    """Organisations with which something of them is shared now."""
    cases = {case.person_id: case.pk for case in whom}
    rows = Share.objects.filter(person__in=cases, stopped_at=None).values("person")
    counted = rows.annotate(many=Count("organisation", distinct=True)).values_list("person", "many")
    return _at_least({cases[person]: many for person, many in counted}, n)


def _no_progress(whom: list[Case], n: int) -> Found:
    """No step done, no goal reached and nothing that changed for so many weeks, while supported."""
    today = timezone.localdate()
    since, begun = today - timedelta(weeks=n), timezone.now() - timedelta(weeks=n)
    late = [case for case in whom if case.phase in _SUPPORTED and case.phase_since <= begun]
    moved = {
        *Step.objects.filter(goal__case__in=late, done_on__gte=since).values_list(
            "goal__case", flat=True
        ),
        *Goal.objects.filter(case__in=late, state=Goal.State.DONE, ended_on__gte=since).values_list(
            "case", flat=True
        ),
        *Outcome.objects.filter(case__in=late, happened_on__gte=since).values_list(
            "case", flat=True
        ),
    }
    return {case.pk: n for case in late if case.pk not in moved}


def _expiring(whom: list[Case], n: int) -> Found:
    until = timezone.localdate() + timedelta(weeks=n)
    rows = AgreedPlan.objects.filter(
        case__in=whom, state=AgreedPlan.State.AGREED, expires_on__lte=until
    )
    return dict.fromkeys(rows.values_list("case", flat=True), n)


def _nobody(_whom: list[Case], _n: int) -> Found:
    return {}


def _at_least(counts: dict[UUID, int], n: int) -> Found:
    return {key: many for key, many in counts.items() if many >= n}


CRITERIA: Final[dict[str, Criterion]] = {
    "red_signal": Criterion(
        "A red early warning in the last {n} weeks", _red,
        "A red early warning in the last {n} weeks.", 4, "weeks", item="activity",
    ),
    "picked_up": Criterion(
        "Picked up again at least {n} times in six months", _picked_up,
        "Picked up again {n} times in the last six months.", 2, "times", item="phase",
    ),
    "organisations": Criterion(
        "At least {n} organisations are involved", _organisations,
        "{n} organisations are involved.", 3, "organisations",
    ),
    "no_progress": Criterion(
        "Nothing has moved for {n} weeks", _no_progress,
        "No step, goal or change written down for {n} weeks.", 8, "weeks", item="goals",
    ),
    "plan_expiring": Criterion(
        "The agreed plan ends within {n} weeks", _expiring,
        "The agreed plan ends within {n} weeks, or has ended.", 4, "weeks", item="agreed_plan",
    ),
    "worry": Criterion("A member is worried", _nobody, "A member is worried."),
}  # fmt: skip
# Rules a new team begins with.
USUAL: Final = {key: rule.number for key, rule in CRITERIA.items()}


@dataclass(frozen=True)
class Pointed:
    """One person whom a rule points at, and the counted facts in a sentence."""

    case: Case
    rule: str
    why: str


def pointed_at(whom: Iterable[Case], criteria: dict[str, Any]) -> list[Pointed]:
    """Whom the rules of a team point at, each person once, by the first rule that does."""
    every = list(whom)
    by_key = {case.pk: case for case in every}
    told: dict[UUID, Pointed] = {}
    for key, rule in CRITERIA.items():
        if key not in criteria:
            continue
        number = criteria[key] if criteria[key] is not None else rule.number
        for case, many in rule.find(every, number or 0).items():
            told.setdefault(case, Pointed(by_key[case], key, rule.why.format(n=many)))
    return sorted(told.values(), key=lambda one: (list(CRITERIA).index(one.rule), str(one.case.pk)))
