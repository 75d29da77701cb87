"""What somebody asks about their own record, the clock that runs, and what they are given."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedBytes, SealedText


@pghistory.track(
    exclude=["words", "about_whom", "listed_number", "representative", "decision_reason"]
)
class RightsRequest(models.Model):
    """One request under data protection law. `number` counts within a service: "R-12".

    `identity_asked_on` without `identity_confirmed_on`: the clock has not begun.
    """

    class Kind(models.TextChoices):
        ACCESS = "access", "A copy of what is held"
        RECTIFICATION = "rectification", "Put something right"
        RESTRICTION = "restriction", "Stop using it for now"
        OBJECTION = "objection", "Object to its use"
        ERASURE = "erasure", "Erase it"
        WITHDRAWAL = "withdrawal", "Take back consent"
        COMPLAINT = "complaint", "Complain about how data were handled"

    class How(models.TextChoices):
        SPOKEN = "spoken", "Spoken"
        LETTER = "letter", "By letter"
        EMAIL = "email", "By email"
        ONLINE = "online", "Through a website or a portal"
        IN_PERSON = "in_person", "In person"

    class By(models.TextChoices):
        PERSON = "person", "The person"
        REPRESENTATIVE = "representative", "Somebody on their behalf"

    class Identity(models.TextChoices):
        KNOWN = "known", "We know them and spoke with them"
        DOCUMENT = "document", "A document was seen"
        CALL_BACK = "call_back", "Called back on the number in the record"
        AUTHORITY = "authority", "A representative's identity and authority were seen"

    class Decision(models.TextChoices):
        DONE = "done", "Done as asked"
        PARTLY = "partly", "Done in part"
        NOT_DONE = "not_done", "Not done"
        NOTHING_HELD = "nothing_held", "Nothing is held"
        TAKEN_BACK = "taken_back", "They took the request back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    # Empty where no record was found; `about_whom` is then what they said.
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    about_whom = SealedText(max_length=200, blank=True)
    # Under which rows of lists were found of somebody who has no record here.
    listed_number = SealedText(max_length=10, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    received_on = models.DateField()
    received_how = models.CharField(max_length=10, choices=How)
    asked_by = models.CharField(max_length=20, choices=By, default=By.PERSON)
    representative = SealedText(max_length=200, blank=True)  # who, and what entitles them
    words = SealedText()  # what they ask, in their words
    noted_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    owner = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    identity_asked_on = models.DateField(null=True)
    identity_how = models.CharField(max_length=20, choices=Identity, blank=True)
    identity_confirmed_on = models.DateField(null=True)
    identity_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    acknowledged_on = models.DateField(null=True)
    extended_on = models.DateField(null=True)  # the day they were told
    extended_reason = SealedText(blank=True)
    decision = models.CharField(max_length=20, choices=Decision, blank=True)
    decision_reason = SealedText(blank=True)
    decided_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    replied_on = models.DateField(null=True)
    replied_how = models.CharField(max_length=10, choices=How, blank=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "number"], name="one_request_a_number")
        ]
        indexes: ClassVar = [models.Index(fields=["service", "closed_at", "received_on"])]

    @property
    def reference(self) -> str:
        """How it is spoken of without saying whose it is."""
        return f"R-{self.number}"


class RequestPause(models.Model):
    """Waiting for the person to say what they mean: from the day of asking to their answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="pauses")
    asked_on = models.DateField()
    asked = SealedText()
    asked_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True)
    answer = SealedText(blank=True)
    answered_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )


@pghistory.track(exclude=["words", "opinion"])
class ItemReview(models.Model):
    """What a person decided about one row before it is given out: all, without some, or nothing.

    `model` is a label as Django gives it and `row` its key. For serious harm a health professional
    gives an opinion first; it is kept here.
    """

    class Why(models.TextChoices):
        NONE = "", "It can be given"
        OTHERS = "others", "It tells of somebody else, who has not agreed"
        HARM = "harm", "It could cause serious harm to somebody's health"
        LAW = "law", "The law forbids or excuses it"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="reviews")
    model = models.CharField(max_length=60)
    row = models.CharField(max_length=40)
    given = models.BooleanField()
    without = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    why = models.CharField(max_length=10, choices=Why, blank=True)
    words = SealedText(blank=True)
    opinion = SealedText(blank=True)
    opinion_by = models.CharField(max_length=200, blank=True)  # who, and their profession
    opinion_on = models.DateField(null=True)
    fingerprint = models.CharField(max_length=64)  # of the row as it was read
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "model", "row"], name="one_review_an_item")
        ]


@pghistory.track(exclude=["content"])
class AccessPack(models.Model):
    """The copy made for an access request: made by one, confirmed by another, given, emptied."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="packs")
    content = SealedBytes(null=True)  # a zip; emptied when it expires
    sha256 = models.CharField(max_length=64)
    items = models.PositiveIntegerField()
    held_back = models.PositiveIntegerField()
    made_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    sent_back_note = SealedText(blank=True)
    sent_back_at = models.DateTimeField(null=True)
    given_on = models.DateField(null=True)
    given_how = models.CharField(max_length=10, choices=RightsRequest.How, blank=True)
    given_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    expires_on = models.DateField()
    emptied_at = models.DateTimeField(null=True)
