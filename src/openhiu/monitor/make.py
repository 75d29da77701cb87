"""Making a client-activity feed from a store, whole: activity and a caseload come in; the feed goes
out, with how fresh each part of it is and whom the store does not know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from importlib import metadata
from typing import Any, Final

from openhiu.engines import Engine, Parameters
from openhiu.errors import InputNotUsable
from openhiu.locality import Locality
from openhiu.monitor import events, received, steps, warn
from openhiu.monitor.caseload import Row, clients
from openhiu.monitor.events import Event
from openhiu.monitor.health import Fault
from openhiu.monitor.signals import LEVELS, RULES, Signal
from openhiu.monitor.since import Since, each
from openhiu.tables.activity import PEOPLE
from openhiu.tables.handover import ACTIVITY_KINDS, Activity, Delivery

COUNTED: Final = (
    "A&E attendances, as on the list: consultant-led, not planned, one a person, site and minute.",
    "Admissions: emergency stays; a transfer goes on with the stay it came from.",
    "Ambulance: every call-out. NHS 111: every call.",
)


@dataclass(frozen=True)
class Feed:
    """Everything one run of monitor has to say.

    `coverage` maps each reference of the caseload to a standing; `cut_offs` maps each dataset, and
    `sites` each site code, to its newest moment (None: the store holds nothing of it). `begins` is
    the first day of which attendances are known. `signals` are the early warnings, `unspoken` what
    the rules could not look for, `health` what is wrong with the data themselves, `clients` what
    each has done since somebody last spoke with them.
    """

    events: Sequence[Event]
    coverage: dict[str, str]
    cut_offs: dict[str, datetime | None]
    sites: dict[str, datetime]
    warnings: tuple[str, ...]
    period: steps.Period
    engine: str
    stale: bool = False
    begins: date | None = None
    signals: Sequence[Signal] = ()
    unspoken: Sequence[str] = ()
    health: Sequence[Fault] = ()
    clients: Sequence[Since] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)

    @property
    def needs_a_person(self) -> bool:
        """Whether data are missing or wrong, or two references claim the same person."""
        return self.stale or bool(self.health) or "shared" in self.coverage.values()


def make(
    engine: Engine, activity: Activity, caseload: Sequence[Row], period: steps.Period,
    locality: Locality,
) -> Feed:  # fmt: skip
    """Link, count, say it in words. Nothing is written."""
    lay_out_store(engine, activity)
    return count(engine, caseload, period, locality, activity.warnings, activity.deliveries)


def count(
    engine: Engine, caseload: Sequence[Row], period: steps.Period, locality: Locality,
    warnings: Sequence[str] = (), deliveries: Mapping[str, Sequence[Delivery]] | None = None,
) -> Feed:  # fmt: skip
    """The feed from tables that are laid out."""
    values = period.parameters()
    steps.link(engine, caseload, values)
    coverage = _coverage(engine)
    newest = {row["dataset"]: row["newest"] for row in _rows(engine, "cut_offs", values)}
    cut_offs = {dataset: newest[dataset] for dataset in ACTIVITY_KINDS.values()}
    sites = {row["site_code"]: row["newest"] for row in _rows(engine, "site_cut_offs", values)}
    silent = _silent(sites, period, locality)
    told = (*warnings, *_told(coverage, cut_offs), *silent)
    found = _events(engine, values)
    feed = Feed(found, coverage, cut_offs, sites, told, period, engine.name, bool(silent))
    faults = received.faults(engine, values, period, locality, deliveries or {})
    return _warned(engine, feed, clients(caseload), faults, locality)


def lay_out_store(engine: Engine, activity: Activity) -> None:
    """Name the files of a store. The person key is the store's number."""
    if not activity.files.get("attendances") or activity.persons is None:
        raise InputNotUsable(
            "the store holds no attendances", remedy="run hiu extract on an attendance file first"
        )
    given = [dataset for dataset in ACTIVITY_KINDS.values() if activity.files.get(dataset)]
    for dataset in given:
        engine.register(f"{dataset}_given", activity.files[dataset])
    steps.lay_out(engine, given, key="person_no", no_key="cast(null as bigint)")
    people = activity.files.get("people", ())
    engine.register("people", people or PEOPLE.arrow_schema().empty_table())
    engine.register("persons_given", (activity.persons,))
    engine.view("persons", "select person_no as person_key, person_id from persons_given")


