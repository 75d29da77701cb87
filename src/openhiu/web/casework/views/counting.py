"""Someone does not want to be counted, or does not mind any more."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.actions import objecting
from openhiu.web.casework.forms.stories import ObjectionForm
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.casework.views.asking import Page, actor_of, ask, press


@allow(Permission.RECORD_CONSENT)
@require_http_methods(["GET", "POST"])
def object_to_counting(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """They do not want their record used for evaluation."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    page = Page(
        title="They do not want to be counted",
        caption=case.person.full_name,
        note="Their record is then left out of evaluations, and out of what reports say about "
        "lives. Support goes on as before.",
        back=reverse("casework:consent", args=[case.pk]),
        draft=f"counting:{case.pk}",
        done="Recorded. They are left out from now.",
    )
    return ask(
        request,
        ObjectionForm,
        page,
        lambda said: objecting.object_to_counting(by=actor, person=case.person, **said),
        initial={"heard_on": timezone.localdate()},
    )


@allow(Permission.RECORD_CONSENT)
@require_POST
def lift_objection(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """They do not mind any more."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    return press(
        request,
        lambda: objecting.lift_objection(by=actor, person=case.person),
        reverse("casework:consent", args=[case.pk]),
        "Recorded. They may be counted again.",
    )
