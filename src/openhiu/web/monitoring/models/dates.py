"""Days of the year that are hard for somebody: an anniversary, a birthday, a day in court."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


class Anniversary(models.Model):
    """One hard day of every year, in the client's own words or none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="+")
    month = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    words = SealedText(max_length=200, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)  # it is hard no longer, or was noted by mistake

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(month__gte=1, month__lte=12, day__gte=1, day__lte=31),
                name="a_day_of_the_year",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["service", "case"])]
