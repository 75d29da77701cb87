"""Looking after oneself: what is due, signs, talks and training, a buddy, and asking for a talk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import Permission
from openhiu.web.team.actions import busy as spells
from openhiu.web.team.actions import care as noting
from openhiu.web.team.forms import care as forms
from openhiu.web.team.models import DbsCheck, Talk, Training
from openhiu.web.team.policies_care import sees_team
from openhiu.web.team.presenters import care as words
from openhiu.web.team.queries import busy, care, own
from openhiu.web.team.queries.staff import looked_after, managers_of, staff

_KINDS: dict[str, type[Any]] = {"talk": Talk, "training": Training, "check": DbsCheck}


@allow(Permission.OWN_WORK)
@require_GET
def show_care(request: HttpRequest) -> HttpResponse:
    """One's own page: first what the record shows, then what is due, then who can help."""
    actor = actor_of(request)
    told = {
        "busy": busy.own_signs(actor),
        "in_general": busy.in_general(actor.user.name),
        "wish": care.own_wish(actor),
        "high_twice": own.high_twice(own.strain_of(actor, 2)),
        **help_for(actor),
        **about(actor.membership),
    }
    return render(request, "team/care.html", told)


def about(member: Membership) -> dict[str, Any]:
    """What is kept about one worker's support: for their own page and for who looks after them."""
    settings = care.settings_of(member.service)
    due = care.due_for([member], settings)[member.pk]
    return {
        "member": member,
        "due": [words.due_line(one, settings) for one in due],
        "talks": [(row, words.with_whom(row)) for row in care.talks_of(member)[:50]],
        "trainings": [(row, words.subject(row)) for row in care.training_of(member)[:50]],
        "checks": list(care.checks_of(member)[:20]),
        "buddy": care.buddy_of(member),
        "with_whom": words.with_whom,
    }


def help_for(actor: Actor) -> dict[str, Any]:
    """Who can help, as far as the service has said."""
    settings = care.settings_of(actor.service)
    managers = managers_of(actor.membership)
    return {
        "managers": words.names(managers),
        "assistance": settings.assistance,
        "supervises": actor.is_(Role.SUPERVISOR),
        "provider": str(actor.service.provider.name),
        "peers": settings.peers,
        "help_buddy": care.buddy_of(actor.membership),
    }


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "POST"])
def note_talk(request: HttpRequest) -> HttpResponse:
    """A talk of one's own."""
    actor = actor_of(request)
    return ask_talk(request, actor, actor.membership, reverse("team:care"))


def ask_talk(request: HttpRequest, actor: Actor, member: Membership, back: str) -> HttpResponse:
    """Ask for one talk of somebody."""
    page = Page(title="Note a talk", caption=_caption(actor, member), back=back,
                done="The talk is noted.")  # fmt: skip
    return ask(
        request, forms.TalkForm, page,
        lambda said: noting.note_talk(by=actor, member=member, **said),
        colleagues=_others(actor, member),
    )  # fmt: skip


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "POST"])
def note_training(request: HttpRequest) -> HttpResponse:
    """Training of one's own."""
    actor = actor_of(request)
    return ask_training(request, actor, actor.membership, reverse("team:care"))


def ask_training(request: HttpRequest, actor: Actor, member: Membership, back: str) -> HttpResponse:
    """Ask for one training of somebody."""
    page = Page(title="Note training", caption=_caption(actor, member), back=back,
                done="The training is noted.")  # fmt: skip
    return ask(request, forms.TrainingForm, page, lambda said: noting.note_training(
        by=actor, member=member, **said | {"subject_words": said["subject_words"] or ""}
    ))  # fmt: skip


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "POST"])
def set_buddy(request: HttpRequest) -> HttpResponse:
    """With whom one learns."""
    actor = actor_of(request)
    return ask_buddy(request, actor, actor.membership, reverse("team:care"))


def ask_buddy(request: HttpRequest, actor: Actor, member: Membership, back: str) -> HttpResponse:
    """Ask for somebody's buddy."""
    page = Page(
        title="A buddy", caption=_caption(actor, member), back=back, done="The buddy is noted.",
        note="Another HIU lead to learn beside, in this service or in another.",
    )  # fmt: skip
    return ask(
        request, forms.BuddyForm, page,
        lambda said: noting.set_buddy(by=actor, member=member, **said) and None,
        colleagues=_others(actor, member),
    )  # fmt: skip


@allow(Permission.OWN_WORK)
@require_POST
def end_buddy(request: HttpRequest) -> HttpResponse:
    """No buddy any more."""
    actor = actor_of(request)
    return press(
        request, lambda: noting.set_buddy(by=actor, member=actor.membership),
        reverse("team:care"), "Ended.",
    )  # fmt: skip


@allow(Permission.OWN_WORK)
@require_POST
def take_back(request: HttpRequest, kind: str, row_id: UUID) -> HttpResponse:
    """What was noted in error counts no more: one's own, or of somebody one looks after."""
    actor = actor_of(request)
    if kind not in _KINDS:
        raise Missing
    mine = [actor.membership, *(looked_after(actor) if sees_team(actor) else [])]
    row = care.row_or_missing(actor, _KINDS[kind], row_id, mine)
    back = reverse("team:care")
    if row.member.user_id != actor.user.pk:
        back = reverse("team:care_of", args=[row.member_id])
    return press(request, lambda: noting.take_back(by=actor, row=row), back, "Taken back.")


@allow(Permission.OWN_WORK)
@require_POST
def ask_for_talk(request: HttpRequest) -> HttpResponse:
    """One press: those who supervise read that one would like a talk, and nothing else."""
    actor = actor_of(request)
    return press(
        request, lambda: noting.ask_for_talk(by=actor), reverse("team:care"),
        f"They were told: “{actor.user.name} would like a talk.” Nothing else.",
    )  # fmt: skip


@allow(Permission.OWN_WORK)
@require_POST
def had_talk(request: HttpRequest) -> HttpResponse:
    """The talk one wished for took place, or is not needed any more."""
    actor = actor_of(request)
    wish = care.own_wish(actor)
    return press(
        request, lambda: wish and noting.talked(by=actor, wish=wish), reverse("team:care"),
        "It does not wait any more.",
    )  # fmt: skip


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "POST"])
def answer_signs(request: HttpRequest) -> HttpResponse:
    """Say how it is."""
    actor = actor_of(request)
    if busy.spell_of(actor.membership) is None:
        raise Missing
    page = Page(
        title="How is it?", back=reverse("team:care"), submit="Send my answer",
        done="Your answer is kept.", template="team/answer.html",
        extra={"in_general": busy.in_general(actor.user.name)},
    )  # fmt: skip
    return ask(
        request, forms.AnswerForm, page, lambda said: spells.answer(by=actor, **said) and None
    )


def _others(actor: Actor, member: Membership) -> Any:
    """Whom one can name: everyone here but the one it is about."""
    return staff(actor).exclude(user=member.user_id)


def _caption(actor: Actor, member: Membership) -> str:
    return "" if member.user_id == actor.user.pk else str(member.user.name)
