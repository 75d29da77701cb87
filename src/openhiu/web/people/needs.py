"""What people need to be in touch: codes of accessible-information needs, and what does not suit.

The accessible information standard (DAPB1605) asks to identify, record, flag, share, meet, review.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CHANNELS: Final = {
    "call": "Calling",
    "voicemail": "Voicemail",
    "text": "Text messages",
    "letter": "Letters",
    "visit": "Visiting",
}


@dataclass(frozen=True)
class Need:
    """One need: its words, and which ways of being in touch do not meet it by themselves."""

    label: str
    unmet_by: frozenset[str] = frozenset()
    instead: str = ""


def _need(label: str, unmet_by: str = "", instead: str = "") -> Need:
    return Need(label, frozenset(unmet_by.split()), instead)


ACCESSIBLE: Final[dict[str, Need]] = {
    "hears_little": _need(
        "Is hard of hearing", "voicemail", "Call slowly and clearly, or send a text"
    ),
    "deaf": _need("Is deaf", "call voicemail", "Send a text, or call through Relay UK"),
    "bsl": _need("Uses British Sign Language", "call voicemail letter", "Book a BSL interpreter"),
    "lipreads": _need("Lipreads", "call voicemail", "Meet face to face, or send a text"),
    "speech": _need(
        "Finds speaking on the telephone hard", "call", "Send a text, or give them time"
    ),
    "large_print": _need("Needs large print", "letter", "Print in at least 16 point"),
    "braille": _need("Reads Braille", "letter text", "Call, or order the letter in Braille"),
    "audio": _need("Needs information as sound", "letter text", "Call, or record it"),
    "easy_read": _need("Needs Easy Read", "letter text", "Use pictures and short sentences"),
    "reads_little": _need("Reads little or not at all", "letter text", "Call or visit"),
    "deafblind": _need(
        "Is deafblind", "call voicemail text letter", "Book a deafblind communicator guide"
    ),
    "other_language": _need(
        "Needs an interpreter", "voicemail text letter", "Book the interpreter first"
    ),
    "supporter": _need("Wants a supporter with them", "", "Ask who, and invite them"),
    "time": _need("Needs more time", "", "Allow twice as long"),
}


def unmet(needs: list[str], channel: str) -> list[Need]:
    """The needs that this way of being in touch does not meet by itself."""
    return [ACCESSIBLE[code] for code in needs if channel in ACCESSIBLE[code].unmet_by]
