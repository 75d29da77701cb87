"""What can give someone away in a story, and what a story may be used for: two lists, as data."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, Final

# Each is changed in the words, or not told at all. Keys stay; what they say may be reworded.
DETAILS: Final[dict[str, str]] = {
    "names": "Names, initials and nicknames, theirs and everyone else's",
    "age": "Age and birthdays",
    "places": "Places: streets, towns, wards, schools, where they are from",
    "work": "Employer, job, trade or course",
    "dates": "Dates, seasons and how long ago",
    "family": "Family: who they are, how many, what happened to them",
    "health": "Diagnoses, medicines, and anything rare about their health",
    "events": "Rare events: what was in the news, or happened to few people",
    "services": "Names of staff, services, groups and wards",
    "numbers": "Exact numbers: how often, how much, how many",
    "phrases": "Turns of phrase that people would know them by",
}
REPORTS: Final = "reports"
# One answer each: someone may say yes to one and no to another.
PURPOSES: Final[dict[str, str]] = {
    REPORTS: "The service's reports, for the board and those who pay for it",
    "training": "Training of staff",
    "talks": "Talks and events, told by us",
}
LONGEST_QUOTE: Final = 280
# Two that hold letters of some scripts and the parts of an emoji together, and where those begin.
_JOINERS: Final = "\u200c\u200d"
_JOINED_FROM: Final = "\u0600"


def visible(words: str) -> str:
    """Words without characters that nobody sees, such as soft hyphens; ends are trimmed.

    Joiners stay inside an emoji, or a script that is written with them.
    """
    return "".join(c for n, c in enumerate(words) if _is_seen(words, n, c)).strip()


def _is_seen(words: str, at: int, character: str) -> bool:
    if unicodedata.category(character) != "Cf":
        return True
    around = words[max(at - 1, 0) : at], words[at + 1 : at + 2]
    return character in _JOINERS and all(
        one >= _JOINED_FROM and unicodedata.category(one)[0] in "LMS" for one in around
    )


def left(changed: Iterable[str]) -> list[str]:
    """Details that nobody has yet said were changed, in words."""
    done = set(changed)
    return [label for key, label in DETAILS.items() if key not in done]


def purpose_words(purpose: str) -> str:
    """What a story may be used for, in words; an answer from before purposes were asked for."""
    return PURPOSES.get(purpose, "Not said what for")


def choices(of: dict[str, str]) -> list[tuple[str, Any]]:
    """One of the two lists as a form shows it."""
    return list(of.items())
