"""The only writers of intake; what other rooms and the demonstration may call is named here."""

from openhiu.web.intake.actions.approaching import (
    change_reason,
    plan_next_try,
    record_attempt,
    record_outcome,
)
from openhiu.web.intake.actions.asking import record_answer, record_asked
from openhiu.web.intake.actions.choosing import (
    add_for_vulnerability,
    approach_again,
    bring_back,
    choose,
    set_aside,
)
from openhiu.web.intake.actions.purging import purge_unchosen
from openhiu.web.intake.actions.receiving import receive_list, receive_upload
from openhiu.web.intake.actions.releasing import release, send_back, withdraw

__all__ = [
    "add_for_vulnerability",
    "approach_again",
    "bring_back",
    "change_reason",
    "choose",
    "plan_next_try",
    "purge_unchosen",
    "receive_list",
    "receive_upload",
    "record_answer",
    "record_asked",
    "record_attempt",
    "record_outcome",
    "release",
    "send_back",
    "set_aside",
    "withdraw",
]
