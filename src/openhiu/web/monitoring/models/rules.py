"""When a signal is raised: the early-warning rules as one service has set them, every version."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone


class EarlyWarningRules(models.Model):
    """One version of a service's rules; the newest is in force and none is ever changed.

    The fields are those of openhiu.monitor.signals.Rules; None switches a rule with a number off.
    A service without a row follows the defaults.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    individual = models.BooleanField(default=True)
    amber = models.FloatField(
        default=0.05, validators=[MinValueValidator(0.0001), MaxValueValidator(0.5)]
    )
    red = models.FloatField(
        default=0.01, validators=[MinValueValidator(0.0001), MaxValueValidator(0.5)]
    )
    least = models.PositiveSmallIntegerField(default=2)
    at_a_distance = models.BooleanField(default=True)
    quiet_weeks = models.PositiveSmallIntegerField(null=True, blank=True, default=8)
    self_harm = models.BooleanField(default=True)
    left_before_seen = models.BooleanField(default=True)
    ambulance_in_week = models.PositiveSmallIntegerField(null=True, blank=True, default=2)
    silence_days = models.PositiveSmallIntegerField(null=True, blank=True, default=28)
    expires_after_days = models.PositiveSmallIntegerField(default=14)
    # How often newer data are agreed to come; a working day later they are missing. None: as often
    # as they came so far.
    feed_every_days = models.PositiveSmallIntegerField(null=True, blank=True, default=None)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "version"], name="one_such_version_of_rules")
        ]
