"""One meeting: planning it, who comes, its agenda, its states, its minutes for each reader."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed, allow
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.presenters.shared import NO_NAME
from openhiu.web.casework.queries.consent import not_taking_part
from openhiu.web.mdt import actions, lifecycle, policies
from openhiu.web.mdt.forms import meetings as forms
from openhiu.web.mdt.models import Listing, Meeting
from openhiu.web.mdt.presenters import sheet
from openhiu.web.mdt.queries import groups
from openhiu.web.mdt.queries import meetings as found
from openhiu.web.mdt.seeing import MEETING

ATTEND, ARRANGE = Permission.ATTEND_MDT, Permission.ARRANGE_MDT


@allow(ARRANGE)
@require_http_methods(["GET", "POST"])
def plan_meeting(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Plan a meeting."""
    actor = actor_of(request)
    group = groups.group_or_missing(actor, group_id)
    page = Page(title="Plan a meeting", caption=group.name, submit="Plan it",
                back=reverse("mdt:group", args=[group.pk]),
                done="Planned. Members are told.")  # fmt: skip

    def save(said: dict[str, Any]) -> str:
        meeting = actions.plan_meeting(by=actor, group=group, **_said(said))
        return reverse("mdt:meeting", args=[meeting.pk])

    return ask(request, forms.MeetingForm, page, save,
               initial={"minutes_each": group.minutes_each})  # fmt: skip


def _said(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("starts_at", "place", "minutes_each")}


@allow(ARRANGE)
@require_http_methods(["GET", "POST"])
def change_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Another time or place."""
    actor = actor_of(request)
    meeting = found.meeting_or_missing(actor, meeting_id)
    at = timezone.localtime(meeting.starts_at)
    page = Page(title="Change time or place", caption=meeting.group.name,
                back=reverse("mdt:meeting", args=[meeting.pk]), done="Changed. Members are told.",
                version=lambda: Meeting.objects.get(pk=meeting.pk).version)  # fmt: skip
    return ask(
        request, forms.MeetingForm, page,
        lambda said: actions.change_meeting(by=actor, meeting=meeting,
                                            version=said["version"] or 0, **_said(said)),
        initial={"on": at.date(), "at": at.time(), "place": meeting.place,
                 "minutes_each": meeting.minutes_each, "version": meeting.version},
    )  # fmt: skip


@allow(ATTEND)
@require_GET
def show_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """A meeting before, while and after: who comes, the agenda with times, what can be done."""
    actor = actor_of(request)
    meeting = found.meeting_or_missing(actor, meeting_id)
    agenda = found.agenda(actor, meeting)
    record(actor, Did.LISTED, page="agenda", about=meeting, rows=len(agenda.places))
    runs = policies.arranges(actor) or policies.chairs(actor, meeting.group)
    seat = groups.member_of(actor, meeting.group)
    told = {
        "meeting": meeting,
        "state": lifecycle.STATES[meeting.state],
        "agenda": agenda,
        "places": _places(actor, agenda, meeting),
        "seats": found.seats(meeting),
        "seat": seat,
        "answer": meeting.attendance.filter(member=seat).first() if seat else None,
        "runs": runs,
        "arranges": policies.arranges(actor),
        "agenda_open": meeting.state in lifecycle.AGENDA_OPEN,
        "writable": meeting.state in lifecycle.WRITABLE,
        "ahead": meeting.state in lifecycle.AHEAD,
        "ways": _ways(meeting) if runs else [],
        "not_on_it": _not_on_it(actor, meeting) if runs else [],
        "in_the_room": found.organisations_in(meeting) if runs else [],
        "anybody_marked": found.anybody_marked(meeting),
        "proposed": _proposed(actor, meeting) if runs else 0,
    }
    return render(request, "mdt/meeting.html", told)


def _proposed(actor: Actor, meeting: Meeting) -> int:
    """How many proposals wait that this reader may decide about."""
    rows = groups.listings(actor, meeting.group, str(Listing.State.PROPOSED))
    return sum(MEETING in one.items for one in rows)


def _places(actor: Actor, agenda: found.Agenda, meeting: Meeting) -> list[dict[str, Any]]:
    """The agenda in words, each person only as far as this reader may know."""
    ours = actor.role != Role.PARTNER
    whom = [place.slot.case.person_id for place in agenda.places]
    stopped = not_taking_part(meeting.service_id, whom)
    return [
        {
            "place": place,
            "slot": place.slot,
            "name": place.slot.case.person.full_name if "name" in place.items else NO_NAME,
            "died": bool(place.slot.case.person.died or place.slot.case.person.died_on),
            "stopped": place.slot.case.person_id in stopped,
            "open": MEETING in place.items,
            "reasons": sheet.reasons(place.slot, place.items, ours=ours)
            if MEETING in place.items else [],
            "times": sheet.times(place.begins, place.ends),
        }
        for place in agenda.places
    ]  # fmt: skip


def _ways(meeting: Meeting) -> list[lifecycle.State]:
    """States one press leads to; calling off has its own page, opening again its own word."""
    ways = lifecycle.MOVES[meeting.state]
    return [lifecycle.STATES[key] for key in ways if key != lifecycle.CALLED_OFF.key]


def _not_on_it(actor: Actor, meeting: Meeting) -> list[dict[str, Any]]:
    """People of the list who are not on this agenda and could be added."""
    on = {slot.case_id for slot in found.slots(meeting)}
    rows = groups.listings(actor, meeting.group, str(Listing.State.LISTED))
    return [
        {"row": one.row,
         "name": one.row.case.person.full_name if "name" in one.items else NO_NAME}
        for one in rows
        if one.row.case_id not in on and MEETING in one.items
    ]  # fmt: skip


@allow(ATTEND)
@require_POST
def move_meeting(request: HttpRequest, meeting_id: UUID, to: str) -> HttpResponse:
    """Close the agenda, open it again, say that it was held, agree the minutes."""
    actor = actor_of(request)
    meeting = found.meeting_or_missing(actor, meeting_id)
    if to not in lifecycle.STATES:
        raise Missing
    return press(request, lambda: actions.move(by=actor, meeting=meeting, to=to),
                 reverse("mdt:meeting", args=[meeting.pk]),
                 f"{lifecycle.STATES[to].label}. {lifecycle.STATES[to].meaning}")  # fmt: skip


@allow(ARRANGE)
@require_http_methods(["GET", "POST"])
def call_off(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Call a meeting off."""
    actor = actor_of(request)
    meeting = found.meeting_or_missing(actor, meeting_id)
    page = Page(title="Call this meeting off", caption=meeting.group.name, variant="warning",
                back=reverse("mdt:meeting", args=[meeting.pk]), submit="Call it off",
                done="Called off. Members are told.")  # fmt: skip
    return ask(request, forms.CallOffForm, page,
               lambda said: actions.move(by=actor, meeting=meeting, to=lifecycle.CALLED_OFF.key,
                                         **said))  # fmt: skip


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Say whether one comes."""
    actor = actor_of(request)
    meeting = found.meeting_or_missing(actor, meeting_id)
    seat = groups.member_of(actor, meeting.group)
    if seat is None:
        raise NotAllowed("You have no seat in this team.")
    page = Page(title="Will you be there?", caption=meeting.group.name,
                back=reverse("mdt:meeting", args=[meeting.pk]),
                done="Thank you. The coordinator sees it.")  # fmt: skip

    def save(said: dict[str, Any]) -> None:
        said["instead"] = said["instead"] or ""
        actions.answer_for(by=actor, meeting=meeting, member=seat, **said)

    return ask(request, forms.AnswerForm, page, save)


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def came(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Say who is there; from then on only what they may hear is shown in the room."""
    actor = actor_of(request)
    meeting = found.meeting_or_missing(actor, meeting_id)
    policies.must_run(actor, meeting.group)
    seats = found.seats(meeting)
    page = Page(title="Who is there?", caption=meeting.group.name,
                back=reverse("mdt:meeting", args=[meeting.pk]),
                done="Noted. What may be said aloud follows who is there.")  # fmt: skip

    def save(said: dict[str, Any]) -> None:
        for seat in seats:
            key = seat.member.pk.hex
            if said.get(f"a_{key}"):
                actions.answer_for(by=actor, meeting=meeting, member=seat.member,
                                   answer=said[f"a_{key}"],
                                   instead=said.get(f"i_{key}") or "")  # fmt: skip

    return ask(request, forms.CameForm, page, save, seats=seats)


