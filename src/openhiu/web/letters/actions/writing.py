"""Writing a letter: a kind and a recipient come in; a draft goes out, changed until it leaves.

Nothing here sends anything: that is actions.putting_in, behind the gates.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.models import Organisation
from openhiu.web.casework.models import Case
from openhiu.web.letters import filling, languages, policies, texts
from openhiu.web.letters.gates import BY_KEY
from openhiu.web.letters.kinds import KINDS
from openhiu.web.letters.models import AddressCheck, Letter
from openhiu.web.letters.permitted import recipients
from openhiu.web.letters.sheet import sheet
from openhiu.web.people.actions import confirm_address as people_confirm
from openhiu.web.people.models import ContactSafety

Layout: Any = Letter.Layout
LABELS: Final = {
    "body": "The letter", "ring": "Number to ring", "layout": "How it is set",
    "language": "Language", "translated": "The letter in their language",
    "translator": "Translated by", "read_back_by": "Read back by", "read_back_on": "Read back on",
}  # fmt: skip


@transaction.atomic
def write_letter(
    *, by: Actor, case: Case, kind: str, to: Organisation | None = None, ring: str = "",
    asked: dict[str, str] | None = None,
) -> Letter:  # fmt: skip
    """Draw up a letter from the record, set as the client needs it.

    Args:
        by: who writes; it is signed with their name.
        case: about whom; theirs to work with.
        kind: a key of letters.kinds.KINDS.
        to: the one organisation that receives it; None for the client.
        ring: the number to ring, as printed; the writer's last one, or the letterhead's.
        asked: what the record does not know (a day, a time, a place), by name.

    Raises:
        NotAllowed: not theirs, no such kind, or no organisation a letter of this kind goes to.
    """
    policies.must_write(by, case)
    chosen = KINDS.get(kind)
    if chosen is None:
        raise NotAllowed("Choose a letter from those shown.")
    if chosen.to_client != (to is None):
        raise NotAllowed("A letter has one recipient: the client, or one organisation.")
    if to is not None and to not in recipients(by.service_id, chosen):
        raise NotAllowed("There is no sharing agreement in force with this organisation.")
    layout, language = _as_needed(case) if chosen.to_client else (Layout.USUAL, languages.ENGLISH)
    letter = Letter(
        service=by.service, case=case, kind=kind, organisation=to, layout=layout,
        language=language, ring=ring.strip() or usual_number(by), written_by=by.membership,
    )  # fmt: skip
    letter.asked = {name: text.strip() for name, text in (asked or {}).items() if text.strip()}
    _draw_up(letter)
    letter.save()
    record(by, Did.ADDED, person=case.person_id, about=letter, kind=kind)
    return letter


@transaction.atomic
def change_letter(*, by: Actor, letter: Letter, version: int, **said: Any) -> Letter:
    """Change a draft: the fields of LABELS. Drawn up again where it is set in another way.

    Raises:
        NotAllowed: it has left, or is not theirs.
        Stale: someone else saved since `version`.
    """
    held = _held(by, letter)
    wanted = {name: said[name] for name in LABELS if name in said}
    if held.version != version:
        raise Stale(_differences(held, wanted))
    before = (held.layout, held.language)
    changed = [name for name, value in wanted.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, wanted[name])
    if (held.layout == Layout.EASY) != (before[0] == Layout.EASY) and "body" not in changed:
        _draw_up(held)
    if held.language != before[1]:
        _take_translation(held)
    # A reason was given for another letter than this one is now.
    held.reasons = {} if changed else held.reasons
    _save(held)
    record(by, Did.CHANGED, person=held.case.person_id, about=held, fields=changed)
    return held


@transaction.atomic
def draw_up_again(*, by: Actor, letter: Letter) -> Letter:
    """Take the words anew from the record and the wording in force; what was typed is replaced."""
    held = _held(by, letter)
    _draw_up(held)
    held.reasons = {}
    _save(held)
    record(by, Did.CHANGED, person=held.case.person_id, about=held, drawn_up_again=True)
    return held


@transaction.atomic
def pass_gate(*, by: Actor, letter: Letter, gate: str, reason: str, way: str = "") -> Letter:
    """Pass a gate that may be passed, with the reason, which is kept with what the gate says now.

    Raises:
        NotAllowed: it may not be passed, or no reason is given.
    """
    held = _held(by, letter)
    known = BY_KEY.get(gate)
    now = sheet(held, way)
    if known is None or not known.reason(now):
        raise NotAllowed("This cannot be passed with a reason.")
    if len(reason.strip()) < 10:
        raise NotAllowed("Say in a sentence why it is right all the same.")
    held.reasons = {**held.reasons, gate: {"said": reason.strip(), "to": known.look(now)}}
    _save(held)
    record(by, Did.CHANGED, person=held.case.person_id, about=held, passed=gate)
    return held


@transaction.atomic
def put_away(*, by: Actor, letter: Letter) -> Letter:
    """Put a draft away: it is not sent, and stays to be read."""
    held = _held(by, letter)
    held.state = Letter.State.PUT_AWAY
    _save(held)
    record(by, Did.CHANGED, person=held.case.person_id, about=held, put_away=True)
    return held


@transaction.atomic
def confirm_address(*, by: Actor, letter: Letter, said_by: str) -> AddressCheck:
    """Say that the address on the record is right today, and who said so.

    Raises:
        NotAllowed: nobody named, no address, or it may not be seen.
    """
    policies.must_write(by, letter.case)
    if said_by not in AddressCheck.Said.values:
        raise NotAllowed("Choose who said that the address is right.")
    if not letter.case.person.address.strip():
        raise NotAllowed("There is no address to confirm.")
    person = people_confirm(by=by, person=letter.case.person)
    made: AddressCheck = AddressCheck.objects.create(
        service=by.service, person=person, said_by=said_by, by=by.membership,
        on=person.address_confirmed_on,
    )  # fmt: skip
    return made


def usual_number(by: Actor) -> str:
    """The number this writer printed last, or the letterhead's."""
    last = Letter.objects.filter(service=by.service, written_by=by.membership).exclude(ring="")
    number = last.order_by("-written_at").values_list("ring", flat=True).first()
    head = filling.letterhead(by.service)
    return str(number or (head.phone if head else ""))


