"""Leads choose from the list, call, and hear an answer; a yes goes through the one door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from bench.service.founding import kept_answer, yes
from bench.service.soul import Soul
from bench.service.world import World
from openhiu.web.access.actor import Actor
from openhiu.web.casework.caseload import LimitReached
from openhiu.web.casework.models import Consent
from openhiu.web.intake import actions
from openhiu.web.intake.actions.joining import NEW
from openhiu.web.intake.models import Approach, Listed, ReceivedList
from openhiu.web.people import actions as people
from openhiu.web.people.models import ContactSafety

FULL = "Two are moving on this week; agreed with the supervisor."
ENDS = ("yes", "yes", "yes", "no", "not_now", "not_right", "not_reached")


def choose_someone(world: World, lead: Actor) -> None:
    """Somebody of the newest list, most often from its upper part."""
    with world.rows():
        newest = ReceivedList.objects.filter(state="released").order_by("-as_of").first()
        waiting = (
            list(Listed.objects.filter(received=newest, state="waiting")[:14]) if newest else []
        )
    if not waiting:
        return
    row = world.dice.choice(waiting)
    if world.chance(0.15):
        world.do(
            "set aside",
            lambda: actions.set_aside(
                by=lead, rows=[row], set_aside_as="other", reason="Planned dressings."
            ),
        )
        return
    chosen = _choose(world, lead, row)
    if chosen is not None:
        _remember(world, row.nhs_number, chosen[0])


def add_someone(world: World, lead: Actor) -> None:
    """Somebody the ward is worried about, on no list."""
    soul = world.dice.choice(world.souls)
    if not soul.person:
        _add(world, lead, soul)


def _add(world: World, lead: Actor, soul: Soul) -> None:
    typed = {
        "given_name": soul.given,
        "family_name": soul.family,
        "nhs_number": soul.number,
        "phone": soul.phone,
    }
    made = world.do(
        "added for vulnerability",
        lambda: actions.add_for_vulnerability(
            by=lead,
            reason="The ward sister asked us.",
            typed=typed,
            link=NEW,
            over_limit_reason=FULL,
        ),
    )
    if made:
        _remember(world, soul.number, made)


def begin_with_clients(world: World, number: int) -> None:
    """So many said yes in the first week, for years that are to be eventful from the start."""
    for nth, soul in enumerate(world.souls[:number]):
        lead = world.leads[nth % len(world.leads)]
        _add(world, lead, soul)
        with world.rows():
            approach = (
                Approach.objects.select_related("person")
                .filter(person=soul.person, ended_at=None)
                .first()
            )
        if approach is not None:
            _make_safe(world, lead, approach.person)
            _answer(world, lead, approach, "yes")


def reach_out(world: World, lead: Actor) -> None:
    """One step with somebody chosen: how to call safely, a try, or how it ended."""
    with world.rows():
        mine = list(
            Approach.objects.select_related("person").filter(lead=lead.membership, ended_at=None)
        )
        planned = set(ContactSafety.objects.values_list("person_id", flat=True))
    if not mine:
        return
    approach = world.dice.choice(mine)
    if approach.person_id not in planned and world.chance(0.9):
        _make_safe(world, lead, approach.person)
    elif world.chance(0.5):
        _try(world, lead, approach)
    else:
        _end(world, lead, approach)


def ask_again(world: World, lead: Actor) -> None:
    """Somebody who said not now, or was not reached, is asked again."""
    with world.rows():
        ended = list(
            Approach.objects.filter(lead=lead.membership, outcome__in=("not_now", "not_reached"))
        )
    if ended:
        before = world.dice.choice(ended)
        world.do(
            "asked again",
            lambda: actions.approach_again(by=lead, approach=before, over_limit_reason=FULL),
        )


def _choose(world: World, lead: Actor, row: Listed) -> Any:
    """Without a reason first, as people do; a full quarter asks for one."""
    try:
        with world.rows():
            chosen = actions.choose(by=lead, rows=[row])
    except LimitReached:
        world.count("a full quarter asked for a reason")
        return world.do(
            "chosen past the limit",
            lambda: actions.choose(by=lead, rows=[row], over_limit_reason=FULL),
        )
    except Exception:
        return world.do("chosen", lambda: actions.choose(by=lead, rows=[row]))
    world.acts += 1
    world.count("chosen")
    return chosen


def _remember(world: World, number: str, approach: Approach) -> None:
    soul = next((one for one in world.souls if one.number == number), None)
    if soul is not None and soul.person is None:
        soul.person = approach.person_id


def _make_safe(world: World, lead: Actor, person: Any) -> None:
    dice = world.dice
    world.do(
        "contact-safety plan",
        lambda: people.set_contact_safety(
            by=lead,
            person=person,
            safe_times="Mornings",
            voicemail=dice.choice(("yes", "no")),
            text=dice.choice(("yes", "neutral", "no")),
            letter=dice.choice(("yes", "yes", "no")),
        ),
    )
    soul = world.soul_of(person.pk)
    world.do(
        "address noted",
        lambda: people.change_person(
            by=lead,
            person=person,
            version=person.version,
            birth_date=soul.born,
            address=soul.address,
            postcode="ZZ1 1ZZ",
        ),
    )


def _try(world: World, lead: Actor, approach: Approach) -> None:
    reached = world.dice.choice(("yes", "no_answer", "no_answer", "voicemail"))
    world.do(
        "tried to reach",
        lambda: actions.record_attempt(
            by=lead,
            approach=approach,
            how="phone",
            reached=reached,
            next_try_on=world.clock.today + timedelta(days=3),
        ),
    )


def _end(world: World, lead: Actor, approach: Approach) -> None:
    _answer(world, lead, approach, world.dice.choice(ENDS))


def _answer(world: World, lead: Actor, approach: Approach, end: str) -> None:
    told: dict[str, Any] = {
        "yes": {"consent": yes(world.clock.today)},
        "not_now": {"ask_again_on": world.clock.today + timedelta(days=40)},
        "not_right": {"note": "Comes for planned dressings."},
    }.get(end, {})
    case = world.do(
        f"answer: {end}",
        lambda: actions.record_outcome(
            by=lead, approach=approach, outcome=end, over_limit_reason=FULL, **told
        ),
    )
    if case is not None:
        opened(world, case)


def opened(world: World, case: Any) -> None:
    """Keep beside the product what a yes means."""
    with world.rows():
        answer = Consent.objects.filter(person=case.person_id).order_by("-recorded_at").first()
    world.ledger.answer(kept_answer(answer))
    cases: dict[UUID, Any] = world.kept.setdefault("cases", {})
    cases[case.person_id] = case.pk
    world.kept.setdefault("plans", {}).setdefault(case.pk, {})
