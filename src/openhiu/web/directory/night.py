"""Who answers at night and at weekends: national numbers and local services in one list.

The national numbers are data with their source and the day somebody checked them; the local ones
come from the directory. This is not a crisis service, and every page made from here says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final
from uuid import UUID

from openhiu.web.access.models import Service
from openhiu.web.directory import hours
from openhiu.web.directory.areas import covers
from openhiu.web.directory.models import Listing
from openhiu.web.directory.words import OUT_OF_HOURS

NOT_A_CRISIS_SERVICE: Final = (
    "We are not a crisis service, and nobody reads messages to us at night or at weekends."
)
# The headings under which answers stand: who is there when.
AT_NIGHT: Final = "At night, and in a crisis"
EVENINGS: Final = "In the evening, on some days"
WEEKEND_DAYS: Final = "At weekends, by day"
ASK_THEM: Final = "Ask them about their hours"
USUAL_HOURS: Final = "Monday to Friday, 9am to 5pm"
_HOURS: Final[list[Callable[[Service], str]]] = []


@dataclass(frozen=True)
class Answer:
    """Someone who answers. `call` and `text` are numbers as people write them."""

    name: str
    what: str
    hours: str
    call: str = ""
    press: str = ""
    text: str = ""
    text_words: str = ""
    textphone: str = ""
    web: str = ""
    free: bool = False
    calls_out: bool = False
    emergency: bool = False
    national: bool = False
    source: str = ""
    checked_on: date | None = None
    stale: bool = False
    full: bool = False
    when: str = AT_NIGHT
    listing: UUID | None = None

    @property
    def by_night(self) -> bool:
        """Whether they answer at night or in a crisis."""
        return self.when == AT_NIGHT

    @property
    def dial(self) -> str:
        """What a telephone dials."""
        return dial(self.call)

    @property
    def line(self) -> str:
        """One line for a card: the name, the number and, of a local service, its hours."""
        number = f"{self.call}, press {self.press}" if self.press else self.call
        text = f"text {self.text_words} to {self.text}" if self.text_words else ""
        if self.text and not text:
            text = f"text {self.text}"
        by = " or ".join(part for part in (number, text) if part)
        known = self.hours if not self.national and self.hours != ASK_THEM else ""
        hours = f", {known[:1].lower()}{known[1:]}" if known else ""
        return f"{self.name}: {by or self.web}{hours}"


def dial(number: str) -> str:
    """A number without what people put between its figures, for a tel: link."""
    return re.sub(r"[^0-9+]", "", number.replace("(0)", ""))


def hours_are(teller: Callable[[Service], str]) -> None:
    """A room above knows the service's own hours; called once when Django is ready."""
    _HOURS[:] = [teller]


def our_hours(service: Service) -> str:
    """When the HIU service itself answers."""
    return _HOURS[0](service) if _HOURS else USUAL_HOURS


@cache
def _file() -> dict[str, Any]:
    text = (files(__package__) / "data" / "national.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def national() -> list[Answer]:
    """Numbers that answer all over England, the emergency first."""
    checked = date.fromisoformat(day) if (day := _file()["checked_on"]) else None
    return [Answer(national=True, checked_on=checked, **row) for row in _file()["numbers"]]


def local(service: Service, area: str = "") -> list[Answer]:
    """Running services of the directory that answer out of hours in an area, crises first."""
    rows = Listing.objects.filter(
        service=service, status=Listing.Status.ACTIVE, offers__overlap=list(OUT_OF_HOURS)
    )
    fit = [row for row in rows if covers(row, area) and _reachable(row)]
    fit.sort(key=lambda row: (_urgency(row.offers), row.name.casefold()))
    return [_answer(row) for row in fit]


def _urgency(offers: list[str]) -> int:
    """0 for a crisis, 1 for the night, 2 for evenings and weekends."""
    return next((n for n, key in enumerate(("crisis", "nights")) if key in offers), 2)


def _when(row: Listing) -> str:
    """The heading a service stands under: as it is marked, or as its hours say."""
    if _urgency(row.offers) < 2:
        return AT_NIGHT
    late = hours.into_the_evening(row.hours)
    return EVENINGS if "evenings" in row.offers or late else WEEKEND_DAYS


def _reachable(row: Listing) -> bool:
    return bool(row.phone or row.text_number or row.web)


def _answer(row: Listing) -> Answer:
    return Answer(
        name=row.name,
        what=row.description,
        hours=hours.one_line(row.hours) or row.hours_words or ASK_THEM,
        call=row.phone,
        text=row.text_number,
        textphone=row.textphone,
        web=row.web,
        free="free_call" in row.offers,
        calls_out="calls_out" in row.offers,
        checked_on=row.verified_on,
        stale=row.needs_checking,
        full=row.capacity in (Listing.Capacity.FULL, Listing.Capacity.PAUSED),
        when=_when(row),
        listing=row.pk,
    )


def out_of_hours(service: Service, area: str = "") -> list[Answer]:
    """Everyone who answers when the lead does not, the most urgent first.

    The emergency; local services for a crisis and the night; national lines; then those that are
    there in the evening or at the weekend. `area` is a place or a postcode; empty: everywhere.
    """
    everywhere, here = national(), local(service, area)
    first = [one for one in everywhere if one.emergency or one.press]
    nights = [one for one in here if one.by_night]
    others = [one for one in everywhere if one not in first]
    return first + nights + others + [one for one in here if not one.by_night]


def by_time(answers: Sequence[Answer]) -> list[tuple[str, list[Answer]]]:
    """The same under headings, the night first; a heading nobody stands under is left out."""
    titles = (AT_NIGHT, EVENINGS, WEEKEND_DAYS)
    groups = [(title, [one for one in answers if one.when == title]) for title in titles]
    return [(title, rows) for title, rows in groups if rows]


def lines_here(service: Service, area: str = "") -> list[str]:
    """Lines of the local services that answer by night, each verified and with room."""
    return [one.line for one in local(service, area)
            if one.by_night and not (one.stale or one.full)]  # fmt: skip


def own_words(service: Service, area: str = "") -> str:
    """What the service itself says of nights, and only where its directory names nobody.

    Two sources would in time say two numbers; the directory is verified.
    """
    return "" if lines_here(service, area) else str(service.out_of_hours).strip()


def told(service: Service) -> str:
    """Who answers now, for a banner: the directory's lines, or the service's own words."""
    return "\n".join(lines_here(service)[:3]) or own_words(service)


def suggested(service: Service, area: str = "", most: int = 5) -> list[str]:
    """Lines for a client's own card: who answers by night, each verified and with room."""
    found = out_of_hours(service, area)
    lines = [one.line for one in found
             if one.by_night and not (one.emergency or one.stale or one.full)]  # fmt: skip
    return lines[:most]
