"""A multi-disciplinary team: its chair and members, its criteria, and who is on its list."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


@pghistory.track()
class Group(models.Model):
    """One team that meets. `chair_as` records the senior clinician's post.

    `criteria` holds, by key of mdt.criteria.CRITERIA, the number the rule asks for, or null where
    it asks for none; a key that is missing is a rule that is not used.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    chair = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    chair_as = models.CharField(max_length=120)  # "Consultant in emergency medicine"
    coordinator = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=120, blank=True)  # "Second Tuesday of the month at 14:00"
    minutes_each = models.PositiveSmallIntegerField(default=10)
    criteria = models.JSONField(default=dict)
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "name"],
                condition=models.Q(ended_at__isnull=True),
                name="one_team_a_name",
            )
        ]


class GroupMember(models.Model):
    """Someone who belongs to a team, and as what: the post they hold where they work."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    membership = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    post = models.CharField(max_length=120)  # "Ambulance frequent caller lead"
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "membership"],
                condition=models.Q(left_at__isnull=True),
                name="a_member_once",
            )
        ]


@pghistory.track()
class Listing(models.Model):
    """One person on a team's list, from the proposal to the day they come off it.

    `rule` is the criterion that pointed at them, empty where a member proposed them. A person
    decides; nothing here changes by itself.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        LISTED = "listed", "On the list"
        NOT_NOW = "not_now", "Not now"
        OFF = "off", "Off the list"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, related_name="listings")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    rule = models.CharField(max_length=30, blank=True)
    reason = SealedText(blank=True)
    proposed_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_words = SealedText(max_length=300, blank=True)
    off_at = models.DateTimeField(null=True)
    off_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    off_reason = SealedText(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "case"],
                condition=models.Q(state__in=["proposed", "listed"]),
                name="listed_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["service", "group", "state"])]
