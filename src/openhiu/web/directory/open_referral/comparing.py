"""A row and the object of a new file come in; what the row becomes, and what changed, goes out.

Three sides are weighed: the file the row came from, what people changed here, and the new file.
What only one side changed is taken from that side; what both changed is for a person to decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from openhiu.web.directory.models import Listing
from openhiu.web.directory.open_referral.reading import Object, read
from openhiu.web.directory.open_referral.writing import write

# The day of the last change moves by itself and is no change.
_MOVES: Final = ("last_modified",)


@dataclass(frozen=True)
class Merged:
    """One row with a new file: its columns, which differ from now, and which both sides changed."""

    columns: dict[str, Any]
    changed: tuple[str, ...]
    both: tuple[str, ...]
    foreign_changed: bool

    @property
    def differs(self) -> bool:
        """Whether anything is to be written at all."""
        return bool(self.changed) or self.foreign_changed


def merge(listing: Listing, service: Object, *, keep_ours: bool = True) -> Merged:
    """What a row becomes when a file brings it again; `keep_ours` where both sides changed it."""
    base, theirs = read(listing.foreign or {}), read(service)
    ours = {name: getattr(listing, name) for name in theirs}
    columns, both = {}, []
    for name, wanted in theirs.items():
        if ours[name] == base[name] or wanted == ours[name]:
            columns[name] = wanted
        elif wanted == base[name]:
            columns[name] = ours[name]
        else:
            both.append(name)
            columns[name] = ours[name] if keep_ours else wanted
    changed = tuple(name for name in columns if columns[name] != ours[name])
    known = (_without(listing.foreign), _without(write(listing)))
    return Merged(columns, changed, tuple(both), _without(service) not in known)


def _without(service: Any) -> Object:
    """An object without what moves by itself."""
    return {name: value for name, value in (service or {}).items() if name not in _MOVES}
