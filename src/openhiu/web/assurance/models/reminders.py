"""That a coming date was told of, so that each threshold is told once. References only."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone


class Reminded(models.Model):
    """One threshold of one date that was announced.

    `key` is that of reminders.Due. `step` counts units left when told: days, or hours where the
    clock runs in hours; 0 is the day or the moment itself, and from reminders.LATE on the weeks
    that have gone since.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    on = models.DateField()
    step = models.PositiveSmallIntegerField()
    told = models.PositiveSmallIntegerField()  # how many members
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "key", "on", "step"], name="a_threshold_is_told_once"
            )
        ]
