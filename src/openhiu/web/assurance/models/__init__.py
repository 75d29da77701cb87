"""The rows of this room, one file a topic."""

from openhiu.web.assurance.models.agreements import Assessment
from openhiu.web.assurance.models.corrections import Correction, ProcessingHold, Telling
from openhiu.web.assurance.models.disclosures import Disclosure
from openhiu.web.assurance.models.inventory import PublishedText
from openhiu.web.assurance.models.ready import Beginning, Confirmation, Officer
from openhiu.web.assurance.models.registers import (
    Duty,
    Entry,
    Lesson,
    RegisterSettings,
    Registration,
    Step,
)
from openhiu.web.assurance.models.reminders import Reminded
from openhiu.web.assurance.models.retention import (
    Appraisal,
    Certificate,
    Hold,
    RecordClass,
    RetentionRules,
)
from openhiu.web.assurance.models.rights import (
    AccessPack,
    ItemReview,
    RequestPause,
    RightsRequest,
)
from openhiu.web.assurance.models.safety import SafetyConcern, SafetyDecision

__all__ = [
    "AccessPack",
    "Appraisal",
    "Assessment",
    "Beginning",
    "Certificate",
    "Confirmation",
    "Correction",
    "Disclosure",
    "Duty",
    "Entry",
    "Hold",
    "ItemReview",
    "Lesson",
    "Officer",
    "ProcessingHold",
    "PublishedText",
    "RecordClass",
    "RegisterSettings",
    "Registration",
    "Reminded",
    "RequestPause",
    "RetentionRules",
    "RightsRequest",
    "SafetyConcern",
    "SafetyDecision",
    "Step",
    "Telling",
]
