"""Impact assessments: what was assessed, which risks were seen, who decided, until when."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone


@pghistory.track()
class Assessment(models.Model):
    """A data protection or an equality impact assessment: written by one, signed by another.

    Agreements name it by its reference.
    """

    class Kind(models.TextChoices):
        DPIA = "dpia", "Data protection impact assessment"
        EQIA = "eqia", "Equality impact assessment"

    class Decision(models.TextChoices):
        GO = "go", "Go ahead"
        WITH_MEASURES = "with_measures", "Go ahead with the measures named"
        STOP = "stop", "Do not go ahead"

    class State(models.TextChoices):
        DRAFTED = "drafted", "Draft"
        SIGNED = "signed", "Signed"
        ENDED = "ended", "Replaced or ended"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    reference = models.CharField(max_length=60)
    scope = models.TextField()
    risks = models.TextField()
    measures = models.TextField(blank=True)
    document = models.CharField(max_length=200, blank=True)  # where the signed paper is kept
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTED)
    decision = models.CharField(max_length=20, choices=Decision, blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    drafted_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "reference"],
                condition=~models.Q(state="ended"),
                name="one_assessment_a_reference",
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_by__isnull=True)
                | ~models.Q(recorded_by=models.F("drafted_by")),
                name="assessment_by_two",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def why_not_hold(self, on: date | None = None) -> str:
        """Why nothing can rest on it on a day (today), or nothing."""
        day = on or timezone.localdate()
        if self.state != self.State.SIGNED or self.signed_on is None or self.signed_on > day:
            return "It is not signed."
        if self.decision == self.Decision.STOP:
            return "It says not to go ahead."
        if self.review_on is None or self.review_on < day:
            return "Its review is overdue."
        return ""
