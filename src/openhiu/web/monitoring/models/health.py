"""What is wrong with the data at their source, from when to when; and the last look at a store."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone


class FeedFault(models.Model):
    """Data that stopped, halved, came late or came twice: said on every page that stands on them.

    `site_code` is empty where every site is meant. While `ended_at` is empty it is so now.
    """

    class Kind(models.TextChoices):
        STOPPED = "stopped", "Stopped"
        LATE = "late", "Late"
        HALVED = "halved", "Halved"
        REPEATED = "repeated", "Repeated"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    dataset = models.CharField(max_length=20)
    site_code = models.CharField(max_length=10, blank=True)
    words = models.CharField(max_length=300)
    since = models.DateField(null=True)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "kind", "dataset", "site_code"],
                condition=models.Q(ended_at__isnull=True),
                name="one_such_fault_at_a_time",
            )
        ]


class StoreLook(models.Model):
    """The newest commit of a service's store that was looked at, and how that went."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.OneToOneField("access.Service", models.CASCADE, related_name="+")
    commit = models.CharField(max_length=40)
    looked_at = models.DateTimeField(default=timezone.now)
    trouble = models.CharField(max_length=300, blank=True)  # why the run gave no feed
