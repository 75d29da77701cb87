"""The receiving hospitals of a place: [[sites]] and a CSV file beside it come in; each `Site` goes
out, with what service it has and where it lies.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.locality.reading import amount, refuse_unknown_keys, tables, words

_KEYS: Final = {"code", "name", "provider", "leads", "service", "latitude", "longitude", "place"}
_NUMBERS: Final = ("leads", "latitude", "longitude")
_SECTION: Final = "sites"
_DEGREES: Final = {"latitude": 90.0, "longitude": 180.0}


@dataclass(frozen=True)
class Site:
    """A receiving hospital. `leads` are whole-time equivalents in post there (None: not said),
    `service` what is there in words, `place` the code of the place it belongs to.
    """

    code: str
    name: str
    provider: str = ""
    leads: float | None = None
    service: str = ""
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""


def read_sites(raw: Mapping[str, Any], path: Path) -> tuple[Site, ...]:
    """The sites in the file itself, then those of `sites_file`. Raises ConfigurationFault."""
    here = [_site(entry, path.name) for entry in tables(raw, "sites", path.name)]
    name = raw.get("sites_file")
    listed = [_site(row, str(name)) for row in _rows(path, name)] if name is not None else []
    sites = (*here, *listed)
    codes = [site.code for site in sites]
    if name is not None and len(set(codes)) < len(codes):
        raise ConfigurationFault(
            "a site is named twice", file=str(name), remedy="keep one line for each site code"
        )
    return sites


def _rows(path: Path, name: Any) -> list[dict[str, Any]]:
    """The lines of the file, cells that are empty left out and numbers as numbers."""
    if not isinstance(name, str):
        raise ConfigurationFault(
            "sites_file is not the name of a file", file=path.name, remedy='write "sites.csv"'
        )
    try:
        with (path.parent / name).open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise ConfigurationFault(
            "sites_file cannot be read", file=path.name, remedy="name a UTF-8 CSV file beside it"
        ) from None
    return [
        {key.strip(): _value(key.strip(), cell.strip(), name, line)
         for key, cell in row.items() if key and isinstance(cell, str) and cell.strip()}
        for line, row in enumerate(rows, start=2)
    ]  # fmt: skip


def _value(key: str, cell: str, file: str, line: int) -> Any:
    if key not in _NUMBERS:
        return cell
    try:
        return float(cell)
    except ValueError:
        raise ConfigurationFault(
            "not a number", file=file, row=line, column=key,
            remedy="write it in digits, or leave the cell empty",
        ) from None  # fmt: skip


def _site(entry: Mapping[str, Any], file: str) -> Site:
    refuse_unknown_keys(entry, _KEYS, file, _SECTION)
    if "code" not in entry:
        raise ConfigurationFault("a site has no code", file=file, remedy="give its ODS site code")
    code = str(entry["code"])
    if code.upper() == "ALL":
        raise ConfigurationFault(
            "a site has the code ALL, which is the list across sites",
            file=file,
            remedy="give its ODS site code",
        )
    return Site(
        code=code,
        name=str(entry.get("name", code)),
        provider=str(entry.get("provider", "")),
        leads=amount(entry, "leads", 0.0, file, _SECTION) if "leads" in entry else None,
        service=words(entry, "service", file, _SECTION),
        latitude=_degrees(entry, "latitude", file),
        longitude=_degrees(entry, "longitude", file),
        place=words(entry, "place", file, _SECTION),
    )


def _degrees(entry: Mapping[str, Any], key: str, file: str) -> float | None:
    found = entry.get(key)
    if found is None:
        return None
    number = isinstance(found, int | float) and not isinstance(found, bool)
    if not number or not abs(found) <= _DEGREES[key]:
        raise ConfigurationFault(
            f"[{_SECTION}] {key} is not a number of degrees", file=file, remedy="write 53.81"
        )
    return float(found)
