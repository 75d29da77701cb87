"""Identifiers: what counts as an NHS number, a pseudonym, or nothing at all.

A text comes in; out comes the normalised number or the rule it broke. Damaged numbers are never
repaired: after a spreadsheet's rounding about one in eleven still passes the check digit, and those
belong to other people.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

# What source systems write when they mean "nobody".
ABSENT_WORDS: Final = frozenset(
    {"", "NULL", "NONE", "NA", "N/A", "#N/A", "NAN", "NIL", "UNKNOWN", "NOT KNOWN", "UNK", ".", "-",
     "?", "0", "0000000000", "9999999999"}
)  # fmt: skip


class IdentifierKind(StrEnum):
    """How a person is told apart in a file."""

    NHS_NUMBER = "nhs_number"
    PSEUDONYM = "pseudonym"


class IdentifierFault(StrEnum):
    """Why a value cannot stand for a person."""

    SCIENTIFIC = "a spreadsheet wrote it in scientific notation"
    DECIMAL = "it came through a column of decimal numbers"
    LENGTH = "it does not have ten digits"
    CHECK_DIGIT = "its check digit is wrong"
    CHARACTERS = "it has characters other than digits, spaces and dashes"


SCIENTIFIC: Final = re.compile(r"^\s*\d+(\.\d+)?[eE][+-]?\d+\s*$")
DECIMAL: Final = re.compile(r"^\s*\d+\.\d*\s*$")
_SEPARATORS: Final = re.compile(r"[\s\-\u00a0\u2010\u2011\u2013]")


def is_absent(value: str | None) -> bool:
    """True for an empty cell and for the words that mean the same."""
    return value is None or value.strip().upper() in ABSENT_WORDS


def check_digit(first_nine: str) -> int | None:
    """The modulus-11 check digit of nine digits, or None where no number can begin so.

    Source: NHS Data Model and Dictionary, NHS NUMBER.
    """
    weighted = zip(first_nine, range(10, 1, -1), strict=True)
    total = sum(int(digit) * weight for digit, weight in weighted)
    check = (11 - total % 11) % 11
    return None if check == 10 else check


def spreadsheet_fault(value: str) -> IdentifierFault | None:
    """The mark a spreadsheet or a float column left on an identifier of any kind."""
    if SCIENTIFIC.match(value):
        return IdentifierFault.SCIENTIFIC
    if DECIMAL.match(value):
        return IdentifierFault.DECIMAL
    return None


def read_nhs_number(value: str) -> str | IdentifierFault:
    """Ten digits, or the rule that was broken. Spaces and dashes may stand; nothing is repaired."""
    fault = spreadsheet_fault(value)
    if fault:
        return fault
    digits = _SEPARATORS.sub("", value)
    if not digits.isascii() or not digits.isdigit():
        return IdentifierFault.CHARACTERS
    if len(digits) != 10:
        return IdentifierFault.LENGTH
    if check_digit(digits[:9]) != int(digits[9]) or len(set(digits)) == 1:
        return IdentifierFault.CHECK_DIGIT
    return digits
