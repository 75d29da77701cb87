"""Noting that a professional registration was seen; and that it was noted in error."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission
from openhiu.web.access.policies import needs
from openhiu.web.assurance.models import Registration
from openhiu.web.assurance.policies.registers import must_be_past
from openhiu.web.assurance.registers.kinds import BODIES


@transaction.atomic
def note_registration(
    *,
    by: Actor,
    member: Membership,
    body: str,
    expires_on: date,
    checked_on: date,
    body_words: str = "",
    last_four: str = "",
) -> Registration:
    """Note that somebody's registration was seen in the public register.

    Args:
        by: who looked, never the person themselves.
        member: whose it is; `body`: a key of BODIES, with its name in words where it is another.
        expires_on: the day until which it runs; `checked_on`: the day of looking, not ahead.
        last_four: the last four figures of the number, or nothing.

    Raises:
        NotAllowed: it is one's own, a day is wrong, or a word is missing.
    """
    needs(by, Permission.SEE_STAFF_REGISTER)
    if member.service_id != by.service_id:
        raise Missing
    if member.user_id == by.user.pk:
        raise NotAllowed("Somebody else has to look up your own registration and note it.")
    must_be_past(checked_on)
    if body not in BODIES or (body == "other" and not body_words.strip()):
        raise NotAllowed("Say which register it is.")
    if len(last_four) > 4 or (not last_four.isalnum() and last_four):
        raise NotAllowed("Give the last four figures of the number, or nothing.")
    row: Registration = Registration.objects.create(
        service=by.service, member=member, body=body, body_words=body_words.strip(),
        last_four=last_four, expires_on=expires_on, checked_on=checked_on, noted_by=by.membership,
    )  # fmt: skip
    record(by, Did.ADDED, about=row, body=body)
    return row


@transaction.atomic
def take_back(*, by: Actor, row: Registration) -> Registration:
    """What was noted in error stays, and counts no more; never one's own."""
    needs(by, Permission.SEE_STAFF_REGISTER)
    if row.service_id != by.service_id:
        raise Missing
    if row.member.user_id == by.user.pk:
        raise NotAllowed("Somebody else has to take back what is about you.")
    if row.error_at is None:
        row.error_at = timezone.now()
        row.save(update_fields=["error_at"])
        record(by, Did.CHANGED, about=row, fields=["error_at"])
    return row
