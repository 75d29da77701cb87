"""What if it were otherwise: the assumptions behind the money come in; at which of them the service
pays for itself goes out, in sentences a board member understands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from openhiu.evaluate.assumptions import NOWHERE, THROUGHOUT
from openhiu.report import printed

One = Mapping[str, Any]
_NEVER: Final = (
    "Moved one at a time over their ranges, neither the effect, the prices, the number of leads "
    "nor their cost would make it release what it costs."
)
_ALWAYS: Final = (
    "It releases what it costs whichever is changed, one at a time: the effect within its 95% "
    "range, prices by a fifth, the number of leads by half, their cost by a fifth."
)
_BEGIN: Final = "What if one thing were otherwise, and the rest as it is?"


def otherwise(worth: Mapping[str, Any]) -> list[str]:
    """Whether one assumption, moved over its range, would change the answer."""
    found = worth.get("assumptions", ())
    if not found:
        return []
    if all(one["pays"] == NOWHERE for one in found):
        return [_NEVER]
    if all(one["pays"] == THROUGHOUT for one in found):
        return [_ALWAYS]
    return [_BEGIN, *(_TOLD[one["name"]](one) for one in found if one["name"] in _TOLD)]


def _effect(one: One) -> str:
    ends = f"{_cost(one['least'])} to {_cost(one['most'])}"
    if one["pays"] == NOWHERE:
        return f"No effect within the 95% range of cost ({ends}) would be enough."
    if one["pays"] == THROUGHOUT:
        return f"Any effect within the 95% range of cost ({ends}) would be enough."
    return (
        f"If the true effect were {one['pays_from']:.0f}% less cost or better, the service would "
        f"release what it costs; the 95% range goes from {_cost(one['least'])} to "
        f"{_cost(one['most'])}."
    )


def _cost(reduction: float) -> str:
    return f"{abs(reduction):.0f}% {'less' if reduction >= 0 else 'more'}"


def _prices(one: One) -> str:
    what = "if each contact cost a fifth more or less than stated here"
    return _sentence(one, what, f"at {one['pays_from']:g} times the prices stated here or more"
                     if one["pays_from"] else "")  # fmt: skip


def _leads(one: One) -> str:
    what = f"with {one['least']:g} to {one['most']:g} leads for the same people"
    return _sentence(one, what, f"with {one['pays_up_to']:g} leads or fewer for the same people"
                     if one["pays_up_to"] else "")  # fmt: skip


def _lead_cost(one: One) -> str:
    ends = f"{printed.pounds(one['least'])} to {printed.pounds(one['most'])}"
    return _sentence(one, f"if a lead cost {ends} a year",
                     f"if a lead cost {printed.pounds(one['pays_up_to'])} a year or less"
                     if one["pays_up_to"] else "")  # fmt: skip


def _sentence(one: One, over: str, where: str) -> str:
    if one["pays"] == THROUGHOUT:
        return f"It would release what it costs {over}."
    if one["pays"] == NOWHERE or not where:
        return f"It would not release what it costs {over}."
    return f"It would release what it costs {where}."


_TOLD: Final[Mapping[str, Callable[[One], str]]] = {
    "effect": _effect, "unit_costs": _prices, "leads": _leads, "lead_cost": _lead_cost,
}  # fmt: skip
