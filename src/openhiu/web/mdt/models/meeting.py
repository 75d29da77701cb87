"""A meeting: who came, whom it talks about, what was said and decided, who does what by when."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText
from openhiu.web.mdt.models.group import Group, GroupMember, Listing


@pghistory.track()
class Meeting(models.Model):
    """One meeting. `state` is a key of mdt.lifecycle.STATES."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=300)  # a room, or words about the link
    minutes_each = models.PositiveSmallIntegerField(default=10)
    state = models.CharField(max_length=20, default="planned")
    state_at = models.DateTimeField(default=timezone.now)
    state_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    called_off_reason = SealedText(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "group", "starts_at"])]


class Attendance(models.Model):
    """Whether one member comes or came, or whom their organisation sent instead."""

    class Answer(models.TextChoices):
        COMING = "coming", "Coming"
        PRESENT = "present", "Present"
        SENT = "sent", "Sent someone"
        APOLOGIES = "apologies", "Apologies"
        ABSENT = "absent", "Not there, no word"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    member = models.ForeignKey(GroupMember, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer)
    instead = models.CharField(max_length=200, blank=True)  # who was sent, and as what
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "member"], name="one_answer_a_member")
        ]


class Slot(models.Model):
    """One person's place on an agenda. `reasons`: keys of mdt.agenda.REASONS, most urgent first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="slots")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="slots")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    by_hand = models.BooleanField(default=False)  # moved or added by someone: kept when rebuilt
    talked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "case"], name="a_person_once_a_meeting")
        ]
        ordering: ClassVar = ["position", "pk"]


@pghistory.track()
class Note(models.Model):
    """What was said or decided about one person. `items`: what of their record it tells.

    An organisation reads it only when the meeting and every one of `items` is shared with it.
    """

    class Kind(models.TextChoices):
        SAID = "said", "Said"
        DECIDED = "decided", "Decided"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SAID)
    words = SealedText()
    items = models.JSONField(default=list)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_out_at = models.DateTimeField(null=True)  # written down by mistake; the row stays
    version = models.PositiveIntegerField(default=1)


@pghistory.track()
class Action(models.Model):
    """What someone has said they will do for one person, by a day. `items` as of a note.

    Open while `ended_at` is empty. `handed_back_at`: the owner cannot; the coordinator decides.
    """

    class Ending(models.TextChoices):
        DONE = "done", "Done"
        LET_GO = "let_go", "Let go"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, related_name="actions")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, related_name="actions")
    words = SealedText(max_length=300)
    items = models.JSONField(default=list)
    owner = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    due_on = models.DateField()
    made_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    ended_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    ended_words = SealedText(max_length=300, blank=True)
    handed_back_at = models.DateTimeField(null=True)
    handed_back_words = SealedText(max_length=300, blank=True)
    reminded_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["service", "owner", "ended_at", "due_on"]),
            models.Index(fields=["service", "case", "ended_at"]),
        ]
