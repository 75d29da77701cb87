"""What a supervisor sets: the words of letters, the letterhead, where organisations get letters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.casework.views.asking import Page, actor_of, ask
from openhiu.web.letters import actions, channels, languages, queries, texts
from openhiu.web.letters.actions import practices
from openhiu.web.letters.forms import LetterheadForm, PlaceForm, PracticeForm, WordsForm
from openhiu.web.letters.kinds import KINDS, MAIL

_WORDS = ("body", "easy", "translator", "read_back_by", "read_back_on")


@allow(Permission.SETTINGS)
@require_GET
def show_words(request: HttpRequest) -> HttpResponse:
    """Every kind, whose words are in force, and the languages it has."""
    actor = actor_of(request)
    local = queries.local_words(actor)
    rows = [
        (kind, next((one for one in local if (one.kind, one.language) == (kind.key, "en")), None),
         [(one, languages.LANGUAGES[one.language].label) for one in local
          if one.kind == kind.key and one.language != "en"])
        for kind in KINDS.values()
    ]  # fmt: skip
    others = [one for one in languages.LANGUAGES.values() if one.code != languages.ENGLISH]
    return render(request, "letters/words.html",
                  {"rows": rows, "others": others, "head": queries.head(actor)})  # fmt: skip


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "POST"])
def change_words(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """The words of one kind, or their translation."""
    actor = actor_of(request)
    if kind not in KINDS or language not in languages.LANGUAGES:
        raise Missing
    now = texts.wording(actor.service_id, kind, language)
    row = texts.newest(actor.service_id, kind, language)
    english = texts.wording(actor.service_id, kind)
    named = languages.LANGUAGES[language]
    page = Page(
        title=KINDS[kind].label, caption=named.label if language != "en" else "",
        back=reverse("letters:words"), template="letters/change_words.html",
        draft=f"letter-wording:{kind}:{language}:{row.version if row else 0}",
        done="Saved. The next letter says it like this.",
        version=lambda: _version(actor, kind, language),
        extra={"english": english, "names": texts.NAMES, "foreign": language != "en",
               "old": bool(now and now.old), "none_yet": now is None, "language": named},
    )  # fmt: skip
    initial: dict[str, Any] = {"version": row.version if row else 0}
    if now is not None:
        initial |= {name: getattr(now, name) for name in _WORDS}
    return ask(
        request, WordsForm, page,
        lambda said: actions.change_words(
            by=actor, kind=kind, language=language, **(said | {"version": said["version"] or 0})
        ),
        initial=initial, language=language,
    )  # fmt: skip


def _version(actor: Any, kind: str, language: str) -> int:
    row = texts.newest(actor.service_id, kind, language)
    return row.version if row else 0


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "POST"])
def letterhead(request: HttpRequest) -> HttpResponse:
    """What stands at the top of letters."""
    actor = actor_of(request)
    now = queries.head(actor)
    names = ("name", "address", "phone", "return_to")
    initial: dict[str, Any] = (
        {name: getattr(now, name) for name in names} if now else {"name": actor.service.name}
    )
    page = Page(title="Letterhead", back=reverse("letters:words"), draft="letterhead",
                version=lambda: _head_version(actor))  # fmt: skip
    return ask(
        request, LetterheadForm, page,
        lambda said: actions.change_letterhead(
            by=actor, **(said | {"version": said["version"] or 0})
        ),
        initial=initial | {"version": now.version if now else 0},
    )  # fmt: skip


def _head_version(actor: Any) -> int:
    now = queries.head(actor)
    return now.version if now else 0


@allow(Permission.MANAGE_AGREEMENTS)
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Where each organisation with an agreement receives letters."""
    rows = queries.places(actor_of(request))
    channel = channels.CHANNELS.get(MAIL)
    told = {
        "rows": [
            (organisation, place,
             bool(place and place.mailbox and channel and not channel.why_not_to(place.mailbox)))
            for organisation, place in rows
        ],
        "mail": channels.why_not(MAIL),
    }  # fmt: skip
    return render(request, "letters/places.html", told)


@allow(Permission.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def add_practice(request: HttpRequest) -> HttpResponse:
    """A GP practice with its agreement and its address."""
    actor = actor_of(request)
    told = ", ".join(ITEMS[key].label.lower() for key in practices.ITEMS)
    page = Page(
        title="Add a GP practice", back=reverse("letters:places"), draft="letter-practice",
        note=f"The agreement lets a practice hear, of those who say yes to it: {told}.",
        done="The practice is added and its agreement drafted. Letters can go there once "
        "information governance agreed it and both have signed.",
    )  # fmt: skip
    return ask(
        request, PracticeForm, page, lambda said: actions.add_practice(by=actor, **said),
        initial={"purpose": "Telling your GP how we go on together"},
    )  # fmt: skip


@allow(Permission.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Where one organisation receives letters."""
    actor = actor_of(request)
    organisation, now = queries.place_or_missing(actor, organisation_id)
    names = ("address", "mailbox", "confirmed_on", "confirmed_how", "is_practice")
    initial: dict[str, Any] = {name: getattr(now, name) for name in names} if now else {}
    page = Page(
        title="Where letters go", caption=organisation.name, back=reverse("letters:places"),
        draft=f"letter-place:{organisation.pk}",
        version=lambda: _place_version(actor, organisation_id),
    )  # fmt: skip
    return ask(
        request, PlaceForm, page,
        lambda said: actions.change_place(
            by=actor, organisation=organisation, **(said | {"version": said["version"] or 0})
        ),
        initial=initial | {"version": now.version if now else 0},
    )  # fmt: skip


def _place_version(actor: Any, organisation_id: UUID) -> int:
    _, now = queries.place_or_missing(actor, organisation_id)
    return now.version if now else 0
