"""A letter while it is written, and who said that an address is right."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedJSON, SealedText


@pghistory.track()
class Letter(models.Model):
    """One document to one recipient: the client, or one organisation. Never two.

    `kind` is a key of letters.kinds.KINDS. `body` is what the writer sees and changes; what the
    record adds (who it is about, the version of a plan) is put in when the letter is made.
    """

    class Layout(models.TextChoices):
        USUAL = "usual", "Usual print (12 point)"
        LARGE = "large", "Large print (16 point)"
        LARGER = "larger", "Larger print (18 point)"
        EASY = "easy", "Easy Read (short sentences, room for pictures)"

    class State(models.TextChoices):
        DRAFT = "draft", "Being written"
        CLOSED = "closed", "Handed to the outbox"
        PUT_AWAY = "put_away", "Put away"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    # Empty for a letter to the client; the one recipient otherwise.
    organisation = models.ForeignKey(
        "access.Organisation", models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    layout = models.CharField(max_length=10, choices=Layout, default=Layout.USUAL)
    body = SealedText(blank=True)
    ring = models.CharField(max_length=30, blank=True)  # the number to ring, as printed
    # A letter in another language: who put it there, and who read it back. Never a machine.
    language = models.CharField(max_length=12, default="en")
    translated = SealedText(blank=True)
    translator = models.CharField(max_length=200, blank=True)
    read_back_by = models.CharField(max_length=200, blank=True)
    read_back_on = models.DateField(null=True, blank=True)
    # Why a gate that may be passed with a reason was passed, and what the gate said then:
    # {gate: {"said": reason, "to": the gate's sentence}}. It counts while the gate says the same.
    reasons = SealedJSON(default=dict, blank=True)
    asked = SealedJSON(default=dict, blank=True)  # what only the writer knew: day, place
    plan_version = models.PositiveIntegerField(null=True)  # of the plan it was written from
    words_version = models.PositiveIntegerField(default=0)  # of the local words; 0: OpenHIU's own
    written_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "case", "-written_at"])]


class AddressCheck(models.Model):
    """Somebody said that a person's address is right: who, and who wrote it down."""

    class Said(models.TextChoices):
        PHONE = "phone", "They did, on the telephone"
        MET = "met", "They did, face to face"
        RECORD = "practice", "Their GP practice"
        OTHER = "supporter", "Someone they want us to speak with"

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    said_by = models.CharField(max_length=20, choices=Said)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "person", "-at"])]
