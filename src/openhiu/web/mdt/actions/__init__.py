"""The only writers of the mdt room; what other rooms may call is named here."""

from openhiu.web.mdt.actions.agenda import add_to_agenda, build_agenda, move_slot, take_off_agenda
from openhiu.web.mdt.actions.copies import ask_back, confirm_copy, give_copy
from openhiu.web.mdt.actions.doing import (
    finish_action,
    give_action,
    hand_back,
    let_go,
    pass_on,
    remind,
)
from openhiu.web.mdt.actions.groups import (
    add_member,
    begin_group,
    change_group,
    remove_member,
    set_criteria,
)
from openhiu.web.mdt.actions.listing import accept, not_now, propose, take_off
from openhiu.web.mdt.actions.meetings import (
    answer_for,
    change_meeting,
    move,
    plan_meeting,
)
from openhiu.web.mdt.actions.minutes import change_note, take_out_note, talked, write_note
from openhiu.web.mdt.actions.plans import (
    add_row,
    agree_plan,
    begin_plan,
    change_plan,
    change_row,
    end_plan,
    note_client,
    remove_row,
)

__all__ = [
    "accept",
    "add_member",
    "add_row",
    "add_to_agenda",
    "agree_plan",
    "answer_for",
    "ask_back",
    "begin_group",
    "begin_plan",
    "build_agenda",
    "change_group",
    "change_meeting",
    "change_note",
    "change_plan",
    "change_row",
    "confirm_copy",
    "end_plan",
    "finish_action",
    "give_action",
    "give_copy",
    "hand_back",
    "let_go",
    "move",
    "move_slot",
    "not_now",
    "note_client",
    "pass_on",
    "plan_meeting",
    "propose",
    "remind",
    "remove_member",
    "remove_row",
    "set_criteria",
    "take_off",
    "take_off_agenda",
    "take_out_note",
    "talked",
    "write_note",
]
