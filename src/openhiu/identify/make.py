"""Making a list from a store, whole: activity and criteria come in, a finished list goes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from openhiu.engines import Engine
from openhiu.identify import changes as since
from openhiu.identify import inputs, standing, steps
from openhiu.identify.criteria import Criteria
from openhiu.identify.describe import cover, footprint_sentence, manifest
from openhiu.identify.fairness import fairness
from openhiu.identify.files import FinishedList
from openhiu.identify.flow import FlowStep, flow
from openhiu.identify.rank import Ranked, rank
from openhiu.identify.suggestions import suggestions
from openhiu.identify.why import say_day
from openhiu.identify.windows import age_on, midnight
from openhiu.locality import Locality
from openhiu.tables.handover import Activity
from openhiu.tables.identifiers import IdentifierFault, read_nhs_number


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for: the criteria, the day, the place, and the list before."""

    criteria: Criteria
    as_of: date
    locality: Locality
    sites: tuple[str, ...] = ()
    previous: Path | None = None


def make(engine: Engine, activity: Activity, wanted: Wanted) -> FinishedList:
    """Lay out, rank, describe. Nothing is written."""
    before = since.read_previous(wanted.previous) if wanted.previous else None
    ranked = _rank(engine, activity, wanted)
    people = _people(engine, activity, ranked)
    ranked = _with_people(ranked, people)
    ranked = replace(ranked, listed=since.mark(ranked.listed, before))

    def why_left(list_id: str, gone: Sequence[str]) -> dict[str, str]:
        found = standing.standings(engine, ranked, gone, keyed=True)
        return {
            person: standing.why_not(found[person], list_id, ranked, wanted.locality)
            for person in gone
        }

    walked = flow(engine, ranked)
    silent = _silent_sites(engine, wanted, ranked)
    warnings = [*activity.warnings, *silent, *_warnings(activity, wanted, ranked, walked)]
    warnings += _unknown_exclusions(engine)
    if before:
        footprint = footprint_sentence(wanted.locality)
        day = wanted.as_of.isoformat()
        warnings += before.differences(day, wanted.criteria.as_dict(), footprint)
    return FinishedList(
        listed=ranked.listed,
        people=people,
        flow=walked,
        changes=since.changes(ranked.listed, before, sorted(ranked.boundaries), why_left),
        suggestions=suggestions(engine, ranked, keyed=True),
        fairness=fairness(engine, ranked),
        history=since.history(ranked.listed, before, wanted.as_of.isoformat()),
        manifest=manifest(
            activity, ranked, wanted.locality, wanted.previous, warnings, engine.name
        ),
        cover=cover(activity, ranked, wanted.locality, warnings),
        stale=bool(silent),
    )


def explain(engine: Engine, activity: Activity, wanted: Wanted, person: str) -> list[str]:
    """Why, or why not, for one person given by the store's identifier or their NHS number."""
    ranked = _rank(engine, activity, wanted)
    known = _identifier(engine, person)
    return standing.explain(engine, ranked, known, wanted.locality, keyed=True)


def _silent_sites(engine: Engine, wanted: Wanted, ranked: Ranked) -> list[str]:
    """One sentence for each site whose newest attendance lies too long before the as-of date."""
    newest = {
        row["site_code"]: row["newest"]
        for row in engine.run(steps.text("newest"), ranked.parameters).to_pylist()
    }
    sites = {site.code for site in wanted.locality.sites} | set(newest)
    asked = set(wanted.sites) or sites
    latest = midnight(wanted.as_of) - timedelta(days=wanted.locality.stale_after_days)
    told = []
    for code in sorted(sites & asked):
        name = wanted.locality.site_name(code)
        if code not in newest:
            told.append(f"The store has no attendance of {name} in the 12 months before.")
        elif newest[code] < latest:
            told.append(
                f"The newest attendance of {name} is of {say_day(newest[code])}: what happened "
                f"between then and {say_day(wanted.as_of)} is not in this list."
            )
    return told


def _rank(engine: Engine, activity: Activity, wanted: Wanted) -> Ranked:
    path = wanted.criteria.exclusions_file
    exclusions = inputs.read_exclusions(path) if path else []
    inputs.lay_out_store(engine, activity, wanted.locality, exclusions)
    return rank(
        engine,
        wanted.criteria,
        wanted.as_of,
        locality=wanted.locality,
        sites=wanted.sites,
        keyed=True,
        has_admissions=bool(activity.files.get("admissions")),
    )


def _people(
    engine: Engine, activity: Activity, ranked: Ranked
) -> Mapping[str, Mapping[str, Any]] | None:
    """Names and how to be in touch, for the people listed alone; None without a people table."""
    if not activity.files.get("people"):
        return None
    rows = engine.run(steps.text("people_listed")).to_pylist()
    listed = {person.person_id for person in ranked.listed}
    return {row["person_id"]: row for row in rows if row["person_id"] in listed}


def _with_people(ranked: Ranked, people: Mapping[str, Mapping[str, Any]] | None) -> Ranked:
    """What the people table knows of age, sex and deprivation goes before an attendance's word."""
    if people is None:
        return ranked
    listed = []
    for person in ranked.listed:
        known = people.get(person.person_id, {})
        birth = known.get("birth_date")
        listed.append(
            replace(
                person,
                age=age_on(birth, ranked.window.as_of) if birth else person.age,
                sex=known.get("sex") or person.sex,
                imd_decile=known.get("imd_decile") or person.imd_decile,
                ethnic_category=known.get("ethnic_category") or person.ethnic_category,
            )
        )
    return replace(ranked, listed=tuple(listed))


def _unknown_exclusions(engine: Engine) -> list[str]:
    """Lines of the exclusions file that match nobody: a typing error would list the person."""
    count = int(engine.run(steps.text("unknown_exclusions"))["lines"][0].as_py())
    lines = "1 line" if count == 1 else f"{count} lines"
    return [f"{lines} of the exclusions file name nobody in the store."] if count else []


def _identifier(engine: Engine, person: str) -> str:
    """The store's identifier for what somebody typed."""
    number = read_nhs_number(person)
    typed = person.strip() if isinstance(number, IdentifierFault) else number
    rows = engine.run(steps.text("person_asked"), {"typed": typed}).to_pylist()
    return str(rows[0]["person_id"]) if rows else typed


def _warnings(
    activity: Activity, wanted: Wanted, ranked: Ranked, walked: Sequence[FlowStep]
) -> list[str]:
    warnings = []
    if activity.months and activity.months[0] > ranked.window.start:
        warnings.append(
            f"The data begin in {activity.months[0]:%B %Y}; the window begins on "
            f"{say_day(ranked.window.start)}."
        )
    elif activity.months and activity.months[0] > ranked.window.year_start:
        warnings.append(
            f"The data begin in {activity.months[0]:%B %Y}: counts of 12 months are of fewer."
        )
    if any(b.is_deep(wanted.criteria) for b in ranked.boundaries.values()):
        warnings.append(
            "A list reaches down to people who came once: who of them is on it says nothing. Ask "
            "for fewer places."
        )
    if not wanted.locality.footprint.defined:
        warnings.append(
            "No commissioned area is defined for this place, so nobody was left out for living "
            "elsewhere."
        )
    for before, after in pairwise(walked):
        if before.attendances and not after.attendances and after.step != "listed":
            warnings.append(
                f"Every attendance left was taken out at the step '{after.step}'. Check the as-of "
                "date, the sites and area of the locality, and the codes of the criteria against "
                "the data."
            )
    return warnings
