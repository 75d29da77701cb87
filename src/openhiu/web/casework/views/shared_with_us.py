"""A partner's pages: the people shared with their organisation, and of each only what is shared."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.actions.safeguarding import raise_concern
from openhiu.web.casework.forms.safeguarding import KnownConcernForm
from openhiu.web.casework.presenters.shared import facts_of, name_in
from openhiu.web.casework.queries import sharing as shared
from openhiu.web.casework.sharing import visible, visible_items
from openhiu.web.casework.views.asking import Page, actor_of, ask
from openhiu.web.people.models import Person
from openhiu.web.team.hours import hours_words


@allow(Permission.SEE_SHARED)
@require_GET
def list_shared(request: HttpRequest) -> HttpResponse:
    """Everyone of whom something is shared with the partner's organisation."""
    actor = actor_of(request)
    people = list(shared.shared_people(actor))
    seen = visible(actor.organisation, people)
    rows = [
        {"person_id": one.pk, "name": name_in(one, seen[one.pk]), "parts": len(seen[one.pk]),
         "died": bool(one.died or one.died_on)}
        for one in people
        if seen[one.pk]
    ]  # fmt: skip
    record(actor, Did.LISTED, page="shared with us", rows=len(rows))
    return render(request, "casework/shared_list.html", {"rows": rows})


@allow(Permission.SEE_SHARED)
@require_GET
def show_shared(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What is shared of one person; everything else is only named as not shared."""
    actor = actor_of(request)
    person, items = _person_or_missing(actor, person_id)
    record(actor, Did.LOOKED, person=person, page="shared with us", items=sorted(items))
    told = {
        "person_id": person.pk,
        "name": name_in(person, items),
        "died": bool(person.died or person.died_on),
        "facts": facts_of(person, items),
        "notes": shared.notes_to(actor, person),
    }
    return render(request, "casework/shared_page.html", told)


@allow(Permission.SEE_SHARED)
@require_http_methods(["GET", "POST"])
def concern_shared(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Pass a worry about a shared person to their lead."""
    actor = actor_of(request)
    person, items = _person_or_missing(actor, person_id)
    page = Page(
        title="Raise a worry",
        caption=name_in(person, items),
        note="It goes to the HIU lead and their supervisor, who work "
        f"{hours_words(actor.service)}. "
        "If someone is in danger now, call 999.",
        back=reverse("casework:shared_page", args=[person.pk]),
        draft=f"concern:{person.pk}",
        submit="Send it",
        done="Thank you. The HIU lead and their supervisor have it.",
    )
    return ask(request, KnownConcernForm, page,
               lambda said: raise_concern(by=actor, person=person, **said))  # fmt: skip


def _person_or_missing(actor: Actor, person_id: UUID) -> tuple[Person, frozenset[str]]:
    """A person of whom the partner may see something; any other does not exist for them."""
    person = shared.shared_people(actor).filter(pk=person_id).first()
    items = visible_items(actor, person) if person else frozenset()
    if person is None or not items:
        raise Missing
    return person, items
