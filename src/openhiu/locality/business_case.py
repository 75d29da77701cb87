"""What a place says when it asks for money: [business_case] comes in; `BusinessCase` goes out.

Its contract, its place's own words, options, risks, dates and planning assumptions. What is left
out is named at the front of the document instead of standing in it as a gap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final, TypeVar

from openhiu.errors import ConfigurationFault
from openhiu.locality.case_parts import (
    Assumed,
    CaseOption,
    CaseRisk,
    Criterion,
    Scheme,
    Step,
    read_assumed,
    read_criterion,
    read_option,
    read_risk,
    read_scheme,
    read_step,
)
from openhiu.locality.reading import amount, price_year, refuse_unknown_keys, tables, words
from openhiu.locality.written_days import day

_SECTION: Final = "business_case"
T = TypeVar("T")
_RATE_MOST: Final = 0.2
_MOST_MONTHS: Final = 60
# A share so large means that a percentage was written.
_SHARES: Final = ("discount_rate", "natural_fall")


@dataclass(frozen=True)
class BusinessCase:
    """One case. Pounds are whole pounds of `deficit_year`, rates and shares are of 1.

    `starts` is the first day of the contract and `months` its length. `leads` (additional) is
    worked out by the staffing model where it is None; `benefit_months` is how long after a start
    an effect is counted. `natural_fall` is used only where there is no year before.
    """

    months: int = 24
    starts: date | None = None
    leads: float | None = None
    deficit_gbp: float | None = None
    deficit_year: str = ""
    data_source: str = ""
    funding_source: str = ""
    funding_gbp: float | None = None
    recommended: str = "buy"
    approval_body: str = ""
    approval_by: date | None = None
    owner: str = ""
    procurement: str = ""
    payment: str = ""
    discount_rate: float = 0.035
    ramp_up_months: int = 3
    benefit_months: int = 12
    natural_fall: float | None = None
    effect: Mapping[str, Assumed] = field(default_factory=dict)
    criteria: tuple[Criterion, ...] = ()
    options: tuple[CaseOption, ...] = ()
    risks: tuple[CaseRisk, ...] = ()
    timeline: tuple[Step, ...] = ()
    schemes: tuple[Scheme, ...] = ()


_KEYS: Final = tuple(part.name for part in fields(BusinessCase))
_WORDS: Final = ("data_source", "funding_source", "approval_body", "owner", "procurement",
                 "payment", "deficit_year")  # fmt: skip


def read_business_case(entry: Any, file: str) -> BusinessCase:
    """Read [business_case]. Raises ConfigurationFault naming the key."""
    refuse_unknown_keys(entry, _KEYS, file, _SECTION)
    _refuse_a_wrong_year(entry, file)
    said: dict[str, Any] = {key: words(entry, key, file, _SECTION) for key in _WORDS}
    return BusinessCase(
        **said,
        **_numbers(entry, file),
        starts=day(entry, "starts", file, _SECTION),
        approval_by=day(entry, "approval_by", file, _SECTION),
        recommended=words(entry, "recommended", file, _SECTION) or BusinessCase.recommended,
        effect=read_assumed(entry.get("effect", {}), file),
        criteria=_each(entry, "criteria", file, read_criterion),
        options=_each(entry, "options", file, read_option),
        risks=_each(entry, "risks", file, read_risk),
        timeline=_each(entry, "timeline", file, read_step),
        schemes=_each(entry, "schemes", file, read_scheme),
    )


def _numbers(entry: Mapping[str, Any], file: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        key: _months(entry, key, least, getattr(BusinessCase, key), file)
        for key, least in (("months", 12), ("ramp_up_months", 0), ("benefit_months", 1))
    }
    for key in ("leads", "deficit_gbp", "funding_gbp", *_SHARES):
        if key in entry:
            found[key] = amount(entry, key, 0.0, file, _SECTION)
    for key, most in zip(_SHARES, (_RATE_MOST, 0.99), strict=True):
        if (found.get(key) or 0) > most:
            raise ConfigurationFault(
                f"[{_SECTION}] {key} is above {most:g}", file=file,
                remedy="write a share of 1: 0.035 for 3.5%",
            )  # fmt: skip
    return found


def _months(entry: Mapping[str, Any], key: str, least: int, default: int, file: str) -> int:
    found = entry.get(key, default)
    whole = isinstance(found, int) and not isinstance(found, bool)
    if not whole or not least <= found <= _MOST_MONTHS:
        raise ConfigurationFault(
            f"[{_SECTION}] {key} is not a number of months from {least} to {_MOST_MONTHS}",
            file=file, remedy=f"write {default}",
        )  # fmt: skip
    return int(found)


def _refuse_a_wrong_year(entry: Mapping[str, Any], file: str) -> None:
    if "deficit_year" in entry:
        price_year({"price_year": entry["deficit_year"]}, "", file, _SECTION)


def _each(
    entry: Mapping[str, Any], key: str, file: str, read: Callable[[Any, str], T]
) -> tuple[T, ...]:  # fmt: skip
    return tuple(read(one, file) for one in tables(entry, key, file))
