"""One way to ask and save: a form and what to do with it come in, a page or a redirect goes out.

Drafts, double presses, refusals and someone else having saved first are met here once, for every
room that asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openhiu.web.access.actor import Actor
from openhiu.web.access.drafts import draft_for, forget_draft
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.once import led_to, repeated

OVERTAKEN = "Somebody else changed this first, so nothing was done. Go back and look at it again."
Save = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True)
class Page:
    """What stands around a form, and what happens afterwards.

    `back` is where cancelling and saving lead; `then` another place after saving. `draft` is the
    key of what was typed, `version` that of the row as it is now, for a stale save. Where what was
    typed is about words that are gone, `outdated` says so above a fresh form instead, and `renew`
    takes up what stands in `extra` anew and gives the form's first values.
    """

    title: str
    back: str
    draft: str = ""
    caption: str = ""
    note: str = ""
    submit: str = "Save"
    variant: str = ""
    done: str = "Saved."
    then: str = ""
    template: str = "design/ask.html"
    extra: Mapping[str, Any] = field(default_factory=dict)
    version: Callable[[], int] | None = None
    outdated: str = ""
    renew: Callable[[], Mapping[str, Any]] = dict


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; the gate put them there."""
    actor: Actor = request.actor
    return actor


def ask(
    request: HttpRequest,
    form_class: Any,
    page: Page,
    save: Save,
    *,
    initial: Mapping[str, Any] | None = None,
    **options: Any,
) -> HttpResponse:
    """Draw a form; when it was sent and is right, save it and lead back with a word of success."""
    first = repeated(request)
    if first:
        return first
    if request.method != "POST":
        saved = draft_for(actor_of(request), page.draft) if page.draft else None
        form = form_class.from_draft(saved, initial=initial, **options)
        return _draw(request, page, form)
    form = form_class(request.POST, request.FILES, initial=initial, **options)
    if not form.is_valid():
        return _draw(request, page, form)
    return _save(request, page, form, save)


def _save(request: HttpRequest, page: Page, form: Any, save: Save) -> HttpResponse:
    try:
        with transaction.atomic():
            made = save(form.cleaned_data)
    except NotAllowed as why:
        form.add_error(None, str(why))
        return _draw(request, page, form)
    except Stale as stale:
        if page.outdated:
            return _outdated(request, page, type(form))
        return _stale(request, page, form, stale)
    if page.draft:
        forget_draft(actor_of(request), page.draft)
    messages.success(request, page.done)
    return led_to(request, made if isinstance(made, str) else page.then or page.back)


def _draw(request: HttpRequest, page: Page, form: Any) -> HttpResponse:
    return render(request, page.template, {"page": page, "form": form, **page.extra})


def _outdated(request: HttpRequest, page: Page, form_class: Any) -> HttpResponse:
    """The new words with an empty form: nothing said about the old ones is offered again."""
    if page.draft:
        forget_draft(actor_of(request), page.draft)
    form = form_class.from_draft(None, initial=page.renew())
    form.cleaned_data = {}
    form.add_error(None, page.outdated)
    drawn = _draw(request, page, form)
    drawn.status_code = 409
    return drawn


def _stale(request: HttpRequest, page: Page, form: Any, stale: Stale) -> HttpResponse:
    """Both texts side by side; saving again is a decision, so the form carries the new version."""
    again = form.data.copy()
    if page.version is not None:
        again["version"] = str(page.version())
    form.data = again
    fields = [{"label": a, "theirs": b, "yours": c} for a, b, c in stale.fields]
    told = {"fields": fields, "form": form, "cancel": page.back, "page": page}
    return render(request, "design/stale.html", told, status=409)


def press(request: HttpRequest, act: Callable[[], Any], back: str, done: str) -> HttpResponse:
    """A button that does one thing: do it once, say so, and lead back.

    Raises:
        NotAllowed: also where somebody else saved first: no typed words are lost with a button.
    """
    first = repeated(request)
    if first:
        return first
    try:
        act()
    except Stale:
        raise NotAllowed(OVERTAKEN) from None
    messages.success(request, done)
    return led_to(request, back)
