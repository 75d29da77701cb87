"""The flow of the service, in order: one short function for each verb of the command line.

Paths and options come in; results that can be shown or printed as JSON go out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from openhiu import extract
from openhiu.engines import open_engine
from openhiu.errors import ExitCode, HiuError, InputNotUsable, WrongUsage
from openhiu.identify import files, make
from openhiu.identify.criteria import Criteria
from openhiu.identify.criteria_file import DEFAULT_PRESET, load_preset, read_criteria
from openhiu.identify.windows import months_before
from openhiu.locality import Locality, read_locality
from openhiu.synthetic import Trust, make_trust

Say = Callable[[str], None]
ReadOptions = extract.Options

_DEMO_FROM: Final = date(2024, 4, 1)
_DEMO_AS_OF: Final = date(2026, 4, 1)


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


def read_files(
    paths: Sequence[Path], store: Path, options: ReadOptions, *, on_progress: extract.Progress
) -> list[extract.Received]:
    """1. A trust's files become activity, one after the other. The store is made when missing.

    A file that cannot be used does not keep the others out; any other fault ends the work, but
    what was done before it is told.
    """
    if options.replace_period and options.replace_period[0] >= options.replace_period[1]:
        raise WrongUsage("--replace-period ends before it begins", remedy="give FROM, then TO")
    received = []
    for path in paths:
        try:
            received.append(extract.receive(path, store, options, on_progress=on_progress))
        except HiuError as fault:
            received.append(extract.refused(path, fault))
            if not isinstance(fault, InputNotUsable):
                break
    return received


def draft_mapping(path: Path) -> str:
    """A mapping for a file whose layout nobody knows yet, to be completed by a person."""
    return extract.draft(path)


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


def make_synthetic(
    out: Path, *, people: int, sites: int, first: date, last: date, seed: int, dirty: bool, say: Say
) -> Trust:
    """A made-up trust, for demonstration and tests."""
    if last <= first:
        raise WrongUsage("--to does not lie after --from", remedy="give a later date with --to")
    return make_trust(
        out, people=people, sites=sites, first=first, last=last, seed=seed, dirty=dirty,
        progress=say,
    )  # fmt: skip


@dataclass(frozen=True)
class Demonstration:
    """Everything `hiu demo` has to show."""

    trust: Trust
    trust_folder: Path
    received: list[extract.Received]
    made: ListMade
    explained: list[str]
    next_steps: list[str]


def demonstrate(out: Path, *, people: int, say: Say) -> Demonstration:
    """A made-up trust, its files read, last month's list and this month's, and one explanation."""
    trust_folder, store = out / "trust", out / "store"
    say("making up a trust")
    trust = make_synthetic(
        trust_folder, people=people, sites=3, first=_DEMO_FROM, last=_DEMO_AS_OF, seed=1,
        dirty=True, say=say,
    )  # fmt: skip
    say("reading its files")
    received = read_files(trust.files, store, ReadOptions(), on_progress=extract.no_progress)
    (store / "locality.toml").write_bytes(trust.locality.read_bytes())
    say("making the lists")
    before = make_list(ListOptions(store, months_before(_DEMO_AS_OF, 1)), out / "list-before")
    options = ListOptions(store, _DEMO_AS_OF, previous=before.out)
    made = make_list(options, out / "list")
    return Demonstration(
        trust, trust_folder, received, made, _two_explanations(made, options), _next_steps(out)
    )


def _two_explanations(made: ListMade, options: ListOptions) -> list[str]:
    """The first person of the list, and the first who left it since last month."""
    lines = explain_person(options, made.finished.listed[0].person_id)[:1]
    left = [change for change in made.finished.changes if change.change == "left"]
    return lines + [f"{change.list_id}: left the list. {change.reason}" for change in left[:1]]


def _next_steps(out: Path) -> list[str]:
    store, trust = out / "store", out / "trust"
    return [
        f"{out / 'list' / 'list.xlsx'}  the workbook to send on; its first sheet explains it",
        f"{out / 'list' / 'flow.csv'}  where everyone who is not on the list went",
        f"{out / 'list' / 'changes.csv'}  who came and who left since last month, and why",
        "Try what happens to a file that Excel has damaged:",
        f"  hiu extract {trust / 'dirty'}/*.csv --store {store}",
        "Try another definition:",
        f"  hiu identify --store {store} --as-of {_DEMO_AS_OF} --preset tiers --out {out}/tiers",
    ]


def _wanted(options: ListOptions) -> make.Wanted:
    return make.Wanted(
        criteria=_criteria(options),
        as_of=options.as_of,
        locality=_locality(options),
        sites=options.sites,
        previous=options.previous,
    )


def _criteria(options: ListOptions) -> Criteria:
    if options.preset and options.criteria:
        raise WrongUsage("--preset and --criteria were both given", remedy="give one of the two")
    if options.criteria:
        return read_criteria(options.criteria)
    return load_preset(options.preset or DEFAULT_PRESET)


def _locality(options: ListOptions) -> Locality:
    """The locality file that was named, or the one that lies in the store, or none."""
    if options.locality:
        return read_locality(options.locality)
    beside = options.store / "locality.toml"
    return read_locality(beside) if beside.exists() else Locality()
