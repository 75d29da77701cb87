"""The outbox: what waits and what became of everything; one item, its files and how it ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.announce import settle as told
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.views.asking import Page, actor_of, ask, press
from openhiu.web.letters import actions, gates, giving, lifecycle, presenters, queries
from openhiu.web.letters.actions.ending import seen
from openhiu.web.letters.forms import CancelForm, PostedForm, SettleForm
from openhiu.web.letters.models import Outgoing
from openhiu.web.letters.views.serving import download

_A_PAGE = 25


@allow(Permission.SEE_OUTBOX)
@require_GET
def show_outbox(request: HttpRequest) -> HttpResponse:
    """What waits for a hand first; then everything that ended."""
    actor = actor_of(request)
    ended = queries.outbox(actor, tuple(lifecycle.ENDS)).order_by("-ended_at", "pk")
    page = Paginator(ended, _A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "waiting": [presenters.row(item) for item in queries.waiting(actor)],
        "page": page,
        "ended": [presenters.row(item) for item in page.object_list],
        "counts": queries.counts(actor),
        "stages": lifecycle.STAGES,
        "account": queries.last_account(actor),
    }
    record(actor, Did.LISTED, page="outbox", rows=len(shown["waiting"]))
    return render(request, "letters/outbox.html", shown)


@allow(Permission.SEE_OUTBOX)
@require_GET
def show_item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """One thing in the outbox."""
    item = _item(request, item_id)
    return render(request, "letters/item.html", presenters.item_page(actor_of(request), item))


@allow(Permission.WRITE_LETTER)
@require_http_methods(["GET", "POST"])
def posted(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Say when it was posted or given."""
    actor = actor_of(request)
    item = _item(request, item_id)
    closed = gates.why_not_leave(item)
    page = _page(
        item, "When did it leave?", submit="Save", done="Noted among the contacts.",
        note=f"Do not send it now: {closed}" if closed else "",
    )  # fmt: skip
    return ask(
        request, PostedForm, page,
        lambda said: _saved(actor, item, actions.posted(by=actor, item=item, **said)),
        initial={"on": timezone.localdate()}, way=item.way, stopped=bool(closed),
    )  # fmt: skip


@allow(Permission.SEE_OUTBOX)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Stop it before it leaves."""
    actor = actor_of(request)
    item = _item(request, item_id)
    page = _page(item, "Stop this letter", submit="Stop it", variant="warning",
                 done="Stopped. The letter can be changed and sent again.")  # fmt: skip
    return ask(
        request, CancelForm, page,
        lambda said: _saved(actor, item, actions.cancel(by=actor, item=item, **said)),
    )  # fmt: skip


@allow(Permission.SEE_OUTBOX)
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Say whether it arrived, having asked."""
    actor = actor_of(request)
    item = _item(request, item_id)
    page = _page(item, "Did it arrive?", submit="Save", done="Noted.",
                 note="Ring them and ask. It is not sent again by itself.")  # fmt: skip
    return ask(
        request, SettleForm, page,
        lambda said: _saved(actor, item, actions.settle(by=actor, item=item, **said)),
    )  # fmt: skip


@allow(Permission.SEE_OUTBOX)
@require_POST
def noted(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Say that one has seen how it ended."""
    actor = actor_of(request)
    item = _item(request, item_id)
    return press(request, lambda: seen(by=actor, item=item), reverse("letters:outbox"), "Noted.")


@allow(Permission.WRITE_LETTER)
@require_GET
def file(request: HttpRequest, item_id: UUID, form: str) -> HttpResponse:
    """The bytes to print, looked at by the gates once more; of what was sent a marked copy."""
    actor = actor_of(request)
    item = _item(request, item_id)
    content = giving.file(item, form)
    record(actor, Did.PRINTED, person=item.letter.case.person_id, about=item, form=form)
    return download(content, form)


def _item(request: HttpRequest, item_id: UUID) -> Outgoing:
    actor = actor_of(request)
    item = queries.item_or_missing(actor, item_id)
    record(actor, Did.LOOKED, person=item.letter.case.person_id, about=item, page="outbox")
    return item


def _page(item: Outgoing, title: str, **more: Any) -> Page:
    return Page(title=title, caption=item.letter.case.person.full_name,
                back=reverse("letters:item", args=[item.pk]), **more)  # fmt: skip


def _saved(actor: Any, item: Outgoing, made: Outgoing) -> None:
    """What was told of it is done with; who wrote it has seen how it ended."""
    told(actor, reverse("letters:item", args=[item.pk]))
    if may(actor.role, Permission.SEE_OUTBOX):
        seen(by=actor, item=made)
