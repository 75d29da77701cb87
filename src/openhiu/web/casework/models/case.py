"""A case: one person who said yes, who walks alongside, and which phase they are in."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


@pghistory.track()
class Case(models.Model):
    """One client. Cases do not close: "open at a distance" is where steady people are.

    `phase` is a key of casework.lifecycle.PHASES. `rhythm_days` is how often to be in touch.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.OneToOneField("people.Person", models.PROTECT, related_name="+")
    lead = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    team = models.ForeignKey("access.Team", models.PROTECT, null=True, related_name="+")
    phase = models.CharField(max_length=20, default="working_together")
    phase_since = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(default=timezone.now)
    quarter = models.CharField(max_length=7)
    rhythm_days = models.PositiveSmallIntegerField(default=7)
    # Kept by actions from contacts, so that the active list needs no search through them.
    last_contact_at = models.DateTimeField(null=True)
    last_reached_at = models.DateTimeField(null=True)
    next_contact_on = models.DateField(null=True, blank=True)
    # Kept by monitoring from the feed, for the same reason.
    last_attendance_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["service", "lead", "phase"]),
            models.Index(fields=["service", "next_contact_on"]),
        ]


class PhaseChange(models.Model):
    """One move along the lifecycle: from where, to where, when, by whom and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="phase_changes")
    from_phase = models.CharField(max_length=20, blank=True)
    to_phase = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    reason = SealedText(blank=True)


class LimitPassed(models.Model):
    """A caseload limit passed on purpose, with the reason; the supervisor is told."""

    class Limit(models.TextChoices):
        NEW = "new", "New this quarter"
        TOGETHER = "together", "Working together"
        OPEN = "open", "Everyone open"
        PAUSED = "paused", "New people around leave"
        PACE = "pace", "New people this week"
        LOAD = "load", "Load"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    lead = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    limit = models.CharField(max_length=10, choices=Limit)
    value = models.PositiveSmallIntegerField()
    allowed = models.PositiveSmallIntegerField()
    reason = SealedText()
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    seen_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    answer = SealedText(blank=True)

    @property
    def words(self) -> str:
        """What was passed, with the figures that mean something."""
        label = str(self.get_limit_display())
        if self.limit == self.Limit.PAUSED:
            return f"{label}: {self.value}"
        return f"{label}, {self.value} of {self.allowed}"


class SupervisionNote(models.Model):
    """What a supervisor says about a case or one contact: thanks, a thought, what was agreed."""

    class Kind(models.TextChoices):
        THANKS = "thanks", "Thank you"
        THOUGHT = "thought", "A thought"
        AGREED = "agreed", "What we agreed"
        REVIEW = "review", "Looked at together"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="supervision_notes")
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.THOUGHT)
    contact = models.ForeignKey("casework.Contact", models.CASCADE, null=True, related_name="+")
    words = SealedText(blank=True)  # thanks may stand alone
    seen_at = models.DateTimeField(null=True)  # by the lead

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "case", "-at"])]


class Handover(models.Model):
    """One case handed to a colleague: for good, or until a day, with what they need to know."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    batch = models.UUIDField(default=uuid.uuid4)  # what was handed over in one act
    from_lead = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    to_lead = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    until = models.DateField(null=True, blank=True)  # empty: for good
    reason = SealedText(max_length=300)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "from_lead", "returned_at"])]
