"""Dates that come, told before they come: each topic offers what is due, one place tells of it.

    def due(service_id: UUID, today: date) -> Iterable[Due]: ...
    reminders.offer(due)  # in apps.ready()

`remind` (by the clock) announces each threshold once; `due_for` is what pages show. Words carry
references and kinds, never who somebody is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.models import Membership, Service
from openhiu.web.assurance.models.reminders import Reminded

DAYS: Final = (60, 30, 14, 7, 1, 0)  # days before; nought: the day itself
HOURS: Final = (48, 24, 6, 1, 0)  # hours before, for a clock that runs in hours
# What is overdue is told again each week: this many and the weeks that have gone since.
LATE: Final = 10_000
SHOWN_DAYS: Final = 60
# An address of ours and a sentence have to fit beside each other.
_MOST_WORDS: Final = 260


@dataclass(frozen=True)
class Due:
    """One date that comes.

    Args:
        key: the same for the same thing every day, like "agreement:<uuid>:review".
        words: a sentence's beginning without its date and full stop: "Agreement AG-3 ends".
            No names of people in it.
        on: the day.
        to: roles that are told and shown it.
        link: where it is seen to, an address of ours.
        at: the moment, where the clock runs in hours.
        members: keys of memberships that are told too, whatever their role.
        not_to: keys of users who are neither told nor shown it.
        steps: days (or hours, with `at`) before at which it is told.
        elsewhere: another room's page shows it already: here it is only announced.
    """

    key: str
    words: str
    on: date
    to: tuple[Any, ...]
    link: str
    at: datetime | None = None
    members: tuple[UUID, ...] = ()
    not_to: frozenset[UUID] = frozenset()
    steps: tuple[int, ...] = ()
    elsewhere: bool = False

    @property
    def overdue(self) -> bool:
        """Its moment, or the whole of its day, has passed."""
        if self.at is not None:
            return self.at <= timezone.now()
        return self.on < timezone.localdate()

    @property
    def left(self) -> int:
        """Days left, or hours begun where the clock runs in hours; nought or less when overdue."""
        if self.at is not None:
            return ceil((self.at - timezone.now()).total_seconds() / 3600)
        return (self.on - timezone.localdate()).days

    @property
    def reached(self) -> int | None:
        """The nearest threshold that has come; None while it is further off than any."""
        if weeks := -self.left // (7 if self.at is None else 7 * 24) if self.left < 0 else 0:
            return LATE + weeks
        steps = self.steps or (DAYS if self.at is None else HOURS)
        return min((step for step in {*steps, 0} if self.left <= step), default=None)

    def concerns(self, member: Membership) -> bool:
        """Whether this member is told of it."""
        if member.user_id in self.not_to:
            return False
        return member.role in self.to or member.pk in self.members


Source = Callable[[UUID, date], Iterable[Due]]
SOURCES: Final[list[Source]] = []


def offer(source: Source) -> Source:
    """Take a topic's dates up; offering twice tells once."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def every(service_id: UUID, today: date | None = None) -> list[Due]:
    """Everything that comes in one service, the soonest first; row security is set already."""
    day = today or timezone.localdate()
    found = [due for source in SOURCES for due in source(service_id, day)]
    return sorted(found, key=lambda due: (due.on, due.at is None, due.at or 0, due.words))


def due_for(actor: Actor, *, within_days: int = SHOWN_DAYS) -> list[Due]:
    """What comes within so many days, or is overdue, and concerns this actor."""
    until = timezone.localdate() + timedelta(days=within_days)
    return _together(
        due
        for due in every(actor.service_id)
        if due.on <= until and due.concerns(actor.membership) and not due.elsewhere
    )


def _together(found: Iterable[Due]) -> list[Due]:
    """The same words about one page become one line, and so does all that is overdue on one page:
    what still comes is not pushed out of sight.
    """
    same: dict[tuple[str, str], list[Due]] = {}
    for due in found:
        same.setdefault(("" if due.overdue else due.words, due.link), []).append(due)
    return [_joined(held) for held in same.values()]


def _joined(held: list[Due]) -> Due:
    first, more = held[0], len(held) - 1
    if not more:
        return first
    alike = all(due.words == first.words for due in held)
    words = f"{first.words} ({more + 1})" if alike else f"{first.words}, and {more} more"
    return replace(first, words=words)


def remind(service: Service) -> int:
    """Announce every threshold that has come and was not announced; how many were.

    Where nobody holds the role, nothing was told: it is tried again until somebody does.
    """
    members = list(
        Membership.objects.filter(service=service, ended_at=None, user__is_active=True)
        .select_related("user", "service")
        .order_by("user__name", "pk")
    )
    said = _said(service)
    return sum(_tell(service, due, members) for due in every(service.pk) if not _known(due, said))


def _said(service: Service) -> dict[tuple[str, date], int]:
    """The last threshold that was told, by key and day: the fewer are left, the later it is."""
    told: dict[tuple[str, date], int] = {}
    for key, on, step in Reminded.objects.filter(service=service).values_list("key", "on", "step"):
        told[key, on] = max(_place(step), told.get((key, on), _place(step)))
    return told


def _known(due: Due, said: dict[tuple[str, date], int]) -> bool:
    if due.reached is None:
        return True
    last = said.get((due.key, due.on))
    return last is not None and last >= _place(due.reached)


def _place(step: int) -> int:
    """Where a threshold stands in time: before the day below nought, the weeks after it above."""
    return step - LATE if step >= LATE else -step


def _tell(service: Service, due: Due, members: list[Membership]) -> int:
    concerned = [member for member in members if due.concerns(member)]
    concerned = resting.awake(concerned) or concerned
    for member in concerned:
        announce(to=member, words=sentence(due), link=due.link, urgent=due.at is not None)
    if not concerned:
        return 0
    Reminded.objects.create(
        service=service, key=due.key, on=due.on, step=due.reached, told=len(concerned)
    )
    return 1


def sentence(due: Due) -> str:
    """The date in words, as it is announced and shown."""
    words = due.words[:_MOST_WORDS]
    return f"Overdue: {words}." if due.overdue else f"{words} {when(due)}."


def when(due: Due) -> str:
    """How far off it is, while it is ahead."""
    if due.at is not None:
        return "within the hour" if due.left <= 1 else f"in {due.left} hours"
    return {0: "today", 1: "tomorrow"}.get(due.left, f"in {due.left} days")
