"""Leave and cover: asking, answering, changing, cancelling; the calendar and the overview."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.gate import allow
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission
from openhiu.web.team import policies
from openhiu.web.team.actions import leave as doing
from openhiu.web.team.forms import leave as forms
from openhiu.web.team.models import Leave
from openhiu.web.team.presenters import leave as words
from openhiu.web.team.queries import calendar as found
from openhiu.web.team.queries.leave import candidates, manages, may_hold_clients

_NOTE = (
    "Leave is booked once every working day of it is covered. Colleagues see that you are away, "
    "and not why. What they need to know is written from the record: nothing to type."
)


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "POST"])
def ask_leave(request: HttpRequest) -> HttpResponse:
    """Leave of one's own, and who is asked to cover it."""
    return _ask_leave(request, actor_of(request).membership, reverse("team:own"), {})


@allow(Permission.MANAGE_TEAM)
@require_http_methods(["GET", "POST"])
def away_for(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Somebody of the team is away: written down by the supervisor, most often an illness."""
    member = found.member_or_missing(actor_of(request), membership_id)
    today = timezone.localdate()
    initial = {"kind": "sick", "from_day": today, "until_day": today}
    return _ask_leave(request, member, reverse("team:overview"), initial)


@allow(Permission.OWN_WORK)
@require_GET
def show_leave(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """One leave: its days, who covers which, what is still open."""
    actor = actor_of(request)
    away = found.leave_or_missing(actor, leave_id)
    theirs = away.mine or manages(actor, away.leave.member)
    leave = away.leave
    told = {
        "away": away,
        "leave": leave,
        "days": words.days(leave),
        "state": words.state(away),
        "covers": [words.cover(actor, one) for one in away.covers],
        "can_change": theirs and not policies.why_not_change(leave, leave.from_day, leave.from_day),
        "note_url": words.link("casework:cover_note", leave),
        "after_url": _after(away),
    }
    return render(request, "team/leave.html", told)


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "POST"])
def change_leave(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """Other days for a leave."""
    actor = actor_of(request)
    leave = found.leave_or_missing(actor, leave_id).leave
    policies.must_concern(actor, leave.member)
    page = Page(
        title="Change leave",
        caption=leave.member.user.name,
        back=reverse("team:leave", args=[leave.pk]),
        done="The leave was changed.",
        version=lambda: int(Leave.objects.values_list("version", flat=True).get(pk=leave.pk)),
    )

    def save(said: dict[str, Any]) -> None:
        doing.change_leave(
            by=actor,
            leave=leave,
            version=said["version"],
            days=_days(said),
            covering=list(said.get("covering") or ()),
        )

    return ask(
        request,
        forms.ChangeLeaveForm,
        page,
        save,
        initial={name: getattr(leave, name) for name in _DAYS},
        colleagues=candidates(actor, leave.member),
        needed=may_hold_clients(leave.member),
    )


@allow(Permission.OWN_WORK)
@require_POST
def cancel_leave(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """Cancel a leave, or the rest of one that has begun."""
    actor = actor_of(request)
    leave = found.leave_or_missing(actor, leave_id).leave
    back = reverse("team:own") if leave.member.user_id == actor.user.pk else _overview()
    return press(
        request,
        lambda: doing.cancel_leave(by=actor, leave=leave),
        back,
        "The leave is cancelled, and those who were to cover know.",
    )


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "POST"])
def ask_cover(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """One more colleague to cover some days of a leave."""
    actor = actor_of(request)
    away = found.leave_or_missing(actor, leave_id)
    leave = away.leave
    policies.must_concern(actor, leave.member)
    open_days = away.uncovered or (leave.from_day, leave.until_day)
    page = Page(
        title="Ask somebody to cover",
        caption=leave.member.user.name,
        note=f"Not covered yet: {words.days_named(away.uncovered)}." if away.uncovered else "",
        back=reverse("team:leave", args=[leave.pk]),
        submit="Ask",
        done="Your colleague was asked.",
    )
    return ask(
        request,
        forms.AskCoverForm,
        page,
        lambda said: doing.ask_cover(by=actor, leave=leave, **said),
        initial={"first": open_days[0], "last": open_days[-1]},
        colleagues=candidates(actor, leave.member),
    )


@allow(Permission.OWN_WORK)
@require_GET
def show_cover(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    """A request to cover: the days, and yes or no."""
    actor = actor_of(request)
    cover = found.cover_or_missing(actor, cover_id)
    told = {
        "cover": cover,
        "days": words.span(cover.from_day, cover.until_day),
        "mine": cover.covering.user_id == actor.user.pk,
        "why_not": policies.why_not_answer(actor, cover),
        "why_not_yes": policies.why_not_cover(cover),
        "note_url": words.link("casework:cover_note", cover.leave),
    }
    return render(request, "team/cover.html", told)


@allow(Permission.OWN_WORK)
@require_POST
def answer_cover(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    """Yes or no, in one press."""
    actor = actor_of(request)
    cover = found.cover_or_missing(actor, cover_id)
    yes = request.POST.get("answer") == "yes"
    mine = cover.covering.user_id == actor.user.pk
    return press(
        request,
        lambda: doing.answer_cover(by=actor, cover=cover, yes=yes),
        reverse("team:own") if mine else _overview(),
        "Thank you. You cover these days." if yes and mine else "The answer is saved.",
    )


@allow(Permission.OWN_WORK)
@require_GET
def show_away(request: HttpRequest) -> HttpResponse:
    """A month with everyone who is away, as a grid and as a list."""
    actor = actor_of(request)
    first = _month(request.GET.get("month", ""))
    weeks = found.month(actor, first)
    last = weeks[-1][-1].day
    told = {
        "first": first,
        "weeks": weeks,
        "leaves": found.leaves(actor, first, last),
        "span": words.span,
        "earlier": (first - timedelta(days=1)).replace(day=1),
        "later": (first.replace(day=28) + timedelta(days=4)).replace(day=1),
    }
    return render(request, "team/away.html", told)


@allow(Permission.MANAGE_TEAM)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Who is away, who covers, and the days nobody does."""
    actor = actor_of(request)
    today = timezone.localdate()
    ahead = found.leaves(actor, today, today + timedelta(weeks=found.AHEAD_WEEKS))
    told = {
        "uncovered": [(one, words.days_named(one.uncovered)) for one in ahead if
                      one.uncovered and one.leave.state == Leave.State.BOOKED],
        "leaves": [(one, words.span(one.leave.from_day, one.leave.until_day), words.state(one))
                   for one in ahead],
        "staff": words.staff(list(found.team(actor))),
        "weeks": found.AHEAD_WEEKS,
        "orphans_url": words.link("casework:without_lead"),
        "plan_url": words.link("intake:quarter_plan"),
    }  # fmt: skip
    return render(request, "team/overview.html", told)


def _after(away: found.Away) -> str:
    """Where the one who was away reads what happened, once it has begun."""
    begun = away.leave.from_day <= timezone.localdate()
    return words.link("casework:while_away", away.leave) if away.mine and begun else ""


_DAYS = ("from_day", "from_midday", "until_day", "until_midday", "version")


def _ask_leave(
    request: HttpRequest, member: Membership, back: str, initial: dict[str, Any]
) -> HttpResponse:
    actor = actor_of(request)
    needed = may_hold_clients(member)
    page = Page(
        title="Ask for leave" if member.user_id == actor.user.pk else "Somebody is away",
        caption=member.user.name,
        note=_NOTE if needed else "",
        back=back,
        submit="Ask for leave" if member.user_id == actor.user.pk else "Save",
        done="Saved. Those you chose were asked to cover.",
    )

    def save(said: dict[str, Any]) -> str:
        made = doing.ask_leave(
            by=actor,
            member=member,
            kind=said["kind"],
            days=_days(said),
            covering=list(said.get("covering") or ()),
        )
        return doing.leave_link(made)

    return ask(
        request,
        forms.LeaveForm,
        page,
        save,
        initial=initial,
        colleagues=candidates(actor, member),
        needed=needed,
    )


def _days(said: dict[str, Any]) -> doing.Days:
    return doing.Days(
        said["from_day"], said["until_day"], said["from_midday"], said["until_midday"]
    )


def _month(text: str) -> date:
    """The first day of the month an address names, or of this month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)


def _overview() -> str:
    return str(reverse("team:overview"))
