"""One Open Referral service object comes in; the columns of a Listing go out.

Only what is understood becomes a column. The object itself is kept whole beside them, so a thing
not understood is given back as it came.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from openhiu.web.directory import needs, words
from openhiu.web.directory.models import Listing
from openhiu.web.directory.open_referral import tidy

Object = dict[str, Any]
# Our own facts travel as attributes of this taxonomy, the way the standard has it.
TAXONOMY: Final = "openhiu"
KINDS: Final = {"textphone": ("textphone", "tty", "minicom"), "text_number": ("sms", "text")}
MARKS: Final = {"needs": "need", "routes": "route", "offers": "offer"}
# Columns that are an attribute with a value: code of the term, and how the value is read.
SAID: Final = {
    "cost": "cost",
    "bank_holidays": "bank-holidays",
    "capacity": "capacity",
    "waiting_weeks": "capacity-weeks",
    "capacity_note": "capacity-note",
    "capacity_on": "capacity-on",
    "capacity_said_by": "capacity-by",
    "ended_on": "ended-on",
    "ended_why": "ended-why",
}


def read(service: Object) -> dict[str, Any]:
    """Every column that a file can fill, always all of them."""
    fees = service.get("fees_description") or service.get("fees")
    hours, hours_words = read_hours(service)
    return {
        "ref": tidy.line(service.get("id"), 100),
        "name": tidy.line(service.get("name"), 200),
        "organisation": tidy.line(organisation(service).get("name"), 200),
        "description": tidy.text(service.get("description")),
        "eligibility": tidy.text(service.get("eligibility_description")),
        "age_from": tidy.age(service.get("minimum_age")),
        "age_to": tidy.age(service.get("maximum_age")),
        "how_to_refer": tidy.text(service.get("application_process")),
        "cost_words": tidy.text(fees),
        "hours": hours,
        "hours_words": hours_words,
        "phone": number(service, "phone"),
        "textphone": number(service, "textphone"),
        "text_number": number(service, "text_number"),
        "email": tidy.line(service.get("email"), 254),
        "web": web(service),
        **read_address(service),
        "areas": areas(service),
        "status": _status(service),
        "verified_on": tidy.day(service.get("assured_date")),
        **_own(service),
    }


def organisation(service: Object) -> Object:
    """The organisation within a service."""
    found = service.get("organization")
    return found if isinstance(found, dict) else {}


def web(service: Object) -> str:
    """A web address that begins with http; anything else would not be one."""
    found = tidy.line(service.get("url"), 500)
    return found if found.lower().startswith(("http://", "https://")) else ""


def _status(service: Object) -> str:
    found = tidy.line(service.get("status"), 20)
    return found if found in Listing.Status.values else str(Listing.Status.ACTIVE)


def phones(service: Object) -> Iterator[tuple[list[Any], Object]]:
    """Every telephone anywhere in a service with the list it stands in, the service's own first."""
    places = [place for _, place in locations(service)]
    holders = [
        service,
        *tidy.dicts(service.get("contacts")),
        *tidy.dicts(service.get("service_at_locations")),
        *places,
        organisation(service),
    ]
    for holder in holders:
        for one in tidy.dicts(holder.get("phones")):
            yield holder["phones"], one


def kind_of(phone: Object) -> str:
    """Which column a telephone belongs in; fax machines in none."""
    said = tidy.line(phone.get("type"), 40).lower()
    if said == "fax":
        return ""
    return next((column for column, names in KINDS.items() if said in names), "phone")


def number(service: Object, column: str) -> str:
    """The first telephone number of a kind."""
    found = (tidy.line(one.get("number"), 40) for _, one in phones(service)
             if kind_of(one) == column)  # fmt: skip
    return next((one for one in found if one), "")


def locations(service: Object) -> list[tuple[Object, Object]]:
    """Each service-at-location with its location."""
    return [
        (one, one["location"])
        for one in tidy.dicts(service.get("service_at_locations"))
        if isinstance(one.get("location"), dict)
    ]


