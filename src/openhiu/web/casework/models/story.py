"""The story vault: what a client lets us tell, who read it before it was told, and where it is."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText
from openhiu.web.casework.models.case import Case


# Histories cannot be emptied, and what was taken out must be gone: words are not in them.
@pghistory.track(exclude=["title", "words", "approved_words", "taken_out_reason"])
class Story(models.Model):
    """A story or a quote for reports, with details changed so that nobody knows who it is.

    `state` is a key of casework.story_lifecycle.STATES. `edition` counts the texts: an approval
    and a review belong to one edition, and changing the words makes them count no more.
    """

    class Kind(models.TextChoices):
        STORY = "story", "Story"
        QUOTE = "quote", "Quote"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="stories")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=20, default="written")
    quarter = models.CharField(max_length=7)  # the quarter it is told for, like "2026-Q3"
    title = SealedText(max_length=100, blank=True)  # of a story only
    words = SealedText(blank=True)  # emptied when it is taken out before it was published
    changed = models.JSONField(default=list)  # keys of casework.story_details.DETAILS, all of them
    edition = models.PositiveSmallIntegerField(default=1)
    writers = models.JSONField(default=list)  # keys of every user who wrote an edition
    written_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    # The client's own yes to these very words.
    approved_edition = models.PositiveSmallIntegerField(default=0)
    approved_on = models.DateField(null=True, blank=True)
    approved_how = models.CharField(max_length=20, blank=True)
    approved_words = SealedText(blank=True)
    approved_noted_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    taken_out_at = models.DateTimeField(null=True)
    taken_out_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    taken_out_reason = SealedText(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "quarter", "state"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["ready", "used"])
                | models.Q(approved_edition=models.F("edition")),
                name="told_only_as_approved",
            )
        ]


class StoryReview(models.Model):
    """What one colleague, who did not write it, found when they read it as a neighbour would."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    story = models.ForeignKey(Story, models.CASCADE, related_name="reviews")
    edition = models.PositiveSmallIntegerField()
    safe = models.BooleanField()  # nobody could tell who it is
    words = SealedText(blank=True)  # what has to change, or a remark
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)  # in which role they read it
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["story", "edition", "user"], name="one_review_a_reader_and_edition"
            )
        ]


@pghistory.track()
class StoryUse(models.Model):
    """A story in one report: drafted, perhaps published, perhaps taken out again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    story = models.ForeignKey(Story, models.CASCADE, related_name="uses")
    report = models.UUIDField()  # a key of whoever keeps reports
    named = models.CharField(max_length=200)  # what the report is called
    link = models.CharField(max_length=300, blank=True)  # where it stands, an address of ours
    used_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    used_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)  # when it was taken out of this report

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "report"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "report"], name="once_in_a_report")
        ]
