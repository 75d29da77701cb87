"""What the pack is written from: the place, the tiers where there are some, and the day come in;
the facts that several documents use go out, each once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from openhiu.identify.criteria import Criteria
from openhiu.locality import GoLive, Locality
from openhiu.report import printed
from openhiu.report.starter_pack.schedule import Schedule, plan
from openhiu.report.starter_pack.steps import STEPS
from openhiu.report.starter_pack.workdays import Workdays
from openhiu.report.tiers.told import Tiers

NOT_NAMED: Final = "not named yet"
NOT_SAID: Final = "not said yet"
_NAMED_IN_A_SENTENCE: Final = 4
_UNNAMED: Final = "the area"  # what tiers call a place without a name


@dataclass(frozen=True)
class Source:
    """Everything the documents are written from. Counts of `tiers` may be shown to anybody."""

    locality: Locality
    criteria: Criteria
    as_of: date
    tiers: Tiers | None = None

    @property
    def go(self) -> GoLive:
        """How the service is set up."""
        return self.locality.go_live

    @property
    def area(self) -> str:
        """The name of the place, as it is read in a sentence."""
        of_tiers = self.tiers.area if self.tiers else ""
        named = "" if of_tiers.casefold() == _UNNAMED else of_tiers
        return self.locality.name or named or "this area"

    @property
    def service(self) -> str:
        """What the service is called."""
        whose = f"{self.area} " if self.area != "this area" else "the "
        return (
            self.go.service_name
            or self.locality.service.name
            or f"{whose}High Intensity Use service"
        )

    @property
    def provider(self) -> str:
        """Who employs the leads; "the provider" until somebody is named."""
        return self.go.provider_named or self.locality.service.provider or "the provider"

    @property
    def hospitals(self) -> tuple[str, ...]:
        """The receiving hospitals."""
        named = tuple(site.name for site in self.locality.sites)
        return named or (tuple(one.name for one in self.tiers.sites) if self.tiers else ())

    @property
    def hospitals_in_words(self) -> str:
        """The hospitals in a sentence; of many only their number."""
        if len(self.hospitals) > _NAMED_IN_A_SENTENCE:
            return f"the {len(self.hospitals)} receiving hospitals"
        return printed.listed(self.hospitals) if self.hospitals else "the receiving hospitals"

    @property
    def complaints(self) -> str:
        """Where somebody complains."""
        return self.go.complaints or self.locality.service.complaints

    @property
    def commissioner(self) -> str:
        """Who commissions the service: a name, with the body where both were said."""
        service = self.locality.service
        return ", ".join(filter(None, (service.commissioner_lead, service.commissioner)))

    @property
    def out_of_hours(self) -> str:
        """Who answers when the leads do not."""
        return self.locality.service.out_of_hours

    @property
    def contact(self) -> str:
        """How to reach the service."""
        return ", ".join(filter(None, (self.go.phone, self.go.email)))

    @property
    def days(self) -> Workdays:
        """The days on which anybody works here."""
        return Workdays(frozenset(self.go.closed))

    @cached_property
    def schedule(self) -> Schedule | None:
        """The steps with their days; None without a go-live date."""
        if self.go.date is None:
            return None
        return plan(STEPS, self.go.date, self.as_of, self.days, takes=self.go.takes,
                    done=self.go.done)  # fmt: skip


def named(words: str, role: str = "") -> str:
    """A name, with its role where there is one; or that nobody is named yet."""
    said = words or NOT_NAMED
    return f"{role}: {said}" if role else said


def lines_or(found: Iterable[str], instead: tuple[str, ...]) -> tuple[str, ...]:
    """Lines that were said, or the programme's usual ones."""
    return tuple(found) or instead
