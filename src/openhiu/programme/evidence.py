"""What the service changed: the store and a roster come in; an evaluation goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from openhiu import extract
from openhiu.engines import open_engine
from openhiu.errors import ExitCode
from openhiu.programme.places import locality_file, locality_of

Say = Callable[[str], None]


@dataclass(frozen=True)
class EvaluateOptions:
    """What `hiu evaluate` was asked for. `service_start` yields to the service file."""

    store: Path
    roster: Path
    as_of: date
    out: Path
    service: Path | None = None
    service_start: date | None = None
    locality: Path | None = None
    engine: str = "duckdb"


@dataclass(frozen=True)
class EvaluationMade:
    """An evaluation that was written: its result, its place, and how the run ended."""

    result: Mapping[str, Any]
    out: Path
    written: tuple[Path, ...]
    exit_code: ExitCode

    def as_dict(self) -> dict[str, Any]:
        """The result for `--json`: what may be handed on, and where the files are."""
        names = [str(path.relative_to(self.out)) for path in self.written]
        return {
            "out": str(self.out),
            "files": names,
            "evaluation": dict(self.result),
            "exit_code": int(self.exit_code),
        }


def make_evaluation(options: EvaluateOptions, *, say: Say) -> EvaluationMade:
    """6. What changed for the people supported, against what would have happened anyway."""
    # Loaded here: the arithmetic takes longer to load than a list takes to make.
    from openhiu.evaluate import files, make, prepare
    from openhiu.evaluate.roster import read_roster
    from openhiu.evaluate.service import Service, read_service

    roster = read_roster(options.roster)
    service = read_service(options.service) if options.service else Service()
    if options.service_start and not service.start_at(""):
        starts = {"": options.service_start, **service.service_start}
        service = replace(service, service_start=starts)
    place = locality_of(options.locality, options.store)
    activity = extract.open_activity(options.store)
    say("rebuilding the lists")
    with open_engine(options.engine) as engine:
        prepared = prepare.from_store(engine, activity, roster, service, options.as_of, place)
        name = engine.name
    say("comparing with what would have happened anyway")
    worked = make.work_out(prepared, locality=place, as_of=options.as_of)
    say("writing it down")
    settings = locality_file(options.locality, options.store)
    written = files.write(options.out, worked, engine=name, settings=settings)
    code = ExitCode.NEEDS_A_PERSON if worked.result["findings"] else ExitCode.DONE
    return EvaluationMade(worked.result, options.out.resolve(), tuple(written), code)
