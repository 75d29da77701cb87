"""Making the folder of staffing whole: tiers, the place and a service's own record come in; a
`Folder` with its documents, tables and what it was made from goes out. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from openhiu.locality import Locality
from openhiu.paper.blocks import Table
from openhiu.report.folder import Folder, Missing, Written, as_json
from openhiu.report.staffing import document, pictures
from openhiu.report.staffing.kept import as_data
from openhiu.report.staffing.observed import Observed
from openhiu.report.staffing.shape import Staffing
from openhiu.report.staffing.simulate import SEED
from openhiu.report.staffing.work_out import work_out
from openhiu.report.tiers import Tiers
from openhiu.report.tiers import as_data as tiers_as_data

WHAT: Final = "staffing"
TIERS: Final = "tiers.json"
OBSERVED: Final = "observed.json"
_INTERNAL: Final = "made from tiers with exact counts: it stays with whoever made it"


def make(
    tiers: Tiers, place: Locality, observed: Observed | None = None, *,
    inputs: Mapping[str, bytes] | None = None, say: Callable[[str], None] = lambda _: None,
) -> Folder:  # fmt: skip
    """The folder. `inputs` are the files it was made from, byte for byte; tiers that came as data
    are kept as they are told.
    """
    return make_with(tiers, place, observed, inputs=inputs, say=say)[1]


def make_with(
    tiers: Tiers, place: Locality, observed: Observed | None = None, *,
    inputs: Mapping[str, bytes] | None = None, say: Callable[[str], None] = lambda _: None,
) -> tuple[Staffing, Folder]:  # fmt: skip
    """The same, with the staffing itself for others to go on with."""
    staffing = work_out(tiers, place, observed, say=say)
    say("writing the report")
    return staffing, folder_of(staffing, tiers, observed, inputs)


def folder_of(
    staffing: Staffing, tiers: Tiers, observed: Observed | None = None,
    inputs: Mapping[str, bytes] | None = None,
) -> Folder:  # fmt: skip
    """The folder of what was worked out already."""
    missing = missing_of(staffing)
    kept = {TIERS: as_json(tiers_as_data(tiers)), **(inputs or {})}
    if observed:
        kept[OBSERVED] = as_json(observed.as_data())
    return Folder(
        what=WHAT,
        title=f"{document.TITLE}: {staffing.area}",
        documents=(
            Written("staffing", document.document(staffing, missing)),
            Written("staffing-by-place", document.by_place(staffing)),
        ),
        told=as_data(staffing),
        about={"area": staffing.area, "as_of": staffing.as_of.isoformat(), "seed": SEED,
               "publishable": staffing.publishable},
        inputs=kept,
        annex=tuple(_annex(staffing, observed)),
        stays={} if staffing.publishable else {"everything": _INTERNAL},
        missing=missing,
        warnings=staffing.warnings,
    )  # fmt: skip


def missing_of(staffing: Staffing) -> tuple[Missing, ...]:
    """What nobody has said."""
    found = [
        Missing(
            f"How many leads are in post in {one.name}",
            "None is counted: write leads = … in "
            + ("its [[places]] section" if one.kind == "place" else "[[places]] or [[sites]]")
            + " of the locality file",
        )
        for one in staffing.places
        if not one.known
    ]
    if not staffing.area:
        found.append(Missing("What the area is called", 'Write name = "…" in the locality file'))
    return tuple(found)


def _annex(staffing: Staffing, observed: Observed | None) -> list[Table]:
    found = [pictures.table(
        [one for one in staffing.places if one.by_leads], "Every number of leads tried"
    )]  # fmt: skip
    if observed:
        rows = tuple((key.replace("_", " "), value)
                     for key, value in observed.as_data().items()
                     if key not in ("what", "version"))  # fmt: skip
        found.append(Table("What the service has seen of itself", ("What", "Value"), rows,
                           sheet="Own record", note="1 to 7 people are shown as *, other numbers "
                           "of people to the nearest 5."))  # fmt: skip
    return found
