"""The groups people are looked at by, one at a time: journeys come in; named groups in the order a
reader expects go out. No two attributes are ever crossed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openhiu.evaluate.rows import Journey

NOT_KNOWN: Final = "Not known"
CORE20_GROUP: Final = "1 (most deprived fifth: Core20)"
_LAST: Final = (NOT_KNOWN, "Not stated")


@dataclass(frozen=True)
class Dimension:
    """An attribute of a journey. `part` says which part of Core20PLUS5 it shows, if any."""

    key: str
    words: str
    names: Mapping[str, str]
    part: str = ""


_YES_NO: Final = {"yes": "Yes", "no": "No"}
DIMENSIONS: Final = (
    Dimension("age_band", "Age", {}),
    Dimension("sex", "Sex", {}),
    Dimension("ethnicity", "Ethnic group", {}, "PLUS: ethnic minority communities"),
    Dimension(
        "imd_quintile", "Deprivation fifth",
        {"1": CORE20_GROUP, "5": "5 (least deprived)"},
        "Core20: the most deprived fifth of areas (deciles 1 and 2)",
    ),
    Dimension("housing", "Housing", {}, "PLUS: inclusion health"),
    Dimension("priority_ward", "Lives in a priority ward", _YES_NO),
    Dimension("mental_health", "Mental health need", _YES_NO),
)  # fmt: skip


def group_of(journey: Journey, dimension: Dimension) -> str:
    """The group a person belongs to; those of whom it is not known are a group too."""
    value = getattr(journey, dimension.key)
    if value is None:
        return NOT_KNOWN
    return dimension.names.get(value) or value[:1].upper() + value[1:]


def known(journeys: Sequence[Journey], dimension: Dimension) -> bool:
    """Whether anything at all is known of this attribute."""
    return any(getattr(journey, dimension.key) is not None for journey in journeys)


def in_order(groups: set[str]) -> list[str]:
    """Youngest and most deprived first, what is not known last."""
    return sorted(groups, key=lambda name: (
        _LAST.index(name) + 1 if name in _LAST else 0, not name.startswith(("Under", "Yes")), name
    ))  # fmt: skip
