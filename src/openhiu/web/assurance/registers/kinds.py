"""What the registers know as data: kinds of entry, what each asks for and where that comes from.

The kinds are our own list; a service that reports to a national system (LFPSE, DSPT) does so there
as well, and notes the reference here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

PREFIX: Final[Mapping[str, str]] = {
    "incident": "INC", "near_miss": "NEAR", "complaint": "COMP", "compliment": "THANKS",
}  # fmt: skip
KINDS: Final[Mapping[str, str]] = {
    "information": "Information and privacy",
    "safeguarding": "Safeguarding",
    "lone_working": "Lone working and violence",
    "health": "Somebody's health or medicines",
    "access": "Reaching or using the service",
    "conduct": "How somebody was treated",
    "support": "The support given",
    "partners": "Working with other services",
    "equipment": "Equipment, telephones and systems",
    "other": "Something else",
}
BODIES: Final[Mapping[str, str]] = {
    "nmc": "Nursing and Midwifery Council",
    "hcpc": "Health and Care Professions Council",
    "swe": "Social Work England",
    "gmc": "General Medical Council",
    "gphc": "General Pharmaceutical Council",
    "bacp": "British Association for Counselling and Psychotherapy",
    "other": "Another body",
}


@dataclass(frozen=True)
class DutyKind:
    """One kind of duty: what to do, in the words of a reminder, and the source of its clock.

    `not_needed` is what a reason is asked for when it is left out; empty where it never is.
    """

    label: str
    reminder: str
    source: str
    not_needed: str = ""


DUTIES: Final[Mapping[str, DutyKind]] = {
    "commissioner": DutyKind(
        "Tell the commissioner", "tell the commissioner",
        "The working days are a setting of the service, to be agreed with the commissioner.",
        "Why the commissioner is not told",
    ),
    "provider": DutyKind(
        "Tell the provider organisation", "tell the provider organisation",
        "Whoever runs the service decides whether the Care Quality Commission is told. "
        "OpenHIU does not tell it.",
        "Why the provider organisation is not told",
    ),
    "person": DutyKind(
        "Tell the person or their family", "tell the person or their family",
        "Being open about what went wrong (duty of candour: Regulation 20, as soon as reasonably "
        "practicable; the working days are a setting of the service).",
        "Why the person or family is not told",
    ),
    "ico": DutyKind(
        "Decide whether to tell the Information Commissioner",
        "decide whether to tell the Information Commissioner",
        "UK GDPR Article 33: within 72 hours of becoming aware, nights and weekends counted, "
        "unless a risk to people's rights is unlikely. NHS organisations report through the DSPT.",
        "Why a risk to people's rights is unlikely",
    ),
    "review": DutyKind(
        "Look at it together", "look at it together",
        "The days are a setting of the service.", "Why no review is needed",
    ),
    "acknowledge": DutyKind(
        "Acknowledge the complaint", "acknowledge the complaint",
        "NHS complaints regulations 2009, regulation 13: within three working days.",
    ),
    "acknowledge_data": DutyKind(
        "Acknowledge it at the latest, as data protection law asks",
        "acknowledge the complaint, as data protection law asks",
        "Data Protection Act 2018, section 164A: within 30 days.",
    ),
    "answer": DutyKind(
        "Answer the complaint", "answer the complaint",
        "By the day agreed with whoever complained; six months at most until one is agreed "
        "(NHS complaints regulations 2009, regulation 14).",
        "Why no answer is needed, like that the complaint was taken back",
    ),
    "thank": DutyKind(
        "Thank them", "thank whoever praised the service",
        "The working days are a setting of the service.", "Why they are not thanked",
    ),
    "pass_on": DutyKind(
        "Pass it on to whom it is about", "pass the compliment on",
        "The working days are a setting of the service.", "Why it is not passed on",
    ),
}  # fmt: skip
