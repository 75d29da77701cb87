"""Outside the office: lone visits with a buddy, and clients brought together with services."""

from __future__ import annotations

from datetime import timedelta

from bench.service.acts.alongside import one_of
from bench.service.world import World
from openhiu.web.access.actor import Actor
from openhiu.web.casework import actions
from openhiu.web.casework.actions import visits
from openhiu.web.casework.management.commands.watch_visits import look_once
from openhiu.web.casework.models import Case, Connection, Visit


def visit(world: World) -> bool:
    """Planned, set out, longer, back; or never back: buddy and manager have to hear of it."""
    lead = world.lead()
    case = one_of(world, lead)
    buddy = world.actors["cover"]
    if case is None:
        return False
    place = "" if case.person_id in world.ledger.restricted else "At home"
    made = world.do(
        "visit planned",
        lambda: visits.plan_visit(
            by=lead,
            buddy=buddy.membership,
            starts_at=world.clock.now + timedelta(minutes=20),
            minutes=40,
            phone="07700 900555",
            where=place,
            case=case,
        ),
    )
    if made is None:
        return False
    if world.chance(0.15):
        world.do("visit cancelled", lambda: visits.cancel_visit(by=lead, visit=made))
        return True
    world.do("set out", lambda: visits.set_out(by=lead, visit=made))
    if world.chance(0.3):
        world.do("stays longer", lambda: visits.stay_longer(by=lead, visit=made, minutes=30))
    _home(world, lead, buddy, made)
    return True


def _home(world: World, lead: Actor, buddy: Actor, made: Visit) -> None:
    """Back in time; or the clock goes on and the others say how they know."""
    if world.chance(0.6):
        world.do("back", lambda: visits.come_back(by=lead, visit=made))
        return
    with world.rows():
        made.refresh_from_db()
    world.clock.set(made.ends_at + timedelta(minutes=16))
    look_once()
    told = _told(world, made)
    from bench.service.broken import hold

    hold("visits", told[0] is None, "fifteen minutes over, and the buddy was not told")
    world.clock.set(made.ends_at + timedelta(minutes=31))
    look_once()
    hold("visits", _told(world, made)[1] is None, "thirty minutes over, and no manager was told")
    world.count("a visit overdue")
    world.do(
        "safe, said the buddy",
        lambda: visits.come_back(by=buddy, visit=made, words="They rang me."),
    )


def _told(world: World, made: Visit) -> tuple[object, object]:
    with world.rows():
        held = Visit.objects.get(pk=made.pk)
    return held.buddy_told_at, held.manager_told_at


def bring_together(world: World, worker: Actor, case: Case) -> None:
    """A service in free words; later news; at last how it went."""
    with world.rows():
        open_ = (
            Connection.objects.select_related("case")
            .filter(case=case, state__in=("asked", "waiting"))
            .first()
        )
    if open_ is None:
        world.do(
            "connected with a service",
            lambda: actions.connect(
                by=worker, case=case, how="called", name="The Thursday kitchen"
            ),
        )
        return
    state = world.dice.choice(("waiting", "connected", "did_not_fit", "no_capacity"))
    heard = world.do(
        f"a connection: {state}",
        lambda: actions.hear_of_connection(
            by=worker, connection=open_, version=open_.version, state=state, words="They rang back."
        ),
    )
    if heard and state in ("did_not_fit", "no_capacity"):
        world.do(
            "a service could not be found",
            lambda: actions.note_missing(by=worker, connection=heard),
        )
