"""The active list at one touch: filtered, sorted and kept as saved views."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.actions.saved_views import keep_view, remove_view
from openhiu.web.casework.forms.work import ViewForm
from openhiu.web.casework.presenters import active_list as words
from openhiu.web.casework.queries import active_list as listed
from openhiu.web.casework.queries.active_list import Filters
from openhiu.web.casework.queries.team import workers
from openhiu.web.casework.views.asking import Page, actor_of, ask, press
from openhiu.web.team.queries import covered_by


@allow(Permission.SEE_CASELOAD)
@require_GET
def show_active_list(request: HttpRequest) -> HttpResponse:
    """Everyone one works with, with what needs an eye."""
    actor, filters = actor_of(request), Filters.read(request.GET)
    counted = listed.counts(actor, filters.lead)
    found = Paginator(listed.active(actor, filters), listed.PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    page.object_list = [words.row(case) for case in page.object_list]
    record(actor, Did.LISTED, page="active list", rows=len(page.object_list))
    told = {
        "page": page,
        "filters": filters,
        "phases": words.phases(counted, filters),
        "signals": listed.SIGNALS,
        "chosen": words.chosen(filters),
        "why_empty": words.why_empty(filters, counted, actor.role),
        "views": words.views(listed.saved_views(actor), filters),
        "can_keep": bool(filters.kept()),
        "clear": words.address(Filters(phase=filters.phase, sort=filters.sort)),
        **_whose(actor),
    }
    return render(request, "casework/active_list.html", told)


@allow(Permission.SEE_CASELOAD)
@require_http_methods(["GET", "POST"])
def keep_list(request: HttpRequest) -> HttpResponse:
    """Keep the list as filtered under a name; the filters travel in the address."""
    actor, filters = actor_of(request), Filters.read(request.GET)
    page = Page(
        title="Keep this view",
        note="Only you see it. It keeps the filters and the order, not the people.",
        back=words.address(filters),
        submit="Keep this view",
        done="The view is kept. You find it above the list.",
    )
    return ask(
        request,
        ViewForm,
        page,
        lambda said: keep_view(by=actor, page=listed.PAGE, filters=filters.kept(), **said),
    )


@allow(Permission.SEE_CASELOAD)
@require_POST
def forget_list(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Remove one of one's saved views."""
    actor = actor_of(request)
    return press(
        request,
        lambda: remove_view(by=actor, view_id=view_id),
        words.address(Filters()),
        "The view is removed. The people on it are not touched.",
    )


def _whose(actor: Actor) -> dict[str, Any]:
    """Whose clients: asked where one sees those of several."""
    if actor.is_(Role.LEAD):
        covered = list(covered_by(actor.membership).select_related("user").order_by("user__name"))
        leads = [actor.membership, *covered] if covered else []
        return {"leads": leads, "show_lead": bool(covered)}
    return {"leads": list(workers(actor)), "show_lead": True}
