"""Two publications of nearly the same: the earlier publishable tiers and the new ones come in; a
warning where the difference of the two would tell of single people goes out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from openhiu.errors import InputNotUsable
from openhiu.report.tiers.shape import SITE, Tiers
from openhiu.report.tiers.told import read_tiers

# As-of dates this close have all but a few attendances in common.
_DAYS_APART: Final = 31


def warnings_of(earlier: Path, now: Tiers) -> tuple[str, ...]:
    """What to think of before publishing these too; nothing where no earlier ones can be read."""
    try:
        before = read_tiers(earlier)
    except InputNotUsable:
        return ()
    differs = _differs(before, now)
    if not differs:
        return ()
    said = (
        f"An earlier publishable version stood here, of nearly the same people: {differs}. Whoever "
        "has both can take one from the other, which tells of the few people between them. "
        "Publish one of the two."
    )
    return (said,)


def _differs(before: Tiers, now: Tiers) -> str:
    apart = abs((before.year.to_exclusive - now.year.to_exclusive).days)
    if apart > _DAYS_APART:
        return ""
    if apart:
        return f"its year ends {apart} {'day' if apart == 1 else 'days'} away"
    if before.top.least != now.top.least:
        return f"its top tier begins at {before.top.least}, not at {now.top.least}"
    if _units(before) != _units(now):
        return "it has other hospitals or places"
    return ""


def _units(tiers: Tiers) -> set[tuple[str, str]]:
    hospitals = {(SITE, unit.code) for unit in tiers.sites}
    return hospitals | {(unit.kind, unit.code) for unit in tiers.places}
