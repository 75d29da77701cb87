"""The activity feed: on time, late, halved, older than the last, twice, or not at all for weeks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from bench.service import files
from bench.service.broken import hold
from bench.service.checks import warning
from bench.service.soul import Event
from bench.service.world import World, clients
from openhiu.web.monitoring.actions import OlderThanLast, receive
from openhiu.web.monitoring.models import Activity
from openhiu.web.monitoring.reading import Delivery, read_delivery

Files = dict[str, bytes]


def a_feed_arrives(world: World) -> None:
    """What the hospitals know this morning, if their data run at all."""
    if world.clock.today < world.kept.get("silent until", world.clock.today):
        world.count("no feed today")
        return
    if world.chance(0.015):
        world.kept["silent until"] = world.clock.today + timedelta(days=world.dice.randint(6, 24))
    lag = world.dice.choice((0, 0, 0, 1, 4))
    made = _made(world, world.clock.now - timedelta(days=lag))
    if made is None:
        return
    kind = "feed" if not lag else f"feed, {lag} days late"
    _either_way(world, made)
    if deliver(world, kind, made):
        world.kept["last feed"] = made
        _twice(world, made)
    _older(world)


def deliver(world: World, kind: str, made: Files, **more: Any) -> bool:
    """The analyst delivers; what the service should now know is kept beside it."""
    delivery = read_delivery(made)
    if (
        world.do(kind, lambda: receive(by=world.actors["analyst"], delivery=delivery, **more))
        is None
    ):
        return False
    _should_know(world, delivery)
    with world.rows():
        warning.everything_is_told(world)
    return True


def _made(world: World, known: datetime) -> Files | None:
    """The feed of what was known at a moment; some people are unknown to the hospitals' store."""
    about = sorted(clients(world), key=str)
    if not about:
        return None
    strangers = world.kept.setdefault("not in the store", set())
    standings, events = {}, {}
    for person in about:
        if person not in strangers and world.chance(0.002):
            strangers.add(person)
        found = person not in strangers
        standings[str(person)] = "found" if found else "not_found"
        since = files.since_of(known.date())
        events[str(person)] = [
            one
            for one in world.soul_of(person).known_by(known)
            if found and one.began_at.date() > since
        ]
    return files.feed_files(events, standings, known.date(), known)


def _should_know(world: World, delivery: Delivery) -> None:
    """The oracle of what is stored: told events of people the store knows replace what was."""
    stored: dict[tuple[str, str], tuple[UUID, tuple[Any, ...]]] = world.kept.setdefault(
        "stored", {}
    )
    mine = clients(world)
    found = {p for p, word in delivery.standings.items() if p in mine and word == "found"}
    told = {(e["kind"], e["source_ref"]): e for e in delivery.events if e["person_ref"] in found}
    for key, (person, facts) in list(stored.items()):
        fresh = facts[0].date() >= delivery.since
        if world.ledger.root(person) in found and fresh and key not in told:
            del stored[key]
    for key, event in told.items():
        stored[key] = (
            event["person_ref"],
            Event(
                key[0],
                key[1],
                event["began_at"],
                event["began_at"],
                event["ended_at"],
                event["site_code"],
                event["by_ambulance"],
                event["admitted"],
                event["complaint"],
                event["outcome"],
            ).told,
        )


def _twice(world: World, made: Files) -> None:
    if world.chance(0.1):
        delivery = read_delivery(made)
        world.must_refuse(
            "I5",
            "the same feed twice",
            lambda: receive(by=world.actors["analyst"], delivery=delivery),
        )


def _older(world: World) -> None:
    """Somebody sends last week's again, by mistake or on purpose."""
    if not world.chance(0.03):
        return
    made = _made(world, world.clock.now - timedelta(days=9))
    if made is None:
        return
    delivery = read_delivery(made)
    world.must_refuse(
        "I5",
        "an older feed, unasked",
        lambda: receive(by=world.actors["analyst"], delivery=delivery),
    )
    if world.chance(0.5) and deliver(
        world, "an older feed, insisted on", made, although_older=True
    ):
        again = _made(world, world.clock.now)
        if again is not None:
            deliver(world, "feed", again)


class _Undo(Exception):
    """Ends a trial: nothing of it stays."""


def _either_way(world: World, made: Files) -> None:
    """Whole, or its people in two parts in any order, or rows shuffled: the same is known."""
    if not world.chance(0.06):
        return
    try:
        ways = {way: _tried(world, parts) for way, parts in _parts(world, made).items()}
    except OlderThanLast:
        return
    world.count("the same feed in parts and in another order")
    first = ways["whole"]
    for way, seen in ways.items():
        differs = (sorted(map(str, first - seen))[:2], sorted(map(str, seen - first))[:2])
        hold("I5", first != seen and differs, f"a feed sent {way} leaves something else than whole")


def _parts(world: World, made: Files) -> dict[str, list[Files]]:
    delivery = read_delivery(made)
    people = list(delivery.standings)
    world.dice.shuffle(people)
    half = max(1, len(people) // 2)
    cut = [part for part in (people[:half], people[half:]) if part]
    return {
        "whole": [made],
        "in parts": [_only(world, delivery, part) for part in cut],
        "in parts, the other first": [_only(world, delivery, part) for part in reversed(cut)],
        "in another order": [_only(world, delivery, people)],
    }


def _only(world: World, delivery: Delivery, people: list[UUID]) -> Files:
    standings = {str(person): delivery.standings[person] for person in people}
    events: dict[str, list[Event]] = {ref: [] for ref in standings}
    told = list(delivery.events)
    world.dice.shuffle(told)
    for event in told:
        if str(event["person_ref"]) in events:
            events[str(event["person_ref"])].append(
                Event(
                    event["kind"],
                    event["source_ref"],
                    event["began_at"],
                    event["began_at"],
                    event["ended_at"],
                    event["site_code"],
                    event["by_ambulance"],
                    event["admitted"],
                    event["complaint"],
                    event["outcome"],
                )
            )
    return files.feed_files(events, standings, delivery.as_of, delivery.data_cut_off)


def _tried(world: World, parts: list[Files]) -> set[Any]:
    seen: set[Any] = set()
    try:
        with world.rows(), transaction.atomic():
            for part in parts:
                receive(by=world.actors["analyst"], delivery=read_delivery(part))
            seen = known()
            raise _Undo
    except _Undo:
        return seen


def known() -> set[Any]:
    """What the service knows of its clients' visits, whichever delivery brought it."""
    from openhiu.web.casework.models import Case

    rows = Activity.objects.values_list(
        "person",
        "kind",
        "source_ref",
        "began_at",
        "ended_at",
        "site_code",
        "by_ambulance",
        "admitted",
        "complaint",
        "outcome",
    )
    return {*rows, *Case.objects.values_list("pk", "last_attendance_at")}
