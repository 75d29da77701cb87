"""A person: names, identifiers, ways to be in touch and how to do that safely.

A field belongs here only if it would be true had they never been listed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import BlindText, SealedJSON, SealedText
from openhiu.web.people.fold import digits as figures
from openhiu.web.people.models_identity import IdentityCheck, IdentityQuestion, TraceReply

__all__ = [
    "Apart",
    "ContactSafety",
    "Identifier",
    "IdentityCheck",
    "IdentityQuestion",
    "Merge",
    "Notice",
    "OtherName",
    "Person",
    "Phone",
    "SearchPace",
    "TraceReply",
]


@pghistory.track(exclude=["search_text", "family_sound"])
class Person(models.Model):
    """One human being, as far as one service knows."""

    class Sex(models.TextChoices):
        UNKNOWN = "", "Not known"
        FEMALE = "2", "Female"
        MALE = "1", "Male"
        INDETERMINATE = "9", "Indeterminate"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    preferred_name = models.CharField(max_length=100, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    address = SealedText(blank=True)
    postcode = SealedText(max_length=10, blank=True)
    address_confirmed_on = models.DateField(null=True, blank=True)
    gp_practice = SealedText(max_length=200, blank=True)
    # Restricted ("S-flag"): no address, phone or practice is ever shown, from any source.
    restricted = models.BooleanField(default=False)
    died_on = models.DateField(null=True, blank=True)
    # A death can be known without its date; formal means registered, not hearsay.
    died = models.CharField(
        max_length=10, blank=True, choices=[("informal", "Reported"), ("formal", "Registered")]
    )
    # Nobody is in touch until a person has looked: a number that is not theirs, or a registered
    # death that was taken back. Such a number matches nobody.
    contact_held = models.CharField(
        max_length=20,
        blank=True,
        choices=[("number", "The NHS number is in doubt"), ("death", "A death was taken back")],
    )
    # Where a death or a restriction was heard, and why one was cleared.
    status_note = SealedText(max_length=300, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    # Folded names, aliases and numbers, kept by people.actions for the one search box.
    search_text = models.TextField(default="")
    # How the family name sounds: people born on one day are compared only when this agrees.
    family_sound = models.CharField(max_length=8, default="", blank=True)
    # The record was removed when its time had come: nothing but its key and dates is left.
    forgotten_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "nhs_number"],
                condition=~models.Q(nhs_number="") & models.Q(merged_into__isnull=True),
                name="one_person_an_nhs_number",
            )
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search_text"], name="people_found", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["service", "birth_date", "family_sound"], name="people_alike"),
        ]

    @property
    def full_name(self) -> str:
        """Given and family name, or "Name not known"."""
        return f"{self.given_name} {self.family_name}".strip() or "Name not known"

    @property
    def called(self) -> str:
        """What to call them."""
        return self.preferred_name or self.given_name or self.full_name


class OtherName(models.Model):
    """A name someone was or is also known by."""

    class Kind(models.TextChoices):
        ALIAS = "alias", "Also known as"
        FORMER = "former", "Former name"
        NICKNAME = "nickname", "Nickname"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="other_names")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ALIAS)
    name = models.CharField(max_length=200)


class Identifier(models.Model):
    """A number someone is or was known by: hospital numbers, superseded NHS numbers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="identifiers")
    issuer = models.CharField(max_length=20)  # "nhs", or the site code whose number it is
    value = models.CharField(max_length=64)
    superseded_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "issuer", "value"])]


@pghistory.track(exclude=["found_by"])
class Phone(models.Model):
    """A telephone number, sealed; `found_by` is equal for equal figures and tells none of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="phones")
    number = SealedText(max_length=30)
    found_by = BlindText(of="digits")
    label = SealedText(max_length=60, blank=True)  # "own mobile", "sister"
    in_use = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["service", "found_by"], name="people_phone_found")
        ]

    @property
    def digits(self) -> str:
        """Its figures alone."""
        return figures(self.number)

    @classmethod
    def words(cls, numbers: Iterable[str], service: Any) -> list[str]:
        """What `found_by` may be for these figures."""
        found: list[str] = cls._meta.get_field("found_by").words(numbers, service)
        return found


@pghistory.track()
class ContactSafety(models.Model):
    """How to be in touch without doing harm; wanted before a first call."""

    class Leave(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        NEUTRAL = "neutral", "Neutral words only"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.OneToOneField(Person, models.CASCADE, related_name="contact_safety")
    safe_times = SealedText(max_length=200, blank=True)
    who_may_answer = SealedText(max_length=200, blank=True)
    voicemail = models.CharField(max_length=10, choices=Leave, default=Leave.NO)
    text = models.CharField(max_length=10, choices=Leave, default=Leave.NO)
    letter = models.CharField(max_length=10, choices=Leave, default=Leave.NO)
    interpreter = SealedText(max_length=100, blank=True)
    accessible_needs = models.JSONField(default=list)  # codes of people.needs.ACCESSIBLE
    accessible_note = SealedText(max_length=300, blank=True)
    code_phrase = SealedText(max_length=100, blank=True)
    household = SealedText(blank=True)  # who else is there, what to be careful of
    version = models.PositiveIntegerField(default=1)
    review_on = models.DateField(null=True)  # when to go through it together again
    reviewed_on = models.DateField()
    reviewed_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")


@pghistory.track()
class Notice(models.Model):
    """Something important to know before contact, with where it comes from and when it ends.

    Proposed by one, agreed by another, never for more than twelve months: no permanent red mark.
    """

    class Kind(models.TextChoices):
        RISK = "risk", "Known risk"
        SAFETY = "safety", "Worry for their safety"
        OTHER = "other", "Good to know"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind)
    words = SealedText()
    source = SealedText(max_length=200)
    happened_on = models.DateField(null=True, blank=True)
    told_person = models.BooleanField(default=False)
    review_on = models.DateField()
    ends_on = models.DateField()
    proposed_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)


class Merge(models.Model):
    """Two records thought to be one person: proposed by one, decided by another, can be undone.

    `moved` lists what went from the absorbed to the kept record, so that undoing is exact.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    absorbed = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = SealedText()
    proposed_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    undone_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    moved = SealedJSON(default=dict)


class Apart(models.Model):
    """Two records that look alike and are two people: said once, never proposed again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reason = SealedText()
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class SearchPace(models.Model):
    """When someone last searched: at most sixty times a minute."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.CASCADE, related_name="+")
    user = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    times = models.JSONField(default=list)  # seconds since 1970, oldest first, at most sixty

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "user"], name="one_pace_a_searcher")
        ]
