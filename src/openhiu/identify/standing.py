"""Where one person stands: listed and why, or not listed and why not.

An identifier and a finished ranking come in; plain sentences go out. The same answer serves
`--explain` and the reasons in changes.csv.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import pyarrow as pa

from openhiu.engines import Engine
from openhiu.identify import steps
from openhiu.identify.criteria import Kind
from openhiu.identify.rank import Ranked
from openhiu.identify.why import times
from openhiu.locality import Locality
from openhiu.tables.handover import ALL_SITES

_REASONS: Final = {
    1: "outside the window",
    10: "at a site that is not part of this place",
    30: "at a type of department that is not counted",
    40: "of a category that is not counted, such as planned follow-up",
    50: "streamed to another service, or dead on arrival",
    60: "of a person known to have died",
    70: "of a person set aside with a reason",
    75: "of a person living and registered outside the commissioned area",
    80: "of a person whose age is not known",
    90: "of a person who is not of an age to be listed",
}


@dataclass(frozen=True)
class Standing:
    """What is known of one person: rows by the filter that stopped them, and counts by list."""

    person_id: str
    stopped: dict[int, int]
    counted: dict[str, int]
    set_aside: str = ""

    @property
    def known(self) -> bool:
        """Whether the activity has any attendance of theirs."""
        return bool(self.stopped)


def standings(
    engine: Engine, ranked: Ranked, people: Sequence[str], *, keyed: bool
) -> dict[str, Standing]:
    """The standing of each of these people, by identifier."""
    ids = pa.table({"person_id": pa.array(sorted(set(people)), pa.string())})
    engine.register("asked_ids", ids)
    engine.persist("asked", steps.text("asked" if keyed else "asked_of_frame"))
    found = {person: Standing(person, {}, {}) for person in people}
    for row in engine.run(steps.text("standing_rows"), ranked.parameters).to_pylist():
        found[row["person_id"]].stopped[int(row["step"])] = int(row["attendances"])
    for row in engine.run(steps.text("standing_counts")).to_pylist():
        found[row["person_id"]].counted[row["list_id"]] = int(row["in_window"])
    for row in engine.run(steps.text("set_aside"), ranked.parameters).to_pylist():
        person = row["person_id"]
        found[person] = replace(found[person], set_aside=row["reason"])
    return found


def why_not(standing: Standing, list_id: str, ranked: Ranked, locality: Locality) -> str:
    """One sentence on why this person is not on that list."""
    if not standing.known:
        return "The store has no attendance of this person."
    count = standing.counted.get(list_id, 0)
    place = "across the sites" if list_id == ALL_SITES else f"at {locality.site_name(list_id)}"
    if count == 0:
        return _nothing_counted(standing, place)
    boundary = ranked.boundaries.get(list_id)
    top = ranked.criteria.rule(Kind.TOP)
    if top and boundary and count == boundary.cut_at:
        return (
            f"Came {times(count)} {place} in the window, as often as the last person on the list; "
            f"{boundary.people_at_cut} people did, there was room for "
            f"{max(0, top.at_least - boundary.people_above)}, and those with the latest arrival "
            "were taken."
        )
    if top and boundary:
        return (
            f"Came {times(count)} {place} in the window; the last person on the list came "
            f"{times(boundary.cut_at)}, and no other rule applies."
        )
    return f"Came {times(count)} {place} in the window, which none of the rules reaches."


def _nothing_counted(standing: Standing, place: str) -> str:
    reasons: dict[str, int] = {}
    for step, count in sorted(standing.stopped.items()):
        if step in _REASONS:
            reasons[_REASONS[step]] = reasons.get(_REASONS[step], 0) + count
    if not reasons:
        return (
            f"No attendance {place} in the window was counted; those counted were at other sites."
        )
    told = "; ".join(f"{count} {reason}" for reason, count in reasons.items())
    if standing.set_aside:
        told += f". Set aside because: {standing.set_aside}"
    return (
        f"No attendance {place} in the window was counted. Of all attendances that the store has "
        f"of this person: {told}."
    )


def explain(
    engine: Engine, ranked: Ranked, person: str, locality: Locality, *, keyed: bool
) -> list[str]:
    """Why, or why not, for one person, list by list."""
    rows = [row for row in ranked.listed if row.person_id == person]
    lines = [f"{_list_name(r.list_id, locality)}: place {r.rank}. {r.why}" for r in rows]
    standing = standings(engine, ranked, [person], keyed=keyed)[person]
    if not standing.known:
        return ["Not listed. The store has no attendance of this person."]
    on = {row.list_id for row in rows}
    for list_id in sorted(ranked.boundaries, key=lambda name: (name == ALL_SITES, name)):
        if list_id not in on and (list_id in standing.counted or not standing.counted):
            sentence = why_not(standing, list_id, ranked, locality)
            lines.append(f"{_list_name(list_id, locality)}: not listed. {sentence}")
    return lines


def _list_name(list_id: str, locality: Locality) -> str:
    return "All sites together" if list_id == ALL_SITES else locality.site_name(list_id)
