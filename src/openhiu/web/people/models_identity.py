"""What a trace said about someone, when it was asked, and what of it needs a person.

A trace asks the national index (or the hospital's own) whether a number, a death and a restriction
still stand. It arrives as a file until there is a live connection.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


class TraceReply(models.Model):
    """One file of answers that was taken in. Its bytes are not kept, only what they hash to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    traced_on = models.DateField()  # the newest day an answer in it was given
    received_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # what followed: kind of change -> how many

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "sha256"], name="one_trace_reply_once")
        ]


class IdentityCheck(models.Model):
    """What one trace said about one person. Nothing of where they live is ever kept from it."""

    class Number(models.TextChoices):
        CURRENT = "current", "Current"
        SUPERSEDED = "superseded", "Replaced by another number"
        INVALID = "invalid", "Not valid, or nobody has it"

    class Death(models.TextChoices):
        NONE = "", "None"
        INFORMAL = "1", "Reported"
        FORMAL = "2", "Registered"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    reply = models.ForeignKey(TraceReply, models.PROTECT, related_name="+")
    checked_on = models.DateField()
    number = models.CharField(max_length=10, choices=Number)
    restricted = models.BooleanField(default=False)
    death = models.CharField(max_length=1, blank=True, choices=Death)
    followed = models.JSONField(default=list)  # our words for what was done: "marked died"
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "person", "-checked_on"])]


@pghistory.track()
class IdentityQuestion(models.Model):
    """Something about who someone is that a person has to look at; settled once, with a note."""

    class Kind(models.TextChoices):
        MERGE = "merge", "The new number belongs to another record"
        NUMBER = "number", "The NHS number is not valid"
        ANOTHER = "another", "The trace gives another NHS number"
        DIED = "died", "The trace says that they died"
        DEATH_REMOVED = "death", "A death was taken back"
        DEATH_DIFFERS = "differs", "The trace says less of a death than we know"
        UNRESTRICTED = "unmasked", "The trace no longer says that their details are restricted"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    merge = models.ForeignKey("people.Merge", models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    later = models.CharField(max_length=200, blank=True)  # what a later trace said meanwhile
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    note = SealedText(blank=True)  # while it is open: what the trace says; then what was found
    version = models.PositiveIntegerField(default=1)
