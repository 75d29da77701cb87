"""What is kept for the one at the screen: drafts, one-time tokens, saved views, quiet words."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from openhiu.web.access.models.belonging import Membership, Service, User
from openhiu.web.access.sealed import SealedJSON


class Draft(models.Model):
    """What someone was typing, kept on the server so that nothing typed is lost.

    `key` names person, form and version, so that an old draft never turns up in a new form.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fields = SealedJSON(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "user", "key"], name="one_draft_a_form")
        ]


class Posted(models.Model):
    """A form that was sent: its one-time token and where the first sending led."""

    token = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    led_to = models.CharField(max_length=300)


class SavedView(models.Model):
    """A list as someone likes to see it: a name and its filters."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "user", "page", "name"], name="one_view_a_name"
            )
        ]


class Announcement(models.Model):
    """A quiet word from the system to one member: a limit passed, a look outside one's own.

    Carries references only, never a person's data.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="+")
    to = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    words = models.CharField(max_length=300)
    link = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)


class Kept(models.Model):
    """Django's cache: codes already used and counts of tries, shared by every worker."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)
