"""The plan tab and its forms: own words, crisis card, reasons, goals, steps and network."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import needs
from openhiu.web.casework.actions import plan as writing
from openhiu.web.casework.actions.consent import months_on
from openhiu.web.casework.forms import plan as forms
from openhiu.web.casework.models import Case, Goal, Need, NetworkMember, Plan, Step
from openhiu.web.casework.queries import client
from openhiu.web.casework.queries.cases import case_or_missing, readable_or_missing
from openhiu.web.casework.views.asking import Page, actor_of, ask, press
from openhiu.web.casework.views.client import frame, read
from openhiu.web.directory import night
from openhiu.web.team.hours import hours_words

WRITE = Permission.WRITE_CLIENT


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The whole plan of a client."""
    reading = read(request, case_id, "plan")
    case = reading.case
    told = {
        "plan": case.plan,
        "needs": [(row, needs.label(row.category, row.words))
                  for row in case.needs.filter(taken_away_on=None).order_by("met_on", "noted_at")],
        "goals": client.goals(case),
        "network": client.network(case, now=False),
    }  # fmt: skip
    return render(request, "casework/plan.html", frame(request, reading, "plan") | told)


def _page(case: Case, title: str, draft: str, **more: Any) -> Page:
    return Page(
        title=title,
        caption=case.person.full_name,
        back=reverse("casework:plan", args=[case.pk]),
        draft=draft,
        **more,
    )


def _words(request: HttpRequest, case_id: UUID, title: str, form: Any, key: str) -> HttpResponse:
    """One of the two forms over the plan's texts."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    names = [name for name in form.base_fields if name != "version"]
    page = _page(case, title, f"{key}:{case.pk}:{case.plan.version}",
                 version=lambda: Plan.objects.get(case=case).version)  # fmt: skip
    return ask(
        request,
        form,
        page,
        lambda said: writing.change_plan(by=actor, case=case, **_with_version(said)),
        initial={name: getattr(case.plan, name) for name in names} | {"version": case.plan.version},
    )


def _with_version(said: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with a version that is never current when none was sent."""
    return said | {"version": said["version"] or 0}


