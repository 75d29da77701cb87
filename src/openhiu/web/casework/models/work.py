"""The daily work: contacts made and tried, and tasks with an owner."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText
from openhiu.web.casework.models.case import Case


@pghistory.track()
class Contact(models.Model):
    """One contact or try: who, how, reached or not, what mattered, what is next."""

    class How(models.TextChoices):
        PHONE = "phone", "Phone call"
        VISIT = "visit", "Visit"
        MET = "met", "Met somewhere"
        TEXT = "text", "Text message"
        VIDEO = "video", "Video call"
        LETTER = "letter", "Letter"
        EMAIL = "email", "Email"

    class Reached(models.TextChoices):
        YES = "yes", "Yes, we spoke"
        NO_ANSWER = "no_answer", "No answer"
        VOICEMAIL = "voicemail", "Left a voicemail"
        SOMEONE_ELSE = "someone_else", "Someone else answered"
        NOT_THERE = "not_there", "Not there"
        SENT = "sent", "Sent, no answer yet"

    class Who(models.TextChoices):
        CLIENT = "client", "Them"
        NETWORK = "network", "Someone around them"
        PROFESSIONAL = "professional", "A service or professional"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="contacts")
    at = models.DateTimeField(default=timezone.now)
    who = models.CharField(max_length=20, choices=Who, default=Who.CLIENT)
    who_words = SealedText(max_length=200, blank=True)
    began_by = models.CharField(
        max_length=10, choices=[("us", "We did"), ("them", "They did")], default="us"
    )
    how = models.CharField(max_length=20, choices=How)
    reached = models.CharField(max_length=20, choices=Reached)
    what_mattered = SealedText(blank=True)
    next_step = SealedText(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    # Why a voicemail or letter was left although the contact-safety plan says not to.
    against_plan_reason = SealedText(max_length=300, blank=True)
    # Nothing is deleted: what was entered in error stays, marked, and counts no more.
    error_at = models.DateTimeField(null=True)
    error_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    error_reason = SealedText(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["service", "case", "-at"]),
            models.Index(fields=["service", "by", "-at"]),
        ]


@pghistory.track()
class Task(models.Model):
    """Something one person has said they will do. Few, owned, and they end.

    Ended with a `let_go_reason` it was let go, without one it was done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="tasks")
    owner = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    words = SealedText(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    let_go_reason = SealedText(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "owner", "done_at", "due_on"])]
