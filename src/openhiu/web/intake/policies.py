"""Who may do what with lists and approaches, as sentences: a refusal is also a button's reason.

Each `why_not_…` gives an empty text when it may be done.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils import timezone

from openhiu.tables.opt_out import ENTRY, Basis, Use, applies, why_not_applied
from openhiu.web.access import lawful, upgraded
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Gateway
from openhiu.web.access.permissions import Permission, may
from openhiu.web.intake.models import Approach, Attempt, Listed, ReceivedList
from openhiu.web.people.held import WHY, is_held
from openhiu.web.people.models import Person

State: Any = ReceivedList.State
Mode: Any = ReceivedList.LegalMode
# "Could not reach" may be said after so many tries; fewer is "not yet".
TRIES_BEFORE_NOT_REACHED: Final = 3
NEUTRAL_ONLY: Final = "Neutral words only, no voicemail."


NO_GROUND: Final = (
    "Say on which legal ground the list is released. Without one it stays where it is."
)


def must_hold(by: Actor, permission: Permission) -> None:
    """Refuse a role that may not do this kind of thing at all."""
    if not may(by.role, permission):
        raise NotAllowed(f"Your role here cannot {permission}.")


def must(why_not: str) -> None:
    """Refuse with the sentence, when there is one."""
    if why_not:
        raise NotAllowed(why_not)


def why_not_decide(by: Actor, received: ReceivedList) -> str:
    """Why this actor cannot release a list or send it back."""
    if not may(by.role, Permission.RELEASE_LIST):
        return f"Your role here cannot {Permission.RELEASE_LIST}."
    if received.state != State.PROPOSED:
        label = State(received.state).label.lower()
        return f"This list is no longer waiting for a decision: {label}."
    if received.uploaded_by.user_id == by.user.pk:
        return "You uploaded this list. A second person decides on it, whatever role you act in."
    return ""


def why_not_upload(by: Actor) -> str:
    """Why this actor's organisation may send no list now: it has no ground to stand on."""
    return lawful.why_not_cross(by.service, by.organisation.pk, lawful.LIST)


def gateways_for(received: ReceivedList) -> list[Gateway]:
    """The legal gateways under which a list may be released today."""
    sender = received.uploaded_by.organisation_id
    found = lawful.grounds(received.service_id, sender, lawful.LIST)
    return [one for one in found if isinstance(one, Gateway)]


def why_not_under(received: ReceivedList, gateway: Gateway | None) -> str:
    """Why a list cannot be released under this gateway."""
    if gateway is None or gateway.service_id != received.service_id:
        return NO_GROUND
    if why := lawful.why_not_in_force(gateway):
        return f"This legal gateway does not hold. {why} The list stays where it is."
    if not lawful.covers(gateway, lawful.LIST, received.uploaded_by.organisation_id):
        return "This legal gateway does not cover a list from the organisation that sent it."
    return why_not_opted_out(gateway.kind, received)


def why_not_opted_out(mode: str, received: ReceivedList) -> str:
    """Why a list cannot be released under this mode until opt-outs were applied to it.

    What the list says is believed, because its manifest binds every file; a list that says nothing,
    too little, or something too old stays where it is.
    """
    basis = Basis.SECTION_251 if mode == Mode.SECTION_251 else Basis.IMPLIED_CONSENT
    if not applies(Use.FINDING_PEOPLE, basis):
        return ""
    manifest = received.manifest
    if why := why_not_applied(manifest.get(ENTRY), timezone.now()):
        return why
    if "list.csv" not in (manifest.get("files") or {}):
        return "The list does not say which files the opt-out was applied to."
    return ""


def why_not_withdraw(by: Actor, received: ReceivedList) -> str:
    """Why this actor cannot take a released list back."""
    if not may(by.role, Permission.RELEASE_LIST):
        return f"Your role here cannot {Permission.RELEASE_LIST}."
    if received.state != State.RELEASED:
        return "Only a released list can be withdrawn."
    return ""


def why_not_current(received: ReceivedList) -> str:
    """Why nobody may be chosen from a list now."""
    if received.state != State.RELEASED:
        return "This list is not released, or was withdrawn."
    return why_closed(received)


def why_closed(received: ReceivedList) -> str:
    """Why a released list is closed, or nothing: what it stands on does not hold any more."""
    if received.gateway_id:
        why = lawful.why_not_in_force(received.gateway)
        sender = received.uploaded_by.organisation_id
        if not why and not lawful.covers(received.gateway, lawful.LIST, sender):
            why = "It does not cover a list from the organisation that sent it."
        return f"The legal gateway this list was released under does not hold. {why}" if why else ""
    ends = received.legal_expires_on
    if received.legal_mode == Mode.SECTION_251 and (ends is None or ends < timezone.localdate()):
        return "The section 251 approval this list was released under has ended."
    why = upgraded.why_not_old(timezone.localdate())
    return f"It was released under no legal gateway. {why}" if why else ""


def closes_on(received: ReceivedList) -> date | None:
    """The last day of a list that was released before there were gateways here."""
    return None if received.gateway_id else upgraded.old_holds_until()


def is_hidden(row: Listed, received: ReceivedList) -> bool:
    """Whether who this is stays hidden: no yes to the hospital yet, or a ground that ended."""
    if why_closed(received):
        return True
    return received.legal_mode == Mode.CONSENT_FIRST and row.asked_answer != "yes"


def why_not_ask(received: ReceivedList) -> str:
    """Why the hospital does not record asking for this list."""
    if received.state != State.RELEASED or received.legal_mode != Mode.CONSENT_FIRST:
        return "Only people on a list released as consent first are asked by the hospital."
    return ""


def why_not_reach_out(person: Person) -> str:
    """Why nobody reaches out to someone now: they died, or their record is not used for now."""
    if person.died or person.died_on:
        return "This person has died. Nobody is to call."
    return WHY if is_held(person) else ""


def why_not_attempt(approach: Approach, *, has_plan: bool, neutral_only: bool) -> str:
    """Why a first try at reaching someone cannot be recorded yet."""
    if approach.ended_at:
        return "This approach has ended. Nothing more is recorded in it."
    if why := why_not_reach_out(approach.person):
        return why
    if not has_plan and not neutral_only and not approach.neutral_only:
        return (
            "Write down how to be in touch safely before the first call, or say that it is not "
            "known yet: neutral words only, no voicemail."
        )
    return ""


def why_not_reached_enough(approach: Approach) -> str:
    """Why "could not reach" is too early."""
    tries = Attempt.objects.filter(approach=approach).count()
    if tries >= TRIES_BEFORE_NOT_REACHED:
        return ""
    return (
        f"{tries} of {TRIES_BEFORE_NOT_REACHED} tries so far. Try again at another time of day, "
        "or in another way, before saying they could not be reached."
    )
