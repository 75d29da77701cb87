"""Lists as received, who is on them, what was decided about each, and tries at reaching them."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


@pghistory.track()
class ReceivedList(models.Model):
    """One output folder of `hiu identify`: proposed by one, released by another, or withdrawn."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Waiting for a second person"
        RELEASED = "released", "Released"
        RETURNED = "returned", "Sent back"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class LegalMode(models.TextChoices):
        DIRECT_CARE = "direct_care", "Direct care by the treating provider"
        SECTION_251 = "section_251", "Section 251 approval"
        CONSENT_FIRST = "consent_first", "Consent first: the hospital asks"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    as_of = models.DateField()
    window_from = models.DateField(null=True)
    data_cut_off = models.DateTimeField(null=True)
    preset = models.CharField(max_length=60, blank=True)
    manifest = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    flow = models.JSONField(default=list)  # rows of flow.csv
    fairness = models.JSONField(default=list)  # rows of fairness.csv, safe to show as they are
    warnings = models.JSONField(default=list)
    uploaded_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    legal_mode = models.CharField(max_length=20, choices=LegalMode, blank=True)
    legal_reference = models.CharField(max_length=100, blank=True)
    legal_expires_on = models.DateField(null=True, blank=True)
    # What it was released under; empty of lists from before gateways were registered.
    gateway = models.ForeignKey("access.Gateway", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = SealedText(blank=True)
    withdrawn_by = models.ForeignKey(
        "access.Membership", models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = SealedText(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "content_hash"],
                condition=models.Q(state__in=["proposed", "released"]),
                name="one_list_once",
            )
        ]


# Histories cannot be emptied, so what may name someone is not in them.
@pghistory.track(
    exclude=["name", "nhs_number", "phone", "warning_flags", "person_ref", "person", "reason"]
)
class Listed(models.Model):
    """One row of a received list (or suggestion): the counted facts and what was decided.

    Identifiers (`name`, `nhs_number`, `phone`, `warning_flags`, `person_ref`, `person`) are
    emptied when they are purged; counts and decisions stay.
    """

    class Kind(models.TextChoices):
        RANKED = "ranked", "On the list"
        SUGGESTED = "suggested", "Suggested for vulnerability"

    class State(models.TextChoices):
        WAITING = "waiting", "Not yet decided"
        CHOSEN = "chosen", "Chosen"
        SET_ASIDE = "set_aside", "Set aside"

    class Aside(models.TextChoices):
        OTHER_SERVICE = "other_service", "Another service is already supporting them"
        PLANNED_CARE = "planned_care", "They come for planned or specialist care"
        CLINICIAN = "clinician", "Their clinician asked us not to call"
        MOVED = "moved", "They have moved away"
        DIED = "died", "They have died"
        NO_WAY = "no_way", "There is no safe way to reach them"
        NOT_THIS_QUARTER = "not_this_quarter", "Not this quarter: others come first"
        OTHER = "other", "Something else"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    received = models.ForeignKey(ReceivedList, models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RANKED)
    list_id = models.CharField(max_length=20)  # site code, or ALL
    rank = models.PositiveIntegerField(null=True)  # of a suggestion: its place in the file
    person_ref = models.CharField(max_length=64, blank=True)  # the hospital's person_id
    attendances = models.PositiveIntegerField(default=0)
    max_in_month = models.PositiveIntegerField(null=True)
    attendances_12m = models.PositiveIntegerField(null=True)
    by_ambulance = models.PositiveIntegerField(null=True)
    admissions = models.PositiveIntegerField(null=True)
    sites_attended = models.PositiveIntegerField(null=True)
    first_arrival = models.DateTimeField(null=True)
    last_arrival = models.DateTimeField(null=True)
    age = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    imd_decile = models.PositiveSmallIntegerField(null=True)
    rules = models.CharField(max_length=300, blank=True)
    tied = models.BooleanField(default=False)
    change = models.CharField(max_length=20, blank=True)
    why = models.TextField()
    name = models.CharField(max_length=200, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    phone = SealedText(max_length=60, blank=True)
    warning_flags = SealedText(max_length=300, blank=True)
    # The person this row was matched to, when the service already knows them or chose them.
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    set_aside_as = models.CharField(max_length=20, choices=Aside, blank=True)
    reason = SealedText(max_length=500, blank=True)
    decided_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # Consent first: when the hospital asked, and what the person said.
    asked_on = models.DateField(null=True)
    asked_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
    asked_answer = models.CharField(
        max_length=10, blank=True, choices=[("yes", "Yes"), ("no", "No"), ("not_now", "Not now")]
    )
    purged_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["service", "received", "list_id", "rank"]),
            models.Index(fields=["service", "person"]),
        ]


