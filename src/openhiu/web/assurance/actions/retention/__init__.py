"""What is decided about keeping and forgetting, and the forgetting itself."""

from openhiu.web.assurance.actions.retention.appraising import (
    ask_to_erase,
    confirm,
    find_due,
    propose,
    take_back,
)
from openhiu.web.assurance.actions.retention.clearing import clear_by_clock
from openhiu.web.assurance.actions.retention.erasures import drop_erasure
from openhiu.web.assurance.actions.retention.holding import hold, lift
from openhiu.web.assurance.actions.retention.removing import remove, remove_due
from openhiu.web.assurance.actions.retention.setting import agree_rules, put_in_class, write_rules

__all__ = [
    "agree_rules",
    "ask_to_erase",
    "clear_by_clock",
    "confirm",
    "drop_erasure",
    "find_due",
    "hold",
    "lift",
    "propose",
    "put_in_class",
    "remove",
    "remove_due",
    "take_back",
    "write_rules",
]
