"""What is commissioned, as its specification says it: [service] comes in; names, hours, partners
and which criteria the list is made by go out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.locality.reading import lines, refuse_unknown_keys, words
from openhiu.locality.written_days import day

_SECTION: Final = "service"
_LONGEST: Final = 240  # months
_WORDS: Final = (
    "name", "specification_number", "commissioner", "commissioner_lead", "provider",
    "provider_lead", "period", "days", "hours", "out_of_hours", "referral", "location",
    "accessibility", "boundaries", "safeguarding", "information_sharing", "records", "incidents",
    "complaints", "preset",
)  # fmt: skip
_LINES: Final = ("relationships", "outcomes", "standards", "reporting", "workforce")


@dataclass(frozen=True)
class ServiceSettings:
    """The local choices of a service specification, empty where nothing was said.

    Who is listed is not written here but in `criteria_file` or a `preset`, from which the list
    itself is made.
    """

    name: str = ""
    specification_number: str = ""
    commissioner: str = ""
    commissioner_lead: str = ""
    provider: str = ""
    provider_lead: str = ""
    period: str = ""
    contract_months: int | None = None
    review_date: date | None = None
    days: str = ""
    hours: str = ""
    out_of_hours: str = ""
    referral: str = ""
    location: str = ""
    accessibility: str = ""
    boundaries: str = ""
    relationships: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    safeguarding: str = ""
    information_sharing: str = ""
    records: str = ""
    incidents: str = ""
    complaints: str = ""
    standards: tuple[str, ...] = ()
    reporting: tuple[str, ...] = ()
    workforce: tuple[str, ...] = ()
    criteria_file: Path | None = None
    preset: str = ""


def read_service(entry: Any, path: Path) -> ServiceSettings:
    """Read [service]. A criteria file lies beside it. Raises ConfigurationFault naming the key."""
    file = path.name
    refuse_unknown_keys(entry, (part.name for part in fields(ServiceSettings)), file, _SECTION)
    named = words(entry, "criteria_file", file, _SECTION)
    said: dict[str, Any] = {key: words(entry, key, file, _SECTION) for key in _WORDS}
    if named and said["preset"]:
        raise ConfigurationFault(
            "[service] has both criteria_file and preset", file=file, remedy="keep one of them"
        )
    said |= {key: lines(entry, key, file, _SECTION) for key in _LINES}
    return ServiceSettings(
        **said,
        contract_months=_months(entry, file),
        review_date=day(entry, "review_date", file, _SECTION),
        criteria_file=path.parent / named if named else None,
    )


def _months(entry: Mapping[str, Any], file: str) -> int | None:
    found = entry.get("contract_months")
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= _LONGEST:
        raise ConfigurationFault(
            f"[service] contract_months is not a whole number from 1 to {_LONGEST}", file=file,
            remedy="write contract_months = 24",
        )  # fmt: skip
    return found
