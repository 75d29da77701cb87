"""Which field keys this database needs; never a key."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class SealKey(models.Model):
    """One key that sealed something here. `proof` tells the right key from another of that id.

    With it a start without the file, or with another file, is stopped before a row is written.
    """

    id = models.CharField(primary_key=True, max_length=8)
    proof = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)
