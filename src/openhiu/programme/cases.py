"""The business case: tiers, or the store they are counted from, staffing, perhaps an evaluation and
a roster, and a place come in; a folder with the document that asks for the money goes out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from openhiu.errors import WrongUsage
from openhiu.locality import Locality
from openhiu.programme.documents import Made, put_down
from openhiu.programme.places import settings_of
from openhiu.programme.reports import read_evaluation
from openhiu.programme.tiers import tiers_of

if TYPE_CHECKING:
    from openhiu.report.staffing import Staffing
    from openhiu.report.tiers import Tiers

Say = Callable[[str], None]
PUBLISHABLE: Final = "publishable"


@dataclass(frozen=True)
class CaseOptions:
    """What `hiu report business-case` was asked for: a store and a day, or tiers counted before."""

    out: Path
    store: Path | None = None
    as_of: date | None = None
    tiers: Path | None = None
    staffing: Path | None = None
    evaluation: Path | None = None
    roster: Path | None = None
    locality: Path | None = None
    engine: str = "duckdb"


def make_business_case(options: CaseOptions, *, say: Say) -> Made:
    """7. The money asked for: what it costs, what it would release, and how sure that is."""
    # Loaded here: arithmetic and writers take longer to load than a list takes to make.
    from openhiu.report.business_case.make import make
    from openhiu.report.folder import as_json
    from openhiu.report.staffing import as_data as staffing_data
    from openhiu.report.tiers import as_data as tiers_data

    _refuse_what_does_not_go_together(options)
    settings = settings_of(options.locality, store=options.store, tiers=options.tiers)
    place = settings.place
    tiers = _tiers(options, say)
    staffing = _staffing(options, tiers, place, say)
    inputs = {"tiers.json": as_json(tiers_data(tiers)),
              "staffing.json": as_json(staffing_data(staffing)), **settings.kept}  # fmt: skip
    evaluation: Any = None
    if options.evaluation:
        inputs["evaluation.json"], evaluation = read_evaluation(options.evaluation)
    say("writing the business case")
    folder = make(tiers, staffing, place, as_of=options.as_of, evaluation=evaluation,
                  inputs=inputs)  # fmt: skip
    return put_down(options.out, folder, (str(folder.told["answer"]), *settings.lines))


def _refuse_what_does_not_go_together(options: CaseOptions) -> None:
    if bool(options.store) == bool(options.tiers):
        raise WrongUsage(
            "either --store or --tiers is needed",
            remedy="name the store with --as-of, or the folder that hiu report tiers wrote",
        )
    if options.staffing and options.roster:
        raise WrongUsage(
            "--staffing and --roster do not go together",
            remedy="give the roster to hiu report staffing, or leave --staffing out",
        )
    read = [options.store, options.tiers, options.staffing, options.evaluation, options.roster]
    if any(path.resolve() == options.out.resolve() for path in read if path):
        raise WrongUsage("--out is read from", remedy="write the business case elsewhere")


def _tiers(options: CaseOptions, say: Say) -> Tiers:
    """Publishable ones: of a folder of `hiu report tiers` those that lie in it."""
    inside = options.tiers / PUBLISHABLE if options.tiers else None
    return tiers_of(
        store=options.store, as_of=options.as_of if options.store else None,
        tiers=inside if inside and inside.is_dir() else options.tiers,
        locality=options.locality, engine=options.engine, publishable=True, say=say,
    )  # fmt: skip


def _staffing(options: CaseOptions, tiers: Tiers, place: Locality, say: Say) -> Staffing:
    from openhiu.report.staffing import read_staffing
    from openhiu.report.staffing.work_out import work_out

    if options.staffing:
        return read_staffing(options.staffing)
    say("working out the leads")
    return work_out(tiers, place, _observed(options, tiers, place), say=say)


def _observed(options: CaseOptions, tiers: Tiers, place: Locality) -> Any:
    """What the roster tells of acceptance and support, as aggregates."""
    if options.roster is None:
        return None
    from openhiu.evaluate.roster import read_roster
    from openhiu.report.staffing import observed_from_roster

    rows = read_roster(options.roster).rows
    return observed_from_roster(rows, tiers.as_of, place.staffing.return_within_months)
