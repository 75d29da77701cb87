"""The service file: when support began at each hospital and up to when data are to be used. A TOML
file, and the CSV files it names, come in; a `Service` goes out.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.locality import refuse_unknown_keys
from openhiu.tables.handover import Source
from openhiu.tables.identifiers import IdentifierFault, read_nhs_number

LIST_SIZE: Final = 250
_KEYS: Final = {"service_start", "data_from", "cut", "list_size", "volumes", "social_flag"}
_YES_NO: Final[Mapping[str, bool]] = {
    "yes": True, "y": True, "1": True, "true": True,
    "no": False, "n": False, "0": False, "false": False,
}  # fmt: skip


@dataclass(frozen=True)
class Service:
    """What only the service knows. Everything may be left out.

    `service_start` and `data_from` are by site code, or "" for every site: the first day of
    support, and the first day from which the data may be used as history. `cut` is the first day
    not yet fully received. `volumes` are department attendances by site and first of month;
    `social_flag` maps identifiers to a yes or no known of everyone on the list date.
    """

    service_start: Mapping[str, date] = field(default_factory=dict)
    data_from: Mapping[str, date] = field(default_factory=dict)
    cut: date | None = None
    list_size: int = LIST_SIZE
    volumes: Mapping[tuple[str, date], float] = field(default_factory=dict)
    social_flag: Mapping[str, bool] | None = None
    sources: tuple[Source, ...] = ()

    def start_at(self, site: str) -> date | None:
        """The stated first day of support at a site."""
        return self.service_start.get(site) or self.service_start.get("")

    def data_from_at(self, site: str) -> date | None:
        """The stated first day of usable data at a site."""
        return self.data_from.get(site) or self.data_from.get("")


def read_service(path: Path) -> Service:
    """Read a service file. Raises ConfigurationFault naming the file and the key."""
    try:
        content = path.read_bytes()
        raw = tomllib.loads(content.decode("utf-8"))
    except OSError:
        raise ConfigurationFault(
            "there is no such service file", file=path.name, remedy="check the path"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigurationFault(
            f"not valid TOML: {fault}", file=path.name, remedy="correct the file at that line"
        ) from None
    refuse_unknown_keys(raw, _KEYS, path.name, "")
    sources = [Source(path.name, sha256(content).hexdigest(), "service", 1)]
    volumes, flags = _beside(path, raw, "volumes"), _beside(path, raw, "social_flag")
    read_volumes: Mapping[tuple[str, date], float] = {}
    if volumes:
        read_volumes = volumes_of(_rows(volumes, ("site", "month", "ed_attendances"), sources))
    read_flags = flags_of(_rows(flags, ("person_id", "flag"), sources)) if flags else None
    return Service(
        _by_site(raw, "service_start", path.name), _by_site(raw, "data_from", path.name),
        _day(raw["cut"], "cut", path.name) if "cut" in raw else None,
        _size(raw.get("list_size", LIST_SIZE), path.name), read_volumes, read_flags,
        tuple(sources),
    )  # fmt: skip


def volumes_of(rows: list[dict[str, Any]], file: str = "volumes") -> dict[tuple[str, date], float]:
    """Department volumes by site and first of month. Raises ConfigurationFault naming the row."""
    found = {}
    for number, row in enumerate(rows, start=2):
        try:
            text = str(row["month"]).strip()
            month = date.fromisoformat(f"{text}-01" if len(text) == 7 else text[:10])
            count = float(row["ed_attendances"])
        except (ValueError, TypeError):
            count, month = -1.0, date.min
        if not 0 <= count < 1e7:
            raise ConfigurationFault(
                "a monthly volume cannot be read", file=file, row=number,
                remedy="write site, month as YYYY-MM and a whole number",
            )  # fmt: skip
        found[str(row["site"]).strip(), month.replace(day=1)] = count
    return found


def flags_of(rows: list[dict[str, Any]], file: str = "social_flag") -> dict[str, bool]:
    """The social flag by identifier. Raises ConfigurationFault naming the row, never the person."""
    found = {}
    for number, row in enumerate(rows, start=2):
        person, told = str(row["person_id"] or "").strip(), str(row["flag"]).strip().lower()
        if not person or told not in _YES_NO:
            raise ConfigurationFault(
                "a social flag cannot be read", file=file, row=number,
                remedy="write person_id, and yes or no as flag",
            )  # fmt: skip
        read = read_nhs_number(person)
        found[person if isinstance(read, IdentifierFault) else read] = _YES_NO[told]
    return found


def _beside(path: Path, raw: Mapping[str, Any], key: str) -> Path | None:
    return path.parent / str(raw[key]) if key in raw else None


def _rows(path: Path, columns: tuple[str, ...], sources: list[Source]) -> list[dict[str, Any]]:
    try:
        content = path.read_bytes()
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error):
        raise ConfigurationFault(
            "the file named in the service file cannot be read", file=path.name,
            remedy="name a UTF-8 CSV file beside it",
        ) from None  # fmt: skip
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise ConfigurationFault(
            "a column is missing", file=path.name, row=1, column=missing[0],
            remedy=f"its first line is {','.join(columns)}",
        )  # fmt: skip
    sources.append(Source(path.name, sha256(content).hexdigest(), path.stem, len(rows)))
    return rows


def _by_site(raw: Mapping[str, Any], key: str, file: str) -> dict[str, date]:
    given = raw.get(key, {})
    if not isinstance(given, Mapping):
        return {"": _day(given, key, file)}
    return {str(site): _day(day, key, file) for site, day in given.items()}


def _day(value: Any, key: str, file: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ConfigurationFault(
            f"{key} is not a date", file=file, remedy=f"write {key} = 2026-04-01"
        ) from None


def _size(value: Any, file: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 100_000:
        raise ConfigurationFault(
            "list_size is not a whole number of people", file=file, remedy="write list_size = 250"
        )
    return value
