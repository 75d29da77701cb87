"""One letter: writing it, its translation, looking it over before it leaves, and sending it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.audit import Did, record
from openhiu.web.access.drafts import forget_draft
from openhiu.web.access.gate import Missing, NotAllowed, allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.views.asking import Page, actor_of, ask, press
from openhiu.web.letters import actions, gates, presenters
from openhiu.web.letters.forms import AddressForm, ReasonForm, TranslationForm, WriteForm
from openhiu.web.letters.kinds import KINDS
from openhiu.web.letters.languages import LANGUAGES
from openhiu.web.letters.models import Letter
from openhiu.web.letters.queries import letter_or_missing

_FIELDS = ("body", "ring", "layout", "language")
_FOREIGN = ("translated", "translator", "read_back_by", "read_back_on")


def _mine(request: HttpRequest, letter_id: UUID) -> Letter:
    """A draft about somebody who is theirs; one that left leads nowhere here."""
    actor = actor_of(request)
    letter = letter_or_missing(actor, letter_id)
    record(actor, Did.LOOKED, person=letter.case.person_id, about=letter, page="letter")
    return letter


def _page(letter: Letter, title: str, **more: Any) -> Page:
    return Page(
        title=title,
        caption=letter.case.person.full_name,
        version=lambda: Letter.objects.get(pk=letter.pk).version,
        **more,
    )


@allow(Permission.WRITE_LETTER)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The words of a letter, and how they are set."""
    actor = actor_of(request)
    letter = _mine(request, letter_id)
    if letter.state != Letter.State.DRAFT:
        return redirect("letters:client", case_id=letter.case_id)
    kind = KINDS[letter.kind]
    page = _page(
        letter, kind.label, submit="Save and check", template="letters/write.html",
        back=reverse("letters:client", args=[letter.case_id]),
        then=reverse("letters:check", args=[letter.pk]),
        draft=f"letter-words:{letter.pk}:{letter.version}", done="Saved.",
        extra={"letter": letter, "kind": kind, "to": presenters.to_whom(letter),
               "told": presenters.may_send_here(letter)},
    )  # fmt: skip
    names = [name for name in _FIELDS if kind.to_client or name != "language"]

    def save(said: dict[str, Any]) -> str:
        before = letter.language
        saved = actions.change_letter(by=actor, letter=letter, **_with_version(said))
        foreign = saved.language not in ("en", before) and not saved.translated
        return reverse(f"letters:{'translate' if foreign else 'check'}", args=[letter.pk])

    initial = {name: getattr(letter, name) for name in names} | {"version": letter.version}
    return ask(request, WriteForm, page, save, initial=initial, kind=kind)


