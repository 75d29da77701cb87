"""What of an estimate may be handed on: an `Estimate` comes in; plain data go out, in which no
group of fewer than 8 people has a number.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from openhiu.disclosure import HIDDEN, SMALLEST_SHOWN, disclose, disclose_parts
from openhiu.disclosure.counts import ROUND_TO
from openhiu.evaluate.estimate import Estimate
from openhiu.evaluate.plan import HEADLINE_PEOPLE, RANGE_PEOPLE

# Arrays of people, and sums that stand for people, stay inside.
_INSIDE: Final = frozenset(
    {"window", "sums", "client_index", "client_y", "client_mu", "expected_by_segment"}
)
_ALWAYS: Final = frozenset({"people", "sites", "standing", "left_out", "notes"})
DIGITS: Final = 4


def estimate_shown(found: Estimate, *, hidden: bool = False) -> dict[str, Any]:
    """The fields of an estimate; of fewer than 8 people, or where `hidden`, only its standing."""
    small = hidden or 0 < found.people < SMALLEST_SHOWN
    shown: dict[str, Any] = {}
    for field in fields(found):
        if field.name in _INSIDE:
            continue
        value = getattr(found, field.name)
        shown[field.name] = None if small and field.name not in _ALWAYS else value
    shown["people"] = HIDDEN if hidden else people_shown(found.people)
    shown["standing"] = str(found.standing)
    return shown


def people_shown(count: int) -> int | str:
    """How many people an estimate rests on, to the nearest 5: two windows differ by few people,
    and exact numbers would give those few away.

    It stays on its own side of the 12 and 30 people from which more is said, so that nobody reads
    "30 people" beside a range that 29 people were given.
    """
    shown = disclose(count)
    if isinstance(shown, str):
        return shown
    for limit in (RANGE_PEOPLE, HEADLINE_PEOPLE):
        if shown < limit <= count:
            shown += ROUND_TO
        elif count < limit <= shown:
            shown -= ROUND_TO
    return shown


def sites_to_hide(people: Mapping[str, int]) -> frozenset[str]:
    """The sites whose numbers must not stand beside those of all sites together.

    A site of 1 to 7 people, and a second one where one alone could be worked out by taking the
    others from the whole.
    """
    shown, _ = disclose_parts(people, total_stands=True, exact=True)
    return frozenset(site for site, count in shown.items() if count == HIDDEN)


def several(p_values: Mapping[str, float | None]) -> dict[str, float | None]:
    """p values of outcomes that stand beside each other, adjusted together by Holm's method."""
    known = sorted((p, key) for key, p in p_values.items() if p is not None)
    adjusted: dict[str, float | None] = dict.fromkeys(p_values)
    highest = 0.0
    for place, (p, key) in enumerate(known):
        highest = max(highest, min(1.0, p * (len(known) - place)))
        adjusted[key] = highest
    return adjusted


def plain(value: Any) -> Any:
    """The same as JSON holds it, floats rounded: the last digits differ between machines."""
    match value:
        case bool() | str() | int() | None:
            return value
        case float():
            return None if value != value else round(value, DIGITS) + 0.0
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case Sequence() | Collection():
            return [plain(inner) for inner in value]
        case _ if hasattr(value, "__dataclass_fields__"):
            return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        case _ if hasattr(value, "item"):
            return plain(value.item())
        case _:
            return str(value)
