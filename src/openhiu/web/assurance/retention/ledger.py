"""What was removed, noted outside the database: references come in, a closed file holds them.

A database brought back from a backup holds again what was removed since; `replay` removes it once
more. A line names random keys of ours and members, and nobody. Each says that a removal begins, was
done or was given up, carries the mark of the line before it, and is marked with the installation's
secret key: a line of somebody else's is not believed.
"""

from __future__ import annotations

import hashlib
import hmac
import importlib
import json
import os
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.conf import settings

NAME: Final = "removed.jsonl"
MISSING: Final = "the list of what was removed is not there"
_MARK: Final = "mark"
Line = dict[str, Any]


class Step(StrEnum):
    """How far a removal is. Only what was done is done once more."""

    BEGINS = "begins"  # before the database commits
    DONE = "done"
    GIVEN_UP = "given up"  # the database, or a store, would not


def note(line: Line, step: Step = Step.DONE, home: Path | None = None) -> None:
    """Add one line, marked and chained to the last, and put it on the disk."""
    handle = os.open(place(home), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl: Any = importlib.import_module("fcntl")  # not on Windows
        fcntl.flock(file, fcntl.LOCK_EX)
        told = {name: value for name, value in line.items() if name != _MARK}
        told = {**told, "step": str(step), "previous": _last_mark(file)}
        told = json.loads(json.dumps(told, default=str))
        told[_MARK] = _mark(told, _keys(None)[0])
        file.write(json.dumps(told, sort_keys=True).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def place(home: Path | None = None) -> Path:
    """Where the file lies: in the installation's home, beside the anchor of the audit."""
    return (home or Path(settings.HOME)) / NAME


def verify(path: Path, key: bytes | None = None) -> tuple[list[Line], list[str]]:
    """Every genuine line, the oldest first, and a sentence for each fault.

    Lines missing at the end show only by their number: keep it where it is signed.

    Args:
        path: of the file itself.
        key: the secret key; without it that of the settings, or an earlier one listed there.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return [], [MISSING]
    lines, faults = list[Line](), list[str]()
    previous = ""
    for number, (line, genuine) in enumerate(_read(raw, _keys(key)), 1):
        if not genuine:
            faults.append(f"line {number} of what was removed was not written here, or was changed")
        elif line["previous"] != previous:
            faults.append(f"lines are missing before line {number} of what was removed")
        if genuine:
            lines.append(line)
        previous = str(line.get(_MARK, ""))
    return lines, faults


def lines(home: Path | None = None, since: datetime | None = None) -> Iterator[Line]:
    """The newest word on each removal, the oldest removal first; only what was written here.

    A line cut short by a crash is none.
    """
    yield from _newest(verify(place(home))[0], since)


def doubtful(home: Path | None = None, since: datetime | None = None) -> Iterator[Line]:
    """Removals that only lines of somebody else's tell of."""
    try:
        read = _read(place(home).read_bytes(), _keys(None))
    except FileNotFoundError:
        return
    known = {line["appraisal"] for line in lines(home)}
    found = (line for line, genuine in read if not genuine)
    for line in _newest(found, since):
        if line["appraisal"] not in known:
            yield line


def _newest(told: Any, since: datetime | None) -> Iterator[Line]:
    found: dict[str, Line] = {}
    for line in told:
        try:
            if since is None or datetime.fromisoformat(line["at"]) >= since:
                found[line["appraisal"]] = line
        except (ValueError, KeyError, TypeError):
            continue
    yield from found.values()


def _read(raw: bytes, keys: list[bytes]) -> Iterator[tuple[Line, bool]]:
    """Each whole line, with whether it is genuine; what a crash cut short at the end is none."""
    for text in raw.split(b"\n")[:-1]:
        try:
            line = json.loads(text)
        except ValueError:
            line = None
        if isinstance(line, dict):
            yield line, _genuine(line, keys)
        else:
            yield {}, False


def _genuine(line: Line, keys: list[bytes]) -> bool:
    told = {name: value for name, value in line.items() if name != _MARK}
    mark = str(line.get(_MARK, "")).encode()
    return any(hmac.compare_digest(mark, _mark(told, key).encode()) for key in keys)


def _mark(told: Line, key: bytes) -> str:
    text = json.dumps(told, sort_keys=True).encode()
    derived = hashlib.sha256(b"openhiu.removed" + key).digest()
    return hmac.new(derived, text, hashlib.sha256).hexdigest()


def _keys(key: bytes | None) -> list[bytes]:
    if key is not None:
        return [key]
    return [one.encode() for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _last_mark(file: BinaryIO) -> str:
    """The mark of the last whole line; what a crash left unfinished after it is cut off."""
    raw = file.read()
    whole = raw.rfind(b"\n") + 1
    if whole < len(raw):
        file.truncate(whole)
    try:
        return str(json.loads(raw[:whole].splitlines()[-1]).get(_MARK, ""))
    except (ValueError, IndexError, AttributeError):
        return ""
