"""All that may change who someone is and how to be in touch: the only writers."""

from openhiu.web.people.actions.contact import set_contact_safety
from openhiu.web.people.actions.details import add_person, change_person
from openhiu.web.people.actions.joining import (
    decide_merge,
    keep_apart,
    propose_merge,
    undo_merge,
)
from openhiu.web.people.actions.notices import agree_notice, end_notice, propose_notice
from openhiu.web.people.actions.status import (
    clear_died,
    clear_restricted,
    mark_died,
    mark_restricted,
)
from openhiu.web.people.actions.tracing import settle_question, take_in_reply
from openhiu.web.people.actions.ways import (
    add_number,
    add_other_name,
    add_phone,
    confirm_address,
    remove_other_name,
    stop_phone,
)

__all__ = [
    "add_number",
    "add_other_name",
    "add_person",
    "add_phone",
    "agree_notice",
    "change_person",
    "clear_died",
    "clear_restricted",
    "confirm_address",
    "decide_merge",
    "end_notice",
    "keep_apart",
    "mark_died",
    "mark_restricted",
    "propose_merge",
    "propose_notice",
    "remove_other_name",
    "set_contact_safety",
    "settle_question",
    "stop_phone",
    "take_in_reply",
    "undo_merge",
]
