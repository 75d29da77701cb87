"""Proposing people for a team's list and deciding about them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.models import Case
from openhiu.web.casework.presenters.shared import name_in
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.mdt import actions, policies
from openhiu.web.mdt.criteria import pointed_at
from openhiu.web.mdt.forms import meetings as forms
from openhiu.web.mdt.queries import groups as found

ATTEND, ARRANGE = Permission.ATTEND_MDT, Permission.ARRANGE_MDT


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Propose someone with a reason: one's own client, or someone shared with one's own people."""
    actor = actor_of(request)
    case = _known(actor, case_id)
    items = policies.must_know(actor, case)
    ours = policies.arranges(actor)
    page = Page(
        title="Propose for a team meeting",
        caption=name_in(case.person, items),
        back=reverse("mdt:client", args=[case.pk]) if ours else reverse("mdt:meetings"),
        draft=f"propose:{case.pk}",
        submit="Propose",
        done="Proposed. The chair or the coordinator decides, and you are told.",
    )
    return ask(request, forms.ProposeForm, page,
               lambda said: actions.propose(by=actor, case=case, **said),
               groups=found.groups(actor))  # fmt: skip


def _known(actor: Actor, case_id: UUID) -> Case:
    """A case of this service whose person the actor may know of in a team meeting."""
    if may(actor.role, Permission.OPEN_CLIENT):
        return case_or_missing(actor, case_id)
    case = Case.objects.filter(pk=case_id, service=actor.service_id, person__merged_into=None)
    row = case.select_related("person", "lead__user").first()
    if row is None:
        raise Missing
    return row


@allow(ARRANGE)
@require_POST
def take_up(request: HttpRequest, group_id: UUID, case_id: UUID) -> HttpResponse:
    """Someone a rule points at is taken onto the list: two decisions of one person in one press."""
    actor = actor_of(request)
    group = found.group_or_missing(actor, group_id)
    case = case_or_missing(actor, case_id)

    def act() -> None:
        pointed = pointed_at([case], group.criteria)
        if not pointed:
            raise Missing
        listing = actions.propose(by=actor, group=group, case=case, reason=pointed[0].why,
                                  rule=pointed[0].rule)  # fmt: skip
        actions.accept(by=actor, listing=listing)

    return press(request, act, _people(group.pk), "They are on the list.")


@allow(ARRANGE)
@require_http_methods(["GET", "POST"])
def leave_out(request: HttpRequest, group_id: UUID, case_id: UUID) -> HttpResponse:
    """Someone a rule points at is left out for now, with the reason."""
    actor = actor_of(request)
    group = found.group_or_missing(actor, group_id)
    case = case_or_missing(actor, case_id)

    def save(said: dict[str, Any]) -> None:
        pointed = pointed_at([case], group.criteria)
        if not pointed:
            raise Missing
        listing = actions.propose(by=actor, group=group, case=case, reason=pointed[0].why,
                                  rule=pointed[0].rule)  # fmt: skip
        actions.not_now(by=actor, listing=listing, **said)

    page = Page(title="Not now", caption=case.person.full_name, back=_people(group.pk),
                note="The rules do not point at them again for four weeks.",
                done="Noted.")  # fmt: skip
    return ask(request, forms.WhyForm, page, save)


@allow(ATTEND)
@require_POST
def accept(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Take someone onto the list."""
    actor = actor_of(request)
    listing = found.listing_or_missing(actor, listing_id)
    return press(request, lambda: actions.accept(by=actor, listing=listing),
                 _people(listing.group_id), "They are on the list.")  # fmt: skip


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def not_now(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Set a proposal aside."""
    actor = actor_of(request)
    listing = found.listing_or_missing(actor, listing_id)
    policies.must_run(actor, listing.group)
    page = Page(title="Not now", back=_people(listing.group_id),
                note="Whoever proposed them reads why.", done="Noted.")  # fmt: skip
    return ask(request, forms.WhyForm, page,
               lambda said: actions.not_now(by=actor, listing=listing, **said))  # fmt: skip


@allow(ARRANGE)
@require_http_methods(["GET", "POST"])
def take_off(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Take someone off the list."""
    actor = actor_of(request)
    listing = found.listing_or_missing(actor, listing_id)
    page = Page(title="Take them off the list", back=_people(listing.group_id),
                note="Their lead goes on as before. Open actions stay with who has them.",
                submit="Take off", done="They are off the list.")  # fmt: skip

    def save(said: dict[str, Any]) -> None:
        why = said["words"] if said["reason"] == "other" else said["reason"]
        actions.take_off(by=actor, listing=listing, reason=why or "")

    return ask(request, forms.OffForm, page, save)


def _people(group_id: Any) -> str:
    return reverse("mdt:people", args=[group_id])
