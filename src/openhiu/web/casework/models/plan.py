"""The plan in the client's own words: what matters, reasons, goals, network, outcomes."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText
from openhiu.web.casework.models.case import Case


@pghistory.track()
class Plan(models.Model):
    """What matters to someone, and what helps when it gets hard. One a case, versioned."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.CASCADE, related_name="plan")
    what_matters = SealedText(blank=True)
    strengths = SealedText(blank=True)
    warning_signs = SealedText(blank=True)
    what_helps = SealedText(blank=True)
    what_harms = SealedText(blank=True)
    people_to_call = SealedText(blank=True)
    come_if = SealedText(blank=True)  # when A&E is the right place: never discouraged
    out_of_hours = SealedText(blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")


@pghistory.track()
class Need(models.Model):
    """One real reason behind the visits. Several at once, and "perhaps" is allowed.

    `category` is a key of casework.needs.CATEGORIES, or "another" with `words` saying which.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="needs")
    category = models.CharField(max_length=40)
    words = SealedText(blank=True)
    certain = models.BooleanField(default=True)
    noted_at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    met_on = models.DateField(null=True, blank=True)
    # It turned out not to be a reason; the row stays, so that its history can be read.
    taken_away_on = models.DateField(null=True, blank=True)
    # A service that was needed and could not be found: commissioning wants to know.
    missing_service = SealedText(max_length=200, blank=True)


@pghistory.track()
class Goal(models.Model):
    """Something the client wants, in their words."""

    class State(models.TextChoices):
        GOING = "going", "Working on it"
        DONE = "done", "Got there"
        LET_GO = "let_go", "Let go"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="goals")
    words = SealedText()
    state = models.CharField(max_length=10, choices=State, default=State.GOING)
    set_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)


class Step(models.Model):
    """A small step towards a goal: whose it is, by when, and whether it is done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps")
    words = SealedText(max_length=300)
    whose = models.CharField(
        max_length=10, choices=[("client", "Theirs"), ("lead", "Mine"), ("other", "Someone else's")]
    )
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)


@pghistory.track()
class NetworkMember(models.Model):
    """A person or service around the client."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        SERVICE = "service", "Service"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="network")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    relation = SealedText(max_length=200, blank=True)  # "sister", "housing officer"
    phone = SealedText(max_length=30, blank=True)
    may_contact = models.CharField(
        max_length=20, choices=[("yes", "Yes"), ("no", "No"), ("emergency", "In an emergency only")]
    )
    note = SealedText(blank=True)
    added_at = models.DateTimeField(null=True)  # of those noted before this was kept: not known
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)


class Outcome(models.Model):
    """Something that changed in someone's life: an event, not a score."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="outcomes")
    category = models.CharField(max_length=40)  # a key of casework.outcomes.CATEGORIES
    words = SealedText(blank=True)
    happened_on = models.DateField()
    noted_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)


class Wellbeing(models.Model):
    """The four ONS questions, 0 to 10, asked only when the client wants; any may be skipped."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="wellbeing")
    asked_on = models.DateField()
    asked_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    _TEN: ClassVar = {"null": True, "blank": True, "validators": [MaxValueValidator(10)]}
    satisfied = models.PositiveSmallIntegerField(**_TEN)
    worthwhile = models.PositiveSmallIntegerField(**_TEN)
    happy = models.PositiveSmallIntegerField(**_TEN)
    anxious = models.PositiveSmallIntegerField(**_TEN)
