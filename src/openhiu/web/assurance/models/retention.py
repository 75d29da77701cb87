"""How long records are kept, what is held back, what two people decided, and proof that it is gone.

Nothing here says who somebody was: `about` is the key of a record, which names nobody once the
record is gone.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


@pghistory.track()
class RetentionRules(models.Model):
    """One version of a service's schedules: written by one person, in force once another agreed.

    `periods` has, by key of retention.classes.CLASSES, how many of the class's unit it is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    periods = models.JSONField(default=dict)
    usual = models.CharField(max_length=30, default="client")  # class of a client, unless said
    cooling_days = models.PositiveSmallIntegerField(default=14)
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "version"], name="one_such_version_of_schedules"
            ),
            models.UniqueConstraint(
                fields=["service"],
                condition=models.Q(decided_at__isnull=True),
                name="one_schedule_waits_at_a_time",
            ),
        ]


class RecordClass(models.Model):
    """Somebody said which class one person's record is in, and why; the newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    record_class = models.CharField(max_length=30)
    reason: Any = SealedText()
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)


# Histories cannot be emptied, so reasons, which may name somebody, are not in them.
@pghistory.track(exclude=["reason", "lifted_reason"])
class Hold(models.Model):
    """Nothing it covers is removed until it is lifted: one person's record, or a whole class.

    `record_class` where a class is held; "every" means all records of the service.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    record_class = models.CharField(max_length=30, blank=True)
    reference = models.CharField(max_length=100)  # of the court, inquiry or claim
    reason: Any = SealedText()
    review_on = models.DateField()
    placed_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_reason: Any = SealedText(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, record_class="")
                | (models.Q(person__isnull=True) & ~models.Q(record_class="")),
                name="a_hold_is_of_a_person_or_a_class",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["service", "lifted_at"])]


@pghistory.track(exclude=["reason"])
class Appraisal(models.Model):
    """One record whose time has come (or that is to be erased), and what two people decided.

    `about` is the person's key, without a foreign key: it stays when the record is gone. What the
    database itself keeps to stands in sql/retention_guard.sql: `agreed_clock` is its own clock.
    """

    class Why(models.TextChoices):
        TIME = "time", "Its time has come"
        ERASURE = "erasure", "Erasure was asked for and decided"
        MISTAKE = "mistake", "It should never have been made"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for a first decision"
        PROPOSED = "proposed", "Waiting for a second person"
        COOLING = "cooling", "Agreed; will be removed"
        KEPT = "kept", "Kept longer"
        REMOVED = "removed", "Removed"
        OVERTAKEN = "overtaken", "No longer due"

    class Decision(models.TextChoices):
        REMOVE = "remove", "Remove it"
        KEEP = "keep", "Keep it longer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    about = models.UUIDField()
    why = models.CharField(max_length=10, choices=Why, default=Why.TIME)
    request_reference = models.CharField(max_length=60, blank=True)  # of the request to erase
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    record_class = models.CharField(max_length=30)
    rules_version = models.PositiveIntegerField(default=0)
    last_contact_on = models.DateField(null=True)
    due_on = models.DateField()
    found_at = models.DateTimeField(default=timezone.now)
    mentions = models.PositiveIntegerField(null=True)  # places elsewhere that name them
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason: Any = SealedText(blank=True)
    keep_until = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    cooling_days = models.PositiveSmallIntegerField(default=14)
    remove_from = models.DateField(null=True)
    # Keys of the record and those joined to it, as agreed on: others are not removed with it.
    records = ArrayField(models.UUIDField(), default=list, blank=True)
    agreed_clock = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True)
    ended_words = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "reference"], name="one_appraisal_a_reference"
            ),
            models.UniqueConstraint(
                fields=["service", "about"],
                condition=models.Q(state__in=["waiting", "proposed", "cooling"]),
                name="one_open_appraisal_a_record",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["service", "state", "due_on"])]


class Certificate(models.Model):
    """That a record was removed: which class, how many rows of what, when, by whom, under what.

    Kept for good; it names the appraisal's reference and nobody.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    removed_at = models.DateTimeField(default=timezone.now)
    rows = models.JSONField(default=dict)  # kind of row -> how many were removed or emptied
    elsewhere = models.JSONField(default=list)  # sentences: the store, sessions, drafts
    again = models.BooleanField(default=False)  # run once more after a restore

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "number"], name="one_certificate_a_number")
        ]
