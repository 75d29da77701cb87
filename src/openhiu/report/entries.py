"""Reading a JSON object entry by entry: parsed values come in; checked ones go out, or a fault that
names the file and the key and never quotes what stands there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from openhiu.disclosure import HIDDEN
from openhiu.errors import InputNotUsable
from openhiu.tables.identifiers import IdentifierFault, read_nhs_number

_MOST: Final = 10_000_000
_LONGEST: Final = 20_000
_NUMBER: Final = re.compile(r"(?<!\w)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\w)")


@dataclass(frozen=True)
class Entries:
    """One object of the file. `at` is where it stands; `stars`: counts may be hidden already;
    `about` is the page that describes the file, `most` the largest count that is believed.
    """

    raw: Mapping[str, Any]
    file: str
    at: str = ""
    stars: bool = False
    about: str = "docs/reference/service-facts.md"
    most: int = _MOST

    def fault(self, key: str, what: str) -> InputNotUsable:
        """Something is wrong with this key."""
        place = f"{self.at}.{key}" if self.at else key
        return InputNotUsable(
            f"{place} {what}",
            file=self.file,
            remedy=f"correct it where the file comes from; see {self.about}",
        )

    def section(self, key: str) -> Entries:
        """An object inside; an empty one where it was left out."""
        found = self.raw.get(key)
        if found is None:
            found = {}
        if not isinstance(found, Mapping):
            raise self.fault(key, "is not an object")
        return replace(self, raw=found, at=f"{self.at}.{key}" if self.at else key)

    def each(self, key: str) -> Iterator[Entries]:
        """The objects of a list inside."""
        found = self.raw.get(key)
        found = [] if found is None else found
        if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
            raise self.fault(key, "is not a list of objects")
        for number, one in enumerate(found, start=1):
            yield replace(self, raw=one, at=f"{key}[{number}]")

    def words(self, key: str, *, needed: bool = False) -> str:
        """Words, without what no page can show."""
        found = self.raw.get(key)
        if found is None and not needed:
            return ""
        if not isinstance(found, str) or (needed and not found.strip()):
            raise self.fault(key, "is not words" if needed or found is not None else "is empty")
        if len(found) > _LONGEST:
            raise self.fault(key, "is longer than any report could hold")
        return " ".join("".join(c if c.isprintable() else " " for c in found).split())

    def lines(self, key: str) -> tuple[str, ...]:
        """A list of words."""
        found = self.raw.get(key)
        found = [] if found is None else found
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.fault(key, "is not a list of words")
        return tuple(" ".join(one.split()) for one in found if one.strip())

    def whole(self, key: str) -> int | None:
        """A whole number of 0 or more that counts no people, or None."""
        found = self.raw.get(key)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= self.most:
            raise self.fault(key, "is not a whole number of 0 or more")
        return found

    def count(self, key: str, *, needed: bool = False) -> int | str | None:
        """A count; a star stands only in facts that were disclosed already."""
        if self.stars and self.raw.get(key) == HIDDEN:
            return HIDDEN
        found = self.whole(key)
        if found is None and needed:
            raise self.fault(key, "is missing")
        return found

    def counts(self) -> dict[str, int | str | None]:
        """Every entry of this object as a count."""
        found = {str(key): self.count(key) for key in self.raw}
        return {key: count for key, count in found.items() if count is not None}

    def number(self, key: str) -> float | None:
        """Any number, or None."""
        found = self.raw.get(key)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self.fault(key, "is not a number")
        if not math.isfinite(found):
            raise self.fault(key, "is not a number")
        return float(found)

    def day(self, key: str) -> date:
        """A date written YYYY-MM-DD."""
        try:
            return date.fromisoformat(str(self.raw.get(key)))
        except ValueError:
            raise self.fault(key, "is not a date written YYYY-MM-DD") from None


def refuse_identifiers(raw: Any, file: str) -> None:
    """Raise InputNotUsable where any text holds an NHS number: this file is of nobody."""
    waiting = [raw]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += [*one.values(), *one.keys()]
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str) and _names_somebody(one):
            raise InputNotUsable(
                "an NHS number stands in its words",
                file=file,
                remedy="take it out where it was written; a report holds nobody's number",
            )


def _names_somebody(text: str) -> bool:
    return any(
        not isinstance(read_nhs_number(found), IdentifierFault) for found in _NUMBER.findall(text)
    )
