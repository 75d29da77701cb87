"""This room's part of somebody's days: visits, calls due and tasks as diary entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework.lifecycle import PHASES
from openhiu.web.casework.queries import visits
from openhiu.web.casework.queries.home import own
from openhiu.web.casework.queries.tasks import mine
from openhiu.web.team.diary import Entry, carried, timed


def entries(actor: Actor, first: date, last: date) -> Iterable[Entry]:
    """What this room knows of the actor's days; three queries, however many days."""
    for visit in visits.between(actor, first, last):
        url = reverse("casework:visit", args=[visit.pk])
        yield timed("visit", visit.starts_at, visit.ends_at, visits.who_of(visit) or "Visit", url)
    if actor.is_(Role.LEAD, Role.COVER):
        yield from _calls(actor, first, last)
        yield from _tasks(actor, first, last)


def _calls(actor: Actor, first: date, last: date) -> Iterable[Entry]:
    """Each on its day; what is late on today, as on the morning page."""
    today = timezone.localdate()
    due = own(actor).filter(next_contact_on__lte=last).order_by("next_contact_on", "pk")
    for case in due:
        day = carried(case.next_contact_on)
        if first <= day <= last:
            yield Entry(
                "call", day, case.person.full_name, reverse("casework:client", args=[case.pk]),
                detail=PHASES[case.phase].label, overdue=case.next_contact_on < today,
            )  # fmt: skip


def _tasks(actor: Actor, first: date, last: date) -> Iterable[Entry]:
    today = timezone.localdate()
    for task in mine(actor).filter(due_on__lte=last):
        day = carried(task.due_on)
        if first <= day <= last:
            url = (
                reverse("casework:client_tasks", args=[task.case_id])
                if task.case_id
                else reverse("casework:my_tasks")
            )
            who = task.case.person.called if task.case else ""
            yield Entry("task", day, task.words, url, detail=who, overdue=task.due_on < today)