@allow(ATTEND)
@require_POST
def build_agenda(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Build the agenda, or build it again with what is new."""
    actor = actor_of(request)
    meeting = found.meeting_or_missing(actor, meeting_id)
    return press(request, lambda: actions.build_agenda(by=actor, meeting=meeting),
                 reverse("mdt:meeting", args=[meeting.pk]),
                 "The agenda is built. You can move people up and down.")  # fmt: skip


@allow(ATTEND)
@require_POST
def add_to_agenda(request: HttpRequest, meeting_id: UUID, listing_id: UUID) -> HttpResponse:
    """Put someone of the list onto the agenda."""
    actor = actor_of(request)
    meeting = found.meeting_or_missing(actor, meeting_id)
    listing = groups.listing_or_missing(actor, listing_id)
    return press(request,
                 lambda: actions.add_to_agenda(by=actor, meeting=meeting, listing=listing),
                 reverse("mdt:meeting", args=[meeting.pk]), "Added.")  # fmt: skip


@allow(ATTEND)
@require_POST
def move_slot(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """One place up or down, or off this agenda."""
    actor = actor_of(request)
    slot = found.slot_or_missing(actor, slot_id)
    way = request.POST.get("way", "")
    if way not in ("up", "down", "off"):
        raise Missing

    def act() -> None:
        if way == "off":
            actions.take_off_agenda(by=actor, slot=slot)
        else:
            actions.move_slot(by=actor, slot=slot, up=way == "up")

    done = "Off this agenda; they stay on the list." if way == "off" else "Moved."
    return press(request, act, reverse("mdt:meeting", args=[slot.meeting_id]), done)
