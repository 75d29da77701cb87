"""One cell, read as what its column declares: a text expression comes in; SQL for the typed value,
null where there is none, goes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openhiu.extract.literals import Literals
from openhiu.tables.identifiers import ABSENT_WORDS, IdentifierFault, IdentifierKind
from openhiu.tables.schema import Column, OnFault

# What exports write into an empty cell.
EMPTY_WORDS: Final = ("NULL", "N/A", "#N/A", "NAN", "NAT", "<NA>", "(NULL)")
_TRUE: Final = ("TRUE", "T", "YES", "Y", "1", "1.0")
_FALSE: Final = ("FALSE", "F", "NO", "N", "0", "0.0")

_NOT_DIGITS: Final = "*[!0-9]*"
_NOT_PLAIN: Final = "*[!0-9A-Za-z_+/=-]*"
_LIKE_SCIENTIFIC: Final = "[0-9]*[eE]*"
_ABSENT: Final = tuple(sorted(ABSENT_WORDS))
_LONGEST_ABSENT: Final = max(map(len, ABSENT_WORDS))
_WHOLE: Final = r"[+-]?\d+(?:[.,]0*)?"
_WHOLE_TAIL: Final = r"[.,]0*$"
_DECIMAL_TAIL: Final = r"^(-?\d+)\.0+$"
_TEN_AND_TAIL: Final = r"^(\d{10})\.0$"
_FIRST_GROUP: Final = r"\1"

# Python's \s and \d know all of Unicode; the engine's know ASCII. identifiers.py is the standard.
_SPACE: Final = (
    r"\s\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
)
_SEPARATORS: Final = rf"[{_SPACE}\-\x{{2010}}\x{{2011}}\x{{2013}}]"
_SCIENTIFIC: Final = rf"[{_SPACE}]*\p{{Nd}}+(?:\.\p{{Nd}}+)?[eE][+-]?\p{{Nd}}+[{_SPACE}]*"
_DECIMAL: Final = rf"[{_SPACE}]*\p{{Nd}}+\.\p{{Nd}}*[{_SPACE}]*"
_EDGES: Final = rf"^[{_SPACE}]+|[{_SPACE}]+$"

# Weights of the check digit over whole quotients instead of single digits: with q_j = n // 10^j the
# weighted sum 10·d1 + 9·d2 + … + 1·d10 equals q_0 + Σ (1 - 9j)·q_j, and 1 - 9j ≡ 1 + 2j (mod 11).
_QUOTIENT_WEIGHTS: Final = tuple((power, (1 + 2 * power) % 11) for power in range(10))


def stripped(lit: Literals, text: str) -> str:
    """SQL for a text without spaces of any kind at its ends."""
    return f"regexp_replace({text}, {lit(_EDGES)}, '', 'g')"


def absent(lit: Literals, text: str) -> str:
    """SQL condition: the text is one of the words that mean nobody."""
    return f"upper({stripped(lit, text)}) in ({lit(_ABSENT)})"


def empty_word(lit: Literals, text: str) -> str:
    """SQL condition: the text is a word that exports write into empty cells."""
    return f"upper(trim({text})) in ({lit(EMPTY_WORDS)})"


def without_tail(lit: Literals, text: str) -> str:
    """SQL for a whole number that came as 12.0, as 12."""
    return f"regexp_replace({text}, {lit(_DECIMAL_TAIL)}, {lit(_FIRST_GROUP)})"


def accept_numeric(lit: Literals, text: str) -> str:
    """SQL for ten digits that a workbook kept as a number; only a mapping may allow it."""
    return f"regexp_replace({text}, {lit(_TEN_AND_TAIL)}, {lit(_FIRST_GROUP)})"


def without_endings(lit: Literals, text: str, endings: tuple[str, ...]) -> str:
    """SQL for a code without what its source hangs on to it, such as the -X of a provider."""
    for ending in endings:
        text = (
            f"case when ends_with({text}, {lit(ending)}) "
            f"then left({text}, length({text}) - {len(ending)}) else {text} end"
        )
    return text


def translated(lit: Literals, text: str, codes: Mapping[str, str]) -> str:
    """SQL for a local label as the code it stands for; an empty code leaves the cell empty."""
    cases = " ".join(f"when {lit(label)} then {lit(code)}" for label, code in codes.items())
    return f"nullif(case upper(trim({text})) {cases} else {text} end, '')"


def whole(text: str) -> str:
    """SQL for a text as a number, to check its digits by; by itself it proves nothing."""
    return f"try_cast({text} as bigint)"


def digits_of(lit: Literals, text: str) -> str:
    """SQL for an NHS number without the spaces and dashes that may stand in it."""
    return f"regexp_replace({text}, {lit(_SEPARATORS)}, '', 'g')"


def usual_person(lit: Literals, text: str, number: str, kind: IdentifierKind) -> str:
    """SQL for an identifier written the usual way; null says: ask `person`.

    `number` is `whole(text)`, worked out once beforehand.
    """
    if kind is IdentifierKind.NHS_NUMBER:
        return f"case when {_clean_number(lit, text, number)} then {text} end"
    not_absent = f"(strlen({text}) > {_LONGEST_ABSENT} or upper({text}) not in ({lit(_ABSENT)}))"
    not_scientific = (
        f"(not ({text} glob {lit(_LIKE_SCIENTIFIC)}) "
        f"or not regexp_full_match({text}, {lit(_SCIENTIFIC)}))"
    )
    return (
        f"case when not ({text} glob {lit(_NOT_PLAIN)}) and {not_absent} and {not_scientific} "
        f"then {text} end"
    )


def person(lit: Literals, text: str, digits: str, kind: IdentifierKind) -> str:
    """SQL for an NHS number as ten digits, or for a pseudonym as it stands; `digits` is
    `digits_of(text)`. What `absent` holds for must be left out by the caller.
    """
    if kind is IdentifierKind.NHS_NUMBER:
        damaged = f"regexp_full_match({text}, {lit(_DECIMAL)})"
        clean = _clean_number(lit, digits, whole(digits))
        return f"case when not {damaged} and {clean} then {digits} end"
    damaged = " or ".join(
        f"regexp_full_match({text}, {lit(pattern)})" for pattern in (_DECIMAL, _SCIENTIFIC)
    )
    return f"case when {damaged} then null else {text} end"


def _clean_number(lit: Literals, text: str, number: str) -> str:
    terms = " + ".join(
        f"{weight} * ({number} // {10**power})" for power, weight in _QUOTIENT_WEIGHTS if weight
    )
    return (
        f"(strlen({text}) = 10 and not ({text} glob {lit(_NOT_DIGITS)}) "
        f"and ({terms}) % 11 = 0 and {number} % 1111111111 <> 0)"
    )


def person_faults(
    lit: Literals, text: str, digits: str, kind: IdentifierKind
) -> dict[IdentifierFault, str]:
    """SQL conditions on an identifier that could not be read, in the order they are asked."""
    damaged = {
        IdentifierFault.SCIENTIFIC: f"regexp_full_match({text}, {lit(_SCIENTIFIC)})",
        IdentifierFault.DECIMAL: f"regexp_full_match({text}, {lit(_DECIMAL)})",
    }
    if kind is IdentifierKind.PSEUDONYM:
        return damaged
    return {
        **damaged,
        IdentifierFault.CHARACTERS: f"({digits} = '' or {digits} glob {lit(_NOT_DIGITS)})",
        IdentifierFault.LENGTH: f"strlen({digits}) <> 10",
        IdentifierFault.CHECK_DIGIT: "true",
    }


def code(lit: Literals, text: str, column: Column) -> str:
    """SQL for a code: spellings translated; others kept, or null where the list is closed."""
    if not (column.spellings or column.closed):
        return text
    spelt = {key.upper(): value for key, value in column.spellings.items()}
    plain = sorted(set(column.codes) - set(spelt))
    cases = " ".join(f"when {lit(word)} then {lit(value)}" for word, value in spelt.items())
    other = "null" if column.closed else text
    rest = f"case upper(trim({text})) {cases} else {other} end" if cases else other
    return f"case when {text} in ({lit(plain)}) then {text} else {rest} end"


def integer(lit: Literals, text: str, column: Column) -> str:
    """SQL for a whole number; one out of range is null where only the cell is at stake."""
    tidy = f"regexp_replace({text}, {lit(_WHOLE_TAIL)}, '')"
    number = (
        f"case when not ({text} glob {lit(_NOT_DIGITS)}) then try_cast({text} as integer) "
        f"when regexp_full_match({text}, {lit(_WHOLE)}) then try_cast({tidy} as integer) end"
    )
    if column.range is None or column.on_fault is OnFault.REJECT:
        return number
    low, high = column.range.least, column.range.most
    return f"case when ({number}) between {low} and {high} then {number} end"


def boolean(lit: Literals, text: str) -> str:
    """SQL for yes or no."""
    word = f"upper(trim({text}))"
    return (
        f"case when {word} in ({lit(_TRUE)}) then true "
        f"when {word} in ({lit(_FALSE)}) then false end"
    )
