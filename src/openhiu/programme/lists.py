"""Activity becomes the list, or the reason why somebody is on it or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from openhiu import extract
from openhiu.engines import open_engine
from openhiu.errors import ExitCode, WrongUsage
from openhiu.identify import files, make
from openhiu.programme.criteria import criteria_of
from openhiu.programme.places import locality_of


@dataclass(frozen=True)
class ListOptions:
    """What `hiu identify` was asked for."""

    store: Path
    as_of: date
    preset: str | None = None
    criteria: Path | None = None
    sites: tuple[str, ...] = ()
    previous: Path | None = None
    locality: Path | None = None
    engine: str = "duckdb"


@dataclass(frozen=True)
class ListMade:
    """A list that was written: its contents, its place, its files and how the run ended."""

    finished: files.FinishedList
    out: Path
    written: tuple[Path, ...]
    exit_code: ExitCode = ExitCode.DONE
    warnings: tuple[str, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """The result for `--json`: counts and places, nobody's details."""
        return {
            "out": str(self.out),
            "files": [path.name for path in self.written],
            "listed": len({row.person_id for row in self.finished.listed}),
            "flow": [vars(step) for step in self.finished.flow],
            "manifest": dict(self.finished.manifest),
            "exit_code": int(self.exit_code),
        }


def make_list(options: ListOptions, out: Path) -> ListMade:
    """2. Activity becomes the list, and the list is written."""
    if options.previous and options.previous.resolve() == out.resolve():
        raise WrongUsage(
            "--previous and --out are the same folder", remedy="write the new list elsewhere"
        )
    activity = extract.open_activity(options.store)
    wanted = _wanted(options)
    with open_engine(options.engine) as engine:
        finished = make.make(engine, activity, wanted)
    written = files.write(out, finished)
    code = ExitCode.NEEDS_A_PERSON if finished.stale else ExitCode.DONE
    return ListMade(finished, out, tuple(written), code, tuple(finished.manifest["warnings"]))


def explain_person(options: ListOptions, person: str) -> list[str]:
    """Why someone is on the list, or why not. Nothing is written."""
    activity = extract.open_activity(options.store)
    with open_engine(options.engine) as engine:
        return make.explain(engine, activity, _wanted(options), person)


def _wanted(options: ListOptions) -> make.Wanted:
    place = locality_of(options.locality, options.store)
    criteria, _ = criteria_of(options.preset, options.criteria, place)
    return make.Wanted(
        criteria=criteria,
        as_of=options.as_of,
        locality=place,
        sites=options.sites,
        previous=options.previous,
    )
