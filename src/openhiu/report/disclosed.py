"""The one door between the service's own counts and the report: facts as they were come in; facts
that may be told go out. Every count of people passes the disclosure room here, and only here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from openhiu.disclosure import HIDDEN, SMALLEST_SHOWN, disclose, disclose_parts, disclose_steps
from openhiu.report.facts import (
    ANSWERS,
    DID,
    STILL_ASKED,
    VERSION,
    Count,
    Facts,
    Measure,
    Named,
    Parts,
)

_REST: Final = "Other"
_ONE_DECIMAL: Final = 1


def disclose_facts(facts: Facts) -> Facts:
    """The facts with every small count hidden, the others rounded, and nothing left to work out.

    Facts that were disclosed already come back as they are.
    """
    if facts.disclosed:
        return facts
    answered = facts.did.get("signals_answered")
    enough = isinstance(answered, int) and answered >= SMALLEST_SHOWN
    return replace(
        facts,
        disclosed=True,
        did=_did(facts.did),
        contacts=_parts(facts.contacts),
        connections=_parts(facts.connections),
        days_to_pick_up=facts.days_to_pick_up if enough else None,
        needs=_all_named(facts.needs),
        missing=_all_named(facts.missing),
        outcomes=_all_named(facts.outcomes),
        wellbeing=tuple(map(_measure, facts.wellbeing)),
        stories=tuple(story for story in facts.stories if story.read_by_two),
        withheld=sum(not story.read_by_two for story in facts.stories),
        incidents={key: _alone(count) for key, count in facts.incidents.items()},
    )


def as_data(facts: Facts) -> dict[str, Any]:
    """Disclosed facts in the shape of the file they came in, to be kept and read again."""
    if not facts.disclosed:
        raise ValueError("facts are kept only as they were disclosed")
    did: dict[str, Any] = {
        **facts.did,
        "caseload_limit_per_lead": facts.limit_per_lead,
        "leads": facts.leads,
        "days_to_pick_up_median": facts.days_to_pick_up,
        "contacts": {"all": facts.contacts.whole, "reached": facts.contacts.reached,
                     "by_how": dict(facts.contacts.parts)},
        "connections": {"all": facts.connections.whole, "by_kind": dict(facts.connections.parts)},
    }  # fmt: skip
    return {
        "what": "service_facts",
        "version": VERSION,
        "disclosed": True,
        "service": facts.service,
        "organisation": facts.organisation,
        "period": {"from": facts.first.isoformat(), "to_exclusive": facts.to_exclusive.isoformat(),
                   "name": facts.period},
        "made_at": facts.made_at,
        "did": did,
        "needs": [_entry("need", one) for one in facts.needs],
        "missing": [_entry("service", one) for one in facts.missing],
        "outcomes": [_entry("outcome", one) for one in facts.outcomes],
        "wellbeing": [
            {"measure": one.words, "people": one.people, "first_mean": one.first,
             "last_mean": one.last}
            for one in facts.wellbeing
        ],
        "quotes": [vars(one) for one in facts.quotes],
        "stories": [{**vars(one), "reviewers": list(one.reviewers)} for one in facts.stories],
        "stories_withheld": facts.withheld,
        "incidents": dict(facts.incidents),
        "risks": [vars(one) for one in facts.risks],
        "claims": [vars(one) for one in facts.claims],
    }  # fmt: skip


def _did(did: Mapping[str, Count]) -> dict[str, Count]:
    shown = {key: _alone(count) for key, count in did.items()}
    asked = did.get("approached")
    said = {key: count for key in ANSWERS if isinstance(count := did.get(key), int)}
    if not isinstance(asked, int) or not said or sum(said.values()) > asked:
        return shown  # somebody said two things: the answers are no parts of a whole
    parts, whole = disclose_parts({**said, STILL_ASKED: asked - sum(said.values())})
    told = {**shown, **parts, "approached": whole}
    return {key: told[key] for key in DID if key in told}


def _parts(given: Parts) -> Parts:
    """A whole with its parts, where need be with a part for what was not told."""
    if not isinstance(given.whole, int):
        alone = {key: _alone(given.parts[key]) for key in sorted(given.parts)}
        return Parts(None, alone, _alone(given.reached))
    counts = {key: count for key, count in given.parts.items() if isinstance(count, int)}
    if rest := given.whole - sum(counts.values()):
        counts[_REST] = counts.get(_REST, 0) + rest
    dimensions = {"parts": {key: [count] for key, count in counts.items()}}
    if isinstance(given.reached, int):
        dimensions["reached"] = {"yes": [given.reached], "no": [given.whole - given.reached]}
    shown, whole = disclose_steps(dimensions, [given.whole])
    reached = shown["reached"]["yes"][0] if "reached" in shown else None
    parts = {key: steps[0] for key, steps in shown["parts"].items()}
    in_order = sorted(parts, key=lambda key: (key == _REST, -_size(parts[key]), key))
    return Parts(whole[0], {key: parts[key] for key in in_order}, reached)


def _all_named(found: Iterable[Named]) -> tuple[Named, ...]:
    """Sorted by what is shown: the true order would tell which of two stars is the larger."""
    return tuple(sorted(map(_one_named, found), key=lambda one: (-_size(one.people), one.words)))


def _size(count: Count) -> int:
    return count if isinstance(count, int) else 1 if count == HIDDEN else 0


def _one_named(one: Named) -> Named:
    people = _alone(one.people)
    events = HIDDEN if people == HIDDEN and one.events is not None else _alone(one.events)
    return Named(one.words, people, events, one.direction)


def _measure(one: Measure) -> Measure:
    people = _alone(one.people)
    if not isinstance(people, int) or not people:
        return Measure(one.words, people)
    first, last = (
        None if mean is None else round(mean, _ONE_DECIMAL) for mean in (one.first, one.last)
    )
    return Measure(one.words, people, first, last)


def _alone(count: Count) -> Count:
    return disclose(count) if isinstance(count, int) else count


def _entry(name: str, one: Named) -> dict[str, Any]:
    return {name: one.words, "people": one.people, "events": one.events,
            "direction": one.direction}  # fmt: skip
