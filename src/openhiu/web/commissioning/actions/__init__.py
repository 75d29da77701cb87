"""The only writers of this room; what others call stands here."""

from openhiu.web.commissioning.actions.delivering import receive_tiers
from openhiu.web.commissioning.actions.keeping import set_aside
from openhiu.web.commissioning.actions.making import ask_for_document, make_document
from openhiu.web.commissioning.actions.setting import (
    keep_file,
    remove_file,
    remove_row,
    save_row,
    save_section,
    take_file,
)

__all__ = [
    "ask_for_document",
    "keep_file",
    "make_document",
    "receive_tiers",
    "remove_file",
    "remove_row",
    "save_row",
    "save_section",
    "set_aside",
    "take_file",
]
