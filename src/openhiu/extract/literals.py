"""Values for a composed statement: they travel as parameters and never stand in the SQL text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from openhiu.engines import Parameter


class Literals:
    """Collects values and gives back the marker under which each will travel."""

    def __init__(self) -> None:
        self.parameters: dict[str, Parameter] = {}
        self._markers: dict[object, str] = {}

    def __call__(self, value: str | int | date | datetime | Sequence[str]) -> str:
        """The marker of a value, such as `:v3`; a list becomes the members of an `in (…)`."""
        kept = value if isinstance(value, str | int | date) else tuple(value)
        key = (type(kept), kept)
        if key not in self._markers:
            name = f"v{len(self._markers)}"
            self._markers[key] = f":{name}"
            self.parameters[name] = kept
        return self._markers[key]
