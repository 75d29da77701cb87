"""7. Staffing: the tiers of an area come in; leads needed by each reading, what they cost, and what
waiting, reach and load to expect with each number of leads go out.
"""

from openhiu.report.staffing.capacity import capacity_of
from openhiu.report.staffing.kept import as_data
from openhiu.report.staffing.observed import (
    Episode,
    Observed,
    observed_from,
    observed_from_roster,
    read_observed,
)
from openhiu.report.staffing.shape import Capacity, PlaceStaffing, Staffing, WithLeads
from openhiu.report.staffing.told import read_staffing

__all__ = [
    "Capacity",
    "Episode",
    "Observed",
    "PlaceStaffing",
    "Staffing",
    "WithLeads",
    "as_data",
    "capacity_of",
    "observed_from",
    "observed_from_roster",
    "read_observed",
    "read_staffing",
]
