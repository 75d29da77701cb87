"""Whether a contact may be made or written down: what is planned comes in, the sentence why not.

The truth can always be written: what happened before someone died or asked us to stop may be
recorded afterwards, and so may a call that they began.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from openhiu.web.casework import policies
from openhiu.web.casework.models import Case, Consent, Contact
from openhiu.web.design.words import as_day
from openhiu.web.people.safety import May, contact_rules

How: Any = Contact.How
Reached: Any = Contact.Reached
Who: Any = Contact.Who
# Ways that leave words behind, which others may hear or read.
_LEFT: Final = {How.TEXT.value: "text", How.LETTER.value: "letter"}


def why_not_record(case: Case, *, who: str, began_by: str, at: datetime) -> str:
    """Why a contact cannot be written down as it is said to have happened, or nothing."""
    person = case.person
    if (person.died or person.died_on) and who == Who.CLIENT:
        lived = person.died_on is not None and as_day(at) <= person.died_on
        return "" if lived else policies.DIED
    if who == Who.PROFESSIONAL or began_by == "them" or person.died or person.died_on:
        return ""
    stopped = stopped_at(case)
    return policies.why_not_contact(case) if stopped and at >= stopped else ""


def stopped_at(case: Case) -> datetime | None:
    """When someone asked us to stop, if that still holds."""
    if policies.taking_part(case.person):
        return None
    answer = (
        Consent.objects.filter(person=case.person, kind=Consent.Kind.TAKE_PART)
        .order_by("-recorded_at", "-answered_on")
        .first()
    )
    if answer is None:
        return None
    stopped: datetime = answer.withdrawn_at or answer.recorded_at
    return stopped


def against_plan(case: Case, *, who: str, how: str, reached: str) -> str:
    """What the contact-safety plan says against a way of leaving word, or nothing.

    The way was used already or is about to be: it may be recorded, with the reason.
    """
    if who != Who.CLIENT:
        return ""
    channel = "voicemail" if reached == Reached.VOICEMAIL else _LEFT.get(how, "")
    if not channel:
        return ""
    way = contact_rules(case.person).ways[channel]
    if way.may in (May.YES, May.NEUTRAL):
        return ""
    return f"{way.label}: {way.why}"