@allow(WRITE)
@require_http_methods(["GET", "POST"])
def change_words(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What matters to them, and strengths."""
    return _words(request, case_id, "What matters to them", forms.WordsForm, "words")


@allow(WRITE)
@require_http_methods(["GET", "POST"])
def change_card(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The crisis plan and out-of-hours card."""
    return _words(request, case_id, "When it gets hard", forms.CardForm, "card")


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_card(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The out-of-hours card on one page, to print and hand over."""
    actor = actor_of(request)
    reading = readable_or_missing(actor, case_id)
    case = reading.case
    record(actor, Did.PRINTED, person=case.person_id, about=case.plan, page="card")
    written = timezone.localdate(case.plan.updated_at)
    until = months_on(written, actor.service.consent_review_months)
    told = {
        "case": case,
        "person": case.person,
        "plan": case.plan,
        "past": until <= timezone.localdate(),
        "answering": case.plan.out_of_hours or night.own_words(actor.service, _area(case)),
        "suggested": [] if case.plan.out_of_hours else night.suggested(actor.service, _area(case)),
        "review_on": until,
        "died": bool(case.person.died or case.person.died_on),
        "our_hours": hours_words(actor.service),
    }
    return render(request, "casework/card.html", told)


def _area(case: Case) -> str:
    """The postcode whose services stand on a card; of someone whose whereabouts are kept, none."""
    return "" if case.person.restricted else str(case.person.postcode)


@allow(WRITE)
@require_http_methods(["GET", "POST"])
def note_reasons(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The real reasons, several at once."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    known = list(case.needs.filter(met_on=None, taken_away_on=None))
    initial = {
        "certain": [need.category for need in known if need.certain],
        "perhaps": [need.category for need in known if not need.certain],
        "words": next((need.words for need in known if need.category == needs.ANOTHER), ""),
    }
    return ask(
        request,
        forms.ReasonsForm,
        _page(case, "The real reasons", f"reasons:{case.pk}"),
        lambda said: writing.note_reasons(by=actor, case=case, **said),
        initial=initial,
    )


@allow(WRITE)
@require_http_methods(["GET", "POST"])
def change_reason(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """More about one reason."""
    actor = actor_of(request)
    need: Need = client.row_of(actor, Need, need_id)

    def save(said: dict[str, Any]) -> None:
        sure = said.pop("certain")
        if sure == "away":
            writing.take_reason_away(by=actor, need=need)
        else:
            writing.change_reason(by=actor, need=need, certain=sure == "yes", **said)

    initial = {
        "words": need.words,
        "certain": "yes" if need.certain else "perhaps",
        "missing_service": need.missing_service,
        "met_on": need.met_on,
    }
    page = _page(need.case, needs.label(need.category), f"reason:{need.pk}")
    return ask(request, forms.ReasonForm, page, save, initial=initial)


@allow(WRITE)
@require_http_methods(["GET", "POST"])
def add_goal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A goal in their words."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    return ask(
        request,
        forms.AddGoalForm,
        _page(case, "Add a goal", f"goal:{case.pk}"),
        lambda said: writing.add_goal(by=actor, case=case, **said),
    )


@allow(WRITE)
@require_http_methods(["GET", "POST"])
def change_goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """A goal said differently, reached or let go."""
    actor = actor_of(request)
    goal: Goal = client.row_of(actor, Goal, goal_id)
    page = _page(goal.case, "Change a goal", f"goal:{goal.pk}:{goal.version}",
                 version=lambda: Goal.objects.get(pk=goal.pk).version)  # fmt: skip
    return ask(
        request,
        forms.GoalForm,
        page,
        lambda said: writing.change_goal(by=actor, goal=goal, **_with_version(said)),
        initial={"words": goal.words, "state": goal.state, "version": goal.version},
    )


@allow(WRITE)
@require_http_methods(["GET", "POST"])
def add_step(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """A small step towards a goal."""
    actor = actor_of(request)
    goal: Goal = client.row_of(actor, Goal, goal_id)
    return ask(
        request,
        forms.StepForm,
        _page(goal.case, "Add a small step", f"step:{goal.pk}"),
        lambda said: writing.add_step(by=actor, goal=goal, **said),
    )


@allow(WRITE)
@require_POST
def mark_step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """A step is done, or not yet."""
    actor = actor_of(request)
    step: Step = client.row_of(actor, Step, step_id, through="goal__case")
    done = request.POST.get("done") == "yes"
    back = reverse("casework:plan", args=[step.goal.case_id])
    return press(request, lambda: writing.mark_step(by=actor, step=step, done=done), back,
                 "Step done." if done else "Step open again.")  # fmt: skip


@allow(WRITE)
@require_http_methods(["GET", "POST"])
def add_network_member(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A person or service around the client."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    return ask(
        request,
        forms.NetworkForm,
        _page(case, "Add someone around them", f"network:{case.pk}"),
        lambda said: writing.add_network_member(by=actor, case=case, **said),
    )


@allow(WRITE)
@require_http_methods(["GET", "POST"])
def change_network_member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Change someone around the client."""
    actor = actor_of(request)
    member: NetworkMember = client.row_of(actor, NetworkMember, member_id)
    page = _page(member.case, "Change someone around them", f"network:{member.pk}:{member.version}",
                 version=lambda: NetworkMember.objects.get(pk=member.pk).version)  # fmt: skip
    initial = {name: getattr(member, name) for name in writing.NETWORK_LABELS}
    return ask(
        request,
        forms.ChangeNetworkForm,
        page,
        lambda said: writing.change_network_member(by=actor, member=member, **_with_version(said)),
        initial=initial | {"version": member.version, "ended": member.ended_on is not None},
    )
