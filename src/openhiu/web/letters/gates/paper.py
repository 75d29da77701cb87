"""Gates about the document: a sheet comes in; why nothing leaves, or nothing, goes out."""

from __future__ import annotations

from typing import Any, Final

from openhiu.web.access.models import Membership, Role
from openhiu.web.design.words import day
from openhiu.web.letters import channels, composing, languages, texts
from openhiu.web.letters.kinds import MAIL, POST, SIGN_IN
from openhiu.web.letters.models import Letter
from openhiu.web.letters.sheet import Sheet
from openhiu.web.letters.word_gate import check

TOGETHER: Final = "Go through it together first."
Layout: Any = Letter.Layout
# Which needs a letter meets by how it is set.
_MET_BY: Final = {
    "large_print": {Layout.LARGE, Layout.LARGER, Layout.EASY}, "easy_read": {Layout.EASY},
}  # fmt: skip


def recipient(sheet: Sheet) -> str:
    """One recipient, and exactly one address for them."""
    if sheet.way not in sheet.kind.ways:
        return "This kind of letter does not go that way."
    if sheet.to_client:
        return "" if sheet.letter.organisation is None else "A letter has one recipient."
    place = sheet.place
    if sheet.letter.organisation is None:
        return "Choose the one organisation that receives it."
    if sheet.way == POST and not (place and place.address.strip()):
        return "No postal address is kept for them. A supervisor adds it."
    if sheet.way == MAIL:
        return _mailbox(sheet)
    if sheet.way == SIGN_IN and not _somebody_there(sheet):
        return "Nobody of this organisation has an account here who could read it."
    return ""


def _mailbox(sheet: Sheet) -> str:
    """The secure mailbox, if that is the way."""
    place = sheet.place
    if not (place and place.mailbox):
        return "No secure mailbox is kept for them. A supervisor adds it."
    missing = channels.why_not(MAIL)
    if missing:
        return missing
    return channels.CHANNELS[MAIL].why_not_to(place.mailbox)


def _somebody_there(sheet: Sheet) -> bool:
    """Whether anyone of the organisation signs in here."""
    return bool(
        Membership.objects.filter(
            service=sheet.letter.service_id, organisation=sheet.letter.organisation_id,
            role=Role.PARTNER, ended_at=None, user__is_active=True,
        ).exists()
    )  # fmt: skip


def readable(sheet: Sheet) -> str:
    """It is set as the client needs it."""
    if not sheet.to_client:
        return ""
    unmet = [
        need
        for code, need in sheet.needs
        if "letter" in need.unmet_by
        and sheet.letter.layout not in _MET_BY.get(code, ())
        and not (code == "other_language" and sheet.foreign)
    ]
    return " ".join(
        f"{need.label}: {need.instead[:1].lower()}{need.instead[1:]}." for need in unmet
    )


def translated(sheet: Sheet) -> str:
    """A translation was made by a person and read back by another."""
    letter = sheet.letter
    if not sheet.foreign or sheet.neutral:
        return ""
    if not letter.translated.strip():
        named = languages.LANGUAGES[letter.language].label
        return f"Nobody has put it into {named} yet. A person translates it, never a machine."
    if not (letter.translator.strip() and letter.read_back_by.strip() and letter.read_back_on):
        return "Say who translated it, and who read it back and when."
    if letter.translator.strip().casefold() == letter.read_back_by.strip().casefold():
        return "Somebody else than the translator reads it back."
    return ""


def words(sheet: Sheet) -> str:
    """What the reader would meet, to the last word; and the English behind a translation."""
    document = composing.compose(sheet)
    found = check(composing.said(document))
    found += check(sheet.letter.body) if sheet.foreign else []
    told = {str(one): None for one in found}
    return f"Please say it another way. {' '.join(told)}" if told else ""


def complete(sheet: Sheet) -> str:
    """Nothing is left open."""
    if not sheet.body.strip():
        return "There is nothing in it yet."
    gap = texts.GAP.search(sheet.body) if not sheet.neutral else None
    if not gap:
        gap = texts.GAP.search(composing.said(composing.compose(sheet)))
    return f"Fill the gap: {gap[0]}." if gap else ""


def current(sheet: Sheet) -> str:
    """The plan in it is in date and as it is now."""
    plan = sheet.plan
    if plan is None:
        return ""
    if plan.until <= sheet.today:
        return f"The plan was written on {day(plan.written_on)} and is past its time. {TOGETHER}"
    if sheet.to_client and sheet.letter.plan_version != plan.number:
        return "The plan was changed since this was written. Draw it up again from the plan."
    return ""
