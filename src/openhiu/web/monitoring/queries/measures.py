"""How many early warnings there were, what became of them and how soon: who asks and a time come
in; counts by rule, by week and for the whole go out, never by worker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role, Service
from openhiu.web.casework.models import Contact
from openhiu.web.casework.queries.team import leads
from openhiu.web.design import words
from openhiu.web.monitoring import lifecycle
from openhiu.web.monitoring.answer_time import hours_at_work
from openhiu.web.monitoring.models import Signal
from openhiu.web.monitoring.queries.signals import of_own_cases
from openhiu.web.team.hours import add_workdays, calendar


@dataclass(frozen=True)
class ByRule:
    """One rule's signals. `answers` counts them by what was done; hours are those at work, of
    those that somebody was told of.
    """

    rule: str
    raised: int
    answers: dict[str, int]
    expired: int
    taken_back: int
    waiting: int
    hours: float | None


@dataclass(frozen=True)
class Measures:
    """Everything the page says. `a_lead_and_day` is signals for each lead and working day."""

    first: date
    last: date
    leads: int
    days: int
    rules: list[ByRule]
    weeks: list[tuple[date, int]]
    to_contact: Contacted

    @property
    def raised(self) -> int:
        """Every signal of the time."""
        return sum(rule.raised for rule in self.rules)

    @property
    def a_lead_and_day(self) -> float | None:
        """How many a lead has on a working day, on average."""
        return self.raised / (self.leads * self.days) if self.leads and self.days else None


@dataclass(frozen=True)
class Contacted:
    """From an attendance that gave a warning to the first time somebody spoke with them.

    `within_a_day`: by the end of the next working day. `open_yet`: not spoken with so far, and
    there is still time.
    """

    events: int
    contacted: int
    within_a_day: int
    open_yet: int
    median_hours: float | None

    @property
    def judged(self) -> int:
        """Those of which one can say whether it was within a working day."""
        return self.events - self.open_yet

    @property
    def share(self) -> int | None:
        """Per cent within a working day."""
        return round(100 * self.within_a_day / self.judged) if self.judged else None


def measures(actor: Actor, days: int) -> Measures:
    """The last so many days up to today: a lead's own clients, or a supervisor's team together."""
    last = words.today()
    first = last - timedelta(days=days - 1)
    rows = of_own_cases(actor).filter(raised_at__date__gte=first, raised_at__date__lte=last)
    if actor.role == Role.LEAD:
        rows = rows.filter(case__lead=actor.membership)
    found = list(rows.select_related("contact").order_by("raised_at"))
    return Measures(
        first=first,
        last=last,
        leads=leads(actor).count() if actor.role == Role.SUPERVISOR else 1,
        days=len(calendar(actor.service).days(first, last)),
        rules=_by_rule(actor.service, found),
        weeks=_by_week(found, first, last),
        to_contact=to_contact(actor.service, found),
    )


def to_contact(service: Service, signals: Iterable[Signal]) -> Contacted:
    """Each event once, however many rules spoke of it."""
    events = {
        (one.case_id, one.happened_at)
        for one in signals
        if one.happened_at and one.state != lifecycle.TAKEN_BACK.key
    }
    spoken = _spoken(service, {case for case, _ in events})
    hours, within, waits = [], 0, 0
    for case, at in events:
        due = add_workdays(service, words.as_day(at), 1)
        first = next((one for one in spoken.get(case, ()) if one >= at), None)
        if first is not None:
            hours.append(hours_at_work(service, at, first))
            within += words.as_day(first) <= due
        else:
            waits += words.today() <= due
    return Contacted(len(events), len(hours), within, waits, median(hours) if hours else None)


def _spoken(service: Service, cases: set[Any]) -> dict[Any, list[Any]]:
    rows = Contact.objects.filter(
        service=service, case__in=cases, who=Contact.Who.CLIENT, reached=Contact.Reached.YES,
        error_at=None,
    )  # fmt: skip
    found: dict[Any, list[Any]] = {}
    for case, at in rows.order_by("at").values_list("case", "at"):
        found.setdefault(case, []).append(at)
    return found


def _by_rule(service: Service, found: Sequence[Signal]) -> list[ByRule]:
    rules = sorted({one.rule for one in found})
    return [_rule(service, rule, [one for one in found if one.rule == rule]) for rule in rules]


def _rule(service: Service, rule: str, found: Sequence[Signal]) -> ByRule:
    states = Counter(one.state for one in found)
    done = [one for one in found if one.state == lifecycle.ACKNOWLEDGED.key and one.ended_at]
    told = [one for one in done if not (one.contact and one.contact.at < one.raised_at)]
    hours = [hours_at_work(service, one.raised_at, one.ended_at) for one in told]
    return ByRule(
        rule=rule,
        raised=len(found),
        answers=dict(Counter(one.answer for one in done)),
        expired=states[lifecycle.EXPIRED.key],
        taken_back=states[lifecycle.TAKEN_BACK.key],
        waiting=states[lifecycle.RAISED.key] + states[lifecycle.ESCALATED.key],
        hours=median(hours) if hours else None,
    )


def _by_week(found: Sequence[Signal], first: date, last: date) -> list[tuple[date, int]]:
    """How many were raised in each week, by its Monday, the newest first."""
    counted = Counter(_monday(words.as_day(one.raised_at)) for one in found)
    monday, weeks = _monday(last), []
    while monday >= _monday(first):
        weeks.append((monday, counted[monday]))
        monday -= timedelta(days=7)
    return weeks


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
