"""One Listing comes in; the Open Referral service object goes out.

It begins as the object the row came with. Only a field that says something else than the row is
written anew, so whatever nobody changed is given back letter by letter.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from openhiu.web.directory import needs, words
from openhiu.web.directory.models import Listing
from openhiu.web.directory.open_referral import reading, tidy
from openhiu.web.directory.open_referral.reading import Object

_SPACE: Final = uuid5(NAMESPACE_URL, "https://openhiu.org/open-referral")
_PLAIN: Final = {
    "name": "name",
    "description": "description",
    "eligibility": "eligibility_description",
    "age_from": "minimum_age",
    "age_to": "maximum_age",
    "how_to_refer": "application_process",
    "cost_words": "fees_description",
    "email": "email",
    "web": "url",
    "status": "status",
    "verified_on": "assured_date",
}
_ADDRESS: Final = {
    "address_1": "address_1",
    "address_2": "address_2",
    "town": "city",
    "postcode": "postal_code",
}


def write(listing: Listing) -> Object:
    """The service object of a row."""
    service: Object = deepcopy(listing.foreign) if listing.foreign else {}
    service["id"] = service.get("id") or listing.ref
    before = reading.read(service)
    differs = {name for name in before if name != "ref" and before[name] != _of(listing, name)}
    for column in [name for name in _PLAIN if name in differs]:
        _put(service, _PLAIN[column], _of(listing, column))
    if "cost_words" in differs:
        service.pop("fees", None)
    for columns, put in _PARTS:
        if differs & columns:
            put(service, listing)
    service.setdefault("name", listing.name)
    service.setdefault("status", listing.status)
    if listing.changed_here or not service.get("last_modified"):
        service["last_modified"] = listing.changed_at.isoformat(timespec="milliseconds")
    return service


def _of(listing: Listing, name: str) -> Any:
    return getattr(listing, name)


def new_id(service: Object, *what: str) -> str:
    """An identifier that is the same each time the same thing is written."""
    return str(uuid5(_SPACE, "/".join((str(service["id"]), *what))))


def _put(service: Object, name: str, value: Any) -> None:
    """Write a field, or leave it out where there is nothing to say."""
    if value in (None, ""):
        service.pop(name, None)
    else:
        service[name] = value.isoformat() if isinstance(value, date) else value


def _organisation(service: Object, listing: Listing) -> None:
    if not listing.organisation:
        service.pop("organization", None)
        return
    held = reading.organisation(service)
    key = str(uuid5(_SPACE, f"organisation/{listing.organisation.casefold()}"))
    service["organization"] = {
        **held,
        "id": held.get("id") or key,
        "name": listing.organisation,
        "description": held.get("description") or listing.organisation,
    }


def _phones(service: Object, listing: Listing) -> None:
    for column, kind in (("phone", "voice"), ("textphone", "textphone"), ("text_number", "sms")):
        wanted = _of(listing, column)
        if reading.number(service, column) != wanted:
            _put_number(service, column, kind, wanted)


def _put_number(service: Object, column: str, kind: str, wanted: str) -> None:
    own = tidy.dicts(service.get("phones"))
    held = next((one for one in own if reading.kind_of(one) == column), None)
    if not wanted:
        for kept, one in list(reading.phones(service)):
            if reading.kind_of(one) == column:
                kept.remove(one)
    elif held:
        held["number"] = wanted
    else:
        key = new_id(service, "phone", kind)
        service["phones"] = [{"id": key, "number": wanted, "type": kind}, *own]


def _address(service: Object, listing: Listing) -> None:
    places = [
        place for _, place in reading.locations(service) if tidy.dicts(place.get("addresses"))
    ]
    address = tidy.dicts(places[0]["addresses"])[0] if places else _new_place(service)
    address |= {name: _of(listing, column) for column, name in _ADDRESS.items()}


def _new_place(service: Object) -> Object:
    address: Object = {
        "id": new_id(service, "address"),
        "address_1": "",
        "city": "",
        "state_province": "England",
        "postal_code": "",
        "country": "GB",
        "address_type": "physical",
    }
    place = {"id": new_id(service, "location"), "location_type": "physical", "addresses": [address]}
    held = tidy.dicts(service.get("service_at_locations"))
    there = {"id": new_id(service, "service_at_location"), "location": place}
    service["service_at_locations"] = [there, *held]
    return address


def _areas(service: Object, listing: Listing) -> None:
    held = {reading.area_name(one): one for one in tidy.dicts(service.get("service_areas"))}
    service["service_areas"] = [
        held.get(name) or {"id": new_id(service, "area", name), "name": name}
        for name in listing.areas
    ]


def _hours(service: Object, listing: Listing) -> None:
    for holder in list(reading.schedule_lists(service)):
        holder.pop("schedules", None)
    service["schedules"] = [
        {
            "id": new_id(service, "schedule", *spell),
            "freq": "WEEKLY",
            "byday": ",".join(days),
            "opens_at": spell[0],
            "closes_at": "23:59" if spell[1] == "24:00" else spell[1],
        }
        for spell, days in _by_spell(listing.hours)
    ]
    if listing.hours_words:
        key = new_id(service, "schedule", "words")
        service["schedules"].append({"id": key, "description": listing.hours_words})


def _by_spell(hours: Any) -> list[tuple[tuple[str, str], list[str]]]:
    """Each spell with the days that have it, so that a week is few schedules."""
    found: dict[tuple[str, str], list[str]] = {}
    for day in words.DAYS:
        for opens, closes in hours.get(day) or []:
            found.setdefault((opens, closes), []).append(day)
    return list(found.items())


def _own(service: Object, listing: Listing) -> None:
    """Our own facts as attributes; those of other taxonomies stay, and codes not known here."""
    held = tidy.dicts(service.get("attributes"))
    kept = [one for one in held if not (reading.is_own(one) and _known_here(one))]
    service["attributes"] = kept + [_attribute(service, *one) for one in _said(listing)]


def _known_here(attribute: Object) -> bool:
    code = tidy.line(attribute["taxonomy_term"].get("code"), 80)
    mark, _, key = code.partition(":")
    tables = {"need": dict(needs.choices()), "route": words.ROUTES, "offer": words.OFFERS}
    return code in reading.SAID.values() or key in tables.get(mark, {})


def _said(listing: Listing) -> list[tuple[str, str, str]]:
    """Code, words and value of everything there is to say."""
    tables = {"needs": dict(needs.choices()), "routes": words.ROUTES, "offers": words.OFFERS}
    marks = [
        (f"{reading.MARKS[column]}:{key}", tables[column].get(key, key), "")
        for column in reading.MARKS
        for key in _of(listing, column)
    ]
    told = [
        (code, words.LABELS[column], _as_text(_of(listing, column)))
        for column, code in reading.SAID.items()
    ]
    return marks + [one for one in told if one[2]]


def _as_text(value: Any) -> str:
    if value in (None, "", "unknown", "ask"):
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _attribute(service: Object, code: str, label: str, value: str) -> Object:
    term_id = str(uuid5(_SPACE, f"term/{code}"))
    term = {"id": term_id, "code": code, "name": label, "description": label,
            "taxonomy": reading.TAXONOMY}  # fmt: skip
    found = {
        "id": new_id(service, "attribute", code),
        "link_id": service["id"],
        "link_entity": "service",
        "taxonomy_term_id": term_id,
        "taxonomy_term": term,
    }
    return found | {"value": value} if value else found


_PARTS: Final[tuple[tuple[frozenset[str], Callable[[Object, Listing], None]], ...]] = (
    (frozenset({"organisation"}), _organisation),
    (frozenset({"phone", "textphone", "text_number"}), _phones),
    (frozenset(_ADDRESS), _address),
    (frozenset({"areas"}), _areas),
    (frozenset({"hours", "hours_words"}), _hours),
    (frozenset({*reading.MARKS, *reading.SAID}), _own),
)
