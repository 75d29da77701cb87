"""7. Reach: published tiers, leads and boundaries come in; which hospitals have a service, how far
it goes, and how need, deprivation and provision line up go out.
"""

from openhiu.report.reach.of_tiers import reach_of
from openhiu.report.reach.shape import Fifth, Line, Reach, Standing, Waiting

__all__ = ["Fifth", "Line", "Reach", "Standing", "Waiting", "reach_of"]