@allow(Permission.WRITE_LETTER)
@require_http_methods(["GET", "POST"])
def translate(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The slot for a translation: the text, who put it there and who read it back."""
    actor = actor_of(request)
    letter = _mine(request, letter_id)
    if letter.state != Letter.State.DRAFT or letter.language == "en":
        return redirect("letters:write", letter_id=letter.pk)
    language = LANGUAGES[letter.language]
    page = _page(
        letter, f"In {language.label}", submit="Save and check", template="letters/translate.html",
        note="Nobody has put this letter into their language here yet. Send the English words to a "
        "translator, paste what comes back, and have somebody else read it back to you."
        if not letter.translated else "",
        back=reverse("letters:write", args=[letter.pk]),
        then=reverse("letters:check", args=[letter.pk]),
        draft=f"letter-translation:{letter.pk}:{letter.version}", extra={"letter": letter},
    )  # fmt: skip
    initial = {name: getattr(letter, name) for name in _FOREIGN} | {"version": letter.version}
    return ask(
        request, TranslationForm, page,
        lambda said: actions.change_letter(by=actor, letter=letter, **_with_version(said)),
        initial=initial,
    )  # fmt: skip


@allow(Permission.WRITE_LETTER)
@require_GET
def look_over(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The gates with their reasons, and the letter as it will be read."""
    letter = _mine(request, letter_id)
    if letter.state != Letter.State.DRAFT:
        return redirect("letters:client", case_id=letter.case_id)
    kind = KINDS[letter.kind]
    way = request.GET.get("way", "")
    way = way if way in kind.ways else kind.ways[0]
    check = presenters.check(letter, way)
    told = {
        "letter": letter, "kind": kind, "check": check, "way": way,
        "to": presenters.to_whom(letter), "person": letter.case.person,
        "acts": {one.gate.key: presenters.act_for(one) for one in check.verdicts},
        "address_form": AddressForm(),
    }  # fmt: skip
    return render(request, "letters/check.html", told)


@allow(Permission.WRITE_LETTER)
@require_POST
def draw_up_again(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Take the words anew from the record."""
    actor = actor_of(request)
    letter = _mine(request, letter_id)

    def act() -> None:
        actions.draw_up_again(by=actor, letter=letter)
        forget_draft(actor, f"letter-words:{letter.pk}:{letter.version}")

    return press(request, act, reverse("letters:check", args=[letter.pk]),
                 "Drawn up again from the record.")  # fmt: skip


@allow(Permission.WRITE_LETTER)
@require_POST
def put_away(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Put a draft away."""
    actor = actor_of(request)
    letter = _mine(request, letter_id)
    return press(request, lambda: actions.put_away(by=actor, letter=letter),
                 reverse("letters:client", args=[letter.case_id]), "Put away.")  # fmt: skip


@allow(Permission.WRITE_LETTER)
@require_POST
def confirm_address(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The address is right: one press, with who said so."""
    actor = actor_of(request)
    letter = _mine(request, letter_id)
    said_by = request.POST.get("said_by", "")
    back = reverse("letters:check", args=[letter.pk])
    return press(
        request, lambda: actions.confirm_address(by=actor, letter=letter, said_by=said_by), back,
        "The address is confirmed as of today.",
    )  # fmt: skip


@allow(Permission.WRITE_LETTER)
@require_http_methods(["GET", "POST"])
def pass_gate(request: HttpRequest, letter_id: UUID, gate: str) -> HttpResponse:
    """Pass one gate with a reason."""
    actor = actor_of(request)
    letter = _mine(request, letter_id)
    known = gates.BY_KEY.get(gate)
    if known is None:
        raise Missing
    way = request.GET.get("way", "")
    back = reverse("letters:check", args=[letter.pk]) + (f"?way={way}" if way else "")
    page = _page(
        letter, known.asks, back=back, submit="Go on with this reason",
        note="Your reason is kept with the letter.", done="The reason is kept.",
    )  # fmt: skip
    return ask(
        request, ReasonForm, page,
        lambda said: actions.pass_gate(by=actor, letter=letter, gate=gate, way=way, **said),
    )  # fmt: skip


@allow(Permission.WRITE_LETTER)
@require_POST
def send(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Put it in the outbox, once; a closed gate leads back to the page that says why."""
    actor = actor_of(request)
    if first := repeated(request):
        return first
    letter = _mine(request, letter_id)
    way = request.POST.get("way", "")
    back = f"{reverse('letters:check', args=[letter.pk])}?way={way}"
    if way not in KINDS[letter.kind].ways:
        raise Missing
    try:
        item = actions.put_in(by=actor, letter=letter, way=way, seen=request.POST.get("seen", "-"))
    except gates.Closed:
        messages.warning(request, "It did not leave: see what stops it.")
        return led_to(request, back)
    except NotAllowed as why:
        messages.warning(request, str(why))
        return led_to(request, back)
    messages.success(request, _SAID.get(item.state, "It is in the outbox."))
    return led_to(request, reverse("letters:item", args=[item.pk]))


_SAID = {
    "to_post": "It is ready to print. Say here when you posted it.",
    "to_hand": "It is ready to print. Say here when you gave it to them.",
    "waiting": "It is in the outbox and leaves within a few minutes.",
    "sent": "They can sign in and read it now.",
}


def _with_version(said: dict[str, Any]) -> dict[str, Any]:
    return said | {"version": said["version"] or 0}
