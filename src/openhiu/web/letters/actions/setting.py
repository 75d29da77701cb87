"""What a supervisor sets: the letterhead, the words of a kind, where organisations get letters."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.enforcing import must_not_enforce
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import Organisation
from openhiu.web.access.permissions import Permission
from openhiu.web.letters import languages, policies, texts
from openhiu.web.letters.kinds import KINDS
from openhiu.web.letters.models import Letterhead, LocalWords, PostalAddress
from openhiu.web.letters.word_gate import check

_HEAD = {"name": "Name", "address": "Address", "phone": "Telephone", "return_to": "Return to"}
_PLACE = {"address": "Postal address", "mailbox": "Secure mailbox", "is_practice": "GP practice",
          "confirmed_on": "Mailbox checked on", "confirmed_how": "How it was checked"}  # fmt: skip


@transaction.atomic
def change_letterhead(*, by: Actor, version: int, **said: str) -> Letterhead:
    """Set what stands at the top of letters.

    Raises:
        Stale: someone else saved first.
    """
    policies.must_hold(by, Permission.SETTINGS)
    found = Letterhead.objects.select_for_update().filter(service=by.service).first()
    row = found or Letterhead(service=by.service, version=0)
    _change(by, row, version, said, _HEAD)
    return row


@transaction.atomic
def change_place(*, by: Actor, organisation: Organisation, version: int, **said: Any
                 ) -> PostalAddress:  # fmt: skip
    """Set where one organisation receives letters: one postal address, one mailbox.

    Raises:
        NotAllowed: nobody checked the mailbox, or they enforce, judge or sanction.
        Stale: someone else saved first.
    """
    policies.must_hold(by, Permission.MANAGE_AGREEMENTS)
    if said.get("address") or said.get("mailbox"):
        must_not_enforce(organisation)
    rows = PostalAddress.objects.select_for_update()
    found = rows.filter(service=by.service, organisation=organisation).first()
    row = found or PostalAddress(service=by.service, organisation=organisation, version=0)
    if said.get("mailbox") and not said.get("confirmed_how", "").strip():
        raise NotAllowed("Say how it was checked that this mailbox is theirs and is read.")
    _change(by, row, version, said, _PLACE)
    return row


@transaction.atomic
def change_words(
    *, by: Actor, kind: str, language: str, version: int, body: str, easy: str = "",
    **translation: Any,
) -> LocalWords:  # fmt: skip
    """Say a kind of letter in this service's words, or put in a translation.

    Args:
        by: a supervisor.
        kind: a key of letters.kinds.KINDS.
        language: "en", or the language of a translation.
        version: of the words the form was drawn from; 0 where there were none.
        body: the words, with names in braces for what the record knows.
        easy: the same in short sentences, one a line.
        translation: `translator`, `read_back_by`, `read_back_on`, for another language.

    Raises:
        NotAllowed: a word that hurts, a name nobody knows, or nobody read the translation back.
        Stale: someone else saved first.
    """
    policies.must_hold(by, Permission.SETTINGS)
    if kind not in KINDS or language not in languages.LANGUAGES:
        raise NotAllowed("Choose a letter and a language from those shown.")
    foreign = language != languages.ENGLISH
    told = {key: value for key, value in translation.items() if foreign}
    _must_be_fit(kind, body, easy, told if foreign else None)
    rows = LocalWords.objects.select_for_update().filter(
        service=by.service, kind=kind, language=language
    )
    now = rows.aggregate(now=Max("version"))["now"] or 0
    if now != version:
        last = texts.newest(by.service_id, kind, language)
        raise Stale([("The letter", last.body if last else "", body)])
    english = texts.newest(by.service_id, kind, languages.ENGLISH) if foreign else None
    made: LocalWords = LocalWords.objects.create(
        service=by.service, kind=kind, language=language, version=now + 1, body=body.strip(),
        easy=easy.strip(), based_on=english.version if english else 0, changed_by=by.membership,
        **told,
    )  # fmt: skip
    record(by, Did.CHANGED, about=made, purpose=Purpose.SERVICE_MANAGEMENT, kind=kind,
           language=language)  # fmt: skip
    return made


def _must_be_fit(kind: str, body: str, easy: str, translation: dict[str, Any] | None) -> None:
    found = check(f"{body}\n{easy}")
    if found and KINDS[kind].to_client:
        raise NotAllowed("Please say it another way. " + " ".join(map(str, found)))
    unknown = texts.unknown(f"{body}\n{easy}")
    if unknown:
        raise NotAllowed(f"Nobody knows what {{{unknown[0]}}} is. Use the names shown.")
    if translation is None:
        return
    names = [str(translation.get(key) or "").strip() for key in ("translator", "read_back_by")]
    if not all(names) or not translation.get("read_back_on"):
        raise NotAllowed("Say who translated it, and who read it back and when.")
    if names[0].casefold() == names[1].casefold():
        raise NotAllowed("Somebody else than the translator reads it back.")


def _change(
    by: Actor, row: Any, version: int, said: dict[str, Any], labels: dict[str, str]
) -> None:
    wanted = {name: said[name] for name in labels if name in said}
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    if row.version != version:
        raise Stale([(labels[name], str(getattr(row, name) or ""), str(wanted[name] or ""))
                     for name in changed])  # fmt: skip
    for name in changed:
        setattr(row, name, wanted[name])
    row.version += 1
    row.changed_by, row.changed_at = by.membership, timezone.now()
    row.save()
    record(by, Did.CHANGED, about=row, purpose=Purpose.SERVICE_MANAGEMENT, fields=changed)
