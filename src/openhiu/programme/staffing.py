"""How many leads: tiers, or the store they are counted from, and a roster come in; a folder that
sizes the service and shows what to expect from each number of leads goes out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from openhiu.errors import RefusedByPolicy, WrongUsage
from openhiu.locality import Locality
from openhiu.programme.documents import Made, put_down
from openhiu.programme.places import settings_of
from openhiu.programme.tiers import tiers_of

if TYPE_CHECKING:
    from openhiu.report.staffing import Observed
    from openhiu.report.tiers import Tiers

Say = Callable[[str], None]
_TIERS: Final = "tiers.json"
_PUBLISHABLE: Final = "publishable"


@dataclass(frozen=True)
class StaffingOptions:
    """What `hiu report staffing` was asked for: a store and a day, or tiers that were counted.

    `exact`: work with exact counts, small ones too; what comes out is then internal.
    """

    out: Path
    store: Path | None = None
    as_of: date | None = None
    tiers: Path | None = None
    roster: Path | None = None
    locality: Path | None = None
    exact: bool = False
    engine: str = "duckdb"


def make_staffing(options: StaffingOptions, *, say: Say) -> Made:
    """7. Leads needed, what they cost, and what waiting and load to expect with each number."""
    # Loaded here: arithmetic and writers take longer to load than a list takes to make.
    from openhiu.report.folder import as_json
    from openhiu.report.staffing import document
    from openhiu.report.staffing.make import make_with
    from openhiu.report.tiers import as_data

    _refuse_to_overwrite(options)
    kept = _kept_tiers(options)
    tiers = tiers_of(
        store=options.store, as_of=options.as_of, tiers=kept, locality=options.locality,
        engine=options.engine, publishable=not options.exact, say=say,
    )  # fmt: skip
    if not (tiers.publishable or options.exact):
        raise RefusedByPolicy(
            "these tiers hold exact counts, small ones too",
            remedy="name the folder with its publishable/, or add --exact for an internal result",
        )
    settings = settings_of(options.locality, store=options.store, tiers=options.tiers)
    place = settings.place
    inputs = {_TIERS: kept.read_bytes() if kept else as_json(as_data(tiers)), **settings.kept}
    observed = _observed(options, tiers, place)
    staffing, folder = make_with(tiers, place, observed, inputs=inputs, say=say)
    return put_down(options.out, folder, (*document.lines(staffing), *settings.lines))


def _kept_tiers(options: StaffingOptions) -> Path | None:
    """The file of tiers that was meant: beside exact ones lie those that anybody may see."""
    if options.tiers is None or not options.tiers.is_dir():
        return options.tiers
    protected = options.tiers / _PUBLISHABLE / _TIERS
    if not options.exact and protected.exists():
        return protected
    return options.tiers / _TIERS


def _refuse_to_overwrite(options: StaffingOptions) -> None:
    read = [options.tiers, options.store, options.roster, options.locality]
    if any(path.resolve() == options.out.resolve() for path in read if path):
        raise WrongUsage("--out is read from", remedy="write the report elsewhere")


def _observed(options: StaffingOptions, tiers: Tiers, place: Locality) -> Observed | None:
    """What the roster tells, as aggregates: nothing else of it is kept."""
    if options.roster is None:
        return None
    from openhiu.evaluate.roster import read_roster
    from openhiu.report.staffing import observed_from_roster

    rows = read_roster(options.roster).rows
    return observed_from_roster(rows, tiers.as_of, place.staffing.return_within_months)
