"""What a contact costs: the bundled national unit costs and a place's own come in; one price for
each kind of contact that is counted goes out, with its year and source.

Kinds that contain each other are priced once: an ambulance journey is a call-out too, and a bed day
is part of an admission.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openhiu.evaluate.outcomes import BY_KEY
from openhiu.locality import Money, UnitCost

LICENCE: Final = "Contains public sector information licensed under the Open Government Licence v3."
NOT_CONVEYED: Final = "call_outs_without_journey"
# Which row of unit_costs.csv prices which kind of contact.
_BUNDLED: Final = {
    "attendances": "AE_ALL",
    "emergency_admissions": "NEL_ALL",
    "conveyances": "AMB_03",
    NOT_CONVEYED: "AMB_02",
    "ambulance_arrivals": "AMB_03",
}
_NOT_CONVEYED_WORDS: Final = "999 call-outs without a journey to hospital"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Price:
    """What one contact of a kind costs, and who says so. `own`: the place entered it itself."""

    item: str
    words: str
    gbp: float
    price_year: str
    source: str
    own: bool


@cache
def unit_costs() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """The bundled unit costs by item and price year (NHS England National Cost Collection)."""
    text = files(__package__).joinpath("unit_costs.csv").read_text("utf-8")
    return {(row["item"], row["price_year"]): row for row in csv.DictReader(text.splitlines())}


def choose(money: Money, counted: Collection[str]) -> tuple[tuple[Price, ...], tuple[str, ...]]:
    """The prices of the kinds that are counted, and sentences on what could not be priced."""
    own = {cost.item: cost for cost in money.unit_costs}
    kinds = _kinds(counted, own)
    prices = [_price(kind, own.get(kind), money.price_year) for kind in kinds]
    notes = [
        f"No unit cost is known for {_words(kind)}: they are not in the sum."
        for kind, price in zip(kinds, prices, strict=True)
        if price is None
    ]
    notes += [
        f"A price was entered for {cost.words}; nothing of that kind is counted or added up here."
        for cost in money.unit_costs
        if cost.item not in kinds
    ]
    return tuple(price for price in prices if price is not None), tuple(notes)


def counts_of(kind: str, counts: Mapping[str, Floats]) -> Floats:
    """The counts of a priced kind from the counts of the outcomes."""
    if kind == NOT_CONVEYED:
        return counts["ambulance_calls"] - counts["conveyances"]
    return counts[kind]


def _kinds(counted: Collection[str], own: Mapping[str, UnitCost]) -> list[str]:
    """The kinds to price, none inside another."""
    kinds = ["attendances"] if "attendances" in counted else []
    if "bed_days" in counted and "bed_days" in own:
        kinds.append("bed_days")
    elif "emergency_admissions" in counted:
        kinds.append("emergency_admissions")
    if "conveyances" in counted:
        kinds.append("conveyances")
        kinds += [NOT_CONVEYED] if "ambulance_calls" in counted else []
    elif "ambulance_arrivals" in counted:
        kinds.append("ambulance_arrivals")
    return kinds + [key for key in ("calls_111",) if key in counted]


def _price(kind: str, own: UnitCost | None, year: str) -> Price | None:
    if own is not None:
        return Price(kind, _words(kind), own.gbp, own.price_year, own.source, own=True)
    row = unit_costs().get((_BUNDLED.get(kind, ""), year))
    if row is None:
        return None
    source = f"{row['source']} ({row['item']}, {row['description']})"
    return Price(kind, _words(kind), float(row["unit_cost_gbp"]), year, source, own=False)


def _words(kind: str) -> str:
    return BY_KEY[kind].words if kind in BY_KEY else _NOT_CONVEYED_WORDS
