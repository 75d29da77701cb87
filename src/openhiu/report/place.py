"""What a report uses of a place, kept beside it: a `Locality` comes in, plain data go out and back.

The areas and footprint of a locality file are not among it: no report needs them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from openhiu.errors import InputNotUsable
from openhiu.locality import Board, Claim, Locality, LogicModel, Money, Risk, Site, UnitCost

FILE = "place.json"


def place_as_data(locality: Locality) -> dict[str, Any]:
    """Name, sites, chosen groups, money, logic model and standing words."""
    return {
        "name": locality.name,
        "sites": [
            {"code": site.code, "name": site.name, "provider": site.provider}
            for site in locality.sites
        ],
        "plus": list(locality.plus),
        "money": asdict(locality.money),
        "logic_model": asdict(locality.logic_model),
        "board": asdict(locality.board),
    }


def place_from_data(raw: Any) -> Locality:
    """The same, read again. Raises InputNotUsable where it was changed into something else."""
    try:
        money = dict(raw["money"])
        return Locality(
            name=str(raw["name"]),
            sites=tuple(Site(**site) for site in raw["sites"]),
            plus=tuple(raw["plus"]),
            money=Money(
                **{**money, "unit_costs": tuple(UnitCost(**one) for one in money["unit_costs"]),
                   "cash_releasing": tuple(money["cash_releasing"])}
            ),
            logic_model=LogicModel(**_tuples(raw["logic_model"])),
            board=Board(
                risks=tuple(Risk(**risk) for risk in raw["board"]["risks"]),
                contact=str(raw["board"]["contact"]),
                claims=tuple(Claim(**claim) for claim in raw["board"]["claims"]),
            ),
        )  # fmt: skip
    except (KeyError, TypeError):
        raise InputNotUsable(
            "is not the place a report was made of", file=FILE,
            remedy="take the report's folder from where it is kept",
        ) from None  # fmt: skip


def _tuples(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(found) if isinstance(found, list) else found for key, found in raw.items()}
