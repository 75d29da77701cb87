"""Fairness: who is on a list beside who attended, with small numbers protected.

Ranked lists and the engine that made them come in; rows of groups with shares go out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from openhiu.disclosure import disclose_groups
from openhiu.engines import Engine
from openhiu.identify import steps
from openhiu.identify.rank import Ranked
from openhiu.tables import codes

NOT_KNOWN: Final = "Not known"
_BANDS: Final = ((18, "Under 18"), (25, "18 to 24"), (35, "25 to 34"), (50, "35 to 49"),
                 (65, "50 to 64"), (80, "65 to 79"), (999, "80 and over"))  # fmt: skip


@dataclass(frozen=True)
class FairnessRow:
    """One group of one dimension. Counts and shares are already safe to show."""

    dimension: str
    group: str
    listed: int | str
    listed_share: str
    attenders: int | str
    attenders_share: str


def age_band(age: int | None) -> str:
    """The band of an age in years."""
    return NOT_KNOWN if age is None else next(name for top, name in _BANDS if age < top)


def imd_quintile(decile: int | None) -> str:
    """The deprivation fifth of a decile, 1 the most deprived."""
    if decile is None:
        return NOT_KNOWN
    quintile = (decile - 1) // 2 + 1
    return f"{quintile}{ {1: ' (most deprived)', 5: ' (least deprived)'}.get(quintile, '') }"


def sex_group(code: str | None) -> str:
    """The words for a sex code."""
    return codes.SEX.get(code or "", "not known").capitalize()


def ethnic_group(code: str | None) -> str:
    """The census group of an ethnic category code."""
    return codes.ETHNIC_GROUPS.get((code or "").strip()[:2].rstrip("*"), NOT_KNOWN)


_DIMENSIONS: Final[Mapping[str, tuple[str, Callable[[Any], str]]]] = {
    "Age": ("age", age_band),
    "Sex": ("sex", sex_group),
    "Ethnic group": ("ethnic_category", ethnic_group),
    "Deprivation fifth": ("imd_decile", imd_quintile),
}


def fairness(engine: Engine, ranked: Ranked) -> list[FairnessRow]:
    """Every dimension's groups: people listed (on any list) and all attenders of the window."""
    attenders = engine.run(steps.text("attender_groups"), ranked.parameters).to_pylist()
    rows: list[FairnessRow] = []
    for dimension, (column, group_of) in _DIMENSIONS.items():
        of_listed: Counter[str] = Counter()
        of_all: Counter[str] = Counter()
        for row in attenders:
            of_all[group_of(row[column])] += int(row["people"])
            of_listed[group_of(row[column])] += int(row["people"]) * int(row["listed"])
        rows.extend(_rows(dimension, of_listed, of_all))
    return rows


def _rows(
    dimension: str, listed: Mapping[str, int], attenders: Mapping[str, int]
) -> Iterable[FairnessRow]:
    groups = sorted(set(listed) | set(attenders), key=_order)
    shown_listed = disclose_groups({group: listed.get(group, 0) for group in groups})
    shown_all = disclose_groups({group: attenders.get(group, 0) for group in groups})
    for group in groups:
        yield FairnessRow(dimension, group, *shown_listed[group], *shown_all[group])


def _order(group: str) -> tuple[bool, bool, str]:
    return group.lower() in ("not known", "not stated"), not group.startswith("Under"), group
