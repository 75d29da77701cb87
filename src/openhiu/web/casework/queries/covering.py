"""What a cover needs to know and what happened meanwhile: a leave comes in, clients go out.

Everything is read from the record; nobody writes a hand-over note. Each list is one query for all
clients. Rooms above add their own through ALSO_NOTED and ALSO_HAPPENED.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership, Role
from openhiu.web.casework import policies
from openhiu.web.casework.lifecycle import PHASES
from openhiu.web.casework.models import (
    Case,
    Concern,
    Consent,
    Contact,
    Outcome,
    PhaseChange,
    Step,
    Task,
    Visit,
)
from openhiu.web.casework.queries import consent as answers
from openhiu.web.casework.queries.cases import cases
from openhiu.web.casework.queries.contacts import last_of_each
from openhiu.web.casework.queries.noted import Noted
from openhiu.web.casework.queries.standing import SUPPORTED, with_standing
from openhiu.web.people.queries import notices_about
from openhiu.web.people.safety import contact_rules
from openhiu.web.team import hours
from openhiu.web.team.models import Cover, Leave
from openhiu.web.team.queries.calendar import Away, leave_or_missing
from openhiu.web.team.queries.leave import manages

# So many working days before the leave begins, the cover may read about the clients.
READ_BEFORE: Final = 5
# Rooms above add sentences by case: what to look out for in these days; what happened in them.
Tells = Callable[[Actor, Sequence[Case], date, date], Mapping[UUID, Iterable[str]]]
ALSO_NOTED: Final[list[Tells]] = []
ALSO_HAPPENED: Final[list[Tells]] = []


@dataclass
class Meanwhile:
    """One client and what happened while their lead was away, in the order of time."""

    case: Case
    lines: list[tuple[datetime, str, str]] = field(default_factory=list)  # when, what, who
    told: list[str] = field(default_factory=list)  # from rooms above


def readable_leave(actor: Actor, leave_id: Any) -> Away:
    """A leave whose clients this member may read about now.

    The one who goes and the supervisors at any time; the cover who said yes from five working
    days before their own days of cover until those end.

    Raises:
        Missing: none of these.
        NotAllowed: it is too early, or over.
    """
    away = leave_or_missing(actor, leave_id)
    leave = away.leave
    if away.mine or manages(actor, leave.member):
        return away
    said_yes = [
        one for one in away.covers
        if one.covering_id == actor.membership.pk and one.answer == Cover.Answer.YES
    ]  # fmt: skip
    if not said_yes or leave.state != Leave.State.BOOKED:
        raise Missing
    today = timezone.localdate()
    if not any(_opens(actor, one) <= today <= one.until_day for one in said_yes):
        raise NotAllowed(
            "You can read this from five working days before your days of cover until they end."
        )
    return away


def _opens(actor: Actor, cover: Cover) -> date:
    """The first day on which somebody may read for a cover of theirs."""
    first: date = hours.add_workdays(actor.service, cover.from_day, -READ_BEFORE)
    return first


def clients_of(actor: Actor, leave: Leave) -> list[Case]:
    """The clients whose lead is away, who are supported now; for supervisors those of the team."""
    theirs = Case.objects.filter(
        service=actor.service_id, person__merged_into=None, lead__user=leave.member.user_id
    )
    if actor.is_(Role.SUPERVISOR):
        theirs = theirs.filter(policies.scope(actor))
    found = with_standing(theirs).filter(stands=SUPPORTED)
    return list(found.select_related("person", "plan", "lead__user").order_by("pk"))


def note(actor: Actor, leave: Leave) -> list[Noted]:
    """Every client of whoever is away, those who need most attention first."""
    return noted_of(actor, clients_of(actor, leave), leave.from_day, leave.until_day)


def noted_of(actor: Actor, found: list[Case], first: date, last: date) -> list[Noted]:
    """What to know of these clients from the first day to the last, who needs most comes first."""
    prefetch_related_objects(found, "person__phones")
    noted = {case.pk: Noted(case, contact_rules(case.person)) for case in found}
    by_person = {case.person_id: noted[case.pk] for case in found}
    for case, contact in last_of_each(found).items():
        noted[case].last = contact
    for task in _tasks(found, last):
        noted[task.case_id].tasks.append(task)
    for step in _steps(found, last):
        noted[step.goal.case_id].steps.append(step)
    for visit in _visits(found, first, last):
        noted[visit.case_id].visits.append(visit)
    for worry in _worries(actor, found):
        by_person[worry.person_id].worries.append(worry)
    for consent in _reviews(actor, found, last):
        by_person[consent.person_id].reviews.append(consent)
    for case_id, words in told(ALSO_NOTED, actor, found, first, last).items():
        noted[case_id].watch += words
    for notice in notices_about(list(by_person)):
        by_person[notice.person_id].notices.append(notice)
    for one in noted.values():
        planned = one.case.next_contact_on
        one.due = planned is not None and planned <= last
    return sorted(noted.values(), key=_attention)


def meanwhile(actor: Actor, leave: Leave) -> list[Meanwhile]:
    """What others wrote down about one's clients in these days; those with nothing are left out."""
    found = list(cases(actor).filter(lead__user=leave.member.user_id))
    begin, end = _moments(leave)
    told_of = {case.pk: Meanwhile(case) for case in found}
    for case_id, line in _lines(actor, found, begin, end):
        told_of[case_id].lines.append(line)
    last = min(leave.until_day, timezone.localdate())
    for case_id, words in told(ALSO_HAPPENED, actor, found, leave.from_day, last).items():
        told_of[case_id].told += words
    for one in told_of.values():
        one.lines.sort(key=lambda line: line[0])
    said = [one for one in told_of.values() if one.lines or one.told]
    return sorted(said, key=lambda one: one.case.person.full_name)


