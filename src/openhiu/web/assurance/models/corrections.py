"""What was put right or disputed in a record, who is told of it, and records not used for now."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText
from openhiu.web.assurance.models.rights import RightsRequest


@pghistory.track(exclude=["before", "after", "reason", "statement"])
class Correction(models.Model):
    """One field of one row: what it said, what it says now and why, or why it stays.

    Where it stays, the person's own statement stands beside it from then on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    request = models.ForeignKey(RightsRequest, models.PROTECT, related_name="corrections")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    model = models.CharField(max_length=60)
    row = models.UUIDField()
    field = models.CharField(max_length=60)
    item = models.CharField(max_length=40, blank=True)  # of casework.sharing.ITEMS
    made = models.BooleanField()  # put right; else it stays
    before = SealedText(blank=True)
    after = SealedText(blank=True)
    reason = SealedText()
    statement = SealedText(blank=True)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "person"])]


@pghistory.track()
class Telling(models.Model):
    """One recipient of what was put right or held: told on a day, or why that cannot be."""

    class Through(models.TextChoices):
        SHARE = "share", "Shared by consent"
        SAFETY = "safety", "Shared to keep someone safe"
        LETTER = "letter", "A letter"
        COPY = "copy", "A copy of an agreed plan"
        CONNECTION = "connection", "Brought together with a service"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    correction = models.ForeignKey(Correction, models.CASCADE, related_name="tellings")
    organisation = models.ForeignKey(
        "access.Organisation", models.PROTECT, null=True, related_name="+"
    )
    whom = models.CharField(max_length=200)
    through = models.CharField(max_length=20, choices=Through)
    received_on = models.DateField()
    told_on = models.DateField(null=True)
    told_how = models.CharField(max_length=200, blank=True)
    cannot = models.CharField(max_length=300, blank=True)  # impossible or out of proportion: why
    by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)


@pghistory.track(exclude=["reason", "lifted_reason"])
class ProcessingHold(models.Model):
    """Somebody's record is kept and not used (Article 18), until it is lifted."""

    class Ground(models.TextChoices):
        CONTESTED = "contested", "They say it is not right, and it is being looked at"
        UNLAWFUL = "unlawful", "Its use was unlawful, and they do not want it erased"
        CLAIMS = "claims", "They need it for a legal claim"
        OBJECTION = "objection", "They object, and it is being weighed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    request = models.ForeignKey(RightsRequest, models.PROTECT, null=True, related_name="holds")
    ground = models.CharField(max_length=20, choices=Ground)
    reason = SealedText(blank=True)
    since = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    told_before_lift_on = models.DateField(null=True)
    lifted_reason = SealedText(blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "person"],
                condition=models.Q(lifted_at__isnull=True),
                name="one_hold_a_person",
            )
        ]
