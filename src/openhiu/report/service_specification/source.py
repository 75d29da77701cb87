"""What a specification is made of: tiers, criteria and a place, and what nobody has said yet."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from openhiu.identify.criteria import Criteria
from openhiu.identify.fingerprint import (
    IN_WORDS,
    criteria_fingerprint,
    differences,
    footprint_fingerprint,
)
from openhiu.locality import Locality, ServiceSettings
from openhiu.report import printed
from openhiu.report.folder import Missing
from openhiu.report.tiers.shape import Tiers

_SAY: Final = "Write {} in [{}] of the locality file."
_YEAR: Final = 12  # months
# The key, and what it is in a sentence: a contract cannot do without.
_NEEDED: Final[Mapping[str, str]] = {
    "specification_number": "The number of the specification",
    "commissioner_lead": "Who leads for the commissioner",
    "provider_lead": "Who leads for the provider, or that this follows from procurement",
    "review_date": "When the specification is reviewed",
    "out_of_hours": "Who answers clients in the evening, at night and at weekends",
    "location": "Where the leads are based",
    "safeguarding": "Which local safeguarding policies and boards apply",
    "information_sharing": "Which information-sharing agreement applies",
    "complaints": "Where somebody complains",
}
# Tiers have rules of their own, over a year of their own.
_OF_THE_LIST_ALONE: Final = (IN_WORDS["rules"], IN_WORDS["window_months"])
# What the national model says where a place has said nothing.
MODEL: Final[Mapping[str, str]] = {
    "days": "Monday to Friday, without bank holidays",
    "hours": "9am to 5pm, moved where a client needs it",
    "referral": (
        "People are found in the hospital's data. Other services do not refer: where they do, "
        "people arrive in floods and droughts, and those nobody speaks for are missed. A service "
        "that knows somebody in need tells the lead, who looks whether the list has them."
    ),
}


@dataclass(frozen=True)
class Source:
    """Everything at hand. `chosen`: somebody decided on these criteria, and they are not the
    default; `as_of` is the day of the document.
    """

    tiers: Tiers
    criteria: Criteria
    locality: Locality
    as_of: date
    chosen: bool = True
    inputs: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def service(self) -> ServiceSettings:
        """The local choices."""
        return self.locality.service

    @property
    def leads(self) -> float | None:
        """Whole-time equivalents that are commissioned: those the business case asks for."""
        return self.locality.business_case.leads

    @property
    def period(self) -> str:
        """How long the contract runs, from its first day on where one was said; or nothing."""
        months, starts = self.service.contract_months, self.locality.business_case.starts
        if self.service.period or not months:
            return self.service.period
        if starts is None:
            return f"{months} months; the first day is to be agreed"
        last = _later(starts, months) - timedelta(days=1)
        return f"{months} months, {printed.day(starts)} to {printed.day(last)}"

    @property
    def area(self) -> str:
        """What the area is called."""
        return self.locality.name or self.tiers.area or "this area"

    @property
    def name(self) -> str:
        """What the service is called."""
        return self.service.name or "High Intensity Use service"

    @property
    def fingerprint(self) -> str:
        """Of the criteria, as every list's manifest has it."""
        return criteria_fingerprint(self.criteria.as_dict())

    @property
    def footprint(self) -> str:
        """Fingerprint of the commissioned area."""
        return footprint_fingerprint(self.locality.footprint)

    @property
    def hospitals(self) -> tuple[str, ...]:
        """The receiving hospitals by name."""
        sites = [site.name for site in self.locality.sites]
        return tuple(sites or [unit.name for unit in self.tiers.sites])

    def counted_otherwise(self) -> tuple[str, ...]:
        """Where Table One counts other people or attendances than the list does, in words."""
        try:
            found = differences(self.criteria.as_dict(), self.tiers.criteria)
        except (KeyError, TypeError):
            return ()
        counting = [words for words in found if words not in _OF_THE_LIST_ALONE]
        if not counting:
            return ()
        return (
            (
                "Table One was counted by other criteria than the list; not the same: "
                f"{printed.listed(counting)}."
            ),
        )

    def said(self, key: str) -> str:
        """The local words, or those of the national model where there are any."""
        return getattr(self.service, key) or MODEL.get(key, "")

    def from_the_model(self) -> tuple[str, ...]:
        """What stands in the words of the national model."""
        return tuple(key for key in MODEL if not getattr(self.service, key))


def missing(source: Source) -> tuple[Missing, ...]:
    """What a contract cannot do without and nobody has said, in the order of the document."""
    service, place = source.service, source.locality
    found = [
        Missing(words, _say(key)) for key, words in _NEEDED.items() if not getattr(service, key)
    ]
    if not service.period and not service.contract_months:
        found.insert(3, Missing("How long the contract runs", _say("period or contract_months")))
    elif not service.period and place.business_case.starts is None:
        found.insert(3, Missing("The first day of the contract", _say("starts", "business_case")))
    if not source.leads:
        found.append(Missing("How many leads are commissioned", _say("leads", "business_case")))
    if not place.sites:
        found.append(Missing("Which hospitals send a list", "Name each under [[sites]]."))
    if not place.footprint.defined:
        found.append(
            Missing("Which area is commissioned", "Give LSOAs and GP practices in [footprint].")
        )
    if not source.chosen:
        found.append(Missing(
            "Who is eligible: the criteria are the national default, chosen by nobody here",
            _say("preset or criteria_file"),
        ))  # fmt: skip
    return tuple(found)


def _later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is too short."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _say(key: str, section: str = "service") -> str:
    return _SAY.format(key, section)
