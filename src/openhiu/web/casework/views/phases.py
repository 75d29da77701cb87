"""Moving a client along the lifecycle, and setting how often to be in touch."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openhiu.web.access.gate import Missing, NotAllowed, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import lifecycle, policies
from openhiu.web.casework.actions import phases
from openhiu.web.casework.forms.consent import AnswerForm
from openhiu.web.casework.forms.phases import MoveForm, RhythmForm, StepBackForm
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.casework.views.asking import Page, actor_of, ask

_TITLES = {
    "walking_backwards": "Start walking backwards",
    "at_a_distance": "Keep open at a distance",
    "picked_up_again": "Pick up again",
    "working_together": "Work together again",
}


class AgainForm(MoveForm, AnswerForm):
    """Picking up someone who had asked us to stop: why, and their new yes."""


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def move_case(request: HttpRequest, case_id: UUID, to: str) -> HttpResponse:
    """Move a client to another phase, with the reason."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    if to not in _TITLES:
        raise Missing
    why = policies.why_not_move(case, to)
    if why:
        raise NotAllowed(why)
    again = to == "picked_up_again" and not policies.taking_part(case.person)
    form = AgainForm if again else StepBackForm if to == "walking_backwards" else MoveForm

    def save(said: dict[str, Any]) -> None:
        reason = said.pop("reason")
        if to == "walking_backwards":
            phases.step_back(by=actor, case=case, reason=reason, **said)
        elif to == "picked_up_again":
            phases.return_to_support(by=actor, case=case, reason=reason, consent=said or None)
        else:
            phases.move(by=actor, case=case, to=to, reason=reason)

    page = Page(
        title=_TITLES[to],
        caption=case.person.full_name,
        note=lifecycle.PHASES[to].meaning,
        back=reverse("casework:client", args=[case.pk]),
        draft=f"move:{case.pk}:{to}",
        submit=_TITLES[to],
        done=f"Now \u201c{lifecycle.PHASES[to].label}\u201d.",
    )
    return ask(request, form, page, save)


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def change_rhythm(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Set how often to be in touch with a client."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    page = Page(
        title="How often to be in touch",
        caption=case.person.full_name,
        back=reverse("casework:client", args=[case.pk]),
        done="The next contact has moved with it.",
    )
    return ask(
        request,
        RhythmForm,
        page,
        lambda said: phases.set_rhythm(by=actor, case=case, days=said["days"]),
        initial={"days": case.rhythm_days},
    )
