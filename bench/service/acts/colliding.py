"""Two at once: both open the same form, one saves first; the other is told, and nothing is lost."""

from __future__ import annotations

from typing import Any

from bench.service.broken import Broken
from bench.service.world import World
from openhiu.web.access.gate import Stale
from openhiu.web.casework import actions
from openhiu.web.casework.models import Contact
from openhiu.web.casework.queries.cases import cases
from openhiu.web.intake import actions as intake
from openhiu.web.intake.models import Approach
from openhiu.web.people import actions as people
from openhiu.web.people.models import ContactSafety


def something(world: World) -> None:
    """A plan, a contact, a contact-safety plan, or an answer, twice at once."""
    act: Any = world.dice.choice((_plan, _plan, _contact, _safety, _answer))
    act(world)


def _pair(world: World) -> Any:
    """A client, and the two who may both write in their record."""
    cover = world.actors["cover"]
    with world.rows():
        shared = [
            one
            for one in cases(cover).select_related("plan").order_by("pk")
            if one.lead_id in {lead.membership.pk for lead in world.leads}
        ]
    if not shared:
        return None
    case = world.dice.choice(shared)
    return case, world.actor_of(case.lead_id), cover


def _plan(world: World) -> None:
    found = _pair(world)
    if found is None:
        return
    case, lead, cover = found
    version, stamp = case.plan.version, world.clock.now.isoformat()
    first = {"what_matters": f"said to the lead {stamp}"}
    if (
        world.do(
            "plan written",
            lambda: actions.change_plan(by=lead, case=case, version=version, **first),
        )
        is None
    ):
        return
    world.kept["plans"].setdefault(case.pk, {}).update(first)
    _second(
        world,
        "plan",
        lambda: actions.change_plan(
            by=cover, case=case, version=version, what_matters=f"said to cover {stamp}"
        ),
    )


def _contact(world: World) -> None:
    with world.rows():
        held = (
            Contact.objects.select_related("case", "by")
            .filter(error_at=None, by__in=[one.membership for one in world.leads])
            .order_by("-at")
            .first()
        )
    if held is None or held.case.lead_id != held.by_id:
        return
    writer, version = world.actor_of(held.by_id), held.version
    told = {name: getattr(held, name) for name in ("who", "how", "reached", "began_by", "at")}
    told |= {"against_plan_reason": "They asked."}

    def put_right(words: str) -> Any:
        return actions.correct_contact(
            by=writer, contact=held, version=version, what_mattered=words, **told
        )

    if world.do("contact corrected", lambda: put_right(f"one window {world.acts}")):
        _second(world, "contact", lambda: put_right(f"another window {world.acts}"))


def _safety(world: World) -> None:
    found = _pair(world)
    if found is None:
        return
    case, lead, cover = found
    with world.rows():
        plan = ContactSafety.objects.filter(person=case.person).first()
    version = plan.version if plan else 0
    if plan and world.do(
        "contact-safety plan",
        lambda: people.set_contact_safety(
            by=lead, person=case.person, version=version, safe_times=f"Mornings {world.acts}"
        ),
    ):
        _second(
            world,
            "contact-safety plan",
            lambda: people.set_contact_safety(
                by=cover, person=case.person, version=version, safe_times="Evenings"
            ),
        )


def _answer(world: World) -> None:
    """Two windows record how one approach ended."""
    with world.rows():
        held = Approach.objects.select_related("lead").filter(ended_at=None).first()
    if held is None or held.lead_id not in {one.membership.pk for one in world.leads}:
        return
    lead = world.actor_of(held.lead_id)
    if world.do(
        "answer: no", lambda: intake.record_outcome(by=lead, approach=held, outcome="no") or True
    ):
        world.must_refuse(
            "REL05",
            "the same answer twice",
            lambda: intake.record_outcome(by=lead, approach=held, outcome="no"),
        )


def _second(world: World, what: str, act: Any) -> None:
    """The second of two must be told, with both texts."""
    try:
        with world.rows():
            act()
    except Stale as told:
        world.count(f"two at once: {what}")
        if not told.fields:
            raise Broken("REL05", f"the second is not shown what differs: {what}") from told
        return
    raise Broken("REL05", f"a stale save of a {what} overwrote what somebody else had saved")
