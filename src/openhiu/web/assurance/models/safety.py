"""Safety concerns about the software, and the decisions of clinical safety officers."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


@pghistory.track()
class SafetyConcern(models.Model):
    """Something in the software that harmed somebody, or could: told from the page it happened on.

    `page` is the name of a view, never an address. `hazard` is a number of the hazard log.
    """

    class Harm(models.TextChoices):
        COULD = "could", "Nobody came to harm, but somebody could"
        DID = "did", "Somebody came to harm"
        UNSURE = "unsure", "I do not know"

    class Severity(models.TextChoices):
        MINOR = "minor", "Minor"
        SIGNIFICANT = "significant", "Significant"
        CONSIDERABLE = "considerable", "Considerable"
        MAJOR = "major", "Major"
        CATASTROPHIC = "catastrophic", "Catastrophic"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    page = models.CharField(max_length=100, blank=True)
    openhiu = models.CharField(max_length=40)  # the version it happened in
    words = SealedText()
    harm = models.CharField(max_length=10, choices=Harm)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    severity = models.CharField(max_length=20, choices=Severity, blank=True)
    hazard = models.CharField(max_length=10, blank=True)
    meanwhile = SealedText(blank=True)  # what is done until it is mended
    rated_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    rated_at = models.DateTimeField(null=True)
    makers_told_on = models.DateField(null=True)
    outcome = SealedText(blank=True)
    closed_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "number"], name="one_concern_a_number")
        ]

    @property
    def reference(self) -> str:
        """As people write it: SC-7."""
        return f"SC-{self.number}"


class SafetyDecision(models.Model):
    """What an officer decided about one version of the software for this service. Final.

    `recorded_by` saw the signed paper; the officer signs it outside this software.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    openhiu = models.CharField(max_length=40)
    officer = models.CharField(max_length=200)
    register = models.CharField(max_length=200)  # body and number of their registration
    accepted = models.BooleanField()
    paper = models.CharField(max_length=300)  # where the signed paper lies
    signed_on = models.DateField()
    review_on = models.DateField()
    recorded_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="a_decision_stays", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]
