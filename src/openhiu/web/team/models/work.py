"""When people work: patterns of the week, leave, and who covers whom on which days."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from openhiu.web.access.models.belonging import weekdays_nine_to_five


@pghistory.track()
class WorkingPattern(models.Model):
    """The week of one member from a day on, until a later pattern begins.

    `week` is Monday to Sunday, each ["09:00", "17:00"] or None. `wte` is the share of a whole
    post: 0.6 has six tenths of the service's limits.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    member = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    from_day = models.DateField()
    week = models.JSONField(default=weekdays_nine_to_five)
    wte = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal(1))
    noted_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "from_day"], name="one_pattern_a_day"),
            models.CheckConstraint(
                condition=Q(wte__gt=0) & Q(wte__lte=1), name="at_most_a_whole_post"
            ),
        ]


@pghistory.track()
class Leave(models.Model):
    """Days one member is away. Why somebody is ill is nobody's business: the kind is enough.

    Planned leave is asked for, and booked when somebody covers every working day of it.
    """

    class Kind(models.TextChoices):
        ANNUAL = "annual", "Annual leave"
        SICK = "sick", "Off sick"
        STUDY = "study", "Study or training"
        OTHER = "other", "Other"

    class State(models.TextChoices):
        ASKED = "asked", "Waiting for cover to say yes"
        BOOKED = "booked", "Booked"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    member = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    from_day = models.DateField()
    until_day = models.DateField()  # the last day away
    from_midday = models.BooleanField(default=False)  # at work in the morning of the first day
    until_midday = models.BooleanField(default=False)  # at work in the afternoon of the last day
    noted_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    # The supervisor was told that clients are without anybody: once, until it is covered.
    told_uncovered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "state", "from_day", "until_day"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_day__gte=F("from_day")), name="leave_ends_after_it_begins"
            )
        ]

    def share(self, day: date) -> float:
        """How much of a day one is away: 0, a half or 1."""
        if not self.from_day <= day <= self.until_day:
            return 0.0
        halves = (self.from_midday and day == self.from_day) + (
            self.until_midday and day == self.until_day
        )
        return 1 - halves / 2


@pghistory.track()
class Cover(models.Model):
    """One colleague who is asked to answer for somebody's clients on some days of their leave."""

    class Answer(models.TextChoices):
        WAITING = "waiting", "Asked"
        YES = "yes", "Said yes"
        NO = "no", "Said no"
        ENDED = "ended", "Not needed any more"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    leave = models.ForeignKey(Leave, models.PROTECT, related_name="covers")
    covering = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    asked_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    # Somebody else than the covering colleague when a supervisor says yes for a sudden illness.
    answered_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "covering", "answer"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_day__gte=F("from_day")), name="cover_ends_after_it_begins"
            )
        ]
