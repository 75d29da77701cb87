"""The plan agreed for one person: a version at a time, its rows, and every copy given out."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedJSON, SealedText
from openhiu.web.mdt.models.meeting import Meeting


@pghistory.track()
class AgreedPlan(models.Model):
    """One version. Drafts are written on; an agreed version never changes again.

    `agreed_by`: who was there, as [{"name", "post", "organisation"}].
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Being written"
        AGREED = "agreed", "Agreed"
        REPLACED = "replaced", "Replaced by a newer one"
        ENDED = "ended", "Ended"

    class ClientSays(models.TextChoices):
        AGREED = "agreed", "They have seen it and agree"
        SEEN = "seen", "They have seen it and want something changed"
        NOT_YET = "not_yet", "They have not seen it yet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    signs = SealedText(blank=True)
    helps = SealedText(blank=True)
    come_if = SealedText(blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    agreed_on = models.DateField(null=True)
    agreed_by = SealedJSON(default=list)
    expires_on = models.DateField(null=True)
    client_says = models.CharField(max_length=10, choices=ClientSays, default=ClientSays.NOT_YET)
    client_words = SealedText(blank=True)
    client_on = models.DateField(null=True)
    made_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="plan_versions_count_up"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="agreed"), name="one_agreed_plan"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="draft"), name="one_plan_being_written"
            ),
        ]


class PlanRow(models.Model):
    """Who does what: one organisation, service or hospital, what they do, whom to call, when.

    `organisation` where it is one that may have an account here; then `who` may say which part.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    plan = models.ForeignKey(AgreedPlan, models.CASCADE, related_name="rows")
    organisation = models.ForeignKey(
        "access.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    who = models.CharField(max_length=200, blank=True)
    does = SealedText()
    call = SealedText(max_length=200, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["position", "pk"]


@pghistory.track()
class Copy(models.Model):
    """One copy of one version that left for an organisation. `reference` stands on every page.

    Whether it has to come back is worked out from the plan and the consent of the day; what is
    kept is when the holder was asked and what they answered.
    """

    class Done(models.TextChoices):
        DESTROYED = "destroyed", "Destroyed"
        REPLACED = "replaced", "Replaced by the newer version"
        NOT_FOUND = "not_found", "We cannot find it"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    plan = models.ForeignKey(AgreedPlan, models.PROTECT, related_name="copies")
    organisation = models.ForeignKey("access.Organisation", models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    to_whom = SealedText(max_length=200, blank=True)
    asked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    confirmed_how = models.CharField(max_length=10, choices=Done, blank=True)
    confirmed_words = SealedText(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "reference"], name="one_copy_a_reference")
        ]
        indexes: ClassVar = [models.Index(fields=["service", "organisation", "confirmed_at"])]
