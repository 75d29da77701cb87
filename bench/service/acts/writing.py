"""Letters: written, stopped by what is not in order, posted, cancelled, or forgotten."""

from __future__ import annotations

from bench.service.acts.alongside import one_of
from bench.service.world import World
from openhiu.web.access.actor import Actor
from openhiu.web.letters import actions
from openhiu.web.letters.models import Outgoing
from openhiu.web.people import actions as people
from openhiu.web.people.models import ContactSafety

KINDS = ("hello", "not_reached", "stepping_back", "crisis_plan")


def write(world: World) -> bool:
    """A letter to a client; what may not leave does not leave."""
    lead = world.lead()
    case = one_of(world, lead)
    if case is None:
        return False
    _letterhead(world)
    if world.chance(0.7):
        _make_right(world, lead, case)
    letter = world.do(
        "letter written",
        lambda: actions.write_letter(
            by=lead, case=case, kind=world.dice.choice(KINDS), ring="01632 960 001"
        ),
    )
    if letter is None:
        return False
    way = world.dice.choice(("post", "hand"))
    world.do(f"into the outbox, by {way}", lambda: actions.put_in(by=lead, letter=letter, way=way))
    return True


def tend(world: World) -> None:
    """What waits in the outbox is posted or stopped; some of it is forgotten for days."""
    with world.rows():
        open_ = list(
            Outgoing.objects.select_related("letter__case").filter(
                state__in=("to_post", "to_hand")
            )[:5]
        )
    for item in open_:
        if world.chance(0.5):
            continue
        with world.rows():
            lead = next(
                (one for one in world.leads if one.membership.pk == item.letter.case.lead_id), None
            )
        if lead is None:
            continue
        if world.chance(0.8):
            world.do(
                "posted",
                lambda lead=lead, item=item: actions.posted(
                    by=lead, item=item, on=world.clock.today
                ),
            )
        else:
            world.do(
                "letter stopped",
                lambda lead=lead, item=item: actions.cancel(
                    by=lead, item=item, reason="They rang."
                ),
            )


def _letterhead(world: World) -> None:
    if "letterhead" not in world.kept:
        world.kept["letterhead"] = world.do(
            "letterhead",
            lambda: actions.change_letterhead(
                by=world.actors["supervisor"],
                version=0,
                name="Open Door",
                address="The Quay",
                phone="01632 960 100",
            ),
        )


def _make_right(world: World, lead: Actor, case: object) -> None:
    """The address confirmed, letters welcome, and the words a letter needs."""
    person = case.person  # type: ignore[attr-defined]
    with world.rows():
        plan = ContactSafety.objects.filter(person=person).first()
    world.do("address confirmed", lambda: people.confirm_address(by=lead, person=person))
    world.do(
        "contact-safety plan",
        lambda: people.set_contact_safety(
            by=lead, person=person, version=plan.version if plan else 0, letter="yes"
        ),
    )
