"""Team meetings for tests: a lead comes in; a team with partners, a meeting, a plan go out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Agreement
from openhiu.web.casework.models import Case
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.mdt import actions
from openhiu.web.mdt.models import AgreedPlan, Group, GroupMember, Listing, Meeting, Slot
from openhiu.web.mdt.queries.plans import who_may_agree
from support.web_casework import make_agreement, make_case, make_partner, share_with

POST = "Frequent caller lead"


def make_group(by: Actor, *partners: Actor, chair: Actor | None = None, **facts: Any) -> Group:
    """A team of a lead and some partners; the lead coordinates, and chairs unless told."""
    group = actions.begin_group(
        by=by,
        chair=(chair or by).membership,
        **{"name": "Tuesday team", "chair_as": "Consultant in emergency medicine", **facts},
    )
    for one in partners:
        if chair is None or one.membership.pk != chair.membership.pk:
            actions.add_member(by=by, group=group, membership=one.membership, post=POST)
    return group


def seat_of(group: Group, actor: Actor) -> GroupMember:
    """Someone's seat."""
    return GroupMember.objects.get(group=group, membership=actor.membership, left_at=None)


def make_meeting(by: Actor, group: Group, at: datetime | None = None) -> Meeting:
    """A meeting tomorrow at the same time, unless told."""
    return actions.plan_meeting(
        by=by, group=group, starts_at=at or timezone.now() + timedelta(days=1), place="Room 3"
    )


def put_on_list(by: Actor, group: Group, case: Case) -> Listing:
    """Proposed with a reason and accepted."""
    row = actions.propose(by=by, group=group, case=case, reason="Came four times in a week.")
    return actions.accept(by=by, listing=row)


def make_slot(by: Actor, group: Group, case: Case, *, closed: bool = True) -> Slot:
    """Someone on the list and the agenda of a meeting whose agenda is closed unless told."""
    put_on_list(by, group, case)
    meeting = make_meeting(by, group)
    actions.build_agenda(by=by, meeting=meeting)
    if closed:
        actions.move(by=by, meeting=meeting, to="agenda_closed")
    return Slot.objects.select_related("meeting__group", "case__person").get(
        meeting=meeting, case=case
    )


def make_shared(by: Actor, items: list[str] | None = None) -> tuple[Case, Actor, Agreement]:
    """A client, a partner with whom these items (all unless told) are shared, the agreement."""
    case, agreement = make_case(by), make_agreement(by.service)
    share_with(by, case, agreement, list(ITEMS) if items is None else items)
    return case, make_partner(agreement), agreement


def make_plan(by: Actor, case: Case, group: Group, **facts: Any) -> AgreedPlan:
    """An agreed plan with one row, agreed today by everybody of the team who may read it."""
    plan = actions.begin_plan(by=by, case=case)
    said = {"signs": "Stops answering", "helps": "A walk", "come_if": "You are in danger"}
    said |= facts.pop("said", {})
    actions.change_plan(by=by, plan=plan, version=plan.version, **said)
    row = {"who": "St Elsewhere A&E", "does": "Ask for the side room"} | facts.pop("row", {})
    actions.add_row(by=by, plan=plan, **row)
    members = GroupMember.objects.filter(group=group, left_at=None)
    return actions.agree_plan(
        by=by, plan=plan, there=who_may_agree(case, members), agreed_on=timezone.localdate(),
        **facts,
    )  # fmt: skip
