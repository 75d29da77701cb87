"""Forgetting people in an analyst's store: a folder and keys come in; counts go out."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from openhiu.errors import InputNotUsable
from openhiu.extract.store import Forgotten, Key, Store, Whose
from openhiu.tables.delivery import as_given
from openhiu.tables.handover import NHS_ISSUER
from openhiu.tables.identifiers import IdentifierFault, read_nhs_number

COLUMN: Final = "person_id"
ISSUER: Final = "issuer"
BORN: Final = "birth_date"


@dataclass(frozen=True)
class ToForget:
    """Whom to forget: keys with their issuers; of NHS numbers, whose they are where it is said."""

    keys: frozenset[Key]
    known: Mapping[str, Whose]


def forget_people(
    store: Path,
    keys: Collection[Key],
    *,
    activity: bool = True,
    known: Mapping[str, Whose] | None = None,
) -> Forgotten:
    """Forget these people in a store; doing it again does no harm.

    Args:
        keys: who issued a number, and the number; without an issuer, what the store calls them.
        activity: also let their activity lead to nobody.
        known: names and dates of birth of whoever has an NHS number, compared with the store's.

    Raises RefusedByPolicy where a number leads to more than one person, or to another one.
    """
    return Store.open(store).forget(set(keys), activity=activity, known=known)


def read_keys(file: Path) -> set[Key]:
    """The keys alone of such a file: see read_to_forget."""
    return set(read_to_forget(file).keys)


def read_to_forget(file: Path) -> ToForget:
    """The columns `issuer`, `person_id` and `birth_date` of a CSV file, as the service makes it.

    Without `issuer` each key is exactly what the store calls somebody. With `birth_date` an NHS
    number is followed only to somebody who was born then.

    Raises InputNotUsable where there is no such column, or nobody in it.
    """
    known: dict[str, Whose] = {}
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            if COLUMN not in (rows.fieldnames or ()):
                raise _not_usable(file, f"it has no column {COLUMN}")
            keys = set[Key]()
            for row in rows:
                if (row[COLUMN] or "").strip():
                    keys.add(_key(file, row))
                    _note_birth(file, row, known)
    except (OSError, UnicodeDecodeError) as error:
        raise _not_usable(file, "it cannot be read as text") from error
    if not keys:
        raise _not_usable(file, "nobody stands in it")
    return ToForget(frozenset(keys), known)


def _note_birth(file: Path, row: Mapping[str, str | None], known: dict[str, Whose]) -> None:
    """One of several dates of birth of whoever has a number; none where the column is not there."""
    issuer, number = _key(file, row)
    if issuer != NHS_ISSUER or BORN not in row:
        return
    text = (row[BORN] or "").strip()
    try:
        said = Whose(births=frozenset({date.fromisoformat(text)} if text else ()))
    except ValueError:
        raise _not_usable(file, f"a {BORN} in it is no date (YYYY-MM-DD)") from None
    known[number] = known.get(number, Whose()).and_(said)


def _key(file: Path, row: Mapping[str, str | None]) -> Key:
    issuer, value = (as_given((row.get(name) or "").strip()) for name in (ISSUER, COLUMN))
    if issuer != NHS_ISSUER:
        return issuer, value
    number = read_nhs_number(value)
    if isinstance(number, IdentifierFault):
        raise _not_usable(file, f"an NHS number in it cannot be used: {number}")
    return issuer, number


def _not_usable(file: Path, why: str) -> InputNotUsable:
    return InputNotUsable(
        f"this file does not say whom to forget: {why}",
        remedy=f"use the file the service made, or a CSV with a column {COLUMN}",
        file=file.name,
    )
