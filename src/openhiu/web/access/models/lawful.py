"""What lets information leave or come in: sharing agreements with their parties, legal gateways.

The UK GDPR basis and the duty of confidence are different things and are kept apart. Whether one
of these holds on a day is said in one place, `access.lawful`.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.models.belonging import Membership, Organisation, Service


class State(models.TextChoices):
    """How far an agreement or a gateway has come. Only an agreed one can be in force."""

    DRAFTED = "drafted", "Draft"
    AGREED = "agreed", "Agreed"
    # Kept before agreements had states: holds between its dates, until it is agreed again.
    STANDING = "standing", "Kept from before"
    ENDED = "ended", "Ended"
    SUPERSEDED = "superseded", "Replaced by a newer version"


class Article6(models.TextChoices):
    """UK GDPR, Article 6."""

    PUBLIC_TASK = "6_1_e", "6(1)(e) a task in the public interest"
    LEGAL_OBLIGATION = "6_1_c", "6(1)(c) a legal obligation"
    VITAL_INTERESTS = "6_1_d", "6(1)(d) vital interests"
    LEGITIMATE = "6_1_f", "6(1)(f) legitimate interests"
    CONSENT = "6_1_a", "6(1)(a) consent"


class Article9(models.TextChoices):
    """UK GDPR, Article 9: health is special category data."""

    CARE = "9_2_h", "9(2)(h) health or social care"
    PUBLIC_INTEREST = "9_2_g", "9(2)(g) substantial public interest"
    VITAL_INTERESTS = "9_2_c", "9(2)(c) vital interests"
    RESEARCH = "9_2_j", "9(2)(j) research and statistics"
    LEGAL_CLAIMS = "9_2_f", "9(2)(f) legal claims and courts"
    EXPLICIT_CONSENT = "9_2_a", "9(2)(a) explicit consent"


class Schedule1(models.TextChoices):
    """Data Protection Act 2018, Schedule 1: the condition beside Article 9."""

    CARE = "1_2", "Part 1, 2: health or social care"
    STATUTORY = "2_6", "Part 2, 6: statutory purposes"
    SAFEGUARDING = "2_18", "Part 2, 18: safeguarding of children and of individuals at risk"
    RESEARCH = "1_4", "Part 1, 4: research"
    NOT_NEEDED = "none", "None is needed beside this Article 9 basis"


class Confidentiality(models.TextChoices):
    """How the common-law duty of confidence is met; never the same answer as the UK GDPR basis."""

    EXPLICIT = "explicit", "They said yes to it"
    IMPLIED = "implied", "Implied: they would expect it for their own care"
    SECTION_251 = "section_251", "Section 251 approval"
    LEGAL_DUTY = "legal_duty", "The law or a court asks for it"
    PUBLIC_INTEREST = "public_interest", "Public interest that outweighs confidence"


@pghistory.track()
class Agreement(models.Model):
    """What a sharing agreement lets one organisation receive, for a purpose, between two dates.

    Changing an agreed one makes a new version (`replaces`); the old one holds until the new one
    is signed by everybody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)
    # Names of shareable items (casework.sharing.ITEMS): "name", "contact", "plan", "goals" ...
    items = models.JSONField(default=list)
    # Names of whole data sets that may cross (access.lawful.CROSSINGS), "caseload" ...
    data_sets = models.JSONField(default=list)
    starts_on = models.DateField()
    review_on = models.DateField(null=True)
    ends_on = models.DateField()
    # In Python a new one is a draft. Rows from before there were states are "standing": the
    # database fills them in, so that an upgrade does not cut anybody off.
    state = models.CharField(
        max_length=12, choices=State, default=State.DRAFTED, db_default="standing"
    )
    article_6 = models.CharField("UK GDPR Article 6", max_length=10, choices=Article6, blank=True)
    article_9 = models.CharField("UK GDPR Article 9", max_length=10, choices=Article9, blank=True)
    schedule_1 = models.CharField(
        "DPA 2018 Schedule 1", max_length=10, choices=Schedule1, blank=True
    )
    confidentiality = models.CharField(max_length=20, choices=Confidentiality, blank=True)
    # Reference of the impact assessment as it is registered here, also where the other
    # organisation made it: it cannot be agreed before that one is signed and in date.
    assessment = models.CharField(max_length=60, blank=True)
    rights = models.TextField(blank=True)
    accuracy = models.TextField(blank=True)
    security = models.TextField(blank=True)
    retention = models.TextField(blank=True)
    breach = models.TextField(blank=True)
    number = models.PositiveIntegerField("version of the agreement", default=1)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    drafted_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(null=True, default=timezone.now)
    agreed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    # The day the last party signed; empty until every party has.
    signed_on = models.DateField(null=True)
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="agreed") | models.Q(agreed_by__isnull=False),
                name="agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by__isnull=True)
                | ~models.Q(agreed_by=models.F("drafted_by")),
                name="agreement_by_two",
            ),
        ]


@pghistory.track()
class AgreementParty(models.Model):
    """One organisation that is party to an agreement, what it answers for, and who signed for it.

    Bodies outside the NHS may have no ODS code; then `register_number` says who they are.
    """

    class Part(models.TextChoices):
        CONTROLLER = "controller", "Controller"
        JOINT_CONTROLLER = "joint_controller", "Joint controller"
        PROCESSOR = "processor", "Processor"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ods_code = models.CharField("ODS code", max_length=10, blank=True)
    register_number = models.CharField(max_length=30, blank=True)  # charity, company, council
    part = models.CharField(max_length=20, choices=Part)
    signatory = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True)
    document = models.CharField(max_length=200, blank=True)  # where the signed paper is kept
    recorded_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"], name="one_party_an_organisation"
            )
        ]


@pghistory.track()
class Gateway(models.Model):
    """On which legal ground whole data sets may cross between the service and one organisation.

    `data_sets` are names of access.lawful.CROSSINGS. Recipients and purpose are its scope: nothing
    crosses outside it, before it starts or after it expires.
    """

    class Kind(models.TextChoices):
        DIRECT_CARE = "direct_care", "Direct care by the treating provider"
        SECTION_251 = "section_251", "Section 251 approval"
        CONSENT_FIRST = "consent_first", "Consent first: the hospital asks"
        CLIENTS_CONSENT = "clients_consent", "Clients said yes to it"
        SAFEGUARDING = "safeguarding", "Safeguarding duty"
        COURT_ORDER = "court_order", "Court order"
        STATUTE = "statute", "A statute that asks for it"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    reference = models.CharField(max_length=100)  # "22/CAG/0001", minute, order number
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    data_sets = models.JSONField(default=list)
    purpose = models.CharField(max_length=300)
    article_6 = models.CharField("UK GDPR Article 6", max_length=10, choices=Article6)
    article_9 = models.CharField("UK GDPR Article 9", max_length=10, choices=Article9)
    schedule_1 = models.CharField("DPA 2018 Schedule 1", max_length=10, choices=Schedule1)
    starts_on = models.DateField()
    expires_on = models.DateField()
    evidence = models.TextField()  # where the approval or decision is kept, and what it says
    state = models.CharField(max_length=12, choices=State, default=State.DRAFTED)
    drafted_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="agreed") | models.Q(agreed_by__isnull=False),
                name="gateway_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by__isnull=True)
                | ~models.Q(agreed_by=models.F("drafted_by")),
                name="gateway_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.reference}"
