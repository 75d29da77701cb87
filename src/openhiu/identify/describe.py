"""Saying what a list is: a finished ranking comes in; the cover sheet and the manifest go out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from openhiu.identify.criteria import Kind
from openhiu.identify.fingerprint import criteria_fingerprint, footprint_fingerprint
from openhiu.identify.rank import Boundary, Ranked
from openhiu.identify.why import say_day
from openhiu.locality import Locality
from openhiu.tables.handover import ALL_SITES, Activity

_NO_VERDICT: Final = (
    "The list shows counts and facts. It predicts nothing and diagnoses nobody; a person decides "
    "whom to approach."
)


def version() -> str:
    """The version of the product that makes the list."""
    return metadata.version("openhiu")


def cover(
    activity: Activity, ranked: Ranked, locality: Locality, warnings: Sequence[str]
) -> list[str]:
    """The cover sheet, line by line, in plain English."""
    window, criteria = ranked.window, ranked.criteria
    last_day = window.as_of - timedelta(days=1)
    lines = [
        f"{locality.name or 'This place'}, as of {say_day(window.as_of)}",
        f"{criteria.title} (preset {criteria.name}; source: {criteria.source}).",
        f"Fingerprint of the criteria: {criteria_fingerprint(criteria.as_dict())[:12]}.",
        f"The window runs from {say_day(window.start)} to {say_day(last_day)}.",
        f"Data cut-off: the newest attendance is of {say_day(activity.cut_off)}."
        if activity.cut_off
        else "Data cut-off: not known.",
        "",
        "How people were chosen",
        *criteria.sentences(),
        footprint_sentence(locality),
        _NO_VERDICT,
        "",
        "How each list was cut",
        *(_cut_sentence(boundary, ranked, locality) for boundary in ranked.boundaries.values()),
        f"Admissions are taken from {_admissions(ranked)}.",
    ]
    if warnings:
        lines += ["", "Please note", *warnings]
    sources = [f"{s.file} ({s.dataset}, {s.rows:,} rows, SHA-256 {s.sha256[:12]}…)"
               for s in activity.sources]  # fmt: skip
    return [*lines, "", "Made from these files", *sources, f"Made by OpenHIU {version()}."]


def footprint_sentence(locality: Locality) -> str:
    """How the commissioned area was applied."""
    footprint = locality.footprint
    if not footprint.defined:
        return "No commissioned area is defined: people are listed wherever they live."
    word = "or" if footprint.combine == "or" else "and"
    return (
        f"People are listed who live in the commissioned area {word} are registered with a GP "
        "practice in it; those of whom neither is known are kept."
    )


def tie_sentence(boundary: Boundary, top_n: int) -> str:
    """What a reader must know of a tie at the cut; empty where there was none."""
    if not boundary.is_tied(top_n):
        return ""
    room = top_n - boundary.people_above
    return (
        f"{boundary.people_at_cut:,} people tied at the cut with {boundary.cut_at}; the {room:,} "
        "with the latest arrival are on the list."
    )


def _cut_sentence(boundary: Boundary, ranked: Ranked, locality: Locality) -> str:
    name = "All sites together" if boundary.list_id == ALL_SITES else locality.site_name(
        boundary.list_id
    )  # fmt: skip
    listed = sum(1 for person in ranked.listed if person.list_id == boundary.list_id)
    top = ranked.criteria.rule(Kind.TOP)
    sentence = f"{name}: {listed:,} of {boundary.people:,} people who attended are listed."
    if top is None:
        return sentence
    tie = tie_sentence(boundary, top.at_least)
    return f"{sentence} The top {top.at_least} reaches down to {boundary.cut_at}. {tie}".strip()


def _admissions(ranked: Ranked) -> str:
    if ranked.admissions_from == "spells":
        return "the admissions data: emergency spells that began in the window, at any hospital"
    return "the attendances: those that ended in admission"


def manifest(
    activity: Activity,
    ranked: Ranked,
    locality: Locality,
    previous: Path | None,
    warnings: Sequence[str],
    engine: str,
) -> dict[str, Any]:
    """Everything needed to make the same list again, without a person in it."""
    top = ranked.criteria.rule(Kind.TOP)
    return {
        "openhiu": version(),
        "preset": ranked.criteria.name,
        "criteria": ranked.criteria.as_dict(),
        "criteria_sha256": criteria_fingerprint(ranked.criteria.as_dict()),
        "criteria_in_words": ranked.criteria.sentences(),
        "locality": locality.name,
        "footprint": footprint_sentence(locality),
        "footprint_sha256": footprint_fingerprint(locality.footprint),
        "as_of": ranked.window.as_of.isoformat(),
        "window": {
            "start": ranked.window.start.isoformat(),
            "end_excluded": ranked.window.as_of.isoformat(),
            "months": ranked.window.months,
            "year_start": ranked.window.year_start.isoformat(),
        },
        "data_cut_off": activity.cut_off.isoformat() if activity.cut_off else None,
        "inputs": [vars(source) for source in activity.sources],
        "engine": engine,
        "admissions_from": ranked.admissions_from,
        "previous": previous.name if previous else None,
        "lists": [
            {
                "list_id": boundary.list_id,
                "people_who_attended": boundary.people,
                "listed": sum(1 for p in ranked.listed if p.list_id == boundary.list_id),
                "cut_at": boundary.cut_at if top else None,
                "people_at_cut": boundary.people_at_cut if top else None,
                "people_above_cut": boundary.people_above if top else None,
                "tied": boundary.is_tied(top.at_least) if top else False,
            }
            for boundary in sorted(ranked.boundaries.values(), key=lambda b: b.list_id)
        ],
        "warnings": list(warnings),
    }
