"""What must never be possible, tried on purpose: each try has to be refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bench.service.world import World
from openhiu.web.access.actor import Actor
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case
from openhiu.web.casework.policies import is_theirs
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.intake import actions as intake
from openhiu.web.intake.models import Approach, Listed


def after_a_death(world: World, lead: Actor, case: Case) -> None:
    """Nobody calls, plans, asks or shares."""
    world.must_refuse(
        "I2",
        "a call after a death",
        lambda: actions.record_contact(
            by=lead, case=case, who="client", how="phone", reached="no_answer"
        ),
    )
    world.must_refuse(
        "I2",
        "a phase after a death",
        lambda: actions.return_to_support(by=lead, case=case, reason="They rang."),
    )
    world.must_refuse(
        "I2",
        "sharing after a death",
        lambda: actions.share(
            by=lead, person=case.person, agreement=world.agreements[0], items=["name"]
        ),
    )


def something(world: World) -> None:
    """One of the things nobody may do."""
    act: Any = world.dice.choice(
        (
            _a_colleagues_client,
            _a_partner_writes,
            _the_dead_and_the_stopped,
            _a_dead_approach,
            _hidden_or_decided,
            _unresolved,
        )
    )
    act(world)


def _a_colleagues_client(world: World) -> None:
    """A lead writes into a colleague's record."""
    case, other = _someone_elses(world)
    if case is None or other is None:
        return
    world.must_refuse(
        "I1",
        "writing in a colleague's record",
        lambda: actions.add_goal(by=other, case=case, words="Mine now"),
    )
    world.must_refuse("I1", "opening a colleague's record", lambda: case_or_missing(other, case.pk))


def _a_partner_writes(world: World) -> None:
    case, _ = _someone_elses(world)
    if case is not None:
        world.must_refuse(
            "I1",
            "a partner writing",
            lambda: actions.add_goal(by=world.actors["partner-0"], case=case, words="Ours"),
        )
        world.must_refuse(
            "I1", "a partner opening", lambda: case_or_missing(world.actors["partner-0"], case.pk)
        )


def _the_dead_and_the_stopped(world: World) -> None:
    """A call to somebody who died or asked us to stop."""
    with world.rows():
        every = list(Case.objects.select_related("person", "lead").order_by("pk"))
    leads = {one.membership.pk: one for one in world.leads}
    for case in every:
        dead, part = world.ledger.is_dead(case.person_id), world.ledger.takes_part(case.person_id)
        lead = leads.get(case.lead_id)
        if lead is None or (part and not dead) or case.person_id in world.ledger.merged:
            continue
        kind = "a call after a death" if dead else "a call after they asked us to stop"
        world.must_refuse(
            "I2",
            kind,
            lambda lead=lead, case=case: actions.record_contact(
                by=lead, case=case, who="client", how="phone", reached="yes"
            ),
        )


def _a_dead_approach(world: World) -> None:
    """A try at reaching somebody who died before they answered."""
    with world.rows():
        approach = Approach.objects.select_related("lead").filter(outcome="died").first()
    if approach and not world.ledger.is_dead(approach.person_id):
        return
    if approach and approach.lead_id in {one.membership.pk for one in world.leads}:
        world.must_refuse(
            "I2",
            "a try after a death",
            lambda: intake.record_attempt(
                by=world.actor_of(approach.lead_id),
                approach=approach,
                how="phone",
                reached="no_answer",
                next_try_on=world.clock.today + timedelta(days=1),
            ),
        )


def _hidden_or_decided(world: World) -> None:
    """Somebody the hospital has no yes from, somebody chosen already, a list taken back."""
    with world.rows():
        hidden = Listed.objects.filter(received__legal_mode="consent_first", state="waiting")
        rows = [
            hidden.exclude(asked_answer="yes").first(),
            Listed.objects.filter(state="chosen").first(),
            Listed.objects.filter(received__state="withdrawn", state="waiting").first(),
        ]
    for row in rows:
        if row is not None:
            world.must_refuse(
                "I2",
                "choosing who cannot be chosen",
                lambda row=row: intake.choose(
                    by=world.lead(), rows=[row], over_limit_reason="Full."
                ),
            )


def _unresolved(world: World) -> None:
    """Somebody known by name and telephone, entered again without saying who they are."""
    known = [soul for soul in world.souls if soul.person]
    if not known:
        return
    soul = world.dice.choice(known)
    typed = {"given_name": soul.given, "family_name": soul.family, "phone": soul.phone}
    world.must_refuse(
        "I2",
        "approaching somebody unresolved",
        lambda: intake.add_for_vulnerability(
            by=world.lead(), reason="Worried.", typed=typed, over_limit_reason="Full."
        ),
    )


def _someone_elses(world: World) -> tuple[Case | None, Actor | None]:
    leads = world.leads
    if len(leads) < 2:
        return None, None
    first, other = world.dice.sample(leads, 2)
    with world.rows():
        case = Case.objects.select_related("person").filter(lead=first.membership).first()
        away = case is not None and _covers(other, case)
    return (None, None) if away else (case, other)


def _covers(other: Actor, case: Case) -> bool:
    """Whether it is theirs after all today: they cover for the lead who is away."""
    return is_theirs(other, case)
