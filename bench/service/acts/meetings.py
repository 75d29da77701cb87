"""The team meeting: people proposed, talked about, written down; partners at the table."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bench.service.acts.alongside import one_of
from bench.service.world import World
from openhiu.web.access.actor import Actor
from openhiu.web.mdt import actions
from openhiu.web.mdt.models import Action, Group, GroupMember, Listing, Meeting, Slot

TOLD = (["meeting"], ["meeting", "what_matters"], ["meeting", "goals"], ["meeting", "network"])


def propose(world: World) -> bool:
    """Somebody is proposed with a reason, and taken up."""
    group, lead = _group(world), world.lead()
    case = one_of(world, lead)
    if group is None or case is None:
        return False
    row = world.do(
        "proposed for the meeting",
        lambda: actions.propose(
            by=lead, group=group, case=case, reason="Both hospitals in one week."
        ),
    )
    if row is not None:
        world.do("taken up", lambda: actions.accept(by=world.actors["supervisor"], listing=row))
    return row is not None


def meet(world: World) -> bool:
    """One meeting from its agenda to its minutes."""
    group, by = _group(world), world.actors["supervisor"]
    if group is None:
        return False
    meeting = world.do(
        "meeting planned",
        lambda: actions.plan_meeting(
            by=by, group=group, starts_at=world.clock.now + timedelta(hours=1), place="Room 3"
        ),
    )
    if meeting is None:
        return False
    world.do("agenda built", lambda: actions.build_agenda(by=by, meeting=meeting))
    closed = world.do(
        "agenda closed", lambda: actions.move(by=by, meeting=meeting, to="agenda_closed")
    )
    if closed is None:
        return False
    with world.rows():
        slots = list(Slot.objects.select_related("case__person").filter(meeting=meeting))
        seats = list(GroupMember.objects.filter(group=group, left_at=None))
    for seat in seats:
        world.do(
            "came to the meeting",
            lambda seat=seat: actions.answer_for(
                by=by, meeting=closed, member=seat, answer="present"
            ),
        )
    for slot in slots:
        _talk(world, by, group, slot)
    _close(world, by, closed)
    return True


def _close(world: World, by: Actor, meeting: Meeting) -> None:
    held = world.do("meeting held", lambda: actions.move(by=by, meeting=meeting, to="held"))
    if held is not None:
        world.do("minutes agreed", lambda: actions.move(by=by, meeting=held, to="minutes_agreed"))


def _talk(world: World, by: Actor, group: Group, slot: Slot) -> None:
    dice = world.dice
    items = dice.choice(TOLD)
    world.do(
        "written in the minutes",
        lambda: actions.write_note(
            by=by, slot=slot, words=f"noted-{slot.pk}", kind="decided", items=items
        ),
    )
    owner: Any = dice.choice([*world.leads, world.actors["partner-0"], world.actors["partner-1"]])
    world.do(
        "given something to do",
        lambda: actions.give_action(
            by=by,
            group=group,
            case=slot.case,
            words="Ring the ward",
            owner=owner.membership,
            due_on=world.clock.today + timedelta(days=10),
            items=items,
            slot=slot,
        ),
    )


def do_something(world: World) -> None:
    """What somebody promised is done, handed back, or let go."""
    with world.rows():
        open_ = list(Action.objects.select_related("case", "group").filter(ended_at=None)[:6])
    for action in open_:
        owner = next(
            (one for one in world.actors.values() if one.membership.pk == action.owner_id), None
        )
        if owner is None or not world.chance(0.3):
            continue
        world.do(
            "a promise kept",
            lambda owner=owner, action=action: actions.finish_action(by=owner, action=action),
        )


def off_the_list(world: World) -> bool:
    """Somebody is not talked about any more."""
    with world.rows():
        row = Listing.objects.select_related("case", "group").filter(state="listed").first()
    if row is None:
        return False
    return (
        world.do(
            "off the list",
            lambda: actions.take_off(by=world.actors["supervisor"], listing=row, reason="steady"),
        )
        is not None
    )


def _group(world: World) -> Group | None:
    """The team; begun when first asked for."""
    if "group" not in world.kept:
        by, lead = world.actors["supervisor"], world.leads[0]
        world.kept["group"] = world.do(
            "a team begins",
            lambda: actions.begin_group(
                by=by,
                name="Tuesday team",
                chair=world.actors["manager"].membership,
                chair_as="Consultant in emergency medicine",
                coordinator=lead.membership,
            ),
        )
    group = world.kept["group"]
    for nth in range(len(world.partners)):
        partner = world.actors[f"partner-{nth}"]
        with world.rows():
            sits = GroupMember.objects.filter(membership=partner.membership, left_at=None).exists()
        if group is not None and not sits:
            world.do(
                "a seat for a partner",
                lambda partner=partner: actions.add_member(
                    by=world.actors["supervisor"],
                    group=group,
                    membership=partner.membership,
                    post="Adviser",
                ),
            )
    return group
