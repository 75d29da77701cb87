"""The colours of the NHS identity that print well: names come in use, hexadecimal values go out."""

from __future__ import annotations

from typing import Final

BLUE: Final = "#005EB8"
DARK_BLUE: Final = "#003087"
LIGHT_BLUE: Final = "#41B6E6"
PALE_BLUE: Final = "#E8F1FA"
TEXT: Final = "#212B32"
SECONDARY_TEXT: Final = "#4C6272"
MID_GREY: Final = "#768692"
GREY: Final = "#AEB7BD"
PALE_GREY: Final = "#E8EDEE"
ORANGE: Final = "#ED8B00"
WARM_YELLOW: Final = "#FFB81C"

NAMED: Final = {
    "blue": BLUE,
    "dark-blue": DARK_BLUE,
    "pale-blue": PALE_BLUE,
    "text": TEXT,
    "secondary": SECONDARY_TEXT,
    "grey": GREY,
    "pale-grey": PALE_GREY,
    "yellow": WARM_YELLOW,
}
