"""Samples of team meetings, for the matrix: of one's own service, and of another."""

from __future__ import annotations

from typing import Any

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework.models import Case
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.mdt import actions
from openhiu.web.mdt.models import Group, Listing, Slot
from support.samples import OTHER_SERVICE, Situation, sample
from support.samples_work import case_in
from support.web import make_member
from support.web_casework import make_agreement, make_case, make_partner, share_with
from support.web_mdt import make_group, make_meeting, make_plan, make_slot, put_on_list, seat_of


def _lead(situation: Situation) -> Actor:
    own = situation.name != OTHER_SERVICE and situation.actor.role == Role.LEAD
    return situation.actor if own else make_member(situation.service, Role.LEAD)


def _group(situation: Situation) -> tuple[Actor, Group]:
    lead = _lead(situation)
    return lead, make_group(lead)


def _slot(situation: Situation) -> tuple[Actor, Slot]:
    lead, group = _group(situation)
    return lead, make_slot(lead, group, make_case(lead))


@sample(
    "mdt:group", "mdt:change_group", "mdt:add_member", "mdt:criteria", "mdt:people",
    "mdt:figures", "mdt:plan_meeting",
)  # fmt: skip
def group(situation: Situation) -> dict[str, Any]:
    return {"group_id": _group(situation)[1].pk}


@sample("mdt:take_up", "mdt:leave_out")
def pointed_at(situation: Situation) -> dict[str, Any]:
    lead, made = _group(situation)
    return {"group_id": made.pk, "case_id": make_case(lead).pk}


@sample("mdt:remove_member")
def member(situation: Situation) -> dict[str, Any]:
    lead, made = _group(situation)
    other = make_member(lead.service, Role.SUPERVISOR)
    actions.add_member(by=lead, group=made, membership=other.membership, post="Manager")
    return {"member_id": seat_of(made, other).pk}


def _proposed(situation: Situation) -> Listing:
    lead, made = _group(situation)
    return actions.propose(by=lead, group=made, case=make_case(lead), reason="A worry")


@sample("mdt:accept", "mdt:not_now")
def proposed(situation: Situation) -> dict[str, Any]:
    return {"listing_id": _proposed(situation).pk}


@sample("mdt:take_off")
def listed(situation: Situation) -> dict[str, Any]:
    lead, made = _group(situation)
    return {"listing_id": put_on_list(lead, made, make_case(lead)).pk}


@sample(
    "mdt:meeting", "mdt:change_meeting", "mdt:call_off", "mdt:answer", "mdt:came",
    "mdt:build_agenda", "mdt:minutes", "mdt:room",
)  # fmt: skip
def meeting(situation: Situation) -> dict[str, Any]:
    return {"meeting_id": _slot(situation)[1].meeting_id}


@sample("mdt:move_meeting")
def moving(situation: Situation) -> dict[str, Any]:
    return {**meeting(situation), "to": "held"}


@sample("mdt:minutes_for")
def minutes_for(situation: Situation) -> dict[str, Any]:
    lead = _lead(situation)
    partner = make_partner(make_agreement(lead.service))
    made = make_meeting(lead, make_group(lead, partner))
    return {"meeting_id": made.pk, "organisation_id": partner.organisation.pk}


@sample("mdt:add_to_agenda")
def adding(situation: Situation) -> dict[str, Any]:
    lead, made = _group(situation)
    row = put_on_list(lead, made, make_case(lead))
    return {"meeting_id": make_meeting(lead, made).pk, "listing_id": row.pk}


@sample(
    "mdt:slot", "mdt:move_slot", "mdt:room_slot", "mdt:room_state", "mdt:write_note",
    "mdt:give_action",
)  # fmt: skip
def slot(situation: Situation) -> dict[str, Any]:
    return {"slot_id": _slot(situation)[1].pk}


@sample("mdt:change_note", "mdt:take_out_note")
def note(situation: Situation) -> dict[str, Any]:
    lead, made = _slot(situation)
    return {"note_id": actions.write_note(by=lead, slot=made, words="We talked.").pk}


@sample("mdt:finish_action", "mdt:hand_back", "mdt:pass_on", "mdt:let_go")
def action(situation: Situation) -> dict[str, Any]:
    lead, made = _slot(situation)
    given = actions.give_action(
        by=lead, group=made.meeting.group, case=made.case, words="Ring the ward",
        owner=lead.membership, due_on=made.meeting.starts_at.date(),
    )  # fmt: skip
    return {"action_id": given.pk}


@sample("mdt:client", "mdt:propose", "mdt:write_plan", about_people=True)
def client(situation: Situation) -> dict[str, Any]:
    return {"case_id": case_in(situation).pk}


def _case_with_plan(situation: Situation) -> tuple[Actor, Case, Any]:
    lead, made = _group(situation)
    case = make_case(lead)
    return lead, case, make_plan(lead, case, made)


@sample("mdt:add_row", "mdt:agree_plan", "mdt:note_client", "mdt:end_plan", "mdt:give_copy")
def plan(situation: Situation) -> dict[str, Any]:
    return {"plan_id": _case_with_plan(situation)[2].pk}


@sample("mdt:change_row", "mdt:remove_row")
def row(situation: Situation) -> dict[str, Any]:
    lead, case, _ = _case_with_plan(situation)
    draft = actions.begin_plan(by=lead, case=case)
    return {"row_id": draft.rows.get().pk}


@sample("mdt:shared_plan", "mdt:take_copy")
def shared_plan(situation: Situation) -> dict[str, Any]:
    lead, case, _ = _case_with_plan(situation)
    partner = situation.actor if situation.name != OTHER_SERVICE else None
    agreement = make_agreement(lead.service, partner.organisation if partner else None)
    share_with(lead, case, agreement, list(ITEMS))
    return {"case_id": case.pk}


@sample("mdt:print_copy", "mdt:confirm_copy")
def copy(situation: Situation) -> dict[str, Any]:
    lead, case, made = _case_with_plan(situation)
    agreement = make_agreement(lead.service)
    share_with(lead, case, agreement, list(ITEMS))
    given = actions.give_copy(by=lead, plan=made, organisation=agreement.organisation)
    return {"copy_id": given.pk}
