"""What the directory keeps: services of the area, and files of services waiting to be looked at.

Nothing here is about a client. Rows are never deleted: a service that ended stays in history.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone

from openhiu.web.directory.words import VERIFIED_DAYS


def _keys(length: int = 40) -> ArrayField:
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


@pghistory.track(exclude=["search_text"])
class Listing(models.Model):
    """One service that others offer. Columns are what people search, read and correct here.

    `foreign` is the Open Referral object it came with, whole: what no column holds is given back
    as it was. Which services there are is kept apart from who was connected with them.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", "Running"
        CLOSED_FOR_NOW = "temporarily closed", "Closed for now"
        INACTIVE = "inactive", "Not running"
        DEFUNCT = "defunct", "Ended"

    class Capacity(models.TextChoices):
        UNKNOWN = "unknown", "Not known"
        OPEN = "open", "Taking people now"
        WAITING = "waiting", "Has a waiting list"
        FULL = "full", "Full"
        PAUSED = "paused", "Paused"

    class BankHolidays(models.TextChoices):
        ASK = "ask", "Not known"
        CLOSED = "closed", "Closed"
        USUAL = "usual", "Open as usual"

    class Cost(models.TextChoices):
        UNKNOWN = "unknown", "Not known"
        FREE = "free", "Free"
        SOME = "some", "Some of it costs money"
        PAID = "paid", "Costs money"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    ref = models.CharField(max_length=100)  # its identifier in Open Referral files
    source = models.CharField(max_length=200, blank=True)  # whose file; empty: written here
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200)
    # The same body as one we may have a sharing agreement with, when somebody said so.
    partner = models.ForeignKey(
        "access.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    description = models.TextField(blank=True)
    needs = _keys()  # keys of directory.needs
    eligibility = models.TextField(blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    routes = _keys()  # keys of directory.words.ROUTES
    how_to_refer = models.TextField(blank=True)
    cost = models.CharField(max_length=10, choices=Cost, default=Cost.UNKNOWN)
    cost_words = models.TextField(blank=True)
    # {"MO": [["09:00", "17:00"]], ...}; a spell that ends before it begins goes over midnight.
    hours = models.JSONField(default=dict, blank=True)
    hours_words = models.TextField(blank=True)
    bank_holidays = models.CharField(
        max_length=10, choices=BankHolidays, default=BankHolidays.ASK
    )  # fmt: skip
    phone = models.CharField(max_length=40, blank=True)
    textphone = models.CharField(max_length=40, blank=True)
    text_number = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    web = models.CharField(max_length=500, blank=True)
    address_1 = models.CharField(max_length=200, blank=True)
    address_2 = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    areas = _keys(100)  # places and postcode districts; none: no limit said
    offers = _keys()  # keys of directory.words.OFFERS: free to call, answers at night, ...
    capacity = models.CharField(max_length=10, choices=Capacity, default=Capacity.UNKNOWN)
    waiting_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    capacity_note = models.CharField(max_length=300, blank=True)
    capacity_on = models.DateField(null=True, blank=True)
    capacity_said_by = models.CharField(max_length=200, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)
    foreign = models.JSONField(default=dict, blank=True)
    # Set while what stands here differs from the file it came from because somebody changed it.
    changed_here = models.BooleanField(default=False)
    search_text = models.TextField(default="", blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["service", "status", "name"]),
            GinIndex(fields=["needs"], name="listing_needs"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "ref"], name="one_listing_a_ref")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def needs_checking(self) -> bool:
        """Whether nobody verified it for long: check before somebody is sent there."""
        since = timezone.localdate() - timedelta(days=VERIFIED_DAYS)
        return self.verified_on is None or self.verified_on < since


class Proposal(models.Model):
    """A file of services that somebody brought, until it is taken over or put away.

    `content` holds what could be read; it is emptied once the file is decided on. `faults` say
    where (a path) and what is wrong, never repeating what stood there.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "To be looked at"
        TAKEN = "taken", "Taken over"
        PUT_AWAY = "put_away", "Put away"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    source = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.JSONField(default=list, blank=True)
    faults = models.JSONField(default=list, blank=True)
    counts = models.JSONField(default=dict, blank=True)  # as they were taken over
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "state", "-made_at"])]
