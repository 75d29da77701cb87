"""7. The tiers of an area: activity comes in; people, attendances, emergency admissions and bed
days of each tier, hospital and place go out, with the year before and what to expect.
"""

from openhiu.report.tiers.kept import as_data
from openhiu.report.tiers.shape import InTier, Tier, Tiers, Unit
from openhiu.report.tiers.told import read_tiers

__all__ = ["InTier", "Tier", "Tiers", "Unit", "as_data", "read_tiers"]
