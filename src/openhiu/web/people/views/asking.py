"""One way to ask and save in this room: a form and what to do with it in, a page or redirect out.

Drafts, double presses, refusals and someone else having saved first are met here once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openhiu.web.access.actor import Actor
from openhiu.web.access.drafts import draft_for, forget_draft
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.once import led_to, repeated

Save = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True)
class Page:
    """What stands around a form. `back` is where cancelling and saving lead, unless `save` says."""

    title: str
    back: str
    draft: str = ""
    caption: str = ""
    note: str = ""
    submit: str = "Save"
    variant: str = ""
    done: str = "Saved."
    template: str = "people/ask.html"
    extra: Mapping[str, Any] = field(default_factory=dict)
    version: Callable[[], int] | None = None


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
    """Draw a form; when it was sent and is right, save it and lead back with a word of success.

    `save` takes the clean values; an address it returns is where saving leads.
    """
    first = repeated(request)
    if first:
        return first
    if request.method != "POST":
        saved = draft_for(actor_of(request), page.draft) if page.draft else None
        return _draw(request, page, form_class.from_draft(saved, initial=initial, **options))
    form = form_class(request.POST, initial=initial, **options)
    if not form.is_valid():
        return _draw(request, page, form)
    return _save(request, page, form, save)


def press(request: HttpRequest, act: Callable[[], Any], back: str, done: str) -> HttpResponse:
    """A button that does one thing: do it once, say so, and lead back."""
    first = repeated(request)
    if first:
        return first
    act()
    messages.success(request, done)
    return led_to(request, back)


def _save(request: HttpRequest, page: Page, form: Any, save: Save) -> HttpResponse:
    try:
        with transaction.atomic():
            made = save(form.cleaned_data)
    except NotAllowed as why:
        form.add_error(None, str(why))
        return _draw(request, page, form)
    except ValidationError as wrong:
        _explain(form, wrong)
        return _draw(request, page, form)
    except Stale as stale:
        return _stale(request, page, form, stale)
    if page.draft:
        forget_draft(actor_of(request), page.draft)
    messages.success(request, page.done)
    return led_to(request, made if isinstance(made, str) else page.back)


def _explain(form: Any, wrong: ValidationError) -> None:
    """Put each sentence at its field, or on top where the form has no such field."""
    told = wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages}
    for name, sentences in told.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def _draw(request: HttpRequest, page: Page, form: Any) -> HttpResponse:
    return render(request, page.template, {"page": page, "form": form, **page.extra})


def _stale(request: HttpRequest, page: Page, form: Any, stale: Stale) -> HttpResponse:
    """Both texts side by side; saving again is a decision, so the form carries the new version."""
    again = form.data.copy()
    if page.version is not None:
        again["version"] = str(page.version())
    form.data = again
    fields = [{"label": a, "theirs": b, "yours": c} for a, b, c in stale.fields]
    told = {"fields": fields, "form": form, "cancel": page.back, "page": page}
    return render(request, "design/stale.html", told, status=409)
