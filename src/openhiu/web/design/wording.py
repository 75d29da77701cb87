"""Words that hurt, once: a text comes in; each such word and what to say instead go out.

The say and do-not-say table of GLOSSARY.md as data. Any room may ask `check`; what is written to a
client or into a plan they share must come out empty.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final


@dataclass(frozen=True)
class Word:
    """One way of saying it that is not used: a pattern, what to say instead, and why."""

    pattern: str
    instead: str
    why: str


@dataclass(frozen=True)
class Finding:
    """One such word in a text: as it stands there, what to say instead, why, and in which text."""

    word: str
    suggestion: str
    why: str = ""
    where: str = ""

    def __str__(self) -> str:
        return f"\u201c{self.word}\u201d: {self.suggestion}. {self.why}".strip()


_DOING_WELL: Final = "People hear that they are pushed away for doing well."
_NOT_A_COUNT: Final = "A person is not their visits."
_NOBODY_OWES: Final = "Nobody owes us a yes."
_BLAMES: Final = "It blames."

WORDS: Final = (
    Word(r"discharg\w*", "say \u201cstep back\u201d or \u201copen at a distance\u201d",
         _DOING_WELL),
    Word(r"frequent(ly)? (flyer|flier|attend[eo]r|caller|user)s?",
         "say \u201csomeone who comes often\u201d", _NOT_A_COUNT),
    Word(r"(super|heavy|repeat|regular) (attend[eo]r|user|caller)s?|revolving doors?",
         "say \u201csomeone who comes often\u201d", _NOT_A_COUNT),
    Word(r"abusers?", "say what happened, or leave it out", "It makes a person their worst day."),
    Word(r"non ?complian(t|ce)|uncompliant|noncomplian(t|ce)|non ?adheren(t|ce)",
         "say \u201cdid not want this now\u201d and why, if you know", _NOBODY_OWES),
    Word(r"refus(e|es|ed|ing|al|als)", "say \u201csaid not now\u201d or \u201csaid no\u201d",
         _NOBODY_OWES),
    Word(r"declin(ed|es|ing) to (engage|attend|comply)|(failed|fails|failing|failure) to "
         r"(attend|engage|comply|respond)|dis ?engag(ed|es|ing|ement)|non ?engag(ing|ement)|"
         r"not engag(ed|ing)", "say \u201cwe missed each other\u201d or \u201cnot now\u201d",
         _BLAMES),
    Word(r"(?-i:DNA(?!\w))(?-i:(?:['\u2019]?[dD]|ed|s)?)|did not attend|defaulted|no ?shows?",
         "say \u201cwe missed each other\u201d or \u201cdid not come\u201d", _BLAMES),
    Word(r"attention (seek\w*)", "say what they need", "Everyone needs to be seen."),
    Word(r"manipulativ\w*|time ?wast\w*|bed ?block\w*|hypochondria\w*|malinger\w*|"
         r"drug ?seek\w*|trouble ?makers?|problem patients?|difficult patients?|"
         r"challenging (patient|client|person)s?",
         "say what happened, and what they need", "It judges a person."),
    Word(r"relaps\w*", "say \u201cit got hard again\u201d or \u201cpicked up again\u201d",
         "Only statistics speak of it."),
    Word(r"misus(?!e (?-i:S)ervice)\w*|inappropriate(ly)? (attend\w*|us\w*|presentations?|visits?)",
         "say \u201ccame to\u201d or \u201cused\u201d", "They came because they needed something."),
    Word(r"committ?(ed|ing)? suicide|failed suicide", "say \u201cdied by suicide\u201d",
         "It sounds like a crime."),
    Word(r"(drug|alcohol) addicts?|junk(ie|y)s?|alcoholics?(?! anonymous)|schizophrenics?|"
         r"borderlines|self[ -]?harmers?",
         "say \u201ca person who\u201d and what they live with", "A person is not a diagnosis."),
)  # fmt: skip

# They are nothing to see, and would hide a word from a pattern.
_UNSEEN: Final = dict.fromkeys(
    [0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x180E, *range(0xFE00, 0xFE10)]
)
_DASHES: Final = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0x00B7, ord("-"), ord("_")], " ")
_SPACES: Final = re.compile(r"\s+")


def check(text: str, where: str = "") -> list[Finding]:
    """Every word of the table in a text, in order, each once.

    Letters that look different and are the same (wide letters, accents, soft hyphens, any dash or
    line end between two words) do not hide a word. `where` is said back in each finding.
    """
    plain = flat(text)
    found: dict[str, tuple[int, Finding]] = {}
    for pattern, word in _patterns():
        for match in pattern.finditer(plain):
            said = match[0].strip()
            if said and said.casefold() not in found:
                one = Finding(said, word.instead, word.why, where)
                found[said.casefold()] = (match.start(), one)
    return [one for _, one in sorted(found.values(), key=lambda pair: pair[0])]


def clean(text: str) -> bool:
    """Whether a text holds none of them."""
    return not check(text)


def flat(text: str) -> str:
    """A text as its letters read: without accents, unseen marks and dashes; one space each."""
    wide = unicodedata.normalize("NFKD", text.translate(_UNSEEN))
    bare = "".join(letter for letter in wide if not unicodedata.combining(letter))
    return _SPACES.sub(" ", bare.translate(_DASHES).translate(_UNSEEN))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Word], ...]:
    """Compiled once. A word begins and ends at a letter's edge."""
    return tuple(
        (re.compile(rf"(?<![^\W_])(?:{word.pattern})(?![^\W_])", re.IGNORECASE), word)
        for word in WORDS
    )
