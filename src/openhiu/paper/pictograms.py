"""Pictures for Easy Read, drawn by us: a sentence comes in; the picture that fits it goes out."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final

from openhiu.paper.blocks import Drawing, EasyRow

_SIDE: Final = 96
_PNG_SCALE: Final = 3.0
# Looked at in this order: the first whose words stand in a sentence is taken. Name, what one sees
# on it, words.
_PICTURES: Final = (
    ("hospital", "A hospital", r"hospital|a&e|999|ambulance|emergency"),
    ("phone", "A telephone", r"ring|rings|call|calls|phone|telephone|number|text|\d{3,5} ?\d{3}"),
    ("moon", "A moon", r"night|weekend|weekends|out of hours|evening"),
    ("calendar", "A calendar", (r"day|days|date|monday|tuesday|wednesday|thursday|friday"
     r"|saturday|sunday|week")),
    ("clock", "A clock", r"time|o'clock|hour|hours|daytime"),
    ("house", "A house", r"home|house|flat|live|lives|place|visit"),
    ("warning", "A cloud with rain", r"hard|worse|worried|signs|sad|afraid|angry"),
    ("people", "Two people", (r"meet|talk|together|someone|worker|friend|friends|people"
     r"|with you|hello|name")),
    ("letter", "A letter", r"letter|form|write|paper"),
    ("choice", "Two ways to go", r"choose|choice|change your mind|decide|can stop"),
    ("heart", "A heart", r"help|helps|support|thank|listen|care|well|better"),
)  # fmt: skip


def row(sentence: str) -> EasyRow:
    """The sentence with the picture that fits; without one where none does."""
    said = sentence.casefold()
    for name, alt, words in _PICTURES:
        if re.search(rf"(?<!\w)(?:{words})(?!\w)", said):
            return EasyRow(sentence, picture(name), alt)
    return EasyRow(sentence)


@cache
def picture(name: str) -> Drawing:
    """One picture, to scale and as dots."""
    import vl_convert

    svg = resources.files("openhiu.paper").joinpath("pictures", f"{name}.svg").read_text("utf-8")
    return Drawing(svg, vl_convert.svg_to_png(svg, scale=_PNG_SCALE), _SIDE, _SIDE)


def names() -> tuple[str, ...]:
    """Every picture there is."""
    return tuple(name for name, _, _ in _PICTURES)
