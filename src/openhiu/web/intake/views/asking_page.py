"""What every page here does alike: a form is drawn or saved once, refused beside what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openhiu.web.access.actor import Actor
from openhiu.web.access.drafts import draft_for, forget_draft
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.once import led_to, repeated
from openhiu.web.design.forms import NhsForm

MOST_PICKED = 60


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; the gate has made sure of it."""
    actor: Actor = request.actor
    return actor


def ask(
    request: HttpRequest,
    template: str,
    make: Callable[..., NhsForm],
    save: Callable[[Any], str],
    *,
    context: dict[str, Any] | None = None,
    draft: str = "",
    done: str = "",
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """Draw a form, or save it and redirect; a refusal is drawn with everything typed still there.

    Args:
        request: GET draws, POST saves.
        template: the page; its context gets `form`, `draft` and what `context` holds.
        make: the form's class, or a function that makes one.
        save: takes the valid form, does the deed, gives the address to go to.
        context: more for the page.
        draft: the key drafts are kept under; empty keeps none.
        done: what is said afterwards.
        initial: what the fresh form holds.
    """
    page = {**(context or {}), "draft": draft}
    if request.method != "POST":
        form = _fresh(request, make, draft, initial)
        return render(request, template, {**page, "form": form})
    if first := repeated(request):
        return first
    form = make(request.POST, initial=initial)
    if form.is_valid():
        try:
            url = save(form)
        except NotAllowed as why:
            form.add_error(None, str(why))
        else:
            return _saved(request, url, draft, done)
    return render(request, template, {**page, "form": form}, status=422)


def _fresh(
    request: HttpRequest, make: Callable[..., NhsForm], draft: str, initial: dict[str, Any] | None
) -> NhsForm:
    kept = draft_for(actor_of(request), draft) if draft else None
    if not kept:
        return make(initial=initial)
    from_draft: Any = getattr(make, "from_draft", None)
    if from_draft:
        restored: NhsForm = from_draft(kept, initial=initial)
        return restored
    return make(initial={**(initial or {}), **{k: v[0] for k, v in kept.items() if v}})


def _saved(request: HttpRequest, url: str, draft: str, done: str) -> HttpResponse:
    if draft:
        forget_draft(actor_of(request), draft)
    if done:
        messages.success(request, done)
    return led_to(request, url)


def picked_ids(request: HttpRequest) -> list[UUID]:
    """The rows ticked on a list, from the address; Missing when one of them is no key."""
    given = request.GET.getlist("row")
    if len(given) > MOST_PICKED:
        raise NotAllowed(f"Choose at most {MOST_PICKED} people at once.")
    try:
        return [UUID(text) for text in given]
    except ValueError:
        raise Missing from None
