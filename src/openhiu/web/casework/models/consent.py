"""What someone agreed to, what was shared under it, and what was shared without it and why."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


@pghistory.track()
class Consent(models.Model):
    """One answer to one question: take part; share with one organisation for a purpose; my story.

    Answers are never overwritten: a new answer is a new row, and withdrawing fills `withdrawn_at`.
    """

    class Kind(models.TextChoices):
        TAKE_PART = "take_part", "Take part"
        SHARE = "share", "Share with an organisation"
        STORY = "story", "Use my story"

    class Route(models.TextChoices):
        SPOKEN = "spoken", "Spoken, by phone"
        IN_PERSON = "in_person", "Spoken, in person"
        WRITTEN = "written", "In writing"
        BEST_INTERESTS = "best_interests", "Best-interests decision"

    class Capacity(models.TextChoices):
        PRESUMED = "presumed", "No reason to doubt it"
        ASSESSED = "assessed", "Assessed: has capacity for this"
        LACKS = "lacks", "Assessed: lacks capacity for this"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    organisation = models.ForeignKey(
        "access.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    purpose = models.CharField(max_length=200, blank=True)
    items = models.JSONField(default=list)  # names of casework.sharing.ITEMS agreed to
    given = models.BooleanField()
    capacity = models.CharField(max_length=10, choices=Capacity, default=Capacity.PRESUMED)
    route = models.CharField(max_length=20, choices=Route)
    evidence = SealedText()  # what was said, where the paper is
    told = SealedText(blank=True)  # what they were told before they answered
    answered_on = models.DateField()
    review_on = models.DateField()
    recorded_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    withdrawn_note = SealedText(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "person", "kind"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(kind="share")
                | (models.Q(organisation__isnull=False) & ~models.Q(purpose="")),
                name="sharing_names_who_and_why",
            )
        ]


class Share(models.Model):
    """What left for one organisation: which items, for what, under which consent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("access.Organisation", models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="+")
    agreement = models.ForeignKey("access.Agreement", models.PROTECT, null=True, related_name="+")
    items = models.JSONField(default=list)
    purpose = models.CharField(max_length=200)
    note = SealedText(blank=True)  # what the lead wants the partner to know or do
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True)


@pghistory.track()
class SharedWithoutConsent(models.Model):
    """Sharing to keep someone safe: never blocked, always recorded, always reviewed by another.

    The four fields of the emergency path come first; the rest is due within 24 hours.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    # Never blocked: no record need be found. `about_whom` is then what was typed.
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    about_whom = SealedText(max_length=200, blank=True)
    who_is_at_risk = SealedText(max_length=200)
    told_whom = SealedText(max_length=200)
    what_was_shared = SealedText()
    why_now = SealedText()
    emergency = models.BooleanField(default=True)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reasons_due_at = models.DateTimeField()
    gateway = models.CharField(max_length=60, blank=True)
    capacity_view = SealedText(blank=True)
    consent_sought = SealedText(blank=True)  # asked, or why not
    person_told = SealedText(blank=True)  # told, or why not
    adviser = SealedText(max_length=200, blank=True)
    reasons_at = models.DateTimeField(null=True)
    # When supervisors and the safeguarding lead were told that the reasons are overdue.
    escalated_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    review = SealedText(blank=True)

    class Meta:
        triggers: ClassVar = [
            # After the review the database itself lets nobody change or remove it.
            pgtrigger.Protect(
                name="kept_after_review",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__reviewed_at__isnull=False),
            )
        ]
