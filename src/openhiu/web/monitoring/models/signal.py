"""An early warning about one client, and every step of what became of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


class Signal(models.Model):
    """Something a lead wants to know today: kept once for a case and key, never deleted.

    `state` is a key of monitoring.lifecycle.STATES and changes by the one `move` alone. `phase` and
    `rules` are as they were when it was raised.
    """

    class Level(models.TextChoices):
        RED = "red", "Red"
        AMBER = "amber", "Amber"
        LOOK = "look", "Look"

    class Answer(models.TextChoices):
        SPOKE = "spoke", "I spoke with them"
        MESSAGE = "message", "I left a message"
        VISITED = "visited", "I visited"
        WARD = "ward", "I spoke with the ward or A&E"
        WATCHING = "watching", "I am watching; nothing to do now"
        NOT_OURS = "not_ours", "It is not about our support"
        PICKED_UP = "picked_up", "I picked up support again"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    rule = models.CharField(max_length=30)
    level = models.CharField(max_length=10, choices=Level)
    day = models.DateField()
    happened_at = models.DateTimeField(null=True)  # of the event it is about; none for silence
    why = models.CharField(max_length=500)
    phase = models.CharField(max_length=20, blank=True)
    rules = models.ForeignKey(
        "monitoring.EarlyWarningRules", models.PROTECT, null=True, related_name="+"
    )
    feed = models.ForeignKey("monitoring.Feed", models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=12, default="raised")
    answer_by = models.DateTimeField()  # two working days after it was raised
    told_to = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    escalated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    words = SealedText(blank=True)
    contact = models.ForeignKey("casework.Contact", models.SET_NULL, null=True, related_name="+")
    picked_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "key"], name="one_signal_a_key")
        ]
        indexes: ClassVar = [
            models.Index(fields=["service", "state", "-raised_at"]),
            models.Index(fields=["service", "case", "-raised_at"]),
        ]


class SignalStep(models.Model):
    """One step of a signal: from which state to which, when, by whom (nobody: the clock), why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="steps")
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    reason = SealedText(max_length=300, blank=True)
