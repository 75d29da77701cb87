"""How much of a lead's time a client takes, where the lead says otherwise than the rhythm does."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


class CaseWeight(models.Model):
    """The lead's word on one client's weight, with the reason; the newest counts."""

    class Said(models.TextChoices):
        LIGHT = "light", "Lighter than usual"
        USUAL = "usual", "As usual: by phase and rhythm"
        HEAVY = "heavy", "Heavier than usual"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="+")
    said = models.CharField(max_length=10, choices=Said)
    reason = SealedText(max_length=300, blank=True)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "case", "-at"])]
