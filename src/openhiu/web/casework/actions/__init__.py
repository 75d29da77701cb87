"""The only writers of casework; what other rooms may call is named here."""

from openhiu.web.casework.actions.connections import (
    close_connection,
    connect,
    hear_of_connection,
    note_missing,
)
from openhiu.web.casework.actions.consent import (
    answer_share,
    answer_story,
    answer_take_part,
    withdraw,
)
from openhiu.web.casework.actions.contacts import (
    correct_contact,
    mark_in_error,
    record_contact,
)
from openhiu.web.casework.actions.handing_out import (
    hand_over_facts,
    hand_over_roster,
    take_downtime_copy,
)
from openhiu.web.casework.actions.handover import hand_over, take_back
from openhiu.web.casework.actions.objecting import lift_objection, object_to_counting
from openhiu.web.casework.actions.open import open_case
from openhiu.web.casework.actions.outcomes import record_outcome, record_wellbeing
from openhiu.web.casework.actions.phases import move, return_to_support, set_rhythm, step_back
from openhiu.web.casework.actions.plan import (
    add_goal,
    add_network_member,
    add_step,
    change_goal,
    change_network_member,
    change_plan,
    change_reason,
    mark_step,
    note_reasons,
    take_reason_away,
)
from openhiu.web.casework.actions.safeguarding import (
    answer_concern,
    escalate,
    give_reasons,
    raise_concern,
    review,
    share_to_keep_safe,
)
from openhiu.web.casework.actions.saved_views import keep_view, remove_view
from openhiu.web.casework.actions.sharing import share, stop_sharing
from openhiu.web.casework.actions.stories import (
    change_story,
    note_approval,
    review_story,
    write_story,
)
from openhiu.web.casework.actions.supervision import answer_limit, note, notes_seen
from openhiu.web.casework.actions.tasks import add_task, finish_task, hand_task, let_go, move_task
from openhiu.web.casework.actions.telling import report_published, take_out, use_in_report
from openhiu.web.casework.caseload import pass_limit, take_on

__all__ = [
    "add_goal",
    "add_network_member",
    "add_step",
    "add_task",
    "answer_concern",
    "answer_limit",
    "answer_share",
    "answer_story",
    "answer_take_part",
    "change_goal",
    "change_network_member",
    "change_plan",
    "change_reason",
    "change_story",
    "close_connection",
    "connect",
    "correct_contact",
    "escalate",
    "finish_task",
    "give_reasons",
    "hand_over",
    "hand_over_facts",
    "hand_over_roster",
    "hand_task",
    "hear_of_connection",
    "keep_view",
    "let_go",
    "lift_objection",
    "mark_in_error",
    "mark_step",
    "move",
    "move_task",
    "note",
    "note_approval",
    "note_missing",
    "note_reasons",
    "notes_seen",
    "object_to_counting",
    "open_case",
    "pass_limit",
    "raise_concern",
    "record_contact",
    "record_outcome",
    "record_wellbeing",
    "remove_view",
    "report_published",
    "return_to_support",
    "review",
    "review_story",
    "set_rhythm",
    "share",
    "share_to_keep_safe",
    "step_back",
    "stop_sharing",
    "take_back",
    "take_downtime_copy",
    "take_on",
    "take_out",
    "take_reason_away",
    "use_in_report",
    "withdraw",
    "write_story",
]
