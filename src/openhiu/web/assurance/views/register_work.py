"""Working on one entry: judging, writing, answering its duties, what is changed, closing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.actions import lessons
from openhiu.web.assurance.actions import registers as acts
from openhiu.web.assurance.forms import registers as forms
from openhiu.web.assurance.models import Entry, RegisterSettings
from openhiu.web.assurance.queries import registers as queries
from openhiu.web.assurance.registers.kinds import DUTIES

_CLOCKS = (
    "commissioner_working_days", "person_working_days", "review_days", "acknowledge_working_days",
    "thank_working_days",
)  # fmt: skip


def _page(entry: Entry, title: str, **more: Any) -> Page:
    given: dict[str, Any] = {"caption": entry.reference, "back": acts.page_of(entry)}
    return Page(title=title, **{**given, "version": lambda: _version(entry), **more})


def _version(entry: Entry) -> int:
    return int(Entry.objects.values_list("version", flat=True).get(pk=entry.pk))


def _found(request: HttpRequest, entry_id: UUID) -> tuple[Actor, Entry]:
    actor = actor_of(request)
    return actor, queries.entry_or_missing(actor, entry_id)


@allow(Permission.KEEP_REGISTERS)
@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """What kind of thing it is, how severe, whom it is about, who sees to it."""
    actor, entry = _found(request, entry_id)
    about = entry.about_member
    keepers = queries.keepers(entry.service, besides=about.user_id if about else None)
    names = ("owner", "kind", "severity", "data", "happened_on", "person", "about_member")
    return ask(
        request, forms.JudgeForm, _page(entry, "Kind, severity and who sees to it"),
        _changing(actor, entry),
        initial={name: getattr(entry, name) for name in names} | {"version": entry.version},
        people=queries.choosable(actor, entry), colleagues=queries.colleagues(actor, entry),
        keepers=queries.rows_of(keepers),
    )  # fmt: skip


@allow(Permission.KEEP_REGISTERS)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """What happened, what was done, what was learned."""
    actor, entry = _found(request, entry_id)
    names = ("what", "at_once", "from_words", "learning")
    return ask(
        request, forms.WriteForm,
        _page(entry, "What happened and what we learned", draft=f"entry:{entry.pk}"),
        _changing(actor, entry),
        initial={name: getattr(entry, name) for name in names} | {"version": entry.version},
    )  # fmt: skip


def _changing(actor: Actor, entry: Entry) -> Callable[[dict[str, Any]], Any]:
    def save(said: dict[str, Any]) -> str:
        version = said.pop("version") or 0
        return _back(actor, acts.change(by=actor, entry=entry, version=version, **said))

    return save


def _back(actor: Actor, entry: Entry) -> str:
    """The entry, unless it now is about whoever changed it."""
    still = queries.entries(actor).filter(pk=entry.pk).exists()
    return acts.page_of(entry) if still else reverse("assurance:registers")


@allow(Permission.KEEP_REGISTERS)
@require_http_methods(["GET", "POST"])
def add_words(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A line of the history."""
    actor, entry = _found(request, entry_id)
    return ask(
        request, forms.WordsForm, _page(entry, "Add a note"),
        lambda said: acts.add_words(by=actor, entry=entry, words=said["words"]) and None,
    )  # fmt: skip


@allow(Permission.KEEP_REGISTERS)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, entry_id: UUID, duty_id: UUID) -> HttpResponse:
    """Say that a duty is done, or is not needed and why."""
    actor, entry = _found(request, entry_id)
    duty = queries.duty_or_missing(entry, duty_id)
    kind = DUTIES[duty.what]
    return ask(
        request, forms.AnswerForm, _page(entry, kind.label, note=kind.source),
        lambda said: acts.answer(by=actor, duty=duty, **said) and None, what=duty.what,
    )  # fmt: skip


@allow(Permission.KEEP_REGISTERS)
@require_http_methods(["GET", "POST"])
def agree_day(request: HttpRequest, entry_id: UUID, duty_id: UUID) -> HttpResponse:
    """By when a complaint is answered, as agreed."""
    actor, entry = _found(request, entry_id)
    duty = queries.duty_or_missing(entry, duty_id)
    return ask(
        request, forms.AgreedDayForm, _page(entry, "Agree the day of the answer"),
        lambda said: acts.agree_day(by=actor, duty=duty, **said) and None,
    )  # fmt: skip


@allow(Permission.KEEP_REGISTERS)
@require_http_methods(["GET", "POST"])
def ask_for_change(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Ask somebody to change something."""
    actor, entry = _found(request, entry_id)
    return ask(
        request, forms.LessonForm, _page(entry, "Change something", done="Asked."),
        lambda said: lessons.ask_for_change(by=actor, entry=entry, **said) and None,
        askable=queries.rows_of(queries.askable(entry)),
    )  # fmt: skip


@allow(Permission.KEEP_REGISTERS)
@require_POST
def close(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Close it: what was learned is written, and what is changed is done."""
    actor, entry = _found(request, entry_id)
    return press(
        request, lambda: acts.close(by=actor, entry=entry), acts.page_of(entry),
        f"{entry.reference} is closed.",
    )  # fmt: skip


@allow(Permission.KEEP_REGISTERS)
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Open it again, and say why."""
    actor, entry = _found(request, entry_id)
    return ask(
        request, forms.WordsForm, _page(entry, "Open it again", done="It is open again."),
        lambda said: acts.reopen(by=actor, entry=entry, words=said["words"]) and None,
        label="Why is it opened again?",
    )  # fmt: skip


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "POST"])
def set_clocks(request: HttpRequest) -> HttpResponse:
    """The service's own numbers of days."""
    actor = actor_of(request)
    now = queries.settings_of(actor.service)
    page = Page(
        title="Clocks of the registers", back=reverse("assurance:registers"),
        note="Proposals, to be agreed with the commissioner. They hold for what is noted from now "
        "on.",
        version=lambda: _clock_version(actor),
    )  # fmt: skip
    return ask(
        request, forms.ClocksForm, page,
        lambda said: acts.settle_clocks(
            by=actor, version=said.pop("version") or 0, **said
        ) and None,
        initial={name: getattr(now, name) for name in _CLOCKS} | {"version": _clock_version(actor)},
    )  # fmt: skip


def _clock_version(actor: Actor) -> int:
    now: RegisterSettings = queries.settings_of(actor.service)
    return 0 if now._state.adding else now.version
