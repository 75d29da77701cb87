"""What a place tells its board every quarter: [board] comes in; its risks and a contact go out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.locality.reading import amount, refuse_unknown_keys, tables, words

_SECTION: Final = "board"
_RISK_KEYS: Final = ("risk", "mitigation", "owner")
_PERCENT: Final = re.compile(r"[-+\N{MINUS SIGN}]?\d+(\.\d+)?")


@dataclass(frozen=True)
class Risk:
    """Something that may go wrong, what is done about it and whose it is."""

    risk: str
    mitigation: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Claim:
    """A change that somebody says or wants printed, and the two counts it is said to come from.

    `claimed_percent` keeps the digits it was written with.
    """

    words: str
    claimed_percent: str
    before: float | None = None
    after: float | None = None
    window: str = "window not stated"
    method: str = "plain before and after"


@dataclass(frozen=True)
class Board:
    """The standing risks of the service, whom to ask about the report, and claims to check."""

    risks: tuple[Risk, ...] = ()
    contact: str = ""
    claims: tuple[Claim, ...] = ()


def read_board(entry: Any, file: str) -> Board:
    """Read [board]. Raises ConfigurationFault naming the key."""
    refuse_unknown_keys(entry, ("risks", "contact", "claims"), file, _SECTION)
    return Board(
        risks=tuple(_risk(found, file) for found in tables(entry, "risks", file)),
        contact=words(entry, "contact", file, _SECTION),
        claims=tuple(_claim(found, file) for found in tables(entry, "claims", file)),
    )


def _claim(entry: Mapping[str, Any], file: str) -> Claim:
    section = "board.claims"
    refuse_unknown_keys(entry, (part.name for part in fields(Claim)), file, section)
    percent = str(entry.get("claimed_percent", "")).strip().rstrip("%").strip()
    if not _PERCENT.fullmatch(percent) or not words(entry, "words", file, section):
        raise ConfigurationFault(
            "a claim of [board] has no words or no claimed_percent", file=file,
            remedy='write words = "…" and claimed_percent = -36',
        )  # fmt: skip
    return Claim(
        words(entry, "words", file, section),
        percent,
        before=_count(entry, "before", file, section),
        after=_count(entry, "after", file, section),
        window=words(entry, "window", file, section) or Claim.window,
        method=words(entry, "method", file, section) or Claim.method,
    )


def _count(entry: Mapping[str, Any], key: str, file: str, section: str) -> float | None:
    return amount(entry, key, 0.0, file, section) if key in entry else None


def _risk(entry: Mapping[str, Any], file: str) -> Risk:
    refuse_unknown_keys(entry, _RISK_KEYS, file, "board.risks")
    found = Risk(*(words(entry, key, file, "board.risks") for key in _RISK_KEYS))
    if not found.risk:
        raise ConfigurationFault(
            "a risk of [board] says nothing", file=file, remedy='write risk = "…"'
        )
    return found
