"""Who may note what about whose support, as sentences; a refusal is also a button's reason."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission, may
from openhiu.web.access.policies import needs
from openhiu.web.team.queries.staff import looked_after, staff


def may_note_for(by: Actor, member: Membership) -> None:
    """One's own talks and training, or those of someone one looks after."""
    needs(by, Permission.OWN_WORK)
    if member.service_id != by.service_id:
        raise Missing
    if member.user_id == by.user.pk:
        return
    needs(by, Permission.MANAGE_TEAM)
    if not looked_after(by).filter(pk=member.pk).exists():
        raise NotAllowed("You do not look after this colleague.")


def may_note_check(by: Actor, member: Membership) -> None:
    """A check is seen by somebody else than the one it is about."""
    needs(by, Permission.MANAGE_TEAM)
    if member.user_id == by.user.pk:
        raise NotAllowed("Somebody else has to see your own DBS check and note it.")
    may_note_for(by, member)


def must_be_past(day: date) -> None:
    """What is noted has happened."""
    if day > timezone.localdate():
        raise NotAllowed("This day is still ahead.")


def may_be_with(by: Actor, other: Membership | None, words: str, whose: Membership) -> None:
    """Somebody has to be named: a colleague here, or someone in words."""
    if other is None and not words.strip():
        raise NotAllowed("Say with whom.")
    if other is None:
        return
    if other.user_id == whose.user_id:
        raise NotAllowed("Choose somebody else than the person it is about.")
    if not staff(by).filter(pk=other.pk).exists():
        raise Missing


def sees_team(actor: Actor) -> bool:
    """Whether someone looks after others."""
    return may(actor.role, Permission.MANAGE_TEAM)
