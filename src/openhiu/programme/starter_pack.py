"""Setting a service up: a locality, and tiers or the store they are counted from, come in; a folder
of drafts with dates worked back from go-live goes out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from openhiu.errors import RefusedByPolicy, WrongUsage
from openhiu.programme.criteria import criteria_of
from openhiu.programme.documents import Made, put_down
from openhiu.programme.places import settings_of
from openhiu.programme.tiers import tiers_of

if TYPE_CHECKING:
    from openhiu.report.tiers import Tiers

Say = Callable[[str], None]
_TIERS = "tiers.json"


@dataclass(frozen=True)
class StarterPackOptions:
    """What `hiu report starter-pack` was asked for. Neither store nor tiers has to be there."""

    out: Path
    as_of: date
    store: Path | None = None
    tiers: Path | None = None
    locality: Path | None = None
    criteria: Path | None = None
    preset: str | None = None
    engine: str = "duckdb"


def make_starter_pack(options: StarterPackOptions, *, say: Say) -> Made:
    """7. The papers that a service needs before its first call."""
    # Loaded here: the writers of paper take longer to load than a list takes to make.
    from openhiu.report.folder import as_json
    from openhiu.report.starter_pack import make
    from openhiu.report.starter_pack.source import Source
    from openhiu.report.tiers import as_data

    _refuse_what_does_not_go_together(options)
    settings = settings_of(options.locality, store=options.store, tiers=options.tiers)
    place, inputs = settings.place, settings.kept
    criteria, _ = criteria_of(options.preset, options.criteria, place)
    tiers = _tiers(options, say)
    if tiers:
        inputs[_TIERS] = as_json(as_data(tiers))
    source = Source(place, criteria, options.as_of, tiers)
    say("writing the papers")
    folder = make.make(source, inputs)
    return put_down(options.out, folder, (*make.lines(source, folder), *settings.lines))


def _tiers(options: StarterPackOptions, say: Say) -> Tiers | None:
    """Tiers that anybody may see, for the pack is handed on; None where none are wanted."""
    if not (options.store or options.tiers):
        return None
    inside = options.tiers / "publishable" if options.tiers else None
    tiers = tiers_of(
        store=options.store, as_of=options.as_of if options.store else None,
        tiers=inside if inside and (inside / _TIERS).exists() else options.tiers,
        locality=options.locality, engine=options.engine, publishable=True, say=say,
    )  # fmt: skip
    if not tiers.publishable:
        raise RefusedByPolicy(
            "these tiers hold exact counts, and the pack is handed on",
            remedy="name the folder that hiu report tiers wrote, or publishable/ in it",
        )
    return tiers


def _refuse_what_does_not_go_together(options: StarterPackOptions) -> None:
    if options.store and options.tiers:
        raise WrongUsage(
            "--store and --tiers are both given",
            remedy="keep the one that the numbers are to be of",
        )
    read = [options.tiers, options.store]
    if any(path.resolve() == options.out.resolve() for path in read if path):
        raise WrongUsage("--out is read from", remedy="write the pack elsewhere")
