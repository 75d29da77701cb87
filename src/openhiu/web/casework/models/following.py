"""What follows a worry, or a sharing to keep someone safe, until somebody writes its outcome."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


@pghistory.track()
class FollowUp(models.Model):
    """A worry or a sharing that stays open: who looks after it, when to look again, how it ended.

    Apart from what it follows, because a reviewed sharing can no longer be changed.
    """

    class Outcome(models.TextChoices):
        SAFE = "safe", "They are safe now"
        PLAN = "plan", "There is a safety plan, and someone holds it"
        ACCEPTED = "accepted", "Another service has taken it on"
        NO_RISK = "no_risk", "We looked, and there is no risk that needs more"
        DIED = "died", "They died"
        NOT_FOUND = "not_found", "They could not be found, and police or social care know"

    class Told(models.TextChoices):
        YES = "yes", "Yes"
        NOT_SAFE = "not_safe", "No, telling them would put someone at risk"
        NOT_REACHED = "not_reached", "No, they could not be reached"
        NOT_THEM = "not_them", "It concerned someone else"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    concern = models.OneToOneField(
        "casework.Concern", models.PROTECT, null=True, related_name="follow_up"
    )
    shared = models.OneToOneField(
        "casework.SharedWithoutConsent", models.PROTECT, null=True, related_name="follow_up"
    )
    owner = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    look_again_on = models.DateField()
    opened_at = models.DateTimeField(default=timezone.now)
    # When reviewers were last told that the day to look again had passed; empty once it was moved.
    escalated_at = models.DateTimeField(null=True)
    # When reviewers were told that nobody had reviewed or answered it within a day.
    review_told_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_words = SealedText(blank=True)
    person_told = models.CharField(max_length=12, choices=Told, blank=True)
    closed_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(concern__isnull=True, shared__isnull=False)
                | models.Q(concern__isnull=False, shared__isnull=True),
                name="follows_one_thing",
            )
        ]


@pghistory.track()
class FollowUpStep(models.Model):
    """One thing somebody does about it, or a referral with its reference and what came of it."""

    class Referral(models.TextChoices):
        NONE = "", "Not a referral"
        ADULT = "adult", "Adult social care (safeguarding adults)"
        CHILD = "child", "Social care for children"
        MARAC = "marac", "MARAC (domestic abuse)"
        CRISIS = "crisis", "Mental health crisis team"
        GP = "gp", "GP practice"
        POLICE = "police", "Police"
        OTHER = "other", "Another service"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="steps")
    what = SealedText()
    who = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    due_on = models.DateField()
    referral = models.CharField(max_length=10, choices=Referral, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    made_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    result = SealedText(blank=True)
    done_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