def _as_needed(case: Case) -> tuple[str, str]:
    """Layout and language as the contact-safety plan says they need them."""
    plan = ContactSafety.objects.filter(person=case.person_id).first()
    needs = set(plan.accessible_needs) if plan else set()
    layout = (
        Layout.EASY if "easy_read" in needs
        else Layout.LARGE if "large_print" in needs
        else Layout.USUAL
    )  # fmt: skip
    spoken = languages.spoken_of(plan.interpreter) if plan else languages.ENGLISH
    return layout, spoken if "other_language" in needs else languages.ENGLISH


def _draw_up(letter: Letter) -> None:
    """The words of the kind with what the record knows, and which plan they come from."""
    words = texts.wording(letter.service_id, letter.kind)
    if words is None:
        raise Missing
    easy = letter.layout == Layout.EASY and words.easy
    known = filling.values(letter.case, letter.written_by, letter.ring, **letter.asked)
    letter.body = texts.fill(words.easy if easy else words.body, known)
    letter.words_version = words.version
    letter.plan_version = letter.case.plan.version if KINDS[letter.kind].plan else None
    if letter.language != languages.ENGLISH:
        _take_translation(letter)


def _take_translation(letter: Letter) -> None:
    """What a translator has put in for this kind, if anyone has; an empty slot otherwise."""
    letter.translated = letter.translator = letter.read_back_by = ""
    letter.read_back_on = None
    if letter.language == languages.ENGLISH:
        return
    words = texts.wording(letter.service_id, letter.kind, letter.language)
    if words is None or words.old:
        return
    easy = letter.layout == Layout.EASY and words.easy
    known = filling.values(letter.case, letter.written_by, letter.ring, **letter.asked)
    letter.translated = texts.fill(words.easy if easy else words.body, known)
    letter.translator, letter.read_back_by = words.translator, words.read_back_by
    letter.read_back_on = words.read_back_on


def _held(by: Actor, letter: Letter) -> Letter:
    if letter.service_id != by.service_id:
        raise Missing
    held: Letter = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("case__person", "case__plan", "written_by__user", "service", "organisation")
        .get(pk=letter.pk)
    )
    policies.must_write(by, held.case)
    policies.must_be_open(by, held)
    return held


def _save(letter: Letter) -> None:
    letter.version += 1
    letter.changed_at = timezone.now()
    letter.save()


def _differences(letter: Letter, wanted: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (LABELS[name], str(getattr(letter, name) or ""), str(value or ""))
        for name, value in wanted.items()
        if getattr(letter, name) != value
    ]
