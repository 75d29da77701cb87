"""The area as it was set, the tiers that were delivered, and the documents made from them.

Everything here is kept: a change of the area is a version more, and a document stays as it was
made. The bytes lie with the evaluations' (`reporting.KeptFile`), by the hash of what is in them.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.utils import timezone


class AreaVersion(models.Model):
    """The area's settings as they stood after one save, in the shape of a locality file.

    `files` has the hash of each file that the settings name, by its name; `section` which part was
    changed. The newest number is in force.
    """

    append_only = True

    class Way(models.TextChoices):
        TYPED = "typed", "Typed on the page"
        FILE = "file", "Taken from a file"
        SERVICE = "service", "Taken over from the service's own file"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    settings = models.JSONField(default=dict)
    files = models.JSONField(default=dict)
    section = models.CharField(max_length=60, blank=True)
    way = models.CharField(max_length=10, choices=Way, default=Way.TYPED)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "number"], name="one_area_a_number")
        ]


class Tiers(models.Model):
    """One delivery of what `hiu report tiers` wrote to be handed on. The newest is in force."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    area = models.CharField(max_length=200)
    as_of = models.DateField()
    until = models.DateField()  # the first day after its year
    year = models.CharField(max_length=100)  # in words
    made_with = models.CharField(max_length=40)
    warnings = models.JSONField(default=list)
    files = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    older_than_last = models.BooleanField(default=False)
    left_out: tuple[str, ...] = ()  # told once to whoever sent it: files that were not kept

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "content_hash"], name="the_same_tiers_once")
        ]
        indexes: ClassVar = [models.Index(fields=["service", "-received_at"])]


class Document(models.Model):
    """One document as it was made, with everything it was made from by hash.

    `files` has, in order, name, hash and size of each file that may be taken away; `inputs` the
    hashes of what went in; `page` that of its tables and pictures as the workspace draws them.
    """

    class State(models.TextChoices):
        KEPT = "kept", "Kept"
        SET_ASIDE = "set_aside", "Set aside"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    what = models.CharField(max_length=30)
    edition = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.KEPT)
    title = models.CharField(max_length=300)
    as_of = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    area = models.ForeignKey(AreaVersion, models.PROTECT, null=True, related_name="+")
    tiers = models.ForeignKey(Tiers, models.PROTECT, null=True, related_name="+")
    evaluation = models.ForeignKey(
        "reporting.Evaluation", models.PROTECT, null=True, related_name="+"
    )
    made_with = models.CharField(max_length=40)
    files = models.JSONField(default=list)
    inputs = models.JSONField(default=dict)
    manifest = models.CharField(max_length=64)
    page = models.CharField(max_length=64)
    missing = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    set_aside_note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "what", "edition"], name="one_document_an_edition"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["service", "-made_at"])]
        triggers: ClassVar = [
            pgtrigger.Protect(name="documents_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="a_document_stays_as_made",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "service", "what", "edition", "title", "as_of", "made_at", "made_by", "area",
                    "tiers", "evaluation", "made_with", "files", "inputs", "manifest", "page",
                    "missing", "warnings",
                ),
            ),
            pgtrigger.Protect(
                name="set_aside_is_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="set_aside"),
            ),
        ]  # fmt: skip


class Comparison(models.Model):
    """A kept document was made once more from what it had been made from, and held against it."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="comparisons")
    compared_at = models.DateTimeField(default=timezone.now)
    compared_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    made_with = models.CharField(max_length=40)
    files = models.PositiveIntegerField()  # how many were compared
    differing = models.JSONField(default=list)  # their names; none where all are the same


class Making(models.Model):
    """Somebody asked for a document, or for one to be made again and compared; how far it is."""

    class State(models.TextChoices):
        RUNNING = "running", "Being made"
        DONE = "done", "Made"
        FAILED = "failed", "Could not be made"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    what = models.CharField(max_length=30)
    again = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    step = models.PositiveSmallIntegerField(default=0)  # how many steps are behind it
    message = models.TextField(blank=True)  # what went wrong and what to do, without data
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service"],
                condition=models.Q(state="running"),
                name="one_document_at_a_time",
            )
        ]
