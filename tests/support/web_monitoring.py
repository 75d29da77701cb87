"""Clients with activity, for tests of the web half: a service and a few dates in, rows out."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from openhiu.tables.handover import CLIENT_ACTIVITY_COLUMNS, COVERAGE_COLUMNS
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Hospital, Organisation
from openhiu.web.casework.models import Case, Consent, Contact, PhaseChange, Plan
from openhiu.web.design.words import LONDON
from openhiu.web.monitoring.models import Anniversary, Feed, Signal
from openhiu.web.people.models import Person
from support.web_lawful import make_gateway


def at(text: str) -> datetime:
    """2026-03-01 10:00 on a clock in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def make_hospital(lead: Actor, code: str = "RXX01", name: str = "Ashdown General") -> Hospital:
    trust = Organisation.objects.create(kind="hospital", name=f"{name} Trust {uuid4().hex[:6]}")
    make_gateway(lead.service, trust)
    return Hospital.objects.create(
        service=lead.service, organisation=trust, site_code=code, name=name
    )


def make_client(
    lead: Actor,
    name: str = "Robin",
    number: str = "",
    *,
    opened: str = "",
    taking_part: bool = True,
) -> Case:
    """A client of this lead who said yes."""
    person = Person.objects.create(
        service=lead.service, given_name=name, family_name="Synthetic", nhs_number=number
    )
    Consent.objects.create(
        service=lead.service,
        person=person,
        kind="take_part",
        given=taking_part,
        route="spoken",
        evidence="said so",
        answered_on=date(2026, 1, 1),
        review_on=date(2099, 1, 1),
        recorded_by=lead.membership,
    )
    began = at(opened) if opened else timezone.now()
    case = Case.objects.create(
        service=lead.service, person=person, lead=lead.membership, quarter="2026-Q1",
        opened_at=began, phase_since=began, team=lead.team,
    )  # fmt: skip
    Plan.objects.create(service=lead.service, case=case)
    enter(lead, case, "working_together", began)
    return case


def enter(lead: Actor, case: Case, phase: str, when: datetime) -> None:
    PhaseChange.objects.create(
        service=lead.service, case=case, to_phase=phase, at=when, by=lead.membership
    )


def note_contact(lead: Actor, case: Case, when: datetime, reached: str = "yes") -> Contact:
    return Contact.objects.create(
        service=lead.service, case=case, at=when, how="phone", reached=reached, by=lead.membership,
        what_mattered="a note nobody else should read",
    )  # fmt: skip


def event(ref: object, began: str, kind: str = "attendance", **more: Any) -> dict[str, Any]:
    """One row of client_activity for a person's reference (a Case, a Person or a UUID)."""
    reference = getattr(ref, "person_id", getattr(ref, "pk", ref))
    row = dict.fromkeys(CLIENT_ACTIVITY_COLUMNS, "") | {
        "person_ref": str(reference), "kind": kind, "began_at": began.replace(" ", "T"),
        "source_ref": sha256(f"{reference}{kind}{began}".encode()).hexdigest()[:32],
    }  # fmt: skip
    if kind == "attendance":
        row |= {"site_code": "RXX01", "by_ambulance": "false", "admitted": "false"}
    return row | more


def feed_files(
    people: dict[Any, str] | list[Case],
    events: list[dict[str, Any]],
    *,
    as_of: str = "2026-04-03",
    cut_off: str | None = "2026-04-02T20:39:00",
    **more: Any,
) -> dict[str, bytes]:
    """The three files of a feed, as `hiu monitor` writes them."""
    standings = people if isinstance(people, dict) else {c.person_id: "found" for c in people}
    activity = _csv(CLIENT_ACTIVITY_COLUMNS, [list(row.values()) for row in events])
    coverage = _csv(COVERAGE_COLUMNS, [[str(ref), word] for ref, word in standings.items()])
    cut_offs = dict.fromkeys(("attendances", "admissions", "ambulance", "calls_111"), cut_off)
    until = date.fromisoformat(as_of)
    manifest = {
        "what": "client_activity", "as_of": as_of,
        "since": until.replace(year=until.year - 2).isoformat(),
        "cut_offs": cut_offs, "site_cut_offs": {"RXX01": cut_off} if cut_off else {},
        "rows": len(events), "people": len(standings), "warnings": [],
        "sha256": {"client_activity.csv": sha256(activity).hexdigest(),
                   "coverage.csv": sha256(coverage).hexdigest()},
    } | more  # fmt: skip
    return {
        "manifest.json": json.dumps(manifest).encode(),
        "client_activity.csv": activity,
        "coverage.csv": coverage,
    }


def deliver(analyst: Actor, files: dict[str, bytes], **more: Any) -> Feed:
    """Take a feed in as the analyst does."""
    from openhiu.web.monitoring.actions import receive
    from openhiu.web.monitoring.reading import read_delivery

    return receive(by=analyst, delivery=read_delivery(files), **more)


def make_signal(case: Case, **facts: Any) -> Signal:
    """An early warning that waits, as if the data had just told of it."""
    now = timezone.now()
    return Signal.objects.create(
        **{
            "service": case.service, "case": case, "key": f"individual:{uuid4().hex}",
            "rule": "individual", "level": "amber", "day": now.date(), "happened_at": now,
            "why": "4 A&E attendances in the 28 days to today.", "raised_at": now,
            "answer_by": now + timedelta(days=2), "told_to": case.lead, **facts,
        }
    )  # fmt: skip


def make_hard_day(case: Case, month: int = 11, day: int = 20, words: str = "") -> Anniversary:
    return Anniversary.objects.create(
        service=case.service, case=case, month=month, day=day, words=words, added_by=case.lead
    )


def steady(lead: Actor, case: Case, when: str, phase: str = "at_a_distance") -> Case:
    """The case as it is after stepping back at a moment."""
    began = at(when)
    enter(lead, case, phase, began)
    Case.objects.filter(pk=case.pk).update(phase=phase, phase_since=began, rhythm_days=90)
    case.refresh_from_db()
    return case


def uploads(files: dict[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, data) for name, data in files.items()]


def busy(lead: Actor, case: Case, end: date, visits: int, contacts: int) -> list[dict[str, Any]]:
    """Somebody with many visits and contacts, spread over the two years before a day."""
    for number in range(contacts):
        day = end - timedelta(days=number % 300)
        reached = "no_answer" if number % 3 == 0 else "yes"
        note_contact(lead, case, datetime(day.year, day.month, day.day, 11, tzinfo=LONDON), reached)
    rows = []
    for number in range(visits):
        day = end - timedelta(days=1 + number * 720 // visits)
        began = f"{day} {number % 24:02d}:{number % 60:02d}:00"
        came = "true" if number % 3 else "false"
        rows.append(event(case, began, by_ambulance=came, complaint="chest pain",
                          outcome="went home", source_ref=f"v{number}"))  # fmt: skip
    return rows


def a_reference() -> UUID:
    return uuid4()


def _csv(columns: tuple[str, ...], rows: list[list[Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