def read_address(service: Object) -> dict[str, str]:
    """The first address of the first place."""
    found = next((a for _, place in locations(service) for a in tidy.dicts(place.get("addresses"))),
                 {})  # fmt: skip
    return {
        "address_1": tidy.line(found.get("address_1"), 200),
        "address_2": tidy.line(found.get("address_2"), 200),
        "town": tidy.line(found.get("city"), 100),
        "postcode": tidy.line(found.get("postal_code"), 10).upper(),
    }


def areas(service: Object) -> list[str]:
    """Where it works, in the file's words."""
    named = [area_name(one) for one in tidy.dicts(service.get("service_areas"))]
    return list(dict.fromkeys(name for name in named if name))


def area_name(area: Object) -> str:
    """What one area is called."""
    return tidy.line(area.get("name") or area.get("service_area"), 100)


def schedule_lists(service: Object) -> Iterator[Object]:
    """Whatever holds schedules, the service's own first."""
    yield service
    for one, place in locations(service):
        yield one
        yield place


def read_hours(service: Object) -> tuple[dict[str, list[list[str]]], str]:
    """The usual week, and in words what is not a usual week."""
    found = next((tidy.dicts(one.get("schedules")) for one in schedule_lists(service)
                  if tidy.dicts(one.get("schedules"))), [])  # fmt: skip
    week: dict[str, list[list[str]]] = {}
    told = []
    for schedule in found:
        days, spell = usual(schedule)
        for day in days if spell else ():
            week.setdefault(day, []).append(spell)
        told += [tidy.text(schedule.get(name)) for name in ("description", "notes")]
    kept = {day: sorted(week[day]) for day in words.DAYS if day in week}
    return kept, "\n".join(dict.fromkeys(one for one in told if one))


def usual(schedule: Object) -> tuple[list[str], Any]:
    """Days and spell of a schedule that says the same each week; otherwise no days."""
    days = [day.strip() for day in tidy.line(schedule.get("byday"), 60).upper().split(",")]
    every_week = schedule.get("freq") in (None, "", "WEEKLY")
    each = schedule.get("interval") in (None, "", 1, "1")
    always = not schedule.get("valid_to") and not schedule.get("bymonthday")
    spell = tidy.spell(schedule.get("opens_at"), schedule.get("closes_at"))
    plain = every_week and each and always and all(day in words.DAYS for day in days)
    return (days if plain and spell else []), spell


def own_attributes(service: Object) -> Iterator[tuple[str, str]]:
    """Code and value of every attribute of our own taxonomy."""
    for attribute in tidy.dicts(service.get("attributes")):
        if is_own(attribute):
            yield (
                tidy.line(attribute["taxonomy_term"].get("code"), 80),
                str(attribute.get("value") or ""),
            )


def is_own(attribute: Object) -> bool:
    """Whether an attribute is of our own taxonomy."""
    term = attribute.get("taxonomy_term")
    return isinstance(term, dict) and term.get("taxonomy") == TAXONOMY


def _own(service: Object) -> dict[str, Any]:
    """What the standard has no field for: needs, ways in, room and the like."""
    said = dict(own_attributes(service))
    marks = {
        column: [code.partition(":")[2] for code in said if code.startswith(f"{kind}:")]
        for column, kind in MARKS.items()
    }
    told = {column: said.get(code, "") for column, code in SAID.items()}
    return {
        "needs": needs.known(marks["needs"]),
        "routes": [key for key in words.ROUTES if key in marks["routes"]],
        "offers": [key for key in words.OFFERS if key in marks["offers"]],
        "cost": _one_of(told["cost"], Listing.Cost.values, "unknown"),
        "bank_holidays": _one_of(told["bank_holidays"], Listing.BankHolidays.values, "ask"),
        "capacity": _one_of(told["capacity"], Listing.Capacity.values, "unknown"),
        "waiting_weeks": tidy.age(told["waiting_weeks"]),
        "capacity_note": tidy.line(told["capacity_note"], 300),
        "capacity_on": tidy.day(told["capacity_on"]),
        "capacity_said_by": tidy.line(told["capacity_said_by"], 200),
        "ended_on": tidy.day(told["ended_on"]),
        "ended_why": tidy.line(told["ended_why"], 300),
    }


def _one_of(value: str, known: list[str], otherwise: str) -> str:
    return value if value in known else otherwise
