"""The report of reach whole: published tiers, a locality and, where given, its staffing and the
outlines of its places come in; the folder to write goes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openhiu.locality import Locality
from openhiu.report.folder import Folder, Missing, Written
from openhiu.report.reach.boundaries import read_boundaries
from openhiu.report.reach.document import document
from openhiu.report.reach.kept import as_data
from openhiu.report.reach.of_tiers import reach_of
from openhiu.report.reach.picture import Outlines
from openhiu.report.reach.shape import Reach
from openhiu.report.reach.tables import annex
from openhiu.report.staffing.told import Staffing
from openhiu.report.tiers.told import Tiers

WHAT: Final = "reach"
_REMEDY: Final = (
    "Write leads and service for each of the [[places]] or [[sites]] of the locality file; "
    "leads = 0 where there is none."
)


def make(
    tiers: Tiers, locality: Locality, staffing: Staffing | None, inputs: Mapping[str, bytes]
) -> tuple[Folder, Reach]:
    """The folder, and the reach it tells of.

    Raises ConfigurationFault where the boundaries cannot be read, ValueError where the tiers may
    not be published.
    """
    reach = reach_of(tiers, locality, staffing)
    missing = tuple(Missing(what, _REMEDY) for what in reach.unsaid)
    outlines, kept, warnings = _outlines(reach, locality)
    made = document(reach, locality, outlines, missing)
    folder = Folder(
        what=WHAT,
        title=f"{made.title}: {made.subtitle}",
        documents=(Written(WHAT, made),),
        told=as_data(reach),
        about={"area": reach.area, "as_of": reach.as_of.isoformat(), "year": reach.year},
        inputs={**inputs, **kept},
        annex=annex(reach),
        missing=missing,
        warnings=warnings,
    )
    return folder, reach


def _outlines(
    reach: Reach, locality: Locality
) -> tuple[Outlines, dict[str, bytes], tuple[str, ...]]:
    """The outlines, the file they came from, and what does not fit."""
    path = locality.reach.boundaries
    if path is None:
        return {}, {}, ()
    found, data = read_boundaries(path, locality.reach.key)
    units = reach.places or reach.sites
    lost = [one.name for one in units if one.code not in found]
    warnings: tuple[str, ...] = ()
    if lost:
        missing = f"{len(lost)} of {len(units)}, such as {lost[0]}"
        warnings = (f"{path.name} has no outline of {missing}.",)
    return found, {path.name: data}, warnings
