"""Whether somebody new may be chosen now: a lead comes in; their quarter by weeks goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership, Role
from openhiu.web.casework import caseload
from openhiu.web.casework.quarter import days_of
from openhiu.web.casework.weights import Load
from openhiu.web.design.words import day as day_words
from openhiu.web.design.words import plural, weekday
from openhiu.web.intake.models import Approach
from openhiu.web.intake.pacing import Plan, spread
from openhiu.web.team import hours
from openhiu.web.team.models import Leave
from openhiu.web.team.queries.calendar import team

# Before leave of fewer working days choosing goes on: only those days themselves are closed.
SHORT_LEAVE_DAYS = 3
_WEEK = timedelta(days=6)
HEAVY = (
    "Your clients weigh as much as your post has room for, so nobody new is to come just now. "
    "Talk with your supervisor about what can wait or be shared."
)


@dataclass(frozen=True)
class Room:
    """Whether `more` people fit: over the quarter's limit, held back by leave or by the load."""

    new: caseload.Meter
    plan: Plan
    more: int
    load: Load

    @property
    def over(self) -> int:
        """How many too many for the quarter; 0 or less where there is room."""
        return self.new.value + self.more - self.new.allowed

    @property
    def paused(self) -> str:
        """Why choosing is paused today, in words; nothing when it is not."""
        return pause_words(self.plan)

    @property
    def only_paused(self) -> bool:
        """Whether the lead's leave alone is why a reason is asked for."""
        return bool(self.paused) and self.over <= 0 and not self.heavy

    @property
    def heavy(self) -> str:
        """That the clients weigh as much as the post has room for; nothing when they do not."""
        return HEAVY if self.load.full else ""

    @property
    def too_heavy(self) -> list[caseload.Meter]:
        """The load as a count against its limit, rounded up, when it is full; nothing else."""
        if not self.heavy:
            return []
        room = int(self.load.room)
        return [caseload.Meter(caseload.LOAD, caseload.LOAD.label, ceil(self.load.value), room)]

    @property
    def ahead(self) -> str:
        """That these are more than a steady week has, in words; nothing when they are not."""
        spare = self.plan.week.portion
        if self.paused or self.heavy or self.over > 0 or self.more <= spare:
            return ""
        offered = plural(spare, "person is", "people are") if spare else "nobody more is"
        return (
            f"For a steady quarter {offered} to be chosen this week; "
            f"{self.plan.left} of your {self.plan.allowed} are still to come."
        )

    def needs_reason(self, *, steady: bool) -> bool:
        """Whether a reason is asked for; `steady`: the service asks for one for the week too."""
        return self.over > 0 or bool(self.paused or self.heavy) or (steady and bool(self.ahead))


def room(actor: Actor, more: int) -> Room:
    """The room of the one who acts."""
    standing = caseload.standing(actor)
    return Room(standing.new, plan_of(standing), more, standing.load)


def plans(actor: Actor) -> list[tuple[Membership, Plan]]:
    """The quarter of every lead of the team, in the order of their names: never a ranking."""
    leads = [one for one in team(actor) if one.role == Role.LEAD]
    return [(one.lead, plan_of(one)) for one in caseload.standings(leads)]


def plan_of(standing: caseload.Standing) -> Plan:
    """The quarter of one lead, week by week, as it looks today."""
    lead, today = standing.lead, timezone.localdate()
    first, last = days_of(standing.quarter)
    days = hours.days_of(first, last)
    at_work = hours.calendar_of(lead)
    leaves = _leaves(lead, first, last)
    paused = {day: leave for leave in leaves for day in _closed(lead, at_work, leave)}
    shares = {day: _share(day, paused, leaves) for day in days if at_work.is_workday(day)}
    if standing.load.full:  # nobody new this week; what is left goes to the weeks after it
        monday = today - timedelta(days=today.weekday())
        shares |= {day: Fraction(0) for day in shares if monday <= day <= monday + _WEEK}
    weeks = spread(
        days=days,
        shares=shares,
        away={day for leave in leaves for day in days if leave.share(day)},
        chosen=_chosen(standing, first),
        allowed=standing.new.allowed,
        today=today,
    )
    because = paused.get(today)
    return Plan(
        weeks,
        standing.new.allowed,
        standing.new.value,
        today,
        (because.from_day, because.until_day) if because else None,
        next((day for day in days if day > today and shares.get(day)), None),
        standing.load.full,
    )


def pause_words(plan: Plan) -> str:
    """Why choosing is paused, until when, and how many are still to come."""
    if plan.pause is None:
        return ""
    first, last = plan.pause
    when = f"on {weekday(first)}" if first == last else f"from {weekday(first)} to {weekday(last)}"
    opens = f"on {day_words(plan.again_on)}" if plan.again_on else "in the next quarter"
    left = f"{plan.left} of your {plan.allowed} are still to come this quarter."
    return f"You are away {when}: choosing opens again {opens}. {HEAVY if plan.heavy else left}"


def _leaves(lead: Membership, first: date, last: date) -> list[Leave]:
    """Leave of the one who leads, asked for or booked, that bears on these days."""
    ahead = hours.add_workdays(lead.service, last, lead.service.pause_before_leave + 1)
    rows = Leave.objects.filter(
        service=lead.service_id, member__user=lead.user_id,
        from_day__lte=ahead, until_day__gte=first,
    ).exclude(state=Leave.State.CANCELLED)  # fmt: skip
    return list(rows.order_by("from_day"))


def _closed(lead: Membership, at_work: hours.Calendar, leave: Leave) -> list[date]:
    """The days on which nobody new is begun with because of a leave: before it and during it."""
    working = at_work.days(leave.from_day, leave.until_day)
    before = lead.service.pause_before_leave
    if leave.kind == Leave.Kind.SICK or len(working) < SHORT_LEAVE_DAYS or not before:
        return [day for day in working if leave.share(day) == 1]
    return hours.days_of(at_work.add(leave.from_day, -before), leave.until_day)


def _share(day: date, paused: dict[date, Leave], leaves: list[Leave]) -> Fraction:
    if day in paused:
        return Fraction(0)
    return 1 - max((Fraction(leave.share(day)) for leave in leaves), default=Fraction(0))


def _chosen(standing: caseload.Standing, first: date) -> dict[date, int]:
    """By day, how many of the quarter's people were chosen; together as many as the meter says.

    Those who came otherwise (handed over by a colleague) count as chosen on the first day.
    """
    live = Q(ended_at=None) | Q(outcome=Approach.Outcome.YES)
    rows = (
        Approach.objects.filter(live, lead=standing.lead, quarter=standing.quarter)
        .annotate(day=TruncDate("chosen_at"))
        .values_list("day")
        .annotate(people=Count("pk"))
        .order_by("day")
    )
    found: dict[date, int] = {max(day, first): people for day, people in rows}
    known = sum(found.values())
    if standing.new.value > known:
        found[first] = found.get(first, 0) + standing.new.value - known
    return found
