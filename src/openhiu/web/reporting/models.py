"""Evaluations as they were received and reports as they were published: kept, never rewritten.

Files lie in the database as bytes (docs/adr/0014): one backup holds everything, and the wall
between services stands around them too.
"""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone


class KeptFile(models.Model):
    """One file by the hash of what is in it. The application may add rows and never change one."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "sha256"], name="one_file_a_content")
        ]


class Evaluation(models.Model):
    """One delivery of what `hiu evaluate` wrote. The newest received is the one in force.

    `files` has the hash of each file by its name in the folder; `sites` the codes it is about.
    """

    append_only = True

    class Way(models.TextChoices):
        UPLOADED = "uploaded", "Uploaded"
        COMMAND = "command", "Delivered on the server"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way, default=Way.UPLOADED)
    as_of = models.DateField()
    cut = models.DateField()  # the first day that was not fully known
    made_with = models.CharField(max_length=40)  # the version of OpenHIU that made it
    plan_hash = models.CharField(max_length=64, blank=True)
    sites = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    files = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    older_than_last = models.BooleanField(default=False)
    left_out: tuple[str, ...] = ()  # told once to whoever sent it: files that were not kept

    @property
    def last_day(self) -> date:
        """The last day that was fully known."""
        return self.cut - timedelta(days=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "content_hash"], name="one_evaluation_once")
        ]
        indexes: ClassVar = [models.Index(fields=["service", "-received_at"])]


class Report(models.Model):
    """One quarterly report: made, read by a second person, published. Its files never change.

    `files` has, in order, name, hash and size of each file readers may have; `facts` and
    `manifest` are hashes of what it was made from and of what says so.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        REVIEWED = "reviewed", "Reviewed"
        PUBLISHED = "published", "Published"
        CALLED_BACK = "called_back", "Called back"
        SET_ASIDE = "set_aside", "Set aside"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7)  # like 2026-Q3
    edition = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="+")
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_with = models.CharField(max_length=40)
    files = models.JSONField(default=list)
    inputs = models.JSONField(default=dict)  # hashes of what went in, by name
    manifest = models.CharField(max_length=64)
    left_out = models.JSONField(default=list)  # sections that could not be written, as sentences
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    review_note = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    decision_note = models.TextField(blank=True)
    # Published words may turn out to tell too much: then nobody outside is given them any more.
    called_back_at = models.DateTimeField(null=True)
    called_back_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    called_back_note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "quarter", "edition"], name="one_report_an_edition"
            ),
            models.CheckConstraint(
                name="a_second_person_read_and_published_it",
                condition=~models.Q(state__in=("published", "called_back"))
                | (
                    models.Q(reviewed_by__isnull=False, decided_by__isnull=False)
                    & ~models.Q(reviewed_by=models.F("made_by"))
                    & ~models.Q(decided_by=models.F("made_by"))
                ),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["service", "-made_at"])]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                # The same person in another role is no second person.
                name="nobody_publishes_their_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="published"),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM access_membership maker
                        JOIN access_membership other ON other.user_id = maker.user_id
                        WHERE maker.id = NEW.made_by_id
                          AND other.id IN (NEW.reviewed_by_id, NEW.decided_by_id)
                    ) THEN
                        RAISE EXCEPTION 'a second person reads and publishes a report';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="reports_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="what_was_made_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "service", "quarter", "edition", "made_at", "made_by", "evaluation",
                    "previous", "made_with", "files", "inputs", "manifest", "left_out",
                ),
            ),
            pgtrigger.Protect(
                name="what_was_decided_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=("set_aside", "called_back"))
                | (pgtrigger.Q(old__state="published") & ~pgtrigger.Q(new__state="called_back")),
            ),
        ]  # fmt: skip


class Making(models.Model):
    """Somebody asked for a quarter's report; how far a process of its own has come with it."""

    class State(models.TextChoices):
        RUNNING = "running", "Being made"
        DONE = "done", "Made"
        FAILED = "failed", "Could not be made"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7)
    asked_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    step = models.PositiveSmallIntegerField(default=0)  # how many steps are behind it
    message = models.TextField(blank=True)  # what went wrong and what to do, without data
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service"],
                condition=models.Q(state="running"),
                name="one_making_at_a_time",
            )
        ]


@pghistory.track()
class ReportWords(models.Model):
    """What the service itself says in its reports: risks, the logic model, whom to ask.

    Where it says nothing, the locality file speaks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.OneToOneField("access.Service", models.PROTECT, related_name="+")
    logic_model = models.JSONField(default=dict)
    risks = models.JSONField(default=list)
    contact = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
