"""Sharing with a partner and ending it, from the client's page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from openhiu.web.access.gate import Missing, NotAllowed, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.actions import sharing as giving
from openhiu.web.casework.forms.consent import ShareForm
from openhiu.web.casework.models import Share
from openhiu.web.casework.queries import sharing as shared
from openhiu.web.casework.queries.cases import case_or_missing, cases
from openhiu.web.casework.sharing import ITEMS, PLACES
from openhiu.web.casework.views.asking import Page, actor_of, ask, press

HIDDEN = (
    "Where they live is restricted. Phone, address, practice and the people around them are "
    "never shown to a partner. Check that nothing you write here says where they are."
)


@allow(Permission.SHARE)
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, case_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Choose what an organisation sees from now on."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    agreement = shared.agreement_or_missing(actor, agreement_id)
    allowed = shared.shareable(case.person, agreement)
    if not allowed:
        raise NotAllowed("They have not agreed to this. Ask them first.")
    if case.person.restricted:
        allowed -= PLACES
    page = Page(
        title=f"Share with {agreement.organisation.name}",
        caption=case.person.full_name,
        note=HIDDEN if case.person.restricted else f"What for: {agreement.purpose}.",
        back=reverse("casework:consent", args=[case.pk]),
        draft=f"sharing:{case.pk}:{agreement.pk}",
        submit="Share",
        done=f"{agreement.organisation.name} can see this now.",
    )
    return ask(
        request,
        ShareForm,
        page,
        lambda said: giving.share(by=actor, person=case.person, agreement=agreement, **said),
        initial={"items": [name for name in ITEMS if name in allowed]},
        allowed=sorted(allowed),
    )


@allow(Permission.SHARE)
@require_POST
def stop_sharing(request: HttpRequest, share_id: UUID) -> HttpResponse:
    """End one share at once."""
    actor = actor_of(request)
    live = Share.objects.filter(pk=share_id, service=actor.service_id).select_related("person")
    found = live.first()
    case = cases(actor).filter(person=found.person_id).first() if found else None
    if found is None or case is None:
        raise Missing
    back = reverse("casework:consent", args=[case.pk])
    return press(request, lambda: giving.stop_sharing(by=actor, shared=found), back,
                 "They can no longer see it.")  # fmt: skip
