"""What was typed is laid over what is set now: a version that a form was drawn from and the values
typed in it come in; the settings that would be saved go out, or who was first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Stale
from openhiu.web.commissioning import queries
from openhiu.web.commissioning.area.kinds import found_in, in_words
from openhiu.web.commissioning.area.section import Section
from openhiu.web.commissioning.models import AreaVersion

GONE: Final = "(taken away)"


@dataclass(frozen=True)
class Which:
    """A row as it was drawn: its number from 1, and what it was called."""

    number: int
    called: str


def section(
    by: Actor, last: AreaVersion | None, found: Section, version: int, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The settings with a section as it was typed.

    Raises:
        Stale: somebody else changed this very section since it was drawn.
    """
    settings = queries.settings_of(last)
    now, then = found.own(settings), found.own(drawn_from(by, version))
    if now != then and any(now.get(key) != value for key, value in values.items()):
        raise Stale(_differing(found, now, values))
    return found.with_values(settings, values)


def row(
    by: Actor, last: AreaVersion | None, found: Section, version: int, which: Which | None,
    values: Mapping[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """The settings with one row as it was typed, or with a row more.

    Raises:
        Stale: somebody else changed this very row, or took it away.
    """
    settings = queries.settings_of(last)
    rows = list(found.values(settings))
    before = found.values(drawn_from(by, version))
    drawn = _row_of(found, before, which) if which else None
    if drawn is None:
        return found.with_rows(settings, [*rows, found.filled({}, values)])
    if drawn not in rows:
        theirs = _row_of(found, rows, which) or {}
        raise Stale(_differing(found, theirs, values) or [(found.title, GONE, "")])
    rows[rows.index(drawn)] = found.filled(drawn, values)
    return found.with_rows(settings, rows)


def drawn_from(by: Actor, version: int) -> dict[str, Any]:
    """The settings of a version; none where there is no such one."""
    return queries.settings_of(queries.areas(by).filter(number=version).first())


def _row_of(found: Section, rows: list[Any], which: Which | None) -> Any:
    """The row that was meant: of that number where it is called so, else by what it is called."""
    if which is None:
        return None
    near = rows[which.number - 1 : which.number]
    return next((one for one in (*near, *rows) if called(found, one) == which.called), None)


def called(found: Section, one: Mapping[str, Any]) -> str:
    """What a row is known by."""
    return str(one.get(found.name, ""))


def _differing(
    found: Section, theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> list[tuple[str, str, str]]:
    own = {key: value for key, value in mine.items() if value is not None}
    return [
        (field.label, in_words(field, theirs), in_words(field, own))
        for field in found.fields
        if found_in(theirs, field.key) != own.get(field.key)
    ]
