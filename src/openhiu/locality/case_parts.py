"""The lists of a business case (criteria, options, risks, steps, schemes, assumed effects): TOML
tables come in; checked dataclasses go out, or a ConfigurationFault naming the section and key.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.locality.reading import amount, refuse_unknown_keys, words
from openhiu.locality.written_days import day

SCORE_MOST: Final = 5.0
_EFFECT: Final = "business_case.effect"
_ENDS: Final = ("low", "central", "high")
# The kinds of contact that tiers are counted and priced in.
PRICED: Final = ("attendances", "emergency_admissions")


@dataclass(frozen=True)
class Assumed:
    """How many percent fewer contacts of a kind are planned for: the worse end, the middle and the
    better end. A minus is more.
    """

    low: float
    central: float
    high: float
    source: str = ""


@dataclass(frozen=True)
class Criterion:
    """What the options are judged by, and how much it counts."""

    key: str
    words: str = ""
    weight: float = 1.0


@dataclass(frozen=True)
class CaseOption:
    """An option of the appraisal, or a place's own words on a built-in one. What is None is as the
    built-in options have it. `scores` and `reasons` are by the key of a criterion.
    """

    key: str
    name: str = ""
    words: str = ""
    benefits: str = ""
    risks: str = ""
    leads: float | None = None
    lead_cost_a_year: float | None = None
    mobilise_months: int | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseRisk:
    """What may go wrong, what is done about it, and whose it is."""

    risk: str
    mitigation: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Step:
    """A line of the timeline. Without `last` it is a single day."""

    what: str
    first: date
    last: date | None = None


@dataclass(frozen=True)
class Scheme:
    """A service that is there already."""

    place: str
    people_a_year: float | None = None
    leads: float | None = None
    funded_months: float | None = None
    funded_from: date | None = None
    words: str = ""


def read_assumed(entry: Any, file: str) -> dict[str, Assumed]:
    """[business_case.effect]: a kind of contact each, and one source for all."""
    refuse_unknown_keys(entry, (*PRICED, "source"), file, _EFFECT)
    source = words(entry, "source", file, _EFFECT)
    found = {kind: _assumed(kind, ends, source, file)
             for kind, ends in entry.items() if kind != "source"}  # fmt: skip
    if found and not source:
        raise ConfigurationFault(
            f"[{_EFFECT}] has no source", file=file, remedy='write source = "…": who measured it'
        )
    return found


def _assumed(kind: str, entry: Any, source: str, file: str) -> Assumed:
    section = f"{_EFFECT}.{kind}"
    refuse_unknown_keys(entry, _ENDS, file, section)
    low, central, high = (_percent(entry, key, file, section) for key in _ENDS)
    if not low <= central <= high < 100:
        raise ConfigurationFault(
            f"[{section}] is not in order from low to high, below 100", file=file,
            remedy="write percent fewer, the worse end first: low = -16, central = 14.4, high = 37",
        )  # fmt: skip
    return Assumed(low, central, high, source)


def _percent(entry: Mapping[str, Any], key: str, file: str, section: str) -> float:
    found: Any = entry.get(key)
    number = isinstance(found, int | float) and not isinstance(found, bool)
    if not number or not math.isfinite(found):
        raise ConfigurationFault(
            f"[{section}] {key} is not a number of percent", file=file, remedy=f"write {key} = 14.4"
        )
    return float(found)


def read_criterion(entry: Any, file: str) -> Criterion:
    """One [[business_case.criteria]]."""
    section = "business_case.criteria"
    refuse_unknown_keys(entry, _names(Criterion), file, section)
    return Criterion(
        _needed(entry, "key", file, section), words(entry, "words", file, section),
        amount(entry, "weight", 1.0, file, section),
    )  # fmt: skip


def read_option(entry: Any, file: str) -> CaseOption:
    """One [[business_case.options]]."""
    section = "business_case.options"
    refuse_unknown_keys(entry, _names(CaseOption), file, section)
    scores, reasons = entry.get("scores", {}), entry.get("reasons", {})
    for part in (scores, reasons):
        if not isinstance(part, Mapping):
            refuse_unknown_keys(part, (), file, section)
    keys = [key for key in ("leads", "lead_cost_a_year", "mobilise_months") if key in entry]
    given: dict[str, Any] = {key: amount(entry, key, 0.0, file, section) for key in keys}
    months = given.pop("mobilise_months", None)
    said: dict[str, Any] = {key: words(entry, key, file, section)
                            for key in ("name", "words", "benefits", "risks")}  # fmt: skip
    return CaseOption(
        _needed(entry, "key", file, section), **said, **given,
        mobilise_months=None if months is None else int(months),
        scores={key: _score(scores, key, file) for key in scores},
        reasons={key: words(reasons, key, file, section) for key in reasons},
    )  # fmt: skip


def read_risk(entry: Any, file: str) -> CaseRisk:
    """One [[business_case.risks]]."""
    section = "business_case.risks"
    refuse_unknown_keys(entry, _names(CaseRisk), file, section)
    mitigation, owner = (words(entry, key, file, section) for key in ("mitigation", "owner"))
    return CaseRisk(_needed(entry, "risk", file, section), mitigation, owner)


def read_step(entry: Any, file: str) -> Step:
    """One [[business_case.timeline]]."""
    section = "business_case.timeline"
    refuse_unknown_keys(entry, _names(Step), file, section)
    first, last = (day(entry, key, file, section) for key in ("first", "last"))
    if first is None or (last is not None and last < first):
        raise ConfigurationFault(
            f"[{section}] has no first day, or it lies after the last", file=file,
            remedy="write first = 2027-04-01 and last = 2027-06-30",
        )  # fmt: skip
    return Step(_needed(entry, "what", file, section), first, last)


def read_scheme(entry: Any, file: str) -> Scheme:
    """One [[business_case.schemes]]."""
    section = "business_case.schemes"
    refuse_unknown_keys(entry, _names(Scheme), file, section)
    numbers: dict[str, Any] = {key: amount(entry, key, 0.0, file, section)
               for key in ("people_a_year", "leads", "funded_months") if key in entry}  # fmt: skip
    return Scheme(
        _needed(entry, "place", file, section), **numbers,
        funded_from=day(entry, "funded_from", file, section),
        words=words(entry, "words", file, section),
    )  # fmt: skip


def _score(scores: Mapping[str, Any], key: str, file: str) -> float:
    found = amount(scores, key, 0.0, file, "business_case.options.scores")
    if found > SCORE_MOST:
        raise ConfigurationFault(
            f"[business_case.options.scores] {key} is above {SCORE_MOST:g}", file=file,
            remedy="score from 0 to 5",
        )  # fmt: skip
    return found


def _needed(entry: Mapping[str, Any], key: str, file: str, section: str) -> str:
    found = words(entry, key, file, section)
    if not found:
        raise ConfigurationFault(
            f"[{section}] has no {key}", file=file, remedy=f'write {key} = "…"'
        )
    return found


def _names(shape: type) -> list[str]:
    return [part.name for part in fields(shape)]
