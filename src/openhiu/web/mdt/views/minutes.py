"""Minutes, person by person: as one reader has them, or as one organisation receives them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.asking import actor_of
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.presenters.shared import NO_NAME
from openhiu.web.mdt import lifecycle, policies
from openhiu.web.mdt.models import Meeting
from openhiu.web.mdt.presenters import sheet
from openhiu.web.mdt.queries import meetings as found
from openhiu.web.mdt.queries import minutes
from openhiu.web.mdt.seeing import MEETING

ATTEND, ARRANGE = Permission.ATTEND_MDT, Permission.ARRANGE_MDT


@allow(ATTEND)
@require_GET
def show_minutes(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes as this reader may have them, to read or print."""
    actor = actor_of(request)
    meeting = found.meeting_or_missing(actor, meeting_id)
    rows = minutes.minutes_for(actor, meeting)
    return _minutes(request, meeting, rows, sheet.reader_of(actor))


@allow(ARRANGE)
@require_GET
def minutes_for(request: HttpRequest, meeting_id: UUID, organisation_id: UUID) -> HttpResponse:
    """The minutes as one organisation receives them: its people, and of each only its items."""
    actor = actor_of(request)
    meeting = found.meeting_or_missing(actor, meeting_id)
    of = next(
        (seat.member.membership.organisation for seat in found.seats(meeting)
         if seat.member.membership.role == Role.PARTNER
         and seat.member.membership.organisation_id == organisation_id), None,
    )  # fmt: skip
    if of is None:
        raise Missing
    ours = {place.slot.pk for place in found.agenda(actor, meeting).places}
    rows = [row for row in minutes.minutes_of(of, meeting) if row.slot.pk in ours]
    return _minutes(request, meeting, rows, of)


def _minutes(
    request: HttpRequest, meeting: Meeting, rows: list[minutes.Minute], of: Any
) -> HttpResponse:
    actor = actor_of(request)
    for row in rows:
        record(actor, Did.LOOKED, person=row.slot.case.person_id, about=meeting, page="minutes")
    told = {
        "meeting": meeting,
        "of": of,
        "state": lifecycle.STATES[meeting.state],
        "rows": [
            {"row": row, "open": MEETING in row.items,
             "name": row.slot.case.person.full_name if "name" in row.items else NO_NAME}
            for row in rows
        ],
        "came": [seat for seat in found.seats(meeting) if seat.answer],
        "tags": sheet.state_of,
        "organisations": _partners(meeting) if policies.arranges(actor) else [],
    }  # fmt: skip
    return render(request, "mdt/minutes.html", told)


def _partners(meeting: Meeting) -> list[Any]:
    every = {
        seat.member.membership.organisation_id: seat.member.membership.organisation
        for seat in found.seats(meeting)
        if seat.member.membership.role == Role.PARTNER
    }
    return sorted(every.values(), key=lambda one: one.name)
