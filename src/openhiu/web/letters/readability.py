"""How easily a text reads: words come in; a reading age and the sentences to shorten go out.

A hint and never a gate: the Flesch-Kincaid grade for English, with syllables counted by rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from openhiu.web.design.words import plural

AIM: Final = 11  # years; most public letters aim at nine to eleven
LONG: Final = 20  # words in a sentence
LONG_EASY: Final = 12
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'\u2019-]*")
_END: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_FEWEST: Final = 30  # words below which an age says nothing


@dataclass(frozen=True)
class Reading:
    """What a text asks of its reader. `age` is None for a text too short to say."""

    age: int | None
    long: tuple[str, ...]

    @property
    def hints(self) -> list[str]:
        """What to do about it, a sentence each; nothing where all is well."""
        said = []
        if self.age is not None and self.age > AIM:
            said.append(f"It reads like a text for someone of {self.age}. Aim for {AIM} or less: "
                        "shorter sentences, everyday words.")  # fmt: skip
        if self.long:
            count = plural(len(self.long), "long sentence")
            said.append(f"{count}. Cut in two: \u201c{_start(self.long[0])}\u201d")
        return said


def read(text: str, *, easy: bool = False) -> Reading:
    """Judge a text; in Easy Read a sentence is long earlier."""
    most = LONG_EASY if easy else LONG
    sentences = [one for one in _END.split(text) if len(_WORD.findall(one)) > 1]
    long = tuple(one.strip() for one in sentences if len(_WORD.findall(one)) > most)
    words = [word for one in sentences for word in _WORD.findall(one)]
    if len(words) < _FEWEST:
        return Reading(None, long)
    grade = (
        0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    )
    return Reading(max(5, round(grade) + 5), long)


def syllables(word: str) -> int:
    """About how many: runs of vowels, without a silent e."""
    plain = word.casefold()
    count = len(_VOWELS.findall(plain))
    if plain.endswith("e") and not plain.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(1, count)


def _start(sentence: str) -> str:
    return sentence if len(sentence) <= 60 else sentence[:60].rsplit(" ", 1)[0] + "\u2026"
