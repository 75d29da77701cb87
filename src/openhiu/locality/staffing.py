"""What one lead can carry and how a service runs: [staffing] comes in; limits, lengths and shares
that staffing is worked out with go out.

The source documents contradict each other, so each of their numbers is a setting here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.locality.reading import refuse_unknown_keys

_SECTION: Final = "staffing"
BY_OPEN: Final = "open"
BY_QUARTER: Final = "a_quarter"
BY_INTENSIVE: Final = "intensive"
BY_MONTH: Final = "a_month"
SIZED_BY: Final = (BY_OPEN, BY_QUARTER, BY_INTENSIVE, BY_MONTH)
# The smallest and the largest that can be meant.
_BOUNDS: Final[Mapping[str, tuple[float, float]]] = {
    "new_a_quarter": (1, 500), "new_a_month": (1, 500), "intensive_least": (1, 200),
    "intensive_most": (1, 200), "open_least": (1, 500), "open_most": (1, 500),
    "never_above": (1, 500), "keep_free": (0, 200), "support_months": (0.25, 36),
    "support_spread": (0.05, 2), "open_months": (0, 60), "at_a_distance_counts": (0, 1),
    "start_weeks": (0, 26), "acceptance": (0.02, 1), "return_share": (0, 0.95),
    "return_within_months": (0.25, 36), "return_support": (0.05, 3), "leave_weeks": (0, 26),
    "sickness_weeks": (0, 26), "still_after_a_year": (0.01, 0.99), "target_share": (0, 1),
    "overload_at_most": (0, 1), "horizon_months": (18, 60),
}  # fmt: skip


@dataclass(frozen=True)
class StaffingSettings:
    """One lead's limits in people; the course of support in months; the rest as shares.

    `size_by` is the reading that the recommended number follows from. New people are begun with
    while fewer than `intensive_most` less `keep_free` are worked with: those places are kept for
    people picked up again. `support_spread` is the standard deviation as a share of the mean;
    `return_support` how long support lasts then, against the first time; `at_a_distance_counts`
    how much somebody open at a distance counts among those at once. `given` names what the place
    has said itself.
    """

    new_a_quarter: float = 15
    new_a_month: float = 15
    intensive_least: float = 12
    intensive_most: float = 15
    open_least: float = 40
    open_most: float = 45
    never_above: float = 50
    size_by: str = BY_OPEN
    keep_free: float = 3
    support_months: float = 3
    support_spread: float = 0.5
    open_months: float = 6
    at_a_distance_counts: float = 1
    start_weeks: float = 2
    acceptance: float = 0.6
    return_share: float = 0.2
    return_within_months: float = 6
    return_support: float = 0.5
    leave_weeks: float = 7
    sickness_weeks: float = 2.5
    still_after_a_year: float = 0.4
    target_share: float = 0.8
    overload_at_most: float = 0.25
    horizon_months: float = 24
    given: frozenset[str] = frozenset()


def read_staffing_settings(entry: Any, file: str) -> StaffingSettings:
    """Read [staffing]. Raises ConfigurationFault naming the key."""
    known = [part.name for part in fields(StaffingSettings) if part.name != "given"]
    refuse_unknown_keys(entry, known, file, _SECTION)
    given = {key: _value(entry, key, file) for key in entry}
    found = StaffingSettings(**given, given=frozenset(given))
    _refuse_disorder(found, file)
    return found


def _value(entry: Mapping[str, Any], key: str, file: str) -> Any:
    found = entry[key]
    if key == "size_by":
        if found in SIZED_BY:
            return found
        raise _wrong(key, "is no reading", f"write one of: {', '.join(SIZED_BY)}", file)
    least, most = _BOUNDS[key]
    number = isinstance(found, int | float) and not isinstance(found, bool)
    if number and least <= found <= most:
        return float(found)
    usual = getattr(StaffingSettings, key)
    raise _wrong(key, f"is no number from {least:g} to {most:g}", f"write {key} = {usual:g}", file)


def _refuse_disorder(found: StaffingSettings, file: str) -> None:
    """Limits that contradict each other inside one file are a slip, not a setting."""
    in_order = (("intensive_least", "intensive_most"), ("open_least", "open_most"),
                ("open_most", "never_above"), ("intensive_most", "never_above"))  # fmt: skip
    for lower, upper in in_order:
        if getattr(found, lower) > getattr(found, upper):
            raise _wrong(lower, f"is more than {upper}", f"make it at most {upper}", file)
    if found.keep_free >= found.intensive_most:
        raise _wrong("keep_free", "leaves no place for anybody new",
                     "make it less than intensive_most", file)  # fmt: skip


def _wrong(key: str, what: str, remedy: str, file: str) -> ConfigurationFault:
    return ConfigurationFault(f"[{_SECTION}] {key} {what}", file=file, remedy=remedy)
