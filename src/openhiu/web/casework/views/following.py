"""What follows a worry or a sharing: steps and referrals, the day to look again, the outcome."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import policies
from openhiu.web.casework.actions import following
from openhiu.web.casework.forms import following as forms
from openhiu.web.casework.models import FollowUp
from openhiu.web.casework.queries import following as queries
from openhiu.web.casework.views.asking import Page, actor_of, ask


def _page(follow_up: FollowUp, title: str, **more: Any) -> Page:
    return Page(
        title=title,
        caption="To keep someone safe",
        back=following.link_to(follow_up),
        version=lambda: FollowUp.objects.get(pk=follow_up.pk).version,
        **more,
    )


@allow(Permission.SHARE_WITHOUT_CONSENT)
@require_http_methods(["GET", "POST"])
def add_step(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    """Say what happens next, who does it and by when."""
    actor = actor_of(request)
    found = queries.follow_up_or_missing(actor, follow_up_id)
    page = _page(found, "What happens next", draft=f"step:{found.pk}")
    return ask(
        request, forms.StepForm, page,
        lambda said: following.add_step(by=actor, follow_up=found, **_versioned(said)),
        initial={"version": found.version, "who": actor.membership.pk}, actor=actor,
    )  # fmt: skip


@allow(Permission.SHARE_WITHOUT_CONSENT)
@require_http_methods(["GET", "POST"])
def finish_step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Say what came of a step."""
    actor = actor_of(request)
    step = queries.step_or_missing(actor, step_id)
    page = _page(step.follow_up, "What came of it", note=str(step.what), draft=f"done:{step.pk}")
    return ask(
        request, forms.StepDoneForm, page,
        lambda said: following.finish_step(by=actor, step=step, **said),
    )  # fmt: skip


@allow(Permission.SHARE_WITHOUT_CONSENT)
@require_http_methods(["GET", "POST"])
def look_again(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    """Choose the next day to look again, and who does."""
    actor = actor_of(request)
    found = queries.follow_up_or_missing(actor, follow_up_id)
    page = _page(found, "When we look again")
    return ask(
        request, forms.LookAgainForm, page,
        lambda said: following.look_again(by=actor, follow_up=found, **_versioned(said)),
        initial={"version": found.version, "owner": found.owner_id}, actor=actor,
    )  # fmt: skip


@allow(Permission.SHARE_WITHOUT_CONSENT)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    """Write the outcome; until then it stays open."""
    actor = actor_of(request)
    found = queries.follow_up_or_missing(actor, follow_up_id)
    page = _page(
        found, "The outcome", note=policies.why_not_close(found), draft=f"outcome:{found.pk}",
        done="Closed, with its outcome.",
    )  # fmt: skip
    return ask(
        request, forms.CloseForm, page,
        lambda said: following.close(by=actor, follow_up=found, **_versioned(said)),
        initial={"version": found.version},
    )  # fmt: skip


def _versioned(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "version": said.get("version") or 0}
