"""Who works here changes: cases handed over and taken back, a role ends, somebody new begins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bench.service.founding import member
from bench.service.world import World
from openhiu.web.access.actions import memberships
from openhiu.web.access.models import Role, Team
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case, Handover


def hand_over(world: World) -> bool:
    """Some of a lead's clients go to a colleague, for good or until a day."""
    lead = world.lead()
    others = [one for one in world.leads if one is not lead] + [world.actors["cover"]]
    with world.rows():
        mine = list(
            Case.objects.filter(lead=lead.membership, person__merged_into=None)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
    if not mine:
        return False
    some = world.dice.sample(mine, min(len(mine), world.dice.randint(1, 3)))
    until = world.clock.today + timedelta(days=world.dice.randint(3, 20))
    lasting = world.chance(0.4)
    to = world.dice.choice(others)
    done = world.do(
        "handed over" if lasting else "handed over until a day",
        lambda: actions.hand_over(
            by=lead,
            from_lead=lead.membership,
            to_lead=to.membership,
            case_ids=some,
            reason="They live in the north.",
            until=None if lasting else until,
        ),
    )
    return done is not None


def take_back(world: World) -> bool:
    """What was handed over until a day goes back."""
    with world.rows():
        held = list(Handover.objects.filter(returned_at=None).exclude(until=None))
    if not held:
        return False
    return (
        world.do(
            "taken back", lambda: actions.take_back(by=world.actors["supervisor"], handovers=held)
        )
        is not None
    )


def somebody_begins(world: World) -> bool:
    """A third lead is invited and begins."""
    with world.rows():
        team = Team.objects.get(service=world.service)
    key = f"lead-{len(world.actors)}"
    if len(world.leads) > 2:
        return False
    world.actors[key] = member(world.service, Role.LEAD, world.service.provider, team)
    world.count("a lead begins")
    return True


def somebody_leaves(world: World) -> bool:
    """A lead's role ends; the supervisor hands their clients on, the same day or days later."""
    if len(world.leads) < 3:
        return somebody_begins(world)
    lead = world.lead()
    done = world.do(
        "a lead leaves",
        lambda: (
            memberships.end_membership(by=world.actors["admin"], membership=lead.membership) or True
        ),
    )
    if done is None:
        return False
    key = next(name for name, one in world.actors.items() if one is lead)
    world.kept.setdefault("gone", {})[key] = world.clock.now
    world.kept.setdefault("gone_at", {})[lead.membership.pk] = world.clock.now
    world.must_refuse(
        "I1",
        "an administrator ending their own role",
        lambda: memberships.end_membership(
            by=world.actors["admin"], membership=world.actors["admin"].membership
        ),
    )
    return True


def hand_on_what_is_left(world: World) -> None:
    """The supervisor finds clients of somebody who left, and gives them to the others."""
    for key in list(world.kept.get("gone", {})):
        gone, to = world.actors[key], world.lead()
        with world.rows():
            left = list(
                Case.objects.filter(lead=gone.membership, person__merged_into=None).values_list(
                    "pk", flat=True
                )
            )
        if left:
            world.do(
                "handed on after somebody left",
                lambda gone=gone, to=to, left=left: actions.hand_over(
                    by=world.actors["supervisor"],
                    from_lead=gone.membership,
                    to_lead=to.membership,
                    case_ids=left,
                    reason="Their lead has left.",
                ),
            )


def a_partner_changes(world: World) -> bool:
    """Somebody of a partner leaves, and somebody else of it begins."""
    nth = world.dice.randrange(len(world.partners))
    before: Any = world.actors[f"partner-{nth}"]
    done = world.do(
        "a partner's role ends",
        lambda: (
            memberships.end_membership(by=world.actors["admin"], membership=before.membership)
            or True
        ),
    )
    if done:
        world.kept.setdefault("former partners", []).append(before)
        world.actors[f"partner-{nth}"] = member(
            world.service, Role.PARTNER, world.partners[nth], None
        )
    return bool(done)
