"""The privacy notice and the record of processing as they were published or signed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone


class PublishedText(models.Model):
    """One version of a text made from the inventory, kept as it was published. Never changed.

    `blocks` is what a page is drawn from: [kind, words or rows]. `signed_by` is the officer who
    agreed it; empty: it is a proposal, and says so.
    """

    append_only = True

    class Kind(models.TextChoices):
        NOTICE = "notice", "Privacy notice"
        RECORD = "record", "Record of processing"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveIntegerField()
    published_on = models.DateField()
    blocks = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)  # of the inventory it was made from
    changes = models.CharField(max_length=300, blank=True)  # what is different, in words
    signed_by = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "kind", "number"], name="one_published_text_a_number"
            )
        ]
