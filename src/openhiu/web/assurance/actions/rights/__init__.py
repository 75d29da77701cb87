"""What is done about people's rights in their own record, one file a step."""

from openhiu.web.assurance.actions.rights.asking import (
    acknowledge,
    answer_clarification,
    ask_clarification,
    ask_identity,
    confirm_identity,
    extend,
    note_request,
    take_on,
)
from openhiu.web.assurance.actions.rights.correcting import (
    correct,
    keep_with_statement,
    tell_recipient,
)
from openhiu.web.assurance.actions.rights.deciding import close, decide, reply
from openhiu.web.assurance.actions.rights.holding import hold_processing, lift_hold
from openhiu.web.assurance.actions.rights.packs import (
    confirm_pack,
    empty_expired,
    give_pack,
    make_pack,
    send_back,
)
from openhiu.web.assurance.actions.rights.reviewing import confirm_page, review

__all__ = [
    "acknowledge",
    "answer_clarification",
    "ask_clarification",
    "ask_identity",
    "close",
    "confirm_identity",
    "confirm_pack",
    "confirm_page",
    "correct",
    "decide",
    "empty_expired",
    "extend",
    "give_pack",
    "hold_processing",
    "keep_with_statement",
    "lift_hold",
    "make_pack",
    "note_request",
    "reply",
    "review",
    "send_back",
    "take_on",
    "tell_recipient",
]
