"""Builds the made-up service's two years: lists, choices, calls and lives, day after day.

A store of made-up activity comes in; a database full of work goes out.
"""

from __future__ import annotations

import csv
import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Final

import time_machine
from django.db import transaction
from django.utils import timezone

from openhiu import programme
from openhiu.locality import read_locality
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Gateway
from openhiu.web.access.row_security import set_service
from openhiu.web.demo import afterwards, evidence, reaching, rooms, the_case
from openhiu.web.demo.acting import Walk, act
from openhiu.web.demo.founding import found
from openhiu.web.demo.lawful import gateway_with
from openhiu.web.demo.lives import life, stories, story_for
from openhiu.web.intake.actions.receiving import receive_list
from openhiu.web.intake.actions.releasing import release
from openhiu.web.intake.models import ReceivedList

Say = Callable[[str], None]
_SEED: Final = 20
_MONTHS_BACK: Final = (24, 21, 18, 15, 12, 9, 6, 3, 1, 0)
_NEW_EACH: Final = {"asha": 4, "bryn": 4, "carla": 4, "dev": 2}


@dataclass
class Story:
    """Everything that is still to happen, in order of time."""

    today: datetime
    dice: Random = field(default_factory=lambda: Random(_SEED))  # noqa: S311 - made-up lives
    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    readers: tuple[Actor, ...] = ()  # who reads a story before it is told
    ahead: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _number: Any = field(default_factory=count)

    def plan(self, when: datetime, what: Callable[[], None]) -> None:
        """Let something happen then, unless that is still to come."""
        if when < self.today:
            heapq.heappush(self.ahead, (when, next(self._number), what))

    def tell(self, service_id: Any) -> None:
        """Let it all happen, each at its time, each in a transaction of its own."""
        while self.ahead:
            when, _, what = heapq.heappop(self.ahead)
            with time_machine.travel(when, tick=False), transaction.atomic():
                set_service(service_id)
                what()


def build(store: Path, lists: Path, as_of: date, say: Say) -> None:
    """Found the service and let its two years happen, up to now."""
    now = timezone.now()
    begin = _months_before(as_of, _MONTHS_BACK[0])
    with transaction.atomic():
        actors = found(read_locality(store / "locality.toml"), str(store), begin)
    readers = (actors["idris"], actors["esther"])
    story = Story(now, people=_registered(store.parent / "trust" / "people.csv"), readers=readers)
    previous: Path | None = None
    for back in _MONTHS_BACK:
        day = _months_before(as_of, back)
        folder = lists / day.isoformat()
        say(f"the list of {day:%B %Y}")
        programme.make_list(programme.ListOptions(store, day, previous=previous), folder)
        _plan_quarter(story, actors, day, folder, new=back % 3 == 0)
        previous = folder
    say("two years of calls, visits and steps")
    service_id = actors["asha"].service_id
    story.tell(service_id)
    say("what each client's activity looks like")
    with transaction.atomic():
        set_service(service_id)
        afterwards.finish(actors, store, lists, as_of)
    say("meetings, letters, leave and the town's services")
    rooms.furnish(actors, begin)
    say("what changed, and what would have changed anyway")
    evidence.show(actors, store, as_of, lists.parent)
    say("the case for the service")
    the_case.show(actors, store, as_of, lists.parent)


def _registered(file: Path) -> dict[str, dict[str, str]]:
    """The made-up trust's people by NHS number, those whose date of birth is known."""
    with file.open(encoding="utf-8", newline="") as rows:
        return {row["nhs_number"]: row for row in csv.DictReader(rows) if row["birth_date"]}


def _plan_quarter(
    story: Story, actors: dict[str, Actor], day: date, folder: Path, *, new: bool
) -> None:
    """The list arrives on the second of the month, is released the day after, then chosen from."""
    kept: dict[str, ReceivedList] = {}

    def arrive() -> None:
        kept["list"] = receive_list(by=actors["frank"], folder=folder)

    def let_go() -> None:
        release(by=actors["esther"], received=kept["list"], gateway=_ground(kept["list"]))

    story.plan(_at(day + timedelta(days=1), 9), arrive)
    story.plan(_at(day + timedelta(days=2), 11), let_go)
    if new:
        for order, (key, number) in enumerate(_NEW_EACH.items()):
            when = _at(day + timedelta(days=3 + order), 10)
            story.plan(when, _choosing(story, actors[key], kept, number))


def _ground(received: ReceivedList) -> Gateway:
    return gateway_with(received.service_id, received.uploaded_by.organisation_id)


def _choosing(
    story: Story, lead: Actor, kept: dict[str, ReceivedList], number: int
) -> Callable[[], None]:
    def choose() -> None:
        chosen = reaching.pick(lead, kept["list"], number, story.dice)
        chosen += reaching.worry_about(lead, kept["list"], story.dice)
        for approach in chosen:
            _plan_life(story, lead, approach)

    return choose


def _plan_life(story: Story, lead: Actor, approach: Any) -> None:
    told = story_for(approach.person.sex, story.dice, stories())

    def plan(day: date, what: str, details: dict[str, Any]) -> None:
        story.plan(_working_hour(day, story.dice), _doing(walk, what, details))

    registered = story.people.get(approach.person.nhs_number)
    walk = Walk(lead, approach, told, story.dice, plan, story.readers, registered)
    began = timezone.localdate()
    until = (story.today.date() - began).days
    for happening in life(told, story.dice, until):
        when = _working_hour(began + timedelta(days=happening.day), story.dice)
        story.plan(when, _doing(walk, happening.what, happening.details))


def _doing(walk: Walk, what: str, details: dict[str, Any]) -> Callable[[], None]:
    def do() -> None:
        if walk.case is not None or what in ("make_safe", "try", "answer"):
            act(walk, what, details)

    return do


def _working_hour(day: date, dice: Random) -> datetime:
    """A moment from nine to five on that day or the Monday after."""
    weekend = day.weekday() - 4 if day.weekday() > 4 else 0
    moved = day + timedelta(days=3 - weekend) if weekend else day
    return _at(moved, 9, dice.randint(0, 8 * 60 - 1))


def _at(day: date, hour: int, minutes: int = 0) -> datetime:
    naive = datetime.combine(day, time(hour)) + timedelta(minutes=minutes)
    return timezone.make_aware(naive)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
