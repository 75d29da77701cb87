"""Asking who may stay on a list: a list comes in; the file of numbers, its envelope for MESH and a
note of what was asked go out. Nothing is sent from here.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from openhiu.errors import InputNotUsable, WrongUsage
from openhiu.identify.opt_out import numbers
from openhiu.identify.opt_out.folder import ListFolder
from openhiu.tables.opt_out import WORKFLOW

TO: Final = "X26HC036"  # the opt-out service's mailbox, as its users publish it
_MAILBOX: Final = re.compile(r"[A-Z0-9]{5,12}")
_KEPT: Final = "*.dat", "*.ctl", "*.asked.json"
_MOST: Final = 9999
_CONTROL: Final = """<DTSControl>
<Version>1.0</Version>
<AddressType>DTS</AddressType>
<MessageType>Data</MessageType>
<From_DTS>{mailbox}</From_DTS>
<To_DTS>{to}</To_DTS>
<Subject>{name}</Subject>
<LocalId>{name}</LocalId>
<WorkflowId>{workflow}</WorkflowId>
<Encrypted>N</Encrypted>
<Compress>N</Compress>
</DTSControl>
"""


@dataclass(frozen=True)
class Asked:
    """What was asked: for which list, when, and the hash of the file that asked."""

    name: str
    asked_at: str
    request_sha256: str
    list_sha256: str
    numbers: int
    without_number: int

    @property
    def at(self) -> datetime:
        """The moment of asking, with its zone."""
        return datetime.fromisoformat(self.asked_at)


def ask(listing: ListFolder, out: Path, *, mailbox: str, to: str, now: datetime) -> Asked:
    """Write the three files; `now` has a zone.

    Raises:
        WrongUsage: a mailbox that is none, or too many files of one day.
        InputNotUsable: nobody on the list has an NHS number.
    """
    for given in (mailbox, to):
        if not _MAILBOX.fullmatch(given):
            raise WrongUsage("this is not the name of a MESH mailbox",
                             remedy="give five to twelve capital letters and digits")  # fmt: skip
    known = listing.numbers()
    data = numbers.written(known.values())
    out.mkdir(parents=True, exist_ok=True)
    name = _free_name(out, f"{mailbox}-{now:%d%m%y}")
    asked = Asked(
        name=name,
        asked_at=now.isoformat(timespec="seconds"),
        request_sha256=hashlib.sha256(data).hexdigest(),
        list_sha256=listing.fingerprint,
        numbers=len(set(known.values())),
        without_number=len(listing.people() - known.keys()),
    )
    control = _CONTROL.format(mailbox=mailbox, to=to, name=escape(name), workflow=WORKFLOW)
    _write(out / f"{name}.asked.json", json.dumps(asdict(asked), indent=2).encode() + b"\n")
    _write(out / f"{name}.dat", data)
    _write(out / f"{name}.ctl", control.encode())  # last: a MESH client sends once it is there
    return asked


def read_asked(file: Path) -> Asked:
    """The note beside a file of numbers; given either.

    Raises:
        InputNotUsable: no such note, or the file is not what was written.
    """
    stem = file.name.removesuffix(".asked.json").removesuffix(".dat")
    try:
        asked = Asked(**json.loads((file.parent / f"{stem}.asked.json").read_bytes()))
        asked.at.utcoffset()
        data = (file.parent / f"{stem}.dat").read_bytes()
    except (OSError, ValueError, TypeError):
        raise _lost(stem) from None
    if asked.at.tzinfo is None or hashlib.sha256(data).hexdigest() != asked.request_sha256:
        raise _lost(stem)
    return asked


def asked_about(file: Path) -> set[str]:
    """The numbers in what was sent."""
    stem = file.name.removesuffix(".asked.json").removesuffix(".dat")
    return set(numbers.read((file.parent / f"{stem}.dat").read_bytes(), f"{stem}.dat"))


def forget(folder: Path, *, days: int, now: datetime) -> list[str]:
    """Remove what was asked and answered more than so many days ago; the names of the files.

    A question's own time counts, and for any other file the day it was written.
    """
    before = now - timedelta(days=days)
    gone = []
    for pattern in _KEPT:
        for file in sorted(folder.glob(pattern)):
            if _time_of(file, now) < before:
                file.unlink()
                gone.append(file.name)
    return gone


def _time_of(file: Path, now: datetime) -> datetime:
    written = datetime.fromtimestamp(file.stat().st_mtime, tz=now.tzinfo)
    stem = file.name.removesuffix(".asked.json").removesuffix(".dat").removesuffix(".ctl")
    try:
        noted = json.loads((file.parent / f"{stem}.asked.json").read_bytes())
        return min(written, datetime.fromisoformat(noted["asked_at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return written


def _free_name(out: Path, start: str) -> str:
    for number in range(1, _MOST + 1):
        name = f"{start}-{number:04d}"
        if not any((out / f"{name}{end}").exists() for end in (".dat", ".ctl", ".asked.json")):
            return name
    raise WrongUsage("no number is left for another file today", remedy="name another folder")


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, and readable by nobody else."""
    building = path.with_name(f".{path.name}.tmp")
    building.unlink(missing_ok=True)
    with os.fdopen(os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    building.rename(path)


def _lost(stem: str) -> InputNotUsable:
    return InputNotUsable(
        "what was asked cannot be read, or was changed since",
        file=stem,
        remedy="ask again with hiu opt-out request",
    )
