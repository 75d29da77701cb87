"""Counted rows in the words a lead reads: rows of the steps come in, of client_activity go out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from openhiu.tables import codes

Found = Mapping[str, Any]
_DIED: Final = "4"  # discharge method 4: died
_HOME: Final = ("19", "306689006")  # usual place of residence; in ECDS words, home
_SELF_HARM: Final = codes.COMPLAINT_WORDS[codes.SELF_HARM_COMPLAINT]
_UNKNOWN_ENDS: Final[Mapping[str, str]] = {
    "1066301000000103": "left before being seen",
    "1066311000000101": "left before treatment",
    "1066321000000107": "left before treatment was completed",
}


@dataclass(frozen=True)
class Event:
    """One row of client_activity. Times are local time as recorded; `admitted` and `by_ambulance`
    are None where the question makes no sense for the kind.
    """

    person_ref: str
    kind: str
    source_ref: str
    began_at: datetime
    ended_at: datetime | None
    site_code: str | None
    by_ambulance: bool | None
    admitted: bool | None
    complaint: str | None
    outcome: str | None


def attendance(row: Found) -> Event:
    """An A&E visit."""
    admitted = bool(row["admitted"])
    return Event(
        row["person_ref"], "attendance",
        reference(row, "attendance_id", "site_code", "arrival_datetime"),
        row["arrival_datetime"], row["departure_datetime"], row["site_code"],
        bool(row["by_ambulance"]), admitted,
        _complaint(row), _how_it_ended(row, admitted),
    )  # fmt: skip


def admission(row: Found) -> Event:
    """A stay in hospital; without an end while it goes on."""
    began, ended = row["admission_datetime"], row["discharge_datetime"]
    return Event(
        row["person_ref"], "admission",
        reference(row, "admission_id", "site_code", "admission_datetime"),
        began, ended, row["site_code"], None, None, None, _stay(began, ended, row),
    )  # fmt: skip


def ambulance(row: Found) -> Event:
    """An ambulance call-out."""
    if row["conveyed_to"]:
        outcome = "taken to A&E" if row["conveyed_to"] == "ED" else "taken somewhere else"
    elif row["arrived_on_scene_datetime"]:
        outcome = "seen, not taken to hospital"
    else:
        outcome = "no ambulance came"
    return Event(
        row["person_ref"], "ambulance", reference(row, "call_id", "call_datetime"),
        row["call_datetime"], None, row["destination_site_code"], None, None, None, outcome,
    )  # fmt: skip


def call_111(row: Found) -> Event:
    """A call to NHS 111."""
    group = row["outcome_group"]
    outcome = f"advice: {group}" if group and group.replace(" ", "").isalpha() else None
    return Event(
        row["person_ref"], "call_111", reference(row, "call_id", "call_datetime"),
        row["call_datetime"], None, None, None, None, None, outcome,
    )  # fmt: skip


MAKERS: Final[Mapping[str, Callable[[Found], Event]]] = {
    "attendance": attendance,
    "admission": admission,
    "ambulance": ambulance,
    "call_111": call_111,
}


def reference(row: Found, identifier: str, *otherwise: str) -> str:
    """A reference that stays the same for one event and says nothing to anybody.

    Made from the sender's record number; where there is none, from what else tells it apart.
    """
    parts = [row["provider_code"], row[identifier]]
    if not row[identifier]:
        parts += [row["person_ref"], *(row[name] for name in otherwise)]
    return sha256("|".join(str(part or "") for part in parts).encode()).hexdigest()[:32]


def _complaint(row: Found) -> str | None:
    """What somebody came with; that it was self-inflicted is said where it was recorded."""
    words = codes.COMPLAINT_WORDS.get(row["chief_complaint"] or "")
    if row["injury_intent"] != codes.SELF_INFLICTED_INTENT or words == _SELF_HARM:
        return words
    return f"{words} ({_SELF_HARM})" if words else _SELF_HARM


def _how_it_ended(row: Found, admitted: bool) -> str | None:
    if admitted:
        return "admitted to hospital"
    left = _UNKNOWN_ENDS.get(row["discharge_status"] or "")
    if left:
        return left
    where = codes.DISCHARGE_DESTINATIONS.get(row["discharge_destination"] or "")
    if where == "home":
        return "went home"
    if where and row["discharge_destination"] == codes.MORTUARY:
        return "died"
    return f"went on to: {where}" if where else None


def _stay(began: datetime, ended: datetime | None, row: Found) -> str:
    if ended is None:
        return "in hospital when the data were made"
    nights = (ended.date() - began.date()).days
    lasted = {0: "same day", 1: "1 night"}.get(nights, f"{nights} nights")
    died = (row["discharge_method"] or "")[:1] == _DIED
    if died:
        return f"{lasted}, died in hospital"
    return f"{lasted}, went home" if row["discharge_destination"] in _HOME else lasted
