"""One person at one meeting: their page for the one who reads, and what is written down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.presenters.shared import name_in
from openhiu.web.mdt import actions, lifecycle, policies
from openhiu.web.mdt.forms import doing as forms
from openhiu.web.mdt.models import Note, Slot
from openhiu.web.mdt.presenters import sheet
from openhiu.web.mdt.queries import meetings as found
from openhiu.web.mdt.queries import minutes
from openhiu.web.mdt.queries.groups import members
from openhiu.web.mdt.seeing import EVERYTHING, MEETING, in_the_room, seen
from openhiu.web.mdt.telling import expiry_words, version_words, who_words

ATTEND = Permission.ATTEND_MDT


@allow(ATTEND)
@require_GET
def show_slot(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """The one page about a person: what matters, what happened, what was decided and agreed."""
    actor = actor_of(request)
    slot = found.slot_or_missing(actor, slot_id)
    items = seen(actor, [slot.case])[slot.case_id]
    record(actor, Did.LOOKED, person=slot.case.person_id, page="team meeting", items=sorted(items))
    agenda = found.agenda(actor, slot.meeting)
    runs = policies.arranges(actor) or policies.chairs(actor, slot.meeting.group)
    told = {
        "slot": slot,
        "meeting": slot.meeting,
        "told": sheet.sheet(slot, items, room=_room(actor, slot) if runs else None,
                            reader=sheet.reader_of(actor)),
        "around": _around(agenda, slot),
        "anybody_marked": found.anybody_marked(slot.meeting),
        "runs": runs and slot.meeting.state in lifecycle.WRITABLE and MEETING in items,
        "why_not_written": policies.why_not_discuss(slot.case),
        "tags": sheet.state_of,
        "expiry": expiry_words, "version_words": version_words, "who_words": who_words,
        "case_id": slot.case_id if items == EVERYTHING else None,
        "partner": actor.role == Role.PARTNER,
    }  # fmt: skip
    return render(request, "mdt/slot.html", told)


def _room(actor: Actor, slot: Slot) -> sheet.Room:
    """Who is in the room; named to the service's own people only."""
    each = found.sights_of_the_room(slot.meeting, slot)
    return sheet.Room(in_the_room(each, [slot.case]), each, names=actor.role != Role.PARTNER)


def _around(agenda: found.Agenda, slot: Slot) -> dict[str, Any]:
    """The places before and after on the agenda as this reader has it, and the time of this one."""
    here = next(n for n, place in enumerate(agenda.places) if place.slot.pk == slot.pk)
    places = agenda.places
    return {
        "times": sheet.times(places[here].begins, places[here].ends),
        "before": places[here - 1].slot.pk if here else None,
        "after": places[here + 1].slot.pk if here + 1 < len(places) else None,
        "number": here + 1,
        "many": len(places),
    }


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def write_note(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """Write down what was said or decided."""
    actor = actor_of(request)
    slot = found.slot_or_missing(actor, slot_id)
    items = policies.must_know(actor, slot.case)
    policies.must_run(actor, slot.meeting.group)
    policies.must(policies.why_not_written(slot.meeting))
    page = _page(slot, items, "What was said or decided", draft=f"note:{slot.pk}",
                 note=_care(slot))  # fmt: skip

    def save(said: dict[str, Any]) -> None:
        said.pop("version", None)
        actions.write_note(by=actor, slot=slot, **said)

    return ask(request, forms.NoteForm, page, save, sees=items,
               initial={"kind": request.GET.get("kind", "said")})  # fmt: skip


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def change_note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Write it otherwise, until the minutes are agreed."""
    actor = actor_of(request)
    note = minutes.note_or_missing(actor, note_id)
    items = policies.must_know(actor, note.slot.case)
    policies.must_run(actor, note.slot.meeting.group)
    policies.must(policies.why_not_written(note.slot.meeting))
    page = _page(note.slot, items, "What was said or decided", note=_care(note.slot),
                 version=lambda: Note.objects.get(pk=note.pk).version)  # fmt: skip
    return ask(
        request, forms.NoteForm, page,
        lambda said: actions.change_note(by=actor, note=note,
                                         **said | {"version": said["version"] or 0}),
        sees=items,
        initial={"kind": note.kind, "words": note.words, "items": note.items,
                 "version": note.version},
    )  # fmt: skip


@allow(ATTEND)
@require_POST
def take_out_note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """It was written down by mistake."""
    actor = actor_of(request)
    note = minutes.note_or_missing(actor, note_id)
    return press(request, lambda: actions.take_out_note(by=actor, note=note),
                 reverse("mdt:slot", args=[note.slot_id]), "Taken out.")  # fmt: skip


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def give_action(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """Who does what by when; only those who may know of it can be chosen."""
    actor = actor_of(request)
    slot = found.slot_or_missing(actor, slot_id)
    items = policies.must_know(actor, slot.case)
    group = slot.meeting.group
    policies.must_run(actor, group)
    policies.must(policies.why_not_written(slot.meeting))
    page = _page(slot, items, "Who does what by when?", draft=f"action:{slot.pk}",
                 note="Those whose organisation may not know of it are not in the list.",
                 done="They are told that there is something for them.")  # fmt: skip
    return ask(
        request, forms.ActionForm, page,
        lambda said: actions.give_action(by=actor, group=group, case=slot.case, slot=slot, **said),
        sees=items, people=who_may(slot.case, group),
    )  # fmt: skip


def who_may(case: Any, group: Any) -> Any:
    """Members who may be given something for a person."""
    able = [
        member.membership_id
        for member in members(group)
        if not policies.why_not_owner(group, case, member.membership, [])
    ]
    rows = Membership.objects.filter(pk__in=able).select_related("user", "organisation")
    return rows.order_by("user__name")


def _page(slot: Slot, items: frozenset[str], title: str, **more: Any) -> Page:
    return Page(
        title=title, caption=name_in(slot.case.person, items),
        back=reverse("mdt:slot", args=[slot.pk]), **more,
    )  # fmt: skip


def _care(slot: Slot) -> str:
    if slot.case.person.restricted:
        return "Where they live is restricted: check that nothing you write here says where."
    return ""
