"""Looking after the team: per colleague in the order of names what is due, and what is settled."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.team import overload
from openhiu.web.team.actions import care as noting
from openhiu.web.team.actions import care_settings as settling
from openhiu.web.team.forms import care as forms
from openhiu.web.team.models import TalkWish
from openhiu.web.team.presenters import care as words
from openhiu.web.team.queries import busy, care
from openhiu.web.team.queries.staff import looked_after, looked_after_or_missing
from openhiu.web.team.views.care import about, ask_buddy, ask_talk, ask_training


@allow(Permission.MANAGE_TEAM)
@require_GET
def show_team(request: HttpRequest) -> HttpResponse:
    """Everyone one looks after, by name; never in the order of a number."""
    actor = actor_of(request)
    members = list(looked_after(actor))
    settings = care.settings_of(actor.service)
    due = care.due_for(members, settings)
    wishes = {wish.member_id: wish for wish in care.wishes(actor, members)}
    spells = busy.told_of(actor, members)
    people = []
    for member in members:
        missing = words.never_noted(due[member.pk])
        lines = [one for one in care.pressing(due[member.pk]) if one not in missing]
        people.append(
            words.PersonLine(
                member,
                [words.due_line(one, settings) for one in lines],
                words.labels(missing),
                wishes.get(member.pk),
                spells.get(member.pk),
            )
        )
    told = {"people": people, "in_general": busy.in_general}
    return render(request, "team/looking_after.html", told)


@allow(Permission.MANAGE_TEAM)
@require_GET
def show_one(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """What is noted about one colleague's support; nothing of what is theirs alone."""
    actor = actor_of(request)
    member = looked_after_or_missing(actor, membership_id)
    spell = busy.told_of(actor, [member]).get(member.pk)
    wish = next(iter(care.wishes(actor, [member])), None)
    record(actor, Did.LISTED, about=member, page="looking after")
    told = {"spell": spell, "wish": wish, "in_general": busy.in_general(member.user.name)}
    return render(request, "team/care_of.html", told | about(member))


@allow(Permission.MANAGE_TEAM)
@require_http_methods(["GET", "POST"])
def note_talk_of(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """A talk with a colleague."""
    actor = actor_of(request)
    member = looked_after_or_missing(actor, membership_id)
    return ask_talk(request, actor, member, _back(membership_id))


@allow(Permission.MANAGE_TEAM)
@require_http_methods(["GET", "POST"])
def note_training_of(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """A colleague's training."""
    actor = actor_of(request)
    member = looked_after_or_missing(actor, membership_id)
    return ask_training(request, actor, member, _back(membership_id))


@allow(Permission.MANAGE_TEAM)
@require_http_methods(["GET", "POST"])
def set_buddy_of(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """A colleague's buddy."""
    actor = actor_of(request)
    member = looked_after_or_missing(actor, membership_id)
    return ask_buddy(request, actor, member, _back(membership_id))


@allow(Permission.MANAGE_TEAM)
@require_http_methods(["GET", "POST"])
def note_check(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """That a colleague's DBS certificate was seen."""
    actor = actor_of(request)
    member = looked_after_or_missing(actor, membership_id)
    page = Page(
        title="Note a DBS check", caption=member.user.name, back=_back(membership_id),
        note="Dates only. What a certificate says is never kept here, nor its whole number.",
        done="The check is noted.",
    )  # fmt: skip
    return ask(
        request, forms.CheckForm, page,
        lambda said: noting.note_check(by=actor, member=member, **said),
    )  # fmt: skip


@allow(Permission.MANAGE_TEAM)
@require_POST
def talked(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """A colleague had the talk they wished for."""
    actor = actor_of(request)
    wish: TalkWish = care.row_or_missing(actor, TalkWish, wish_id, looked_after(actor))
    return press(
        request, lambda: noting.talked(by=actor, wish=wish), reverse("team:looking_after"),
        "Noted that you have talked.",
    )  # fmt: skip


@allow(Permission.MANAGE_TEAM)
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest) -> HttpResponse:
    """Rhythms, thresholds, texts and minutes of the service."""
    actor = actor_of(request)
    now = care.settings_of(actor.service)
    names = (*settling.WORDS, "tell_after_workdays", "buddy_after_minutes", "manager_after_minutes")
    initial = {name: getattr(now, name) for name in names}
    for prefix, values in (
        ("weeks", care.weeks_of(now)),
        ("months", care.months_of(now)),
        ("sign", overload.numbers(now.thresholds)),
    ):
        initial |= {f"{prefix}_{key}": value for key, value in values.items()}
    page = Page(
        title="Looking after the team: settings", back=reverse("team:looking_after"),
        done="The settings are saved.", version=lambda: settling.version_of(actor),
        template="team/care_settings.html",
    )  # fmt: skip
    return ask(
        request, forms.SettingsForm, page,
        lambda said: settling.settle(
            by=actor, version=said["version"] or 0, **forms.settled(said)
        ) and None,
        initial=initial | {"version": settling.version_of(actor)},
    )  # fmt: skip


def _back(membership_id: UUID) -> str:
    return reverse("team:care_of", args=[membership_id])
