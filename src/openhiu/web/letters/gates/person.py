"""Gates about the person: a sheet comes in; a sentence why nothing leaves, or nothing, goes out."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from openhiu.web.casework import policies as casework
from openhiu.web.design.words import day
from openhiu.web.letters import permitted
from openhiu.web.letters.kinds import POST, For
from openhiu.web.letters.sheet import Sheet
from openhiu.web.people import held
from openhiu.web.people.models import ContactSafety

ADDRESS_GOOD_FOR: Final = timedelta(days=30)
NO_HOME: Final = (
    "That is no address a letter reaches. Ask where post finds them, or hand it over in person."
)
NO_POSTCODE: Final = (
    "There is no whole postcode, and without one a letter may reach somebody else. Ask them for "
    "it, or hand it over in person."
)
_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b", re.IGNORECASE)
_NO_HOME: Final = re.compile(
    r"\b(no (fixed|permanent|known) (address|abode)|nfa|c/?o unknown|care of unknown|"
    r"(rough sleeping|sleeping|sleeps) (rough|outside)|of no address)\b",
    re.IGNORECASE,
)


def alive(sheet: Sheet) -> str:
    """They have not died."""
    if sheet.person.died or sheet.person.died_on:
        return "This person has died. Nothing is sent to them or about them from here."
    return ""


def takes_part(sheet: Sheet) -> str:
    """They still want to be supported, and their record may be used."""
    if held.is_held(sheet.person):
        return held.WHY
    if casework.taking_part(sheet.person):
        return ""
    return "They asked us to stop. Nothing is sent until they say yes again."


def one_person(sheet: Sheet) -> str:
    """No proposal to join their record waits."""
    if sheet.merge_open or sheet.person.merged_into_id:
        return (
            "Somebody has proposed that this record and another are one person. That is decided "
            "first, so that nothing about one reaches the other."
        )
    return ""


def whereabouts(sheet: Sheet) -> str:
    """Nothing tells where someone in hiding is."""
    if not sheet.person.restricted:
        return ""
    if sheet.to_client and sheet.way == POST:
        return (
            "Their whereabouts are restricted: no address is shown or printed. Hand it over in "
            "person, or ask your supervisor."
        )
    if sheet.kind.reader is For.PRACTICE:
        return (
            "Their whereabouts are restricted, and a practice tells where somebody lives. Ask "
            "your supervisor."
        )
    return ""


def address(sheet: Sheet) -> str:
    """A letter in the post has an address confirmed in the last 30 days."""
    if not sheet.to_client or sheet.way != POST or sheet.person.restricted:
        return ""
    person = sheet.person
    if not person.address.strip():
        return "There is no address. Ask them for it."
    if nowhere := reaches_nobody(f"{person.address} {person.postcode}"):
        return nowhere
    on = person.address_confirmed_on
    if on is None:
        return "Nobody has confirmed the address yet. Check it with them first."
    if sheet.today - on > ADDRESS_GOOD_FOR:
        return f"The address was last confirmed on {day(on)}. Check it again: people move."
    return ""


def reaches_nobody(written: str) -> str:
    """Why no letter arrives at an address, as a sentence; nothing where one may."""
    if _NO_HOME.search(" ".join(written.split())):
        return NO_HOME
    return "" if _POSTCODE.search(written) else NO_POSTCODE


def safe(sheet: Sheet) -> str:
    """Letters in the post are safe for them."""
    if not sheet.to_client or sheet.way != POST:
        return ""
    if sheet.safety is None:
        return "There is no contact-safety plan yet. Ask them whether it is safe to write."
    if sheet.safety.letter == ContactSafety.Leave.NO:
        return "The contact-safety plan says no letters. Call, or hand it over in person."
    if sheet.neutral and not sheet.letter_neutral:
        return (
            "The contact-safety plan allows neutral words only, and this cannot be said in neutral "
            "words. Hand it over in person."
        )
    return ""


def consent(sheet: Sheet) -> str:
    """The organisation may be told at all."""
    organisation = sheet.letter.organisation
    if sheet.to_client or organisation is None:
        return ""
    if "name" in sheet.permit.items:
        return ""
    return permitted.why_not(sheet.person, organisation)


def agreed(sheet: Sheet) -> str:
    """The plan agreed at the meeting is there to be sent."""
    if not sheet.kind.agreed or sheet.agreed is not None:
        return ""
    return (
        "There is no agreed plan in force that is shared with them. Agree one at the meeting, and "
        "share it under “Consent and sharing”."
    )


def practice(sheet: Sheet) -> str:
    """A letter to a GP goes to the practice on the record."""
    organisation = sheet.letter.organisation
    if sheet.kind.reader is not For.PRACTICE or organisation is None or sheet.person.restricted:
        return ""
    noted = sheet.person.gp_practice.strip()
    if not noted:
        return "Their record names no GP practice. Ask them which it is."
    if _same(noted, organisation.name):
        return ""
    return f"Their record names another practice: {noted}. Check which is right."


def _same(one: str, other: str) -> bool:
    def bare(name: str) -> str:
        return "".join(letter for letter in name.casefold() if letter.isalnum())

    return bare(one) in bare(other) or bare(other) in bare(one)
