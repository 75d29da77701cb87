"""Disclosures to police, courts and similar bodies: each one request, one decision, one review.

They have no account and no standing share. Nothing here says what happens to somebody because of
what was told: there is no field for a sanction, a contract on behaviour or a consequence.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


@pghistory.track()
class Disclosure(models.Model):
    """One request from outside care: who asked for what, on what basis, what was given and why."""

    class Body(models.TextChoices):
        POLICE = "police", "Police"
        COURT = "court", "A court or tribunal"
        CORONER = "coroner", "A coroner"
        PROSECUTION = "prosecution", "Prosecution, or a lawyer"
        AUTHORITY = "authority", "Another public authority"

    class Basis(models.TextChoices):
        ORDER = "order", "A court order or warrant that names what to give"
        STATUTE = "statute", "A law that requires it"
        INTEREST = "interest", "Overriding public interest: serious crime or serious harm"
        CONSENT = "consent", "The person said yes to this, in writing"
        NONE = "none", "There is none"

    class Answer(models.TextChoices):
        GIVEN = "given", "What was asked was given"
        PART = "part", "Less than was asked was given"
        NOT_GIVEN = "not_given", "Nothing was given"

    class How(models.TextChoices):
        SECURE_MAIL = "mail", "Secure e-mail to a named address"
        HAND = "hand", "By hand, against proof of identity"
        POST = "post", "Tracked post"
        SPOKEN = "spoken", "Spoken, after ringing back on a published number"
        NOTHING = "", "Nothing was given"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    about_whom = SealedText(blank=True)  # when no record was meant
    body = models.CharField(max_length=12, choices=Body)
    organisation = models.CharField(max_length=200)
    asker = models.CharField(max_length=200)  # name, rank or office
    reference = models.CharField(max_length=100)  # theirs
    asked_on = models.DateField()
    purpose = SealedText()
    asked_for = SealedText()
    basis = models.CharField(max_length=10, choices=Basis)
    basis_words = SealedText(blank=True)  # which order, section or reasoning
    least = SealedText(blank=True)  # the least that answers the purpose
    answer = models.CharField(max_length=10, choices=Answer)
    given = SealedText(blank=True)
    why = SealedText()
    adviser = models.CharField(max_length=200, blank=True)
    consent_sought = SealedText()  # asked, or why not
    told = models.BooleanField(default=False)
    person_told = SealedText()  # how, or why not
    how = models.CharField(max_length=10, choices=How, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    trained_on = models.DateField()  # the decider's last training in disclosure
    decided_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    review_by = models.DateField()
    reviewed_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    found_right = models.BooleanField(null=True)
    review = SealedText(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(basis="none") | models.Q(answer="not_given"),
                name="nothing_given_without_a_basis",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="disclosure_kept_after_review",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__reviewed_at__isnull=False),
            ),
        ]
