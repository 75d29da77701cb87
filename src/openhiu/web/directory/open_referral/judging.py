"""A file somebody brought comes in; its service objects and what is wrong with them go out.

What cannot be read stops one service, never the file. A fault says where (a path) and what, and
never repeats what stood there. Nothing is fetched from anywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from math import isfinite
from typing import Any, Final

from openhiu.web.directory.models import Listing
from openhiu.web.directory.open_referral import tidy
from openhiu.web.directory.open_referral.reading import Object

LARGEST: Final = 20 * 1024 * 1024  # bytes of a file
MOST: Final = 10_000  # services in a file
_DEEPEST: Final = 40
# Commas and opening brackets: never fewer than the values that reading would make.
_MOST_ENTRIES: Final = 1_000_000
# Characters taken over in all, with so many for each value. A file of the largest size stays below
# it; one organisation that is repeated in thousands of services does not.
_MOST_TAKEN: Final = 64 * 1024 * 1024
_A_VALUE: Final = 16
_MOST_FAULTS: Final = 300  # told in words; all of them are counted
# Fields that the published schemas require, by the list they stand in.
_REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    "organization": ("id", "name", "description"),
    "phones": ("id", "number"),
    "schedules": ("id",),
    "service_areas": ("id",),
    "contacts": ("id",),
    "languages": ("id",),
    "cost_options": ("id",),
    "attributes": ("id",),
    "taxonomy_term": ("id", "name", "description"),
    "service_at_locations": ("id",),
    "location": ("id", "location_type"),
    "addresses": ("id", "address_1", "city", "postal_code", "country", "address_type"),
}
_TEXTS: Final = ("name", "description", "url", "email", "status", "eligibility_description",
                 "fees_description", "application_process")  # fmt: skip
_IN_PARTS: Final = "Bring it in parts."
_NOT_KEPT: Final = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Fault:
    """What is wrong and where; `stops` when the service cannot be taken over."""

    path: str
    words: str
    stops: bool = False

    def as_dict(self) -> dict[str, Any]:
        """As it is kept."""
        return {"path": self.path, "words": self.words, "stops": self.stops}


@dataclass
class Judged:
    """Services that can be taken over, how many could not (and their refs), and every fault."""

    services: list[Object] = field(default_factory=list)
    held_back: list[str] = field(default_factory=list)
    stopped: int = 0
    faults: list[Fault] = field(default_factory=list)
    faults_in_all: int = 0

    def note(self, fault: Fault) -> None:
        """Count a fault; the first few hundred are told in words."""
        self.faults_in_all += 1
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(fault)


class Unusable(Exception):
    """The file as a whole cannot be read; the sentence says why."""


def judge(data: bytes) -> Judged:
    """Everything a file holds.

    Raises:
        Unusable: too large, too much in it, not JSON, too deep, or no services in it.
    """
    if len(data) > LARGEST:
        raise Unusable(f"The file is larger than {LARGEST // 1024 // 1024} MB.")
    if sum(data.count(mark) for mark in (b",", b"{", b"[")) > _MOST_ENTRIES:
        raise Unusable(f"The file holds more single entries than {_MOST_ENTRIES:,}. {_IN_PARTS}")
    found = list(islice(_services(_load(data)), MOST + 1))
    if not found:
        raise Unusable("There are no services in this file. It must be Open Referral JSON.")
    if len(found) > MOST:
        raise Unusable(f"The file holds more than {MOST:,} services. {_IN_PARTS}")
    judged, refs, keeping = Judged(), set[str](), _Keeping()
    with _refused():
        for path, service in found:
            _take(judged, refs, path, keeping.kept(service))
    return judged


def _load(data: bytes) -> Any:
    with _refused():
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)


@contextmanager
def _refused() -> Iterator[None]:
    """What stops reading, as a sentence."""
    try:
        yield
    except UnicodeDecodeError:
        raise Unusable("The file is not text in UTF-8.") from None
    except RecursionError:
        raise Unusable("The file is nested too deeply.") from None
    except json.JSONDecodeError as fault:
        raise Unusable(f"The file is not JSON: line {fault.lineno} cannot be read.") from None
    except ValueError:
        raise Unusable("The file holds a number that is none.") from None


def _no_number(text: str) -> Any:
    raise ValueError(text)


@dataclass
class _Keeping:
    """Copies values without what a database cannot hold, until a file has taken its share."""

    left: int = _MOST_TAKEN

    def kept(self, value: Any, depth: int = 0) -> Any:
        """The same value.

        Raises:
            RecursionError: nested deeper than any honest file.
            ValueError: a number that is none.
            Unusable: more than one file may bring.
        """
        if depth > _DEEPEST:
            raise RecursionError
        self._take(_A_VALUE)
        if isinstance(value, float) and not isfinite(value):
            raise ValueError(value)
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [self.kept(one, depth + 1) for one in value]
        if isinstance(value, dict):
            return {self._text(key): self.kept(one, depth + 1) for key, one in value.items()}
        return value

    def _text(self, text: str) -> str:
        self._take(len(text))
        return _NOT_KEPT.sub("", text)

    def _take(self, many: int) -> None:
        self.left -= many
        if self.left < 0:
            raise Unusable(f"The file holds more than can be taken over at once. {_IN_PARTS}")


def _services(whole: Any) -> Iterator[tuple[str, Any]]:
    """Every service with its path: a page of the API, a list, a single one, or organisations."""
    if isinstance(whole, list):
        yield from _of_list("", whole)
    elif isinstance(whole, dict):
        for key in ("contents", "services", "organizations"):
            if isinstance(whole.get(key), list):
                yield from _of_list(key, whole[key])
                return
        if "name" in whole:
            yield from _of_list("", [whole])


def _of_list(key: str, rows: list[Any]) -> Iterator[tuple[str, Any]]:
    for n, row in enumerate(rows):
        path = f"{key}[{n}]"
        if isinstance(row, dict) and isinstance(row.get("services"), list):
            about = {name: value for name, value in row.items() if name != "services"}
            for m, service in enumerate(row["services"]):
                inner = {"organization": about, **service} if isinstance(service, dict) else service
                yield f"{path}.services[{m}]", inner
        else:
            yield path, row


def _take(judged: Judged, refs: set[str], path: str, service: Any) -> None:
    if not isinstance(service, dict):
        judged.stopped += 1
        judged.note(Fault(path, "This is not an object.", stops=True))
        return
    stops = list(_stops(path, service, refs))
    for fault in (*stops, *_faults(path, service)):
        judged.note(fault)
    ref = tidy.line(service.get("id"), 100)
    if stops:
        judged.stopped += 1
        judged.held_back += [ref] if ref else []
        return
    refs.add(ref)
    judged.services.append(service)


def _stops(path: str, service: Object, refs: set[str]) -> Iterator[Fault]:
    """What keeps a service from being taken over."""
    for name in ("id", "name"):
        if not tidy.line(service.get(name), 200):
            yield Fault(f"{path}.{name}", "Required, and missing or empty.", stops=True)
    if tidy.line(service.get("id"), 100) in refs:
        yield Fault(f"{path}.id", "The same identifier stands earlier in the file.", stops=True)
    if len(tidy.line(service.get("id"), 200)) > 100:
        yield Fault(f"{path}.id", "Longer than 100 characters.", stops=True)


def _faults(path: str, service: Object) -> Iterator[Fault]:
    """What is against the standard and can be lived with: the object is kept as it came."""
    if "organization" not in service:
        yield Fault(f"{path}.organization", "Missing: who runs it is not known.")
    if service.get("status") not in Listing.Status.values:
        words = "Required, one of active, inactive, defunct, temporarily closed; taken as active."
        yield Fault(f"{path}.status", words)
    for name in _TEXTS:
        if service.get(name) is not None and not isinstance(service[name], str):
            yield Fault(f"{path}.{name}", "Must be text; passed over.")
    for name in ("assured_date", "last_modified"):
        if service.get(name) and tidy.day(service[name]) is None:
            yield Fault(f"{path}.{name}", "Must be a date such as 2026-11-22; passed over.")
    for name in ("minimum_age", "maximum_age"):
        if service.get(name) not in (None, "") and tidy.age(service[name]) is None:
            yield Fault(f"{path}.{name}", "Must be a number of years; passed over.")
    if len(tidy.line(service.get("name"), 10_000)) > 200:
        yield Fault(f"{path}.name", "Longer than 200 characters; shown shortened.")
    yield from _within(path, service)


def _within(path: str, held: Object) -> Iterator[Fault]:
    """Required fields of everything nested."""
    for name, value in held.items():
        rows = [(f"{path}.{name}", value)] if isinstance(value, dict) else []
        if isinstance(value, list):
            rows = [(f"{path}.{name}[{n}]", one) for n, one in enumerate(value)]
        for where, one in rows:
            if not isinstance(one, dict):
                if name in _REQUIRED:
                    yield Fault(where, "This is not an object; passed over.")
                continue
            for wanted in _REQUIRED.get(name, ()):
                if one.get(wanted) in (None, ""):
                    yield Fault(f"{where}.{wanted}", "Required, and missing or empty.")
            yield from _within(where, one)
