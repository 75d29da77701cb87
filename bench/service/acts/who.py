"""Who people are: deaths heard and taken back, restricted details, records joined and parted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from bench.service.acts import forbidden
from bench.service.broken import hold
from bench.service.checks.joining import belongings_of
from bench.service.world import World
from openhiu.web.casework.models import Case
from openhiu.web.casework.queries.cases import cases
from openhiu.web.people import actions as people
from openhiu.web.people.models import Merge, Person


def dies(world: World, registered: bool) -> bool:
    """Word comes that a client died; nobody is in touch from that moment."""
    case = _alive(world)
    if case is None:
        return False
    person, lead = case.person, world.actor_of(case.lead_id)
    on = world.clock.today - timedelta(days=world.dice.randint(1, 6)) if world.chance(0.7) else None
    kind = f"death, {'registered' if registered else 'heard of'}"
    by = lead if world.chance(0.6) else world.actors["supervisor"]
    done = world.do(
        kind, lambda: people.mark_died(by=by, person=person, on=on, registered=registered)
    )
    if done is None:
        return False
    world.ledger.die(person.pk, world.clock.now, on)
    if registered:
        world.soul_of(person.pk).alive = False
    forbidden.after_a_death(world, lead, case)
    return True


def lives_after_all(world: World) -> bool:
    """A death that was heard of was an error; a registered one only a supervisor corrects."""
    heard = [one for one in world.ledger.dead if one.until is None]
    if not heard:
        return False
    one = world.dice.choice(heard)
    with world.rows():
        person = Person.objects.get(pk=one.person)
        case = Case.objects.filter(person=person).first()
    if case and person.died == "formal":
        lead = world.actor_of(case.lead_id)
        world.must_refuse(
            "I2",
            "a lead taking back a registered death",
            lambda: people.clear_died(by=lead, person=person, reason="A mistake."),
        )
    done = world.do(
        "a death was an error",
        lambda: people.clear_died(
            by=world.actors["supervisor"], person=person, reason="Somebody else's."
        ),
    )
    if done is None:
        return False
    world.kept.setdefault("back", set()).add(person.pk)
    world.ledger.live_again(one.person, world.clock.now)
    world.soul_of(one.person).alive = True
    return True


def restricted(world: World) -> bool:
    """Their details are restricted from now on, or shown again."""
    held = sorted(world.ledger.restricted, key=str)
    if held and world.chance(0.3):
        with world.rows():
            person = Person.objects.get(pk=world.dice.choice(held))
        done = world.do(
            "no longer restricted",
            lambda: people.clear_restricted(
                by=world.actors["supervisor"], person=person, reason="They asked."
            ),
        )
        if done:
            world.ledger.restricted.discard(person.pk)
        return done is not None
    case = _alive(world)
    if case is None:
        return False
    lead = world.actor_of(case.lead_id)
    if world.do("restricted", lambda: people.mark_restricted(by=lead, person=case.person)) is None:
        return False
    world.ledger.restricted.add(case.person_id)
    return True


def twice_entered(world: World) -> bool:
    """A client is entered a second time, found out, joined; sometimes parted at once or later."""
    case = _alive(world)
    if case is None or case.person_id in world.ledger.restricted:
        return False
    lead, soul = world.actor_of(case.lead_id), world.soul_of(case.person_id)
    twin = world.do(
        "entered a second time",
        lambda: people.add_person(
            by=lead,
            given_name=soul.given,
            family_name=soul.family,
            despite="In a hurry.",
            phones=[(f"07700 8{soul.nth:05d}", "work")],
            numbers=[("ZT101", f"H{world.acts}")],
        ),
    )
    if twin is None:
        return False
    return _joined(world, lead, case.person, twin)


def _joined(world: World, lead: Any, kept: Person, absorbed: Person) -> bool:
    merge = world.do(
        "joining proposed",
        lambda: people.propose_merge(
            by=lead, kept=kept, absorbed=absorbed, reason="The same person, entered twice."
        ),
    )
    if merge is None:
        return False
    world.must_refuse(
        "I6",
        "joining what one proposed oneself",
        lambda: people.decide_merge(by=lead, merge=merge, approved=True),
    )
    with world.rows():
        before = belongings_of([kept.pk, absorbed.pk])
    if world.chance(0.2):
        world.do(
            "joining declined",
            lambda: people.decide_merge(by=world.actors["manager"], merge=merge, approved=False),
        )
        return True
    if not world.do(
        "records joined",
        lambda: people.decide_merge(by=world.actors["manager"], merge=merge, approved=True),
    ):
        return False
    world.ledger.merged[absorbed.pk] = kept.pk
    world.kept.setdefault("joined", []).append((merge.pk, before))
    if world.chance(0.4):
        part(world, merge.pk)
    return True


def part_some(world: World) -> bool:
    """Two joined records are parted again, weeks later."""
    joined = world.kept.get("joined", [])
    return bool(joined) and part(world, world.dice.choice(joined)[0])


def part(world: World, merge_id: UUID) -> bool:
    """What each had before is theirs again; what came since stays with the kept one."""
    with world.rows():
        merge = Merge.objects.select_related("kept", "absorbed").get(pk=merge_id)
    done = world.do(
        "records parted", lambda: people.undo_merge(by=world.actors["manager"], merge=merge)
    )
    if done is None:
        return False
    joined = world.kept["joined"]
    before = next(picture for key, picture in joined if key == merge_id)
    world.kept["joined"] = [one for one in joined if one[0] != merge_id]
    del world.ledger.merged[merge.absorbed_id]
    with world.rows():
        after = belongings_of([merge.kept_id, merge.absorbed_id])
    moved = {
        row: (whose, after[row])
        for row, whose in before.items()
        if row in after and after[row] != whose
    }
    hold("I6", moved, "joined and parted, a row is not where it was")
    return True


def notice(world: World) -> bool:
    """An important notice: proposed by one, agreed by another, ends by itself."""
    case = _alive(world)
    if case is None:
        return False
    today = world.clock.today
    made = world.do(
        "notice proposed",
        lambda: people.propose_notice(
            by=world.actor_of(case.lead_id),
            person=case.person,
            kind="risk",
            words="A dog that bites.",
            source="The housing officer",
            review_on=today + timedelta(days=30),
        ),
    )
    if made and world.chance(0.8):
        world.do(
            "notice agreed", lambda: people.agree_notice(by=world.actors["supervisor"], notice=made)
        )
    return made is not None


def _alive(world: World) -> Case | None:
    """Some client who is alive as far as anybody knows, whose lead works here."""
    leads = {one.membership.pk for one in world.leads}
    with world.rows():
        every = [
            one
            for one in cases(world.actors["supervisor"]).order_by("pk")
            if one.lead_id in leads and not world.ledger.is_dead(one.person_id)
        ]
    return world.dice.choice(every) if every else None
