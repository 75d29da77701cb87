"""A trust's files become activity, and activity becomes the feed of a caseload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from openhiu import extract
from openhiu.engines import open_engine
from openhiu.errors import ExitCode, HiuError, InputNotUsable, WrongUsage
from openhiu.identify.windows import months_before
from openhiu.monitor import files as feed_files
from openhiu.monitor import make as feeds
from openhiu.monitor.caseload import read_caseload
from openhiu.monitor.steps import Period
from openhiu.programme.places import locality_of

ReadOptions = extract.Options
_MONTHS_OF_ACTIVITY: Final = 24


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


@dataclass(frozen=True)
class FeedMade:
    """A client-activity feed that was written: its manifest, what each client has done since, the
    early warnings, its place, and how the run ended. Clients stand under the service's reference.
    """

    manifest: dict[str, Any]
    clients: tuple[dict[str, Any], ...]
    signals: tuple[dict[str, Any], ...]
    out: Path
    written: tuple[Path, ...]
    exit_code: ExitCode

    def as_dict(self) -> dict[str, Any]:
        """The result for `--json`: counts, places and signals, nobody's details."""
        return {
            "out": str(self.out),
            "files": [path.name for path in self.written],
            "manifest": self.manifest,
            "signals": [{**one, "day": one["day"].isoformat()} for one in self.signals],
            "exit_code": int(self.exit_code),
        }


def make_feed(
    store: Path, caseload: Path, as_of: date, out: Path, *, locality: Path | None, engine: str
) -> FeedMade:
    """5. What each client has done in the two years before the as-of date, with early warnings and
    what is wrong with the data, written for the service.
    """
    rows = read_caseload(caseload)
    activity = extract.open_activity(store)
    period = Period(months_before(as_of, _MONTHS_OF_ACTIVITY), as_of)
    place = locality_of(locality, store)
    with open_engine(engine) as opened:
        feed = feeds.make(opened, activity, rows, period, place)
    manifest = feeds.manifest(feed, activity)
    written = feed_files.write(out, feed, manifest)
    code = ExitCode.NEEDS_A_PERSON if feed.needs_a_person else ExitCode.DONE
    told = tuple({**vars(one), "anything": one.anything} for one in feed.clients)
    raised = tuple(
        {name: getattr(signal, name) for name in ("ref", "rule", "level", "day", "why", "key")}
        for signal in feed.signals
    )
    return FeedMade(manifest, told, raised, out, tuple(written), code)
