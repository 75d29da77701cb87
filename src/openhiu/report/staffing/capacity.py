"""A lead's year: the place's settings come in; how many people one lead asks, and with how many of
them support begins, go out, with the one sentence that staffing, reach and the business case print.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openhiu.locality.staffing import StaffingSettings
from openhiu.report.staffing.shape import Capacity, PlaceStaffing, Staffing

_WEEKS: Final = 52
_QUARTERS: Final = 4
# With so long a wait a lead is never without somebody to ask: people are then not what is short.
_ALWAYS_SOMEBODY: Final = 8


def capacity_of(settings: StaffingSettings, staffing: Staffing | None = None) -> Capacity:
    """What one lead can do in a year: as staffing has it, which knows the service's own record, and
    otherwise by the settings.

    A place for somebody new is taken from the yes until support ends, whether or not the lead is
    away in between, and then by the next. No more than the new people a quarter of the settings.
    """
    if staffing and staffing.capacity:
        return staffing.capacity
    places = settings.intensive_most - settings.keep_free
    taken = settings.support_months * _WEEKS / 12 + settings.start_weeks
    begins = max(1, round(min(places * _WEEKS / taken, settings.new_a_quarter * _QUARTERS)))
    return Capacity(
        round(begins / settings.acceptance), begins, settings.acceptance,
        found_by(staffing.places) if staffing else None,
    )  # fmt: skip


def found_by(places: Sequence[PlaceStaffing]) -> int | None:
    """What a lead began with a year in the simulation where somebody always waited."""
    busy = [
        (line.starts.value or 0) / line.leads
        for place in places for line in place.by_leads
        if line.wait_median.value is None or line.wait_median.value >= _ALWAYS_SOMEBODY
    ]  # fmt: skip
    return round(max(busy)) or None if busy else None