class Change(models.Model):
    """Who left since the list before, and why; who came or stayed is on the rows themselves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    received = models.ForeignKey(ReceivedList, models.CASCADE, related_name="changes")
    list_id = models.CharField(max_length=20)
    person_ref = models.CharField(max_length=64, blank=True)
    change = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    purged_at = models.DateTimeField(null=True)


@pghistory.track(exclude=["reason", "over_limit_reason", "outcome_note", "signposted_to"])
class Approach(models.Model):
    """One person being approached: chosen, called, and how it ended. Before consent.

    `phase` is one of the lifecycle's first two ("identified", "reaching_out") while it is open.
    """

    class Outcome(models.TextChoices):
        YES = "yes", "Yes"
        NOT_NOW = "not_now", "Not now"
        NO = "no", "No"
        NOT_REACHED = "not_reached", "Could not reach"
        NOT_RIGHT = "not_right", "Not right for this service"
        DIED = "died", "They died"

    class Source(models.TextChoices):
        LIST = "list", "The list"
        VULNERABILITY = "vulnerability", "Chosen for vulnerability"
        AGAIN = "again", "Asked again"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    listed = models.ForeignKey(Listed, models.SET_NULL, null=True, related_name="+")
    source = models.CharField(max_length=20, choices=Source, default=Source.LIST)
    reason = SealedText(blank=True)  # why this person, in the lead's words
    over_limit_reason = SealedText(blank=True)
    lead = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    team = models.ForeignKey("access.Team", models.PROTECT, null=True, related_name="+")
    quarter = models.CharField(max_length=7)  # "2026-Q4", calendar quarter of choosing
    phase = models.CharField(max_length=20, default="identified")
    chosen_at = models.DateTimeField(default=timezone.now)
    next_try_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    outcome_note = SealedText(blank=True)
    signposted_to = SealedText(max_length=300, blank=True)
    # The lead said the contact-safety plan is not known yet: neutral words, no voicemail.
    neutral_only = models.BooleanField(default=False)
    ask_again_on = models.DateField(null=True, blank=True)  # "not now" comes back then
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "person"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_approach_a_person",
            )
        ]


class Attempt(models.Model):
    """One try at reaching someone. Failed tries are work, and are counted.

    The words are those of a contact in casework, so that both can be counted together.
    """

    class How(models.TextChoices):
        PHONE = "phone", "Phone call"
        TEXT = "text", "Text message"
        VISIT = "visit", "Visit"
        MET = "met", "Met somewhere"
        LETTER = "letter", "Letter"

    class Reached(models.TextChoices):
        YES = "yes", "Yes, we spoke"
        NO_ANSWER = "no_answer", "No answer"
        VOICEMAIL = "voicemail", "Left a voicemail"
        SOMEONE_ELSE = "someone_else", "Someone else answered"
        NOT_THERE = "not_there", "Not there"
        SENT = "sent", "Sent, no answer yet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    approach = models.ForeignKey(Approach, models.CASCADE, related_name="attempts")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    how = models.CharField(max_length=20, choices=How)
    reached = models.CharField(max_length=20, choices=Reached)
    note = SealedText(blank=True)


class Rerun(models.Model):
    """The analyst asked for a new list from the service's own store; how far it has come."""

    class State(models.TextChoices):
        RUNNING = "running", "Being made"
        DONE = "done", "Made"
        FAILED = "failed", "Could not be made"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    as_of = models.DateField()
    preset = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    message = models.TextField(blank=True)  # what went wrong and what to do, without data
    received = models.ForeignKey(ReceivedList, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service"],
                condition=models.Q(state="running"),
                name="one_rerun_at_a_time",
            )
        ]
