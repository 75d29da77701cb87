"""The display for the room: one person at a time, only what everybody there may see.

The page asks every few seconds whether what may be seen is still the same, so that somebody coming
in, or a consent taken back, changes the wall as well. Asking tells nothing and keeps no session.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import actor_of
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.mdt import policies
from openhiu.web.mdt.models import Meeting, Slot
from openhiu.web.mdt.presenters import sheet
from openhiu.web.mdt.queries import meetings as found
from openhiu.web.mdt.seeing import MEETING
from openhiu.web.mdt.telling import expiry_words, version_words, who_words

ATTEND = Permission.ATTEND_MDT


@allow(ATTEND)
@require_GET
def enter_room(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Begin the display with the first person everybody there may hear of."""
    actor = actor_of(request)
    meeting = found.meeting_or_missing(actor, meeting_id)
    policies.must_run(actor, meeting.group)
    places = _places(actor, meeting)
    if places:
        return redirect("mdt:room_slot", slot_id=places[0].slot.pk)
    told = {"meeting": meeting, "anybody_marked": found.anybody_marked(meeting)}
    return render(request, "mdt/room_empty.html", told)


@allow(ATTEND)
@require_GET
def show_room(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """One person on the wall."""
    actor = actor_of(request)
    slot, place, places = _place(actor, slot_id)
    items = sorted(place.items)
    record(actor, Did.LOOKED, person=slot.case.person_id, page="room", items=items)
    told = _told(actor, place, places)
    dark = request.GET.get("look") == "dark"
    here = {"meeting": slot.meeting, "stamp": stamp(request, told), "dark": dark}
    here["anybody_marked"] = found.anybody_marked(slot.meeting)
    return render(request, "mdt/room.html", told | here)


@allow(ATTEND)
@require_GET
def room_state(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """Whether the wall is still right: a stamp that says nothing; not there when it has to go."""
    actor = actor_of(request)
    _, place, places = _place(actor, slot_id)
    return JsonResponse({"stamp": stamp(request, _told(actor, place, places))})


room_state.leaves_clock = True  # type: ignore[attr-defined]


def _place(actor: Actor, slot_id: UUID) -> tuple[Slot, found.Place, list[found.Place]]:
    slot = found.slot_or_missing(actor, slot_id)
    policies.must_run(actor, slot.meeting.group)
    places = _places(actor, slot.meeting)
    place = next((one for one in places if one.slot.pk == slot.pk), None)
    if place is None:
        raise Missing
    return slot, place, places


def _places(actor: Actor, meeting: Meeting) -> list[found.Place]:
    """People of whom everybody in the room may hear, and the one who reads, in order."""
    return [one for one in found.room_agenda(actor, meeting).places if MEETING in one.items]


def _told(actor: Actor, place: found.Place, places: list[found.Place]) -> dict[str, Any]:
    """Everything the wall draws of one person. A wall is read by others, never by `ours` alone."""
    slot, here = place.slot, places.index(place)
    told = sheet.sheet(slot, place.items, reader=None)
    return {
        "slot": slot,
        "told": replace(told, reasons=sheet.reasons(slot, place.items, ours=False)),
        "number": here + 1,
        "many": len(places),
        "before": places[here - 1].slot.pk if here else None,
        "after": places[here + 1].slot.pk if here + 1 < len(places) else None,
        "minutes": slot.minutes,
        "hears": found.hearing(actor, slot.meeting),
        "tags": sheet.state_of,
        "expiry": expiry_words, "version_words": version_words, "who_words": who_words,
    }  # fmt: skip


def stamp(request: HttpRequest, told: dict[str, Any]) -> str:
    """Changes when anything that the wall draws changes; tells nothing of it."""
    slot, plan = told["slot"], told["told"].plan
    rest = [slot.pk, slot.case.person.restricted, told["minutes"], told["number"], told["many"]]
    rest += [told["before"], told["after"], [one.name for one in told["hears"]]]
    rest += [plan.pk, plan.version] if plan else []
    said = render_to_string("mdt/wall.html", told, request) + repr(rest)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
