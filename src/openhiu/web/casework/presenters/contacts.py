"""Contacts in words: who, how and whether they were reached, on one line, and the small marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.casework.models import Case, Contact
from openhiu.web.design.words import plural

_REACHED = Contact.Reached


@dataclass(frozen=True)
class Shown:
    """One contact as a line of the timeline."""

    contact: Contact
    title: str
    who: str
    colour: str
    correct_url: str
    error_url: str
    history_url: str


def shown(actor: Actor, case: Case, contact: Contact, *, writes: bool) -> Shown:
    """A contact with what this actor may do about it."""
    mine = contact.by_id == actor.membership.pk
    stands = contact.error_at is None
    return Shown(
        contact,
        title_of(contact),
        contact.by.user.name,
        "quiet" if contact.error_at or contact.reached != _REACHED.YES else "",
        reverse("casework:correct_contact", args=[case.pk, contact.pk])
        if writes and mine and stands
        else "",
        reverse("casework:contact_error", args=[case.pk, contact.pk])
        if writes and stands and (mine or case.lead_id == actor.membership.pk)
        else "",
        reverse("casework:contact_history", args=[case.pk, contact.pk])
        if contact.version > 1
        else "",
    )


def title_of(contact: Any) -> str:
    """Phone call: yes, we spoke. With whom, when it was not the client."""
    how, reached = contact.get_how_display(), contact.get_reached_display()
    said = f"{how}: {reached[:1].lower()}{reached[1:]}"
    if contact.who != Contact.Who.CLIENT:
        whom = contact.who_words or contact.get_who_display().lower()
        said = f"{said}, with {whom}"
    return f"{said} (they began it)" if contact.began_by == "them" else said


def tallies_words(found: dict[str, int]) -> str:
    """How much work that was: tries count."""
    if not found["all"]:
        return ""
    return (
        f"{plural(found['all'], 'contact')} in all: spoke with them "
        f"{plural(found['spoke'], 'time')}, tried {plural(found['tried'], 'time')}"
    )
