"""One section of the area's settings: its place in a locality file, and what is asked in it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from openhiu.web.commissioning.area.kinds import Field, found_in


@dataclass(frozen=True)
class Section:
    """A form, or a list of rows with a form each (`one` is what such a row is called).

    `path` leads to it in the file: () is the top. `group` is its heading in the contents; `about`
    says what it is for. `name` is the key that names a row.
    """

    key: str
    title: str
    group: str
    path: tuple[str, ...]
    fields: tuple[Field, ...]
    about: str = ""
    one: str = ""
    name: str = ""

    @property
    def many(self) -> bool:
        """Whether it is a list of rows."""
        return bool(self.one)

    @property
    def in_file(self) -> str:
        """What stands above it in a locality file."""
        return ".".join(self.path)

    def values(self, settings: Mapping[str, Any]) -> Any:
        """What was set: a table, or the rows; empty where nothing was."""
        found: Any = settings
        for key in self.path:
            found = found.get(key, {}) if isinstance(found, Mapping) else {}
        if self.many:
            return found if isinstance(found, list) else []
        return found if isinstance(found, Mapping) else {}

    def own(self, settings: Mapping[str, Any]) -> Any:
        """What was set of that which is asked here."""
        found = self.values(settings)
        if self.many:
            return found
        own = {field.key: found_in(found, field.key) for field in self.fields}
        return {key: value for key, value in own.items() if value is not None}

    def is_set(self, settings: Mapping[str, Any]) -> bool:
        """Whether anything was said here."""
        return bool(self.own(settings))

    def with_values(self, settings: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
        """The settings with this section's own keys as given; what is not asked here stays."""
        return self._put(settings, self.filled(self.values(settings), given))

    def with_rows(self, settings: Mapping[str, Any], rows: list[Any]) -> dict[str, Any]:
        """The settings with these rows; without any, the section is gone."""
        return self._put(settings, rows)

    def filled(self, row: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
        """A table with what was given in it, and without what was left empty."""
        made = deepcopy(dict(row))
        for key, value in given.items():
            outer, _, inner = key.partition(".")
            table = made.setdefault(outer, {}) if inner else made
            if value is None:
                table.pop(inner or outer, None)
            else:
                table[inner or outer] = value
            if inner and not table:
                del made[outer]
        return made

    def _put(self, settings: Mapping[str, Any], found: Any) -> dict[str, Any]:
        whole = deepcopy(dict(settings))
        if not self.path:
            return {**{k: v for k, v in whole.items() if k not in self._asked()}, **found}
        return _placed(whole, self.path, found)

    def _asked(self) -> set[str]:
        return {field.key for field in self.fields}

    def row_name(self, row: Mapping[str, Any], number: int) -> str:
        """What a row is called."""
        return str(row.get(self.name) or row.get("code") or f"{self.one} {number}")


def _placed(table: dict[str, Any], path: tuple[str, ...], found: Any) -> dict[str, Any]:
    """The table with what was found at the end of a path; what would be empty is left out."""
    key, rest = path[0], path[1:]
    inside = _placed(dict(table.get(key, {})), rest, found) if rest else found
    others = {name: value for name, value in table.items() if name != key or inside}
    return others | {key: inside} if inside else others
