"""Leave is asked for, covered or not, changed and cancelled; illness comes without asking."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bench.service.world import World
from openhiu.web.access.actor import Actor
from openhiu.web.team.actions.leave import Days, answer_cover, ask_leave, cancel_leave, change_leave
from openhiu.web.team.models import Cover, Leave


def ask(world: World) -> bool:
    """A week or a day off, with somebody asked to cover; without anybody it must be refused."""
    who = world.lead()
    first = world.clock.today + timedelta(days=world.dice.randint(2, 25))
    days = Days(first, first + timedelta(days=world.dice.choice((0, 3, 6, 13))))
    if _is_working(days) and world.chance(0.5):
        world.must_refuse(
            "responsible",
            "leave that nobody covers",
            lambda: ask_leave(by=who, member=who.membership, kind="annual", days=days),
        )
    other = world.dice.choice(
        [one for one in (*world.leads, world.actors["cover"]) if one is not who]
    )
    leave = world.do(
        "leave asked for",
        lambda: ask_leave(
            by=who, member=who.membership, kind="annual", days=days, covering=[other.membership]
        ),
    )
    if leave is not None and world.chance(0.8):
        _answers(world, leave, other)
    return leave is not None


def falls_ill(world: World) -> bool:
    """From today, with nobody asked; the supervisor has to find somebody."""
    who = world.lead()
    today = world.clock.today
    days = Days(today, today + timedelta(days=world.dice.randint(0, 9)))
    return (
        world.do(
            "fell ill",
            lambda: ask_leave(
                by=world.actors["supervisor"], member=who.membership, kind="sick", days=days
            ),
        )
        is not None
    )


def changes_mind(world: World) -> bool:
    """Leave gets other days, or is cancelled, or whoever covers cannot any more."""
    with world.rows():
        ahead = list(
            Leave.objects.select_related("member__user")
            .filter(until_day__gte=world.clock.today)
            .exclude(state="cancelled")
            .order_by("pk")
        )
    if not ahead:
        return False
    leave = world.dice.choice(ahead)
    by, what = world.actors["supervisor"], world.dice.random()
    if what < 0.4:
        return world.do("leave cancelled", lambda: cancel_leave(by=by, leave=leave)) is not None
    if what < 0.7:
        days = Days(leave.from_day, leave.until_day + timedelta(days=world.dice.choice((-1, 1, 3))))
        return (
            world.do(
                "leave changed",
                lambda: change_leave(by=by, leave=leave, version=leave.version, days=days),
            )
            is not None
        )
    with world.rows():
        cover = (
            Cover.objects.select_related("covering__user").filter(leave=leave, answer="yes").first()
        )
    if cover is None:
        return False
    return (
        world.do(
            "cover cannot any more",
            lambda: answer_cover(by=world.actor_of(cover.covering_id), cover=cover, yes=False),
        )
        is not None
    )


def find_cover(world: World) -> None:
    """The supervisor asks somebody for days nobody covers."""
    from openhiu.web.team.actions.leave import ask_cover
    from openhiu.web.team.queries.leave import booked, uncovered

    today = world.clock.today
    with world.rows():
        open_ = [
            one
            for one in booked(world.service.pk, today, today + timedelta(days=14))
            if uncovered(one)
        ]
    for leave in open_:
        others = [
            one
            for one in (*world.leads, world.actors["cover"])
            if one.membership.pk != leave.member_id
        ]
        other = world.dice.choice(others)
        first = max(today, leave.from_day)
        cover = world.do(
            "asked to cover",
            lambda leave=leave, other=other, first=first: ask_cover(
                by=world.actors["supervisor"],
                leave=leave,
                covering=other.membership,
                first=first,
                last=leave.until_day,
            ),
        )
        if cover is not None:
            _answers(world, leave, other)


def _answers(world: World, leave: Leave, other: Actor) -> None:
    with world.rows():
        cover = (
            Cover.objects.select_related("covering__user", "leave")
            .filter(leave=leave, covering=other.membership, answer="asked")
            .first()
        )
    if cover is not None:
        yes = world.chance(0.85)
        world.do(
            f"cover: {'yes' if yes else 'no'}", lambda: answer_cover(by=other, cover=cover, yes=yes)
        )


def _is_working(days: Any) -> bool:
    """Whether a weekday lies in it that is no bank holiday of the year: to be sure, a Wednesday."""
    span = (days.last - days.first).days + 1
    return any((days.first + timedelta(days=n)).weekday() == 2 for n in range(span)) and not (
        days.first.month == 12 and days.first.day > 15
    )
