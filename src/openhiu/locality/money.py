"""What the service costs and what its place pays for a contact: [money] comes in; `Money` goes out.

Only what a place enters itself stands here. The national unit costs that may be bundled lie beside
the evaluation that uses them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.locality.reading import (
    amount,
    lines,
    price_year,
    refuse_unknown_keys,
    tables,
    words,
)

_KEYS: Final = {"lead_cost_a_year", "leads", "other_cost_a_year", "price_year", "unit_costs",
                "cash_releasing"}  # fmt: skip
_UNIT_KEYS: Final = {"item", "words", "gbp", "price_year", "source"}
_ITEM: Final = re.compile(r"[a-z][a-z0-9_]*")
_SECTION: Final = "money"
_UNIT_SECTION: Final = "money.unit_costs"


@dataclass(frozen=True)
class UnitCost:
    """What one contact of a kind costs, in pounds of a price year, and who says so."""

    item: str
    words: str
    gbp: float
    price_year: str
    source: str


@dataclass(frozen=True)
class Money:
    """The whole cost of the service a year, and the prices the place entered itself.

    `cash_releasing` names the kinds of contact for which this place has agreed that one fewer
    means less paid; none unless it says so. `lead_cost_given` and `leads_given` tell a default
    from an entry.
    """

    lead_cost_a_year: float = 60_000.0
    leads: float = 1.0
    other_cost_a_year: float = 0.0
    price_year: str = "2024/25"
    unit_costs: tuple[UnitCost, ...] = ()
    cash_releasing: tuple[str, ...] = ()
    lead_cost_given: bool = False
    leads_given: bool = False

    @property
    def cost_a_year(self) -> float:
        """The whole cost of the service in a year."""
        return self.lead_cost_a_year * self.leads + self.other_cost_a_year


def read_money(entry: Any, file: str) -> Money:
    """Read [money]. Raises ConfigurationFault naming the key."""
    refuse_unknown_keys(entry, _KEYS, file, _SECTION)
    year = price_year(entry, Money.price_year, file, _SECTION)
    costs = tuple(_unit_cost(found, file) for found in tables(entry, "unit_costs", file))
    twice = [cost.item for cost in costs]
    if len(set(twice)) < len(twice):
        raise ConfigurationFault(
            f"[[{_UNIT_SECTION}]] names an item twice", file=file, remedy="keep one price an item"
        )
    return Money(
        lead_cost_a_year=amount(entry, "lead_cost_a_year", Money.lead_cost_a_year, file, _SECTION),
        leads=amount(entry, "leads", Money.leads, file, _SECTION),
        other_cost_a_year=amount(entry, "other_cost_a_year", 0.0, file, _SECTION),
        price_year=year,
        unit_costs=costs,
        cash_releasing=lines(entry, "cash_releasing", file, _SECTION),
        lead_cost_given="lead_cost_a_year" in entry,
        leads_given="leads" in entry,
    )


def _unit_cost(entry: Mapping[str, Any], file: str) -> UnitCost:
    refuse_unknown_keys(entry, _UNIT_KEYS, file, _UNIT_SECTION)
    for key in ("item", "gbp", "price_year", "source"):
        if key not in entry:
            raise ConfigurationFault(
                f"a unit cost has no {key}",
                file=file,
                remedy="a price stands with its item, pounds, price year and source",
            )
    item = words(entry, "item", file, _UNIT_SECTION)
    if not _ITEM.fullmatch(item):
        raise ConfigurationFault(
            f"[{_UNIT_SECTION}] item is not a name in small letters",
            file=file,
            remedy="write attendances, emergency_admissions or another outcome",
        )
    return UnitCost(
        item=item,
        words=words(entry, "words", file, _UNIT_SECTION) or item.replace("_", " "),
        gbp=amount(entry, "gbp", 0.0, file, _UNIT_SECTION),
        price_year=price_year(entry, "", file, _UNIT_SECTION),
        source=words(entry, "source", file, _UNIT_SECTION),
    )
