"""The logic model and the settings of a place, as rows to be read and as texts to be typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openhiu.locality import LogicModel
from openhiu.web.design import words
from openhiu.web.reporting.place import PARTS, Place


@dataclass(frozen=True)
class Column:
    """One part of a logic model; `ours` says that the place has not written it itself."""

    heading: str
    what: str
    lines: tuple[str, ...]
    ours: bool


@dataclass(frozen=True)
class Model:
    """The logic model as it is drawn."""

    aim: str
    aim_is_ours: bool
    columns: tuple[Column, ...]
    defaults: int


def logic_model(model: LogicModel) -> Model:
    """The parts in order, each marked where the national programme's words stand in."""
    columns = tuple(
        Column(heading, what, tuple(getattr(model, key)), key in model.defaulted)
        for key, heading, what in PARTS
    )
    return Model(model.aim, "aim" in model.defaulted, columns, len(model.defaulted))


def settings(place: Place) -> list[tuple[str, str]]:
    """What the reports know of the place, row by row; what is not set is said."""
    locality, money = place.locality, place.locality.money
    cost = f"£{money.lead_cost_a_year:,.0f} a lead a year, {money.leads:g} leads"
    cost += (
        f", £{money.other_cost_a_year:,.0f} other costs a year" if money.other_cost_a_year else ""
    )
    cost += f" ({money.price_year} prices)"
    sites = ", ".join(f"{site.name} ({site.code})" for site in locality.sites)
    areas = words.plural(len(locality.priority_lsoas), "area") if locality.priority_lsoas else ""
    return [
        ("Where it is set", place.where or "No locality file was found"),
        ("Place", locality.name),
        ("Hospitals", sites),
        ("Cost of the service", cost),
        ("Own unit costs", ", ".join(cost.words or cost.item for cost in money.unit_costs)),
        ("Priority areas", areas),
        ("Locally chosen groups (PLUS)", ", ".join(locality.plus)),
        ("Risks", words.plural(len(locality.board.risks), "risk") if locality.board.risks else ""),
        ("Whom to ask", locality.board.contact),
    ]


def typed(place: Place) -> dict[str, Any]:
    """What the form holds: the service's own words; where it has none, nothing."""
    own = place.words
    if own is None:
        risks = [vars(risk) for risk in place.locality.board.risks]
        model = _own_parts(place.locality.logic_model)
        return {"version": 0, "risks": _risks(risks), "contact": place.locality.board.contact,
                **model}  # fmt: skip
    parts = {key: "\n".join(own.logic_model.get(key, ())) for key, _, _ in PARTS}
    return {
        "version": own.version,
        "contact": own.contact,
        "risks": _risks(own.risks),
        "aim": own.logic_model.get("aim", ""),
        **parts,
    }


def _own_parts(model: LogicModel) -> dict[str, str]:
    own = {key: "\n".join(getattr(model, key)) for key, _, _ in PARTS if key not in model.defaulted}
    return own | ({} if "aim" in model.defaulted else {"aim": model.aim})


def _risks(risks: list[dict[str, str]]) -> str:
    return "\n".join(
        " | ".join(risk.get(key, "") for key in ("risk", "mitigation", "owner")).rstrip(" |")
        for risk in risks
    )
