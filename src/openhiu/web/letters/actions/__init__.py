"""The only writers of letters; what other rooms may call is named here."""

from openhiu.web.letters.actions.ending import cancel, hand_over_done, posted, settle
from openhiu.web.letters.actions.practices import add_practice, ask_for_a_practice
from openhiu.web.letters.actions.putting_in import put_in
from openhiu.web.letters.actions.setting import change_letterhead, change_place, change_words
from openhiu.web.letters.actions.writing import (
    change_letter,
    confirm_address,
    draw_up_again,
    pass_gate,
    put_away,
    write_letter,
)

__all__ = [
    "add_practice",
    "ask_for_a_practice",
    "cancel",
    "change_letter",
    "change_letterhead",
    "change_place",
    "change_words",
    "confirm_address",
    "draw_up_again",
    "hand_over_done",
    "pass_gate",
    "posted",
    "put_away",
    "put_in",
    "settle",
    "write_letter",
]
