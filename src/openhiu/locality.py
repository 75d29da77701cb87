"""What this place has commissioned: its sites, footprint and limits, from one TOML file.

A path comes in; a `Locality` goes out. Nothing about a place is written in code.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openhiu.errors import ConfigurationFault

_KEYS = {"name", "sites", "footprint", "stale_after_days"}
_SITE_KEYS = {"code", "name", "provider"}
_CODE_HEADERS = {"code", "lsoa", "lsoa_code", "lsoa11_code", "lsoa21_code", "gp_practice",
                 "org_code", "practice_code"}  # fmt: skip
_FOOTPRINT_KEYS = {"lsoas", "gp_practices", "lsoas_file", "gp_practices_file", "combine"}


@dataclass(frozen=True)
class Site:
    """A receiving hospital."""

    code: str
    name: str
    provider: str = ""


@dataclass(frozen=True)
class Footprint:
    """The commissioned area: where people live, whose practice they are registered with, or both.

    `combine` is "or" (either is enough) or "and".
    """

    lsoas: frozenset[str] = frozenset()
    gp_practices: frozenset[str] = frozenset()
    combine: str = "or"

    @property
    def defined(self) -> bool:
        """Whether there is anything to filter by."""
        return bool(self.lsoas or self.gp_practices)


@dataclass(frozen=True)
class Locality:
    """One place. `stale_after_days`: how old the newest attendance may be before a list says so."""

    name: str = ""
    sites: tuple[Site, ...] = ()
    footprint: Footprint = field(default_factory=Footprint)
    stale_after_days: int = 7

    def site_name(self, code: str) -> str:
        """The name people use for a site; the code itself where none was given."""
        return next((site.name for site in self.sites if site.code == code), code)


def read_locality(path: Path) -> Locality:
    """Read a locality file. Raises ConfigurationFault naming the file and the key."""
    try:
        with path.open("rb") as file:
            raw = tomllib.load(file)
    except OSError:
        raise ConfigurationFault(
            "there is no such locality file", file=path.name, remedy="check the path"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigurationFault(
            f"not valid TOML: {fault}", file=path.name, remedy="correct the file at that line"
        ) from None
    refuse_unknown_keys(raw, _KEYS, path.name, "")
    stale_after_days = raw.get("stale_after_days", 7)
    if not isinstance(stale_after_days, int) or stale_after_days < 1:
        raise ConfigurationFault(
            "stale_after_days is not a whole number of days", file=path.name, remedy="write 7"
        )
    return Locality(
        name=str(raw.get("name", "")),
        sites=tuple(_site(entry, path.name) for entry in tables(raw, "sites", path.name)),
        footprint=_footprint(raw.get("footprint", {}), path),
        stale_after_days=stale_after_days,
    )


def refuse_unknown_keys(given: Any, known: Iterable[str], file: str, section: str) -> None:
    """Raise ConfigurationFault for a key nobody reads: a typing error must not be ignored."""
    if not isinstance(given, Mapping):
        raise ConfigurationFault(
            f"{section} is not a section", file=file, remedy=f"write [{section}] on a line above it"
        )
    unknown = sorted(set(given) - set(known))
    if unknown:
        where = f"[{section}] " if section else ""
        raise ConfigurationFault(
            f"{where}has a key that is not known: {unknown[0]}",
            file=file,
            remedy=f"use one of: {', '.join(sorted(known))}",
        )


def tables(raw: Mapping[str, Any], key: str, file: str) -> list[Any]:
    """The tables under a `[[key]]`. Raises ConfigurationFault where it is anything else."""
    found = raw.get(key, [])
    if not isinstance(found, list):
        raise ConfigurationFault(
            f"{key} is not a list of tables", file=file, remedy=f"write [[{key}]] above each"
        )
    return found


def _site(entry: Mapping[str, Any], file: str) -> Site:
    refuse_unknown_keys(entry, _SITE_KEYS, file, "sites")
    if "code" not in entry:
        raise ConfigurationFault("a site has no code", file=file, remedy="give its ODS site code")
    code = str(entry["code"])
    if code.upper() == "ALL":
        raise ConfigurationFault(
            "a site has the code ALL, which is the list across sites",
            file=file,
            remedy="give its ODS site code",
        )
    return Site(code, str(entry.get("name", code)), str(entry.get("provider", "")))


def _footprint(entry: Mapping[str, Any], path: Path) -> Footprint:
    refuse_unknown_keys(entry, _FOOTPRINT_KEYS, path.name, "footprint")
    combine = entry.get("combine", "or")
    if combine not in ("or", "and"):
        raise ConfigurationFault(
            "[footprint] combine is neither or nor and", file=path.name, remedy='write "or"'
        )
    return Footprint(
        lsoas=_codes(entry, "lsoas", path),
        gp_practices=_codes(entry, "gp_practices", path),
        combine=combine,
    )


def _codes(entry: Mapping[str, Any], key: str, path: Path) -> frozenset[str]:
    """Codes written in the file itself, and those in the first column of a CSV beside it."""
    given = entry.get(key, [])
    if not isinstance(given, list):
        raise ConfigurationFault(
            f"[footprint] {key} is not a list", file=path.name, remedy=f'write {key} = ["…"]'
        )
    listed = {str(code).strip() for code in given}
    name = entry.get(f"{key}_file")
    if name is None:
        return frozenset(listed)
    beside = path.parent / str(name)
    try:
        with beside.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise ConfigurationFault(
            f"{key}_file cannot be read", file=path.name, remedy="name a UTF-8 CSV file beside it"
        ) from None
    if not rows or not rows[0] or rows[0][0].strip().lower() not in _CODE_HEADERS:
        raise ConfigurationFault(
            f"{key}_file has no header",
            file=path.name,
            remedy=f"write one of {', '.join(sorted(_CODE_HEADERS))} above the first column",
        )
    return frozenset(listed | {row[0].strip() for row in rows[1:] if row and row[0].strip()})
