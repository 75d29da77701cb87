"""Each client's use of services as the analyst's feed told it, and how fresh it is."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone


class Feed(models.Model):
    """One delivery of `client_activity`: what it holds and up to when it knows.

    `cut_offs` has each dataset's newest moment as ISO text in local time, or null where the store
    holds nothing of it; `site_cut_offs` the same by site code.
    A feed tells two years whole; the newest received is the one in force.
    """

    class Way(models.TextChoices):
        UPLOADED = "uploaded", "Uploaded"
        RUN = "run", "Run on the store"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    way = models.CharField(max_length=10, choices=Way, default=Way.UPLOADED)
    since = models.DateField()
    as_of = models.DateField()
    data_cut_off = models.DateTimeField(null=True)  # of the A&E attendances
    cut_offs = models.JSONField(default=dict)
    site_cut_offs = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    new_rows = models.PositiveIntegerField(default=0)
    changed_rows = models.PositiveIntegerField(default=0)
    gone_rows = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    people_skipped = models.PositiveIntegerField(default=0)
    older_than_last = models.BooleanField(default=False)
    # What was wrong with the data at the source, as the manifest told it (openhiu.monitor.health).
    health = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "content_hash"], name="one_feed_once")
        ]
        indexes: ClassVar = [models.Index(fields=["service", "-received_at"])]


class Coverage(models.Model):
    """Whether the newest feed that named a client knew them: no data is not no attendance."""

    class Standing(models.TextChoices):
        FOUND = "found", "Known to the hospital's data"
        NOT_FOUND = "not_found", "Not known to the hospital's data"
        SHARED = "shared", "Shares an identifier with someone else"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.OneToOneField("people.Person", models.CASCADE, related_name="+")
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=Standing)


class Activity(models.Model):
    """One attendance, admission, ambulance journey or 111 call of a client."""

    class Kind(models.TextChoices):
        ATTENDANCE = "attendance", "A&E attendance"
        ADMISSION = "admission", "Admission"
        AMBULANCE = "ambulance", "Ambulance"
        CALL_111 = "call_111", "111 call"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    # The feed that first told of it, and so what is new since yesterday.
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    source_ref = models.CharField(max_length=80)  # same reference again: the same event, corrected
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    site_code = models.CharField(max_length=10, blank=True)
    by_ambulance = models.BooleanField(null=True)
    admitted = models.BooleanField(null=True)
    complaint = models.CharField(max_length=120, blank=True)  # plain words, not a code
    outcome = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "kind", "source_ref"], name="one_event_a_reference"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["service", "person", "-began_at"])]
