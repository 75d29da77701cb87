"""A visit somebody makes alone: where they go, when they should be back, and who looks out."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from openhiu.web.access.sealed import SealedText
from openhiu.web.casework.models.case import Case


# What is sealed is not copied into the history, and is emptied the day after the visit.
@pghistory.track(exclude=["who_sealed", "where_sealed", "phone_sealed"])
class Visit(models.Model):
    """One lone visit. An aid between colleagues, no alarm service.

    `case` is None for someone who is not a client (`who_sealed` says who). `buddy` looks out for
    the visitor; `told` are the memberships (as text) that were told it is overdue.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="visits")
    visitor = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    buddy = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    who_sealed = SealedText(blank=True)
    where_sealed = SealedText(blank=True)
    phone_sealed = SealedText(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()  # when the visitor expects to be out again
    planned_at = models.DateTimeField(default=timezone.now)
    out_at = models.DateTimeField(null=True)
    back_at = models.DateTimeField(null=True)
    # Somebody else than the visitor may say that they are safe, and how they know.
    back_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    back_words = SealedText(max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    extended = models.PositiveSmallIntegerField(default=0)  # minutes added
    buddy_told_at = models.DateTimeField(null=True)
    manager_told_at = models.DateTimeField(null=True)
    told = models.JSONField(default=list)
    contact = models.ForeignKey("casework.Contact", models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["service", "visitor", "starts_at"]),
            models.Index(
                fields=["service", "ends_at"],
                condition=Q(back_at=None, cancelled_at=None),
                name="visits_not_ended",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_visit_ends_after_it_begins"
            )
        ]

    @property
    def ended(self) -> bool:
        """Back, or cancelled."""
        return self.back_at is not None or self.cancelled_at is not None

    def overdue(self, now: datetime) -> bool:
        """Not ended although its end has passed, whether or not setting out was noted."""
        return not self.ended and now > self.ends_at
