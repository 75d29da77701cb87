"""Whether rows with an NHS number are of the person it is said to be of: names and dates of birth
come in; theirs, somebody else's, or that nobody can tell, goes out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any


class Fit(Enum):
    """How a row stands to the person whose number it says."""

    THEIRS = "theirs"
    SILENT = "silent"  # it names nobody: nothing speaks against it
    ANOTHER = "another"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Whose:
    """Every name and date of birth somebody is known by; a hospital's file carries no names."""

    names: frozenset[str] = frozenset()
    births: frozenset[date] = frozenset()

    def and_(self, other: Whose) -> Whose:
        """What both say of the same person."""
        return Whose(self.names | other.names, self.births | other.births)

    def fit(self, row: Mapping[str, Any]) -> Fit:
        """The date of birth decides, and a name may have changed; without one, the name does.

        Somebody else is only who differs in both: one of them alone may be a slip of the pen.
        """
        birth, name = row["birth_date"], folded(row["name"])
        if not birth and not name:
            return Fit.SILENT
        names = {folded(one) for one in self.names} - {""}
        born = birth in self.births if birth and self.births else None
        named = name in names if name and names else None
        if born or (born is None and named):
            return Fit.THEIRS
        return Fit.ANOTHER if born is False and named is False else Fit.UNCLEAR

    def of(self, rows: Collection[Mapping[str, Any]]) -> Fit:
        """The same for everything a number leads to; UNCLEAR where a person has to look."""
        fits = [(self.fit(row), row["person_id"]) for row in rows]
        found = {fit for fit, _ in fits}
        if found <= {Fit.THEIRS, Fit.SILENT}:
            return Fit.THEIRS
        others = {key for fit, key in fits if fit is Fit.ANOTHER}
        all_others = all(
            fit is Fit.ANOTHER or (fit is Fit.SILENT and key in others) for fit, key in fits
        )
        return Fit.ANOTHER if all_others else Fit.UNCLEAR


def folded(name: str | None) -> str:
    """The same for "CANARY, Ada" and "Ada Canary"."""
    plain = unicodedata.normalize("NFKD", (name or "").casefold())
    kept = (letter if letter.isalnum() else " " for letter in plain if not _is_mark(letter))
    return " ".join(sorted("".join(kept).split()))


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter) > 0 or letter in "'\u2019"
