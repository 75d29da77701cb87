"""The newer rooms of the made-up service are furnished, each piece on the day it happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import time_machine
from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.row_security import set_service
from openhiu.web.demo import around, looking_after, meeting, practice
from openhiu.web.demo.directory import fill_directory


def furnish(actors: dict[str, Actor], since: date) -> None:
    """Directory, team, meetings, letters, connections and today's visit."""
    now, asha = timezone.now(), actors["asha"]
    leads = [actors[key] for key in ("asha", "bryn", "carla")]
    _on(asha, now - timedelta(days=40), lambda: fill_directory(actors["esther"]))
    _on(asha, now - timedelta(days=30), lambda: around.connect(leads))
    _on(asha, now, lambda: looking_after.look_after(actors, since))
    _on(asha, now, lambda: looking_after.go_away_next_week(actors["bryn"], actors["hana"]))
    _meetings(actors, now)
    _on(asha, now - timedelta(hours=2), lambda: around.write(asha, actors["esther"]))
    _on(asha, now - timedelta(hours=1), lambda: _tell_the_practice(actors))
    _on(asha, now, lambda: around.visit(asha, actors["hana"]))


def _tell_the_practice(actors: dict[str, Actor]) -> None:
    practice.tell_the_practice(actors["asha"], actors["esther"], actors["joan"])


def _meetings(actors: dict[str, Actor], now: datetime) -> None:
    """The team begins, meets four weeks before next Tuesday, and plans next Tuesday's."""
    asha = actors["asha"]
    held = meeting.at_two(meeting.tuesday_after(timezone.localdate(now)) - timedelta(days=28))

    def last_month() -> None:
        group = meeting.begin(actors)
        about = meeting.share_with_chair(asha, 3)
        meeting.meet(actors, group, about, held)

    def next_week() -> None:
        from openhiu.web.mdt.models import Group, Listing

        group = Group.objects.get(service=asha.service)
        known = set(Listing.objects.filter(group=group).values_list("case_id", flat=True))
        more = [case for case in meeting.share_with_chair(asha, 6) if case.pk not in known]
        meeting.plan_next(actors, group, more[:2])

    _on(asha, held, last_month)
    _on(asha, now, next_week)


def _on(actor: Actor, when: datetime, what: Callable[[], object]) -> None:
    """Let something happen at a time of its own, in a transaction of its own."""
    with time_machine.travel(when, tick=False), transaction.atomic():
        set_service(actor.service_id)
        what()
