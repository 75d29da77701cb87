"""What keeps people well at work: talks, training, checks, a private strain check, the calendar.

Nothing here is about a client. What is sealed is read by its owner alone (sql/own_only.sql).
"""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


@pghistory.track()
class CareSettings(models.Model):
    """What one service has settled for its workers; empty means the default of team.rhythms."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.OneToOneField("access.Service", models.PROTECT, related_name="+")
    weeks = models.JSONField(
        default=dict, blank=True
    )  # kind of talk: weeks between two, 0 for none
    months = models.JSONField(default=dict, blank=True)  # subject: months it counts, -1 not asked
    thresholds = models.JSONField(default=dict, blank=True)  # sign of overload: number
    tell_after_workdays = models.PositiveSmallIntegerField(default=10)
    assistance = models.TextField(blank=True)  # who helps workers in confidence, and how
    peers = models.TextField(blank=True)  # HIU leads elsewhere in the country
    without_check = models.TextField(blank=True)  # local policy while a DBS check is overdue
    visit_words = models.TextField(blank=True)  # what a buddy does when someone is not back
    visit_phones = models.TextField(blank=True)  # numbers on the printed day sheet
    buddy_after_minutes = models.PositiveSmallIntegerField(default=15)
    manager_after_minutes = models.PositiveSmallIntegerField(default=30)
    version = models.PositiveIntegerField(default=1)


@pghistory.track()
class Talk(models.Model):
    """Time somebody gave a worker: that it happened and when the next is, never what was said."""

    class Kind(models.TextChoices):
        SUPERVISION = "supervision", "Supervision"
        CLINICAL = "clinical", "Clinical supervision"
        COACHING = "coaching", "Coaching"
        BUDDYING = "buddying", "Time with a buddy"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    member = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    on = models.DateField()
    with_member = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    with_words = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    next_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    # Nothing is deleted: what was noted in error stays, and counts no more.
    error_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "member", "kind", "-on"])]


@pghistory.track()
class Training(models.Model):
    """One subject somebody was trained in, and until when it counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    member = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    subject = models.CharField(max_length=40)  # a key of team.rhythms.SUBJECTS, or "other"
    subject_words = models.CharField(max_length=200, blank=True)
    done_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    with_words = models.CharField(max_length=200, blank=True)
    noted_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    error_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "member", "subject", "-done_on"])]


@pghistory.track()
class DbsCheck(models.Model):
    """That a Disclosure and Barring Service check was seen: dates, never what it says.

    `last_four` are the last figures of the certificate's number, so that two are not confused.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    member = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    issued_on = models.DateField()
    checked_on = models.DateField()
    due_on = models.DateField()
    last_four = models.CharField(max_length=4, blank=True)
    noted_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    error_at = models.DateTimeField(null=True)
    # The nearest of the warnings (days before it is due) that was given.
    warned_at_days = models.SmallIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "member", "-checked_on"])]


@pghistory.track()
class Buddy(models.Model):
    """Another lead somebody learns beside: here, or in another service."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    member = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    with_member = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    with_words = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(ended_on=None), name="one_buddy_at_a_time"
            )
        ]


class TalkWish(models.Model):
    """Somebody would like a talk. That is all it says, to everybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    member = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")


class StrainCheck(models.Model):
    """How somebody finds their work, for their own eyes: sealed, without a history, theirs to end.

    Belongs to the person, not to a role: no role can ask for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.CASCADE, related_name="+")
    user = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sealed = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "user", "-at"])]


class PrivateNote(models.Model):
    """What somebody writes for themselves beside a talk: sealed, and no one else's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.CASCADE, related_name="+")
    user = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    talk = models.ForeignKey(Talk, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sealed = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "user", "-at"])]


class BusySpell(models.Model):
    """Some days during which the record shows signs of overload; which signs is not kept.

    They are worked out anew whenever their owner looks. Others are told in general terms, from
    `tell_on`, and only while the spell goes on.
    """

    class Answer(models.TextChoices):
        PASSING = "passing", "It is a busy time, and it will pass"
        TALKED = "talked", "I have talked about it with my supervisor"
        HELP = "help", "I would like a talk about it"
        WRONG = "wrong", "The record does not show how it is"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    member = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    began_on = models.DateField()
    tell_on = models.DateField()
    told_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=20, choices=Answer, blank=True)
    answer_words = SealedText(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(ended_on=None), name="one_busy_spell_at_a_time"
            )
        ]


class CalendarKey(models.Model):
    """The secret part of somebody's calendar address; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.CASCADE, related_name="+")
    member = models.OneToOneField("access.Membership", models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True)  # when a calendar last fetched it
