"""Setting when a warning is given: the rules in force, what others would have meant, a new set."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openhiu.monitor.signals import Rules
from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import actor_of
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission
from openhiu.web.monitoring import actions
from openhiu.web.monitoring.forms import RulesForm
from openhiu.web.monitoring.queries.rules import as_rules, history, rules_in_force
from openhiu.web.monitoring.queries.trying import Tried, try_rules
from openhiu.web.monitoring.rule_words import rule_label


@allow(Permission.SUPERVISE)
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """The rules of the service; `try` counts and saves nothing, `save` puts them in force."""
    actor = actor_of(request)
    kept = rules_in_force(actor)
    if request.method != "POST":
        return _draw(request, actor, RulesForm(initial=RulesForm.first(kept)))
    form = RulesForm(request.POST)
    saving = request.POST.get("do") == "save"
    if not form.is_valid():
        return _draw(request, actor, form, status=422)
    if not saving:
        tried = try_rules(actor, as_rules(kept), _as_typed(as_rules(kept), form.values))
        return _draw(request, actor, form, tried=tried)
    first = repeated(request)
    return first or _save(request, actor, form)


def _save(request: HttpRequest, actor: Actor, form: RulesForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        actions.set_rules(
            by=actor, reason=said["reason"], version=said["version"] or 0, **form.values
        )
    except NotAllowed as why:
        form.add_error("reason" if "why" in str(why) else None, str(why))
        return _draw(request, actor, form, status=422)
    messages.success(request, "The new rules hold from now on.")
    return led_to(request, reverse("monitoring:rules"))


def _as_typed(now: Rules, values: dict[str, Any]) -> Rules:
    named = {field.name for field in fields(Rules)}
    return replace(now, **{name: value for name, value in values.items() if name in named})


def _draw(
    request: HttpRequest, actor: Actor, form: RulesForm, *, tried: Tried | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    told = {
        "form": form,
        "tried": tried,
        "by_rule": [(rule_label(rule), *both) for rule, both in tried.by_rule.items()]
        if tried
        else [],
        "history": history(actor),
    }
    return render(request, "monitoring/rules.html", told, status=status)
