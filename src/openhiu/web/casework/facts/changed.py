"""What changed for people and what stood in the way: people by outcome, by reason and by gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.db.models import Count

from openhiu.web.access.actor import Actor
from openhiu.web.casework import needs, outcomes
from openhiu.web.casework.facts.did import caseload_at
from openhiu.web.casework.facts.period import Period
from openhiu.web.casework.models import Case, Need, Objection, Outcome, Wellbeing
from openhiu.web.people.held import held

_LESS: Final = ("less_self_harm", "less_substance")
# What each of the four questions asks, in two words, for a table.
_MEASURES: Final = {
    "satisfied": "Satisfied with life",
    "worthwhile": "Things worthwhile",
    "happy": "Happy yesterday",
    "anxious": "Anxious yesterday",
}


def counted(actor: Actor, period: Period) -> dict[str, list[dict[str, Any]]]:
    """Reasons and gaps among whoever was supported; outcomes in the period; paired well-being."""
    without = objecting(actor)
    return {
        "needs": _needs(actor, period, without),
        "missing": _missing(actor, period, without),
        "outcomes": _outcomes(actor, period, without),
        "wellbeing": _wellbeing(actor, period, without),
    }


def objecting(actor: Actor) -> set[UUID]:
    """The cases of people who do not want to be counted, or whose record is not used for now."""
    said = Objection.objects.filter(service=actor.service_id, lifted_at=None)
    people = {key for pair in said.values_list("person", "person__merged_into") for key in pair}
    people |= held(actor.service_id)
    cases = Case.objects.filter(service=actor.service_id, person__in=people - {None})
    return set(cases.values_list("pk", flat=True))


def _supported(actor: Actor, period: Period, without: set[UUID]) -> set[UUID]:
    """Whoever was supported at some time of the period."""
    opened = Case.objects.filter(service=actor.service_id, **period.within("opened_at"))
    some = caseload_at(actor, period.begins) | set(opened.values_list("pk", flat=True))
    return (some | caseload_at(actor, period.ends)) - without


def _needs(actor: Actor, period: Period, without: set[UUID]) -> list[dict[str, Any]]:
    """Reasons noted by the end of the period and not taken away; "perhaps" is left out."""
    rows = Need.objects.filter(
        service=actor.service_id, case__in=_supported(actor, period, without), certain=True,
        noted_at__lt=period.ends, taken_away_on=None,
    )  # fmt: skip
    counts = rows.values_list("category").annotate(people=Count("case", distinct=True))
    return _most_first("need", ((needs.label(key), people) for key, people in counts))


def _missing(actor: Actor, period: Period, without: set[UUID]) -> list[dict[str, Any]]:
    """Services that were needed and could not be found, whatever the case of the letters."""
    rows = Need.objects.filter(
        service=actor.service_id, case__in=_supported(actor, period, without),
        noted_at__lt=period.ends, taken_away_on=None,
    ).exclude(missing_service="")  # fmt: skip
    found: dict[str, set[UUID]] = defaultdict(set)
    said: dict[str, str] = {}
    for words, case in rows.order_by("noted_at").values_list("missing_service", "case"):
        key = " ".join(words.casefold().split())
        said.setdefault(key, " ".join(words.split()))
        found[key].add(case)
    return _most_first("service", ((said[key], len(cases)) for key, cases in found.items()))


def _outcomes(actor: Actor, period: Period, without: set[UUID]) -> list[dict[str, Any]]:
    """Events of the period by kind, with how many people they happened to."""
    rows = Outcome.objects.filter(
        service=actor.service_id, happened_on__gte=period.first, happened_on__lte=period.last
    ).exclude(case__in=without)
    counts = rows.values("category").annotate(
        people=Count("case", distinct=True), events=Count("pk")
    )
    found = [
        {
            "outcome": outcomes.label(row["category"]),
            "people": row["people"],
            "events": row["events"],
            "direction": "less" if row["category"] in _LESS else "more",
        }
        for row in counts.order_by("category")
    ]
    return sorted(found, key=lambda one: (-one["people"], one["outcome"]))


def _wellbeing(actor: Actor, period: Period, without: set[UUID]) -> list[dict[str, Any]]:
    """The first and the latest answer of whoever answered a question twice, the latest now."""
    rows = Wellbeing.objects.filter(
        service=actor.service_id, asked_on__lt=period.to_exclusive
    ).exclude(case__in=without)  # fmt: skip
    asked = list(rows.order_by("asked_on", "pk"))
    return [_measure(key, words, asked, period) for key, words in _MEASURES.items()]


def _measure(key: str, words: str, asked: list[Wellbeing], period: Period) -> dict[str, Any]:
    answers: dict[UUID, list[tuple[Any, int]]] = defaultdict(list)
    for row in asked:
        value = getattr(row, key)
        if value is not None:
            answers[row.case_id].append((row.asked_on, value))
    pairs = [
        (told[0][1], told[-1][1])
        for told in answers.values()
        if len(told) > 1 and told[-1][0] >= period.first
    ]
    return {
        "measure": words,
        "people": len(pairs),
        "first_mean": _mean(first for first, _ in pairs),
        "last_mean": _mean(last for _, last in pairs),
    }


def _mean(values: Iterable[int]) -> float | None:
    found = list(values)
    return round(sum(found) / len(found), 2) if found else None


def _most_first(name: str, counts: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    found = [{name: words, "people": people} for words, people in counts]
    return sorted(found, key=lambda one: (-int(str(one["people"])), str(one[name])))
