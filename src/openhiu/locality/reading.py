"""What every section of a locality file is read with: TOML values come in; checked values go out,
or a ConfigurationFault naming the file and the key.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openhiu.errors import ConfigurationFault

_CODE_HEADERS = {"code", "lsoa", "lsoa_code", "lsoa11_code", "lsoa21_code", "gp_practice",
                 "org_code", "practice_code"}  # fmt: skip
_YEAR = re.compile(r"(\d{4})/(\d{2})")


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


def words(entry: Mapping[str, Any], key: str, file: str, section: str) -> str:
    """Words of a person; empty where the key was left out."""
    found = entry.get(key, "")
    if not isinstance(found, str):
        raise ConfigurationFault(
            f"[{section}] {key} is not words", file=file, remedy=f'write {key} = "…"'
        )
    return found.strip()


def lines(entry: Mapping[str, Any], key: str, file: str, section: str) -> tuple[str, ...]:
    """A list of words, those that are blank left out."""
    found = entry.get(key, [])
    if not isinstance(found, list) or not all(isinstance(line, str) for line in found):
        raise ConfigurationFault(
            f"[{section}] {key} is not a list", file=file, remedy=f'write {key} = ["…"]'
        )
    return tuple(line.strip() for line in found if line.strip())


def amount(entry: Mapping[str, Any], key: str, default: float, file: str, section: str) -> float:
    """A number that is nought or more."""
    found = entry.get(key, default)
    number = isinstance(found, int | float) and not isinstance(found, bool)
    if not number or not math.isfinite(found) or found < 0:
        raise ConfigurationFault(
            f"[{section}] {key} is not a number of 0 or more",
            file=file,
            remedy="write it in digits, without a pound sign, comma or quotation marks",
        )
    return float(found)


def price_year(entry: Mapping[str, Any], default: str, file: str, section: str) -> str:
    """A financial year such as 2024/25: two years that follow each other."""
    found = str(entry.get("price_year", default))
    years = _YEAR.fullmatch(found)
    if years is None or (int(years[1]) + 1) % 100 != int(years[2]):
        raise ConfigurationFault(
            f"[{section}] price_year is not a financial year", file=file, remedy='write "2024/25"'
        )
    return found


def codes(entry: Mapping[str, Any], key: str, path: Path, section: str) -> frozenset[str]:
    """Codes written in the file itself, and those in the first column of a CSV beside it."""
    given = entry.get(key, [])
    if not isinstance(given, list):
        raise ConfigurationFault(
            f"[{section}] {key} is not a list", file=path.name, remedy=f'write {key} = ["…"]'
        )
    listed = {str(code).strip() for code in given}
    name = entry.get(f"{key}_file")
    if name is None:
        return frozenset(listed)
    rows = _rows_beside(path, key, str(name))
    return frozenset(listed | {row[0].strip() for row in rows[1:] if row and row[0].strip()})


def _rows_beside(path: Path, key: str, name: str) -> list[list[str]]:
    try:
        with (path.parent / name).open(newline="", encoding="utf-8-sig") as file:
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
    return rows
