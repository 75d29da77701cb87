"""What leaves: one document on its one way, with its copy and how it ended."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedBytes, SealedText


class Copy(models.Model):
    """The bytes of a letter as they were made, under their hash. Added, and never changed."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="copies")
    form = models.CharField(max_length=5, choices=[("pdf", "PDF"), ("docx", "Word")])
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = SealedBytes()
    made_at = models.DateTimeField(default=timezone.now)


@pghistory.track()
class Outgoing(models.Model):
    """One letter on its way, and how it ended: sent, failed or cancelled (letters.lifecycle).

    `key` names the document and its recipient: a channel that is asked twice can tell. A letter has
    at most one row that is not failed or cancelled, so that it leaves once however often one
    presses.
    """

    class State(models.TextChoices):
        TO_POST = "to_post", "Printed, to be posted"
        TO_HAND = "to_hand", "Printed, to be handed over"
        WAITING = "waiting", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        UNSURE = "unsure", "Not known whether it arrived"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"
        CANCELLED = "cancelled", "Cancelled"

    class Way(models.TextChoices):
        POST = "post", "By post"
        HAND = "hand", "Handed over in person"
        MAIL = "mail", "To a secure mailbox"
        SIGN_IN = "sign_in", "They sign in and read it"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    letter = models.ForeignKey("letters.Letter", models.PROTECT, related_name="outgoing")
    key = models.CharField(max_length=80)
    way = models.CharField(max_length=10, choices=Way)
    state = models.CharField(max_length=10, choices=State)
    address = SealedText(blank=True)  # as printed, or the one mailbox; empty: none on it
    content_hash = models.CharField(max_length=64)  # of the words when they were checked
    pdf = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="+")
    word = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="+")
    # What this copy tells: {"items": names of casework.sharing.ITEMS, "plan": a version or null}.
    # Null: not known, and then nobody reads it by signing in.
    told = models.JSONField(null=True)
    # Under which answer an organisation receives it, so that taking it back marks this copy.
    consent = models.ForeignKey("casework.Consent", models.PROTECT, null=True, related_name="+")
    # The copy of an agreed plan that the meeting's room asks back when it is out of date.
    plan_copy = models.ForeignKey("mdt.Copy", models.SET_NULL, null=True, related_name="+")
    put_in_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    put_in_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)  # since when a worker has it
    claim = models.UUIDField(null=True)  # whose it is: a late worker cannot write over another
    why = SealedText(blank=True)  # why it is where it is, in words
    receipt = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    sent_on = models.DateField(null=True)  # the day somebody says they posted it
    contact = models.ForeignKey("casework.Contact", models.SET_NULL, null=True, related_name="+")
    told_writer_at = models.DateTimeField(null=True)
    told_supervisor_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # a failure, by somebody who can act on it
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "key"], name="one_way_out_a_key"),
            models.UniqueConstraint(
                fields=["letter"],
                condition=~models.Q(state__in=("failed", "cancelled")),
                name="a_letter_leaves_once",
            ),
            models.CheckConstraint(
                name="what_ended_says_when",
                condition=~models.Q(state__in=("sent", "failed", "cancelled"))
                | models.Q(ended_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["service", "state", "next_try_at"]),
            models.Index(fields=["service", "-put_in_at"]),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="what_left_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="what_was_made_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "service",
                    "letter",
                    "key",
                    "way",
                    "address",
                    "content_hash",
                    "pdf",
                    "word",
                    "told",
                ),
            ),
            pgtrigger.Protect(
                name="an_end_is_an_end",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=("sent", "failed", "cancelled"))
                & pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
            ),
        ]


class Reconciled(models.Model):
    """One day's account of the outbox: what was put in, how each ended, and what did not add up."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    counts = models.JSONField(default=dict)  # by state
    faults = models.JSONField(default=list)  # sentences without personal data

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "-at"])]
