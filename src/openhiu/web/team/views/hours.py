"""Working weeks: one's own with leave and cover, a member's, the service's hours."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.asking import Page, actor_of, ask
from openhiu.web.access.gate import allow
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission
from openhiu.web.team import hours
from openhiu.web.team.actions.hours import set_opening, set_pattern
from openhiu.web.team.forms.hours import OpeningForm, PatternForm, closed_words
from openhiu.web.team.presenters.hours import pattern_words
from openhiu.web.team.queries import calendar as found
from openhiu.web.team.queries.capacity import wte_of
from openhiu.web.team.queries.leave import may_hold_clients


@allow(Permission.OWN_WORK)
@require_GET
def show_own(request: HttpRequest) -> HttpResponse:
    """One's own working week, leave, and whom one covers."""
    actor = actor_of(request)
    today = timezone.localdate()
    told = {
        "words": pattern_words(actor.membership, today),
        "wte": wte_of([actor.membership], today)[actor.membership.pk].normalize(),
        "later": [one for one in hours.patterns(actor.membership) if one.from_day > today],
        "leaves": found.own_leaves(actor),
        "covers": found.own_covers(actor),
        "needs_cover": may_hold_clients(actor.membership),
        "service_hours": hours.hours_words(actor.service),
    }
    return render(request, "team/own.html", told)


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "POST"])
def change_own(request: HttpRequest) -> HttpResponse:
    """One's own working week from a day on."""
    return _change(request, actor_of(request).membership, reverse("team:own"))


@allow(Permission.MANAGE_TEAM)
@require_http_methods(["GET", "POST"])
def change_of(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """The working week of a member of the team."""
    member = found.member_or_missing(actor_of(request), membership_id)
    return _change(request, member, reverse("team:overview"))


@allow(Permission.MANAGE_TEAM)
@require_http_methods(["GET", "POST"])
def service_hours(request: HttpRequest) -> HttpResponse:
    """When the service is open, and when it is closed besides bank holidays."""
    actor = actor_of(request)
    service = actor.service
    page = Page(
        title="Service hours and closed days",
        back=reverse("team:overview"),
        done="The hours were saved.",
        template="team/week.html",
        version=lambda: int(type(service).objects.get(pk=service.pk).version),
    )
    initial = {
        "closed_days": closed_words(service.closed_days),
        "pause_before_leave": service.pause_before_leave,
        "steady_weeks": service.steady_weeks,
        "version": service.version,
    }

    def save(said: dict[str, Any]) -> None:
        set_opening(
            by=actor,
            version=said["version"],
            opening=said["week"],
            closed_days=said["closed_days"],
            pause_before_leave=said["pause_before_leave"],
            steady_weeks=said["steady_weeks"],
        )

    return ask(request, OpeningForm, page, save, initial=initial, week=service.opening)


def _change(request: HttpRequest, member: Membership, back: str) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    now = hours.pattern(member, today)
    page = Page(
        title="Working hours",
        caption=member.user.name,
        note="Days that are not worked stay empty. What falls due is put on days you work, and "
        "the service\u2019s limits are taken in proportion.",
        back=back,
        done="The working hours were saved.",
        template="team/week.html",
    )

    def save(said: dict[str, Any]) -> None:
        set_pattern(
            by=actor, member=member, from_day=said["from_day"], week=said["week"], wte=said["wte"]
        )

    return ask(
        request,
        PatternForm,
        page,
        save,
        initial={"from_day": today, "wte": now.wte if now else None},
        week=now.week if now else member.service.opening,
    )
