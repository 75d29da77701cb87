"""A worry that someone outside the lead's desk raised about a person, and what came of it."""

from __future__ import annotations

import uuid

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


@pghistory.track()
class Concern(models.Model):
    """One worry: by whom, about whom, in their words; the lead or a supervisor answers it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    about_whom = SealedText(max_length=200, blank=True)  # when no record was picked
    words = SealedText()
    urgent = models.BooleanField(default=False)
    call_back = SealedText(max_length=200, blank=True)  # how to reach who raised it
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answer = SealedText(blank=True)
    answered_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
