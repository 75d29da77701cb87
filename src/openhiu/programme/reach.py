"""Who is reached: tiers, or the store they are counted from, with what the locality says of leads
and, where given, the staffing come in; a folder that holds need against provision goes out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from openhiu.errors import RefusedByPolicy, WrongUsage
from openhiu.programme.documents import Made, put_down
from openhiu.programme.places import settings_of
from openhiu.programme.tiers import tiers_of

if TYPE_CHECKING:
    from openhiu.report.tiers import Tiers

Say = Callable[[str], None]
_TIERS: Final = "tiers.json"
_STAFFING: Final = "staffing.json"


@dataclass(frozen=True)
class ReachOptions:
    """What `hiu report reach` was asked for: a store and a day, or tiers that were counted."""

    out: Path
    store: Path | None = None
    as_of: date | None = None
    tiers: Path | None = None
    staffing: Path | None = None
    locality: Path | None = None
    year: str | None = None
    engine: str = "duckdb"


def make_reach(options: ReachOptions, *, say: Say) -> Made:
    """7. Which hospitals have a service, how far it goes, and how need and deprivation lie."""
    # Loaded here: the writers of paper take longer to load than a list takes to make.
    from openhiu.report.folder import as_json
    from openhiu.report.reach import make, words
    from openhiu.report.staffing.told import read_staffing
    from openhiu.report.tiers import as_data

    _refuse_to_overwrite(options)
    tiers = _publishable(options, say)
    settings = settings_of(options.locality, store=options.store, tiers=options.tiers)
    staffing = read_staffing(options.staffing) if options.staffing else None
    inputs = {_TIERS: as_json(as_data(tiers)), **settings.kept}
    if options.staffing:
        inputs[_STAFFING] = _file(options.staffing, _STAFFING).read_bytes()
    say("writing the report")
    folder, reach = make.make(tiers, settings.place, staffing, inputs)
    said = (words.covered(reach), words.carried(reach), words.beyond(reach))
    return put_down(options.out, folder, (*filter(None, said), *settings.lines))


def _publishable(options: ReachOptions, say: Say) -> Tiers:
    """Tiers that anybody may see: of a folder with both, the publishable ones."""
    inside = options.tiers / "publishable" if options.tiers else None
    tiers = tiers_of(
        store=options.store, as_of=options.as_of, year=options.year, locality=options.locality,
        tiers=inside if inside and (inside / _TIERS).exists() else options.tiers,
        engine=options.engine, publishable=True, say=say,
    )  # fmt: skip
    if not tiers.publishable:
        raise RefusedByPolicy(
            "these tiers hold exact counts, and reach is handed on",
            remedy="name the folder that hiu report tiers wrote, or publishable/ in it",
        )
    return tiers


def _refuse_to_overwrite(options: ReachOptions) -> None:
    read = [options.tiers, options.store, options.staffing]
    if any(path.resolve() == options.out.resolve() for path in read if path):
        raise WrongUsage("--out is read from", remedy="write the report elsewhere")


def _file(path: Path, name: str) -> Path:
    return path / name if path.is_dir() else path
