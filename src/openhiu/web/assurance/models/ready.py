"""What a person confirmed about readiness, who answers for what, and when the service began."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone


@pghistory.track()
class Officer(models.Model):
    """Somebody who answers for something by law or standard: their post and how to reach them."""

    class Post(models.TextChoices):
        CALDICOTT = "caldicott", "Caldicott Guardian"
        DPO = "dpo", "Data protection officer"
        SIRO = "siro", "Senior information risk owner"
        CSO = "cso", "Clinical safety officer"
        SAFEGUARDING = "safeguarding", "Safeguarding lead"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    post = models.CharField(max_length=20, choices=Post)
    name = models.CharField(max_length=200)
    contact = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    registration = models.CharField(max_length=60, blank=True)  # of a clinical safety officer
    named_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "post"],
                condition=models.Q(until__isnull=True),
                name="one_officer_a_post",
            )
        ]


@pgtrigger.register(pgtrigger.Protect(name="confirmed_stays", operation=pgtrigger.Delete))
class Confirmation(models.Model):
    """A person says that a line of readiness is in place, on what evidence, until when.

    Confirming again is a new row; the newest counts until its review day, unless it was taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    line = models.CharField(max_length=60)
    evidence = models.TextField()
    confirmed_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    confirmed_on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    review_on = models.DateField()
    taken_back_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "line", "-at"])]


@pghistory.track()
class Beginning(models.Model):
    """The day the service began, agreed by two: with every line green, or with named open ones.

    `open_lines` are the words of the lines that were not green when it was proposed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    begins_on = models.DateField()
    open_lines = models.JSONField(default=list)
    lines = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    proposed_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service"],
                condition=models.Q(dropped_at__isnull=True),
                name="one_beginning_a_service",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by__isnull=True)
                | ~models.Q(agreed_by=models.F("proposed_by")),
                name="begun_by_two",
            ),
        ]
