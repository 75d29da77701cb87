"""Actions: one's own on a phone, everybody's for whoever keeps the momentum."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.asking import Page, actor_of, ask
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.presenters.shared import NO_NAME, name_in
from openhiu.web.mdt import actions, policies
from openhiu.web.mdt.forms import doing as forms
from openhiu.web.mdt.forms.meetings import WhyForm
from openhiu.web.mdt.models import Action
from openhiu.web.mdt.presenters.sheet import state_of
from openhiu.web.mdt.queries import minutes
from openhiu.web.mdt.views.person import who_may

ATTEND, ARRANGE = Permission.ATTEND_MDT, Permission.ARRANGE_MDT


@allow(ATTEND)
@require_GET
def show_actions(request: HttpRequest) -> HttpResponse:
    """What one is asked to do; and, for those who arrange, what everybody is."""
    actor = actor_of(request)
    mine = minutes.mine(actor)
    watched = minutes.watched(actor) if policies.arranges(actor) else minutes.Mine()
    others = [one for one in watched.open if one.owner_id != actor.membership.pk
              or one.handed_back_at]  # fmt: skip
    record(actor, Did.LISTED, page="team actions", rows=len(mine.open) + len(others))
    told = {
        "mine": [_row(one, mine) for one in mine.open],
        "closed": mine.closed,
        "others": [_row(one, watched) for one in others],
        "arranges": policies.arranges(actor),
        "tags": state_of,
    }
    return render(request, "mdt/actions.html", told)


def _row(action: Action, among: minutes.Mine) -> dict[str, Any]:
    items = among.sight[action.case_id]
    return {
        "action": action,
        "name": action.case.person.full_name if "name" in items else NO_NAME,
        "tag": state_of(action),
    }


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def finish_action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """It is done."""
    actor = actor_of(request)
    action = minutes.action_or_missing(actor, action_id)
    page = _page(actor, action, "It is done", submit="Done", done="Thank you. The team sees it.")
    return ask(request, forms.DoneForm, page,
               lambda said: actions.finish_action(by=actor, action=action, **said))  # fmt: skip


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def hand_back(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Hand it back to the coordinator."""
    actor = actor_of(request)
    action = minutes.action_or_missing(actor, action_id)
    page = _page(actor, action, "Hand it back", submit="Hand it back",
                 done="The coordinator finds someone else.")  # fmt: skip
    return ask(request, forms.BackForm, page,
               lambda said: actions.hand_back(by=actor, action=action, **said))  # fmt: skip


@allow(ARRANGE)
@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Give it to someone else, or another day."""
    actor = actor_of(request)
    action = minutes.action_or_missing(actor, action_id)
    page = _page(actor, action, "Who does it now?", done="They are told.")
    return ask(request, forms.PassOnForm, page,
               lambda said: actions.pass_on(by=actor, action=action, **said),
               initial={"owner": action.owner_id, "due_on": action.due_on},
               people=who_may(action.case, action.group))  # fmt: skip


@allow(ARRANGE)
@require_http_methods(["GET", "POST"])
def let_go(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """It will not be done."""
    actor = actor_of(request)
    action = minutes.action_or_missing(actor, action_id)
    page = _page(actor, action, "Let it go", done="Let go. The next agenda does not ask again.")
    return ask(request, WhyForm, page,
               lambda said: actions.let_go(by=actor, action=action, **said))  # fmt: skip


def _page(actor: Any, action: Action, title: str, **more: Any) -> Page:
    items = policies.must_know(actor, action.case)
    return Page(title=title, caption=name_in(action.case.person, items), note=action.words,
                back=reverse("mdt:actions"), **more)  # fmt: skip
