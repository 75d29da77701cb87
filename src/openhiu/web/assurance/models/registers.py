"""The registers: incidents, near misses, complaints and compliments; what each asks for; lessons.

What somebody wrote is read by who wrote it and by who keeps the registers. Lists, reminders and
the audit carry a reference like INC-2026-007, a kind and dates, and nothing else.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText
from openhiu.web.assurance.registers.kinds import PREFIX


@pghistory.track()
class RegisterSettings(models.Model):
    """What one service has settled about its registers. The numbers are proposals."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.OneToOneField("access.Service", models.PROTECT, related_name="+")
    commissioner_working_days = models.PositiveSmallIntegerField(default=2)
    person_working_days = models.PositiveSmallIntegerField(default=10)
    review_days = models.PositiveSmallIntegerField(default=28)
    acknowledge_working_days = models.PositiveSmallIntegerField(default=3)
    thank_working_days = models.PositiveSmallIntegerField(default=10)
    version = models.PositiveIntegerField(default=1)


@pghistory.track()
class Entry(models.Model):
    """One thing that went wrong, nearly did, or was praised.

    `aware_at` is when the service came to know of it: the clocks run from there. `about_member` is
    a member of staff it is about, who cannot open it.
    """

    class Register(models.TextChoices):
        INCIDENT = "incident", "Serious untoward incident"
        NEAR_MISS = "near_miss", "Near miss"
        COMPLAINT = "complaint", "Complaint"
        COMPLIMENT = "compliment", "Compliment"

    class Severity(models.TextChoices):
        NONE = "none", "No harm"
        LOW = "low", "Low harm"
        MODERATE = "moderate", "Moderate harm"
        SEVERE = "severe", "Severe harm"
        DEATH = "death", "Death"

    class Data(models.TextChoices):
        NO = "no", "No"
        YES = "yes", "Yes"
        UNSURE = "unsure", "Not sure"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    register = models.CharField(max_length=12, choices=Register)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)  # a key of registers.kinds.KINDS
    severity = models.CharField(max_length=10, choices=Severity, blank=True)
    data = models.CharField(max_length=6, choices=Data, default=Data.NO)
    happened_on = models.DateField()
    aware_at = models.DateTimeField()
    what = SealedText()
    at_once = SealedText(blank=True)
    from_words = SealedText(blank=True)  # who complains or thanks, and how to answer them
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    about_member = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    told_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=timezone.now)
    owner = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    learning = SealedText(blank=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "register", "year", "number"], name="one_entry_a_reference"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["service", "register", "-aware_at"])]
        triggers: ClassVar = [
            pgtrigger.Protect(name="entries_are_kept", operation=pgtrigger.Delete)
        ]

    @property
    def reference(self) -> str:
        """How it is named wherever more must not be said: INC-2026-007."""
        return f"{PREFIX[self.register]}-{self.year}-{self.number:03d}"


@pghistory.track()
class Duty(models.Model):
    """One thing an entry asks for, with its clock: done, or not needed, and why."""

    class Outcome(models.TextChoices):
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "Not needed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="duties")
    what = models.CharField(max_length=20)  # a key of registers.kinds.DUTIES
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)  # where the clock runs in hours
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    on = models.DateField(null=True)
    words: Any = SealedText(blank=True)  # how, or why not
    answered_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "what"], name="one_duty_of_a_kind")
        ]


@pghistory.track()
class Lesson(models.Model):
    """One thing that is changed because of an entry: by whom, by when; done, or let go and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lessons")
    words = SealedText()
    member = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    let_go_at = models.DateTimeField(null=True)
    ended_words: Any = SealedText(blank=True)  # what was done, or why it was let go
    ended_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")

    @property
    def open(self) -> bool:
        """Whether it still waits."""
        return self.done_on is None and self.let_go_at is None


class Step(models.Model):
    """One line of an entry's history: who did what when, which fields, and what they said."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="steps")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    did = models.CharField(max_length=120)  # words of ours
    fields = models.JSONField(default=list)
    words = SealedText(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["entry", "at"])]


@pghistory.track()
class Registration(models.Model):
    """That somebody's entry in a professional register was seen: dates and four figures."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    member = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    body = models.CharField(max_length=20)  # a key of registers.kinds.BODIES
    body_words = models.CharField(max_length=100, blank=True)
    last_four = models.CharField(max_length=4, blank=True)
    expires_on = models.DateField()
    checked_on = models.DateField()
    noted_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    error_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "member", "-checked_on"])]