def manifest(feed: Feed, activity: Activity) -> dict[str, Any]:
    """What the feed is and how to make it again, without a person in it."""
    kinds = [event.kind for event in feed.events]
    standings = list(feed.coverage.values())
    return {
        "openhiu": metadata.version("openhiu"),
        "what": "client_activity",
        "as_of": feed.period.as_of.isoformat(),
        "since": feed.period.since.isoformat(),
        "cut_offs": {name: _iso(at) for name, at in feed.cut_offs.items()},
        "site_cut_offs": {code: _iso(at) for code, at in feed.sites.items()},
        "rows": len(feed.events),
        "rows_by_kind": {kind: kinds.count(kind) for kind in ACTIVITY_KINDS},
        "people": len(standings),
        "people_by_standing": {name: standings.count(name) for name in sorted(set(standings))},
        "counted": list(COUNTED),
        "data_since": feed.begins.isoformat() if feed.begins else None,
        "health": [fault.as_dict() for fault in feed.health],
        "signals": len(feed.signals),
        "signals_by_level": {name: _of(feed, "level", name) for name in LEVELS},
        "signals_by_rule": {name: _of(feed, "rule", name) for name in RULES},
        "rules": dict(feed.rules),
        "rules_unspoken": list(feed.unspoken),
        "inputs": [asdict(source) for source in activity.sources],
        "engine": feed.engine,
        "warnings": list(feed.warnings),
    }


def _warned(
    engine: Engine, feed: Feed, caseload: Mapping[str, Row], faults: Sequence[Fault],
    locality: Locality,
) -> Feed:  # fmt: skip
    """The feed with its early warnings and what each client has done since."""
    values, as_of, rules = feed.period.parameters(), feed.period.as_of, locality.early_warning
    begins = received.begins(engine, values)
    died = {row["person_ref"] for row in _rows(engine, "client_deaths", values)}
    watched = warn.watch(caseload, feed.coverage, feed.events, died)
    unhealthy = {fault.site or fault.dataset for fault in faults}
    raised = warn.signals(watched, rules, as_of, feed.cut_offs, begins, unhealthy)
    return replace(
        feed,
        begins=begins,
        signals=raised,
        unspoken=warn.could_not_speak(watched, rules),
        health=faults,
        clients=each(caseload, feed.coverage, feed.events, as_of),
        rules=asdict(rules),
    )


def _of(feed: Feed, what: str, value: str) -> int:
    return sum(getattr(signal, what) == value for signal in feed.signals)


def _rows(engine: Engine, step: str, values: Parameters) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = engine.run(steps.text(step), values).to_pylist()
    return rows


def _coverage(engine: Engine) -> dict[str, str]:
    return {
        row["person_ref"]: "not_found" if not row["keys"]
        else "found" if row["keys"] == row["own_keys"] else "shared"
        for row in engine.run(steps.text("coverage")).to_pylist()
    }  # fmt: skip


def _events(engine: Engine, values: Parameters) -> list[Event]:
    found = [
        events.MAKERS[kind](row)
        for kind, dataset in ACTIVITY_KINDS.items()
        for row in _rows(engine, f"client_{dataset}", values)
        if row.get("place", 1) == 1
    ]
    once = {(event.kind, event.source_ref): event for event in found}
    return sorted(once.values(), key=lambda e: (e.person_ref, e.began_at, e.kind, e.source_ref))


def _told(coverage: dict[str, str], cut_offs: dict[str, datetime | None]) -> list[str]:
    told = []
    for standing, words in (
        ("not_found", "not known to this store: nothing can be said about them"),
        ("shared", "sharing an identifier with somebody else on the caseload: left out"),
    ):
        count = list(coverage.values()).count(standing)
        if count:
            people = "1 person" if count == 1 else f"{count} people"
            told.append(f"{people} on the caseload {'is' if count == 1 else 'are'} {words}.")
    missing = [name for name, newest in cut_offs.items() if newest is None]
    return told + [f"The store holds nothing of {name} before the as-of date." for name in missing]


def _silent(sites: dict[str, datetime], period: steps.Period, locality: Locality) -> list[str]:
    """One sentence for each site whose newest attendance lies too long before the as-of date."""
    told = []
    for code in sorted(sites | {site.code: None for site in locality.sites}):
        newest = sites.get(code)
        name = locality.site_name(code)
        if newest is None:
            told.append(f"The store has no attendance of {name} in the two years.")
        elif (period.as_of - newest.date()).days > locality.stale_after_days:
            day = f"{newest.day} {newest:%B %Y}"
            told.append(f"The newest attendance of {name} is of {day}: later ones are not here.")
    return told


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