def told(
    rooms: Iterable[Tells], actor: Actor, found: Sequence[Case], first: date, last: date
) -> dict[UUID, list[str]]:
    """What the rooms above say about these cases, by case."""
    said: dict[UUID, list[str]] = defaultdict(list)
    known = {case.pk for case in found}
    for ask in rooms:
        for case_id, words in ask(actor, found, first, last).items():
            if case_id in known:
                said[case_id] += list(words)
    return said


def without_lead(actor: Actor) -> QuerySet[Case]:
    """Supported clients whose lead has left the post or the service, by that lead's name."""
    gone = Q(lead__ended_at__isnull=False) | Q(lead__user__is_active=False)
    found = with_standing(cases(actor)).filter(gone, stands=SUPPORTED)
    return found.order_by("lead__user__name", "person__given_name", "pk")


def former_lead_or_missing(actor: Actor, membership_id: Any) -> Membership:
    """A lead who has left and still stands as the lead of clients one supervises."""
    theirs = without_lead(actor).filter(lead=membership_id).first()
    if theirs is None:
        raise Missing
    lead: Membership = theirs.lead
    return lead


def _attention(one: Noted) -> tuple[Any, ...]:
    """Early warnings, worries, what is late, what else presses, then whoever is due soonest."""
    owed = [*(task.due_on for task in one.tasks), *(step.due_on for step in one.steps)]
    days = [one.case.next_contact_on, *owed]
    soonest = min((day for day in days if day), default=date.max)
    late = any(words.endswith("late") for words in one.reasons)
    more = (not one.pressing, not one.asks, soonest, one.case.person.full_name)
    return (-len(one.watch), -len(one.worries), not late, *more)


def _tasks(found: list[Case], last: date) -> QuerySet[Task]:
    due = Task.objects.filter(case__in=found, done_at=None, due_on__lte=last)
    return due.select_related("owner__user").order_by("due_on", "made_at")


def _steps(found: list[Case], last: date) -> QuerySet[Step]:
    """What the lead promised to do by then."""
    mine = Step.objects.filter(goal__case__in=found, whose="lead", done_on=None, due_on__lte=last)
    return mine.select_related("goal").order_by("due_on", "pk")


def _visits(found: list[Case], first: date, last: date) -> QuerySet[Visit]:
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    planned = Visit.objects.filter(case__in=found, starts_at__gte=begin, starts_at__lt=end)
    return planned.filter(cancelled_at=None, back_at=None).order_by("starts_at")


def _worries(actor: Actor, found: list[Case]) -> QuerySet[Concern]:
    people = [case.person_id for case in found]
    rows = Concern.objects.filter(service=actor.service_id, person__in=people, answered_at=None)
    return rows.order_by("-urgent", "at")


def _reviews(actor: Actor, found: list[Case], last: date) -> list[Consent]:
    days = max(0, (last - timezone.localdate()).days)
    return answers.due(actor, [case.person_id for case in found], within_days=days)


def _lines(
    actor: Actor, found: list[Case], begin: datetime, end: datetime
) -> Iterable[tuple[UUID, tuple[datetime, str, str]]]:
    """Contacts, moves, tasks ended, outcomes and answers of these days, by others."""
    when = {"case__in": found, "service": actor.service_id}
    contacts = Contact.objects.filter(**when, at__gte=begin, at__lt=end, error_at=None)
    for row in contacts.exclude(by__user=actor.user).select_related("by__user"):
        said = f"{row.get_how_display()}: {str(row.get_reached_display()).lower()}"
        more = f". {row.what_mattered}" if row.what_mattered else ""
        yield row.case_id, (row.at, said + more, row.by.user.name)
    moves = PhaseChange.objects.filter(**when, at__gte=begin, at__lt=end)
    for move in moves.exclude(by__user=actor.user).select_related("by__user"):
        yield move.case_id, (move.at, f"Moved: {_phase(move.to_phase)}", move.by.user.name)
    for task in Task.objects.filter(**when, done_at__gte=begin, done_at__lt=end):
        ended = "Task let go" if task.let_go_reason else "Task done"
        yield task.case_id, (task.done_at, f"{ended}: {task.words}", "")
    outcomes = Outcome.objects.filter(**when, noted_at__gte=begin, noted_at__lt=end)
    for outcome in outcomes.exclude(noted_by__user=actor.user).select_related("noted_by__user"):
        yield outcome.case_id, (outcome.noted_at, outcome.words, outcome.noted_by.user.name)
    for case in found:
        came = case.last_attendance_at
        if came and begin <= came < end:
            yield case.pk, (came, "Came to A&E", "")


def _phase(key: str) -> str:
    return PHASES[key].label.lower()


def _moments(leave: Leave) -> tuple[datetime, datetime]:
    return _midnight(leave.from_day), _midnight(leave.until_day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
