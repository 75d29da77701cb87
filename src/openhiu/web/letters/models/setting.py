"""How letters look here: the letterhead, local words, and where organisations receive letters."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone


@pghistory.track()
class Letterhead(models.Model):
    """What stands at the top of a letter: who writes, and where an answer goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.OneToOneField("access.Service", models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    # Printed at the back of a plain envelope: a box number or a street, never a service's name.
    return_to = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)


class LocalWords(models.Model):
    """The words of one kind of letter as this service says them, or their translation.

    Versions are added and never changed; the newest is in force. `based_on` is the version of the
    English words that a translation says, so that an older translation is known to be old.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=12, default="en")
    version = models.PositiveIntegerField()
    body = models.TextField()
    easy = models.TextField(blank=True)
    translator = models.CharField(max_length=200, blank=True)
    read_back_by = models.CharField(max_length=200, blank=True)
    read_back_on = models.DateField(null=True, blank=True)
    based_on = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "kind", "language", "version"], name="one_wording_a_version"
            )
        ]


@pghistory.track()
class PostalAddress(models.Model):
    """Where one organisation receives letters from this service: by post, and its one mailbox."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("access.Organisation", models.PROTECT, related_name="+")
    address = models.TextField(blank=True)
    mailbox = models.EmailField(blank=True)
    is_practice = models.BooleanField(default=False)  # a GP practice, for letters to a GP
    confirmed_on = models.DateField(null=True)  # that the mailbox is theirs and is read
    confirmed_how = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "organisation"], name="one_address_an_organisation"
            )
        ]
