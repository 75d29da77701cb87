"""Connecting a client with a service: a step with an outcome, followed until the loop is closed."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText
from openhiu.web.casework.models.case import Case
from openhiu.web.casework.models.plan import Need


@pghistory.track()
class Connection(models.Model):
    """One client and one service: what for, how they were brought together, how it went.

    `state` is a key of casework.connecting.STATES. `agreement` and `items` say what the lead
    passed on, and are empty where the client gets in touch themselves.
    """

    class How(models.TextChoices):
        TOGETHER = "together", "Introduced them together"
        WENT_ALONG = "went_along", "Went along"
        CALLED = "called", "Called them together"
        WROTE = "wrote", "Wrote or referred"
        GAVE_NUMBER = "gave_number", "Gave the number; they get in touch themselves"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="connections")
    listing = models.ForeignKey("directory.Listing", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)  # as it was called then, or in free words
    need = models.ForeignKey(Need, models.SET_NULL, null=True, related_name="+")
    words = SealedText(max_length=300, blank=True)  # what for, when no reason says it
    how = models.CharField(max_length=20, choices=How)
    agreement = models.ForeignKey("access.Agreement", models.PROTECT, null=True, related_name="+")
    items = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    made_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default="asked")
    state_since = models.DateField()
    expected_on = models.DateField(null=True, blank=True)  # while waiting: about when
    why = SealedText(max_length=500, blank=True)  # it did not fit, or had no room
    check_on = models.DateField(null=True, blank=True)
    news_at = models.DateTimeField(default=timezone.now)  # when somebody last heard anything
    missing_noted = models.BooleanField(default=False)  # told commissioners that it was missing
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["service", "state", "check_on"]),
            models.Index(fields=["service", "listing"]),
        ]


class ConnectionNews(models.Model):
    """One thing heard about a connection: where it stood, where it stands, and in what words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="news")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    words = SealedText(max_length=500, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "connection", "-at"])]
