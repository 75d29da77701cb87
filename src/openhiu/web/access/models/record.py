"""Who did what, and looks outside one's own."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from openhiu.web.access.models.belonging import Membership, Organisation, Service, User
from openhiu.web.access.sealed import SealedText


class BreakGlass(models.Model):
    """Someone opened a record outside their own, said why, and was looked at afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    person_id = models.UUIDField()  # no foreign key: access knows nothing of people
    reason = SealedText()
    began_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    justified = models.BooleanField(null=True)
    review_note = SealedText(blank=True)
    # What whoever opened it says of their own tie to the person; empty before it was asked.
    tie = models.CharField(
        max_length=10,
        blank=True,
        choices=[("none", "No"), ("self", "It is my own record"), ("family", "Family or household"),
                 ("known", "Someone I know outside work")],
    )  # fmt: skip
    # When reviewers were told again, and when its review was overdue.
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)


class AuditEntry(models.Model):
    """One thing someone did or looked at. Chained by the database; nobody edits it.

    `seq`, `previous_hash` and `hash` are set by a trigger (access/sql). `detail` holds words of
    ours (field names, counts, reasons chosen from a list), never a person's data.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+")
    seq = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    did = models.CharField(max_length=60)
    person_id = models.UUIDField(null=True, db_index=True)
    about = models.CharField(max_length=60, blank=True)  # kind of the other thing: "casework.case"
    about_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=30, blank=True)
    result = models.CharField(max_length=20, default="done")  # done, refused, missing
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, default="")
    hash = models.CharField(max_length=64, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "seq"], name="one_entry_a_place", nulls_distinct=False
            )
        ]
