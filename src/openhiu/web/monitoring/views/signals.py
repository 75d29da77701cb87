"""Early warnings: the list, one signal, its answer, and picking somebody up again. HTTP only."""

from __future__ import annotations

from calendar import month_name
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import policies
from openhiu.web.casework.models import Case, PhaseChange
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.casework.views.client import frame, read
from openhiu.web.monitoring import actions, presenters, queries
from openhiu.web.monitoring.actions.picking_up import AGAIN, why_not_back
from openhiu.web.monitoring.forms import AnswerForm, HardDayForm
from openhiu.web.monitoring.models import Anniversary, Signal
from openhiu.web.monitoring.presenters import helped
from openhiu.web.monitoring.presenters import signals as words
from openhiu.web.monitoring.queries.helped import what_helped
from openhiu.web.people.presenters import before_you_call


@allow(Permission.ANSWER_SIGNAL)
@require_GET
def signals(request: HttpRequest) -> HttpResponse:
    """What waits for an answer: one's own first."""
    actor = actor_of(request)
    rows = queries.open_signals(actor)
    record(actor, Did.LISTED, page="early warnings", rows=len(rows))
    told = {
        "own": words.by_client([row for row in rows if row.mine]),
        "others": words.by_client([row for row in rows if not row.mine]),
        "up_to_when": presenters.up_to_when(queries.freshness(actor)),
    }
    return render(request, "monitoring/signals.html", told)


@allow(Permission.ANSWER_SIGNAL)
@require_GET
def signal(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """One signal: what happened, what helped last time, whom to call, and the answers."""
    actor = actor_of(request)
    found = queries.signal_or_missing(actor, signal_id)
    record(actor, Did.LOOKED, person=found.case.person_id, about=found, page="early warning")
    return render(request, "monitoring/signal.html", _page(request, found, AnswerForm()))


@allow(Permission.ANSWER_SIGNAL)
@require_POST
def answer(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Say what was done: one tap, and words where there are any."""
    first = repeated(request)
    if first:
        return first
    actor = actor_of(request)
    found = queries.signal_or_missing(actor, signal_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render(request, "monitoring/signal.html", _page(request, found, form), status=422)
    said = {"what": request.POST.get("what", ""), "words": form.cleaned_data["words"]}
    actions.acknowledge(by=actor, signal=found, together=True, **said)
    messages.success(request, "Thank you. It is written down with this early warning.")
    return led_to(request, reverse("monitoring:signal", args=[found.pk]))


@allow(Permission.ANSWER_SIGNAL)
@require_POST
def open_again(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Take an answer back that was a slip."""
    actor = actor_of(request)
    found = queries.signal_or_missing(actor, signal_id)
    return press(
        request,
        lambda: actions.open_again(by=actor, signal=found),
        reverse("monitoring:signal", args=[found.pk]),
        "The answer was taken back. The early warning waits again.",
    )


@allow(Permission.WRITE_CLIENT)
@require_POST
def pick_up(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Pick somebody up again: one tap, no form; then what helped last time."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    return press(
        request,
        lambda: actions.pick_up(by=actor, case=case),
        reverse("monitoring:what_helped", args=[case.pk]),
        "Picked up again. The next contact is today.",
    )


@allow(Permission.WRITE_CLIENT)
@require_POST
def not_picked_up(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take back a pick-up of today that was a slip."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    return press(
        request,
        lambda: actions.not_picked_up(by=actor, case=case),
        reverse("casework:client", args=[case.pk]),
        "Taken back. Phase, rhythm and next contact are as they were.",
    )


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_helped(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What helped last time, on a page of its own."""
    reading = read(request, case_id, "what helped")
    actor, case = actor_of(request), reading.case
    last = PhaseChange.objects.filter(service=actor.service_id, case=case).order_by("-at").first()
    told = {
        "helped": helped.card(what_helped(actor, case)),
        "card": before_you_call(actor, case.person),
        "may_undo": not reading.read_only and not why_not_back(actor, case, last),
        "why_not_contact": policies.why_not_contact(case),
    }
    return render(request, "monitoring/what_helped.html", frame(request, reading, "") | told)


@allow(Permission.OPEN_CLIENT)
@require_GET
def client_signals(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A client's early warnings, those that wait first, and the days that are hard for them."""
    reading = read(request, case_id, "signals")
    actor, case = actor_of(request), reading.case
    rows = [words.shown(one, with_steps=True) for one in queries.signals_of(actor, case)]
    told = {
        "waiting": [row for row in rows if row.waits],
        "past": [row for row in rows if not row.waits],
        "hard_days": queries.hard_days(actor, case),
        "month_names": month_name,
        "may_answer": not reading.read_only and may(actor.role, Permission.ANSWER_SIGNAL),
    }
    return render(request, "monitoring/client_signals.html", frame(request, reading, "signals")
                  | told)  # fmt: skip


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def add_hard_day(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Note a day of the year that is hard."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    page = Page(
        title="A day that is hard",
        caption=case.person.full_name,
        note="A day of every year: when somebody died, a birthday, the day they lost their home.",
        back=reverse("monitoring:client_signals", args=[case.pk]),
        done="Noted.",
    )
    return ask(
        request, HardDayForm, page,
        lambda said: actions.add_hard_day(by=actor, case=case, **said) and None,
    )  # fmt: skip


@allow(Permission.WRITE_CLIENT)
@require_POST
def end_hard_day(request: HttpRequest, case_id: UUID, day_id: UUID) -> HttpResponse:
    """It is hard no longer, or was a slip."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    day = Anniversary.objects.filter(service=actor.service_id, case=case, pk=day_id).first()
    if day is None:
        raise Missing
    return press(
        request,
        lambda: actions.end_hard_day(by=actor, day=day),
        reverse("monitoring:client_signals", args=[case.pk]),
        "Taken off.",
    )


def _page(request: HttpRequest, found: Signal, form: AnswerForm) -> dict[str, Any]:
    actor, case = actor_of(request), found.case
    return {
        "shown": words.shown(found),
        "also": [words.shown(one) for one in queries.also_waiting(actor, found)],
        "signal": found,
        "case": case,
        "person": case.person,
        "helped": helped.card(what_helped(actor, case, found)),
        "card": before_you_call(actor, case.person),
        "answers": words.ANSWERS,
        "form": form,
        "why_not_contact": policies.why_not_contact(case),
        "may_pick_up": _may_pick_up(actor, case),
    }


def _may_pick_up(actor: Any, case: Case) -> bool:
    """Whether one tap is enough: an allowed move of somebody who takes part."""
    return (
        may(actor.role, Permission.WRITE_CLIENT)
        and not policies.why_not_move(case, AGAIN)
        and not policies.why_not_contact(case)
    )
