"""What is kept about walking alongside someone, one file a topic."""

from openhiu.web.casework.models.case import (
    Case,
    Handover,
    LimitPassed,
    PhaseChange,
    SupervisionNote,
)
from openhiu.web.casework.models.concern import Concern
from openhiu.web.casework.models.connection import Connection, ConnectionNews
from openhiu.web.casework.models.consent import Consent, Share, SharedWithoutConsent
from openhiu.web.casework.models.following import FollowUp, FollowUpStep
from openhiu.web.casework.models.objection import Objection
from openhiu.web.casework.models.plan import (
    Goal,
    Need,
    NetworkMember,
    Outcome,
    Plan,
    Step,
    Wellbeing,
)
from openhiu.web.casework.models.story import Story, StoryReview, StoryUse
from openhiu.web.casework.models.visit import Visit
from openhiu.web.casework.models.weight import CaseWeight
from openhiu.web.casework.models.work import Contact, Task

__all__ = [
    "Case",
    "CaseWeight",
    "Concern",
    "Connection",
    "ConnectionNews",
    "Consent",
    "Contact",
    "FollowUp",
    "FollowUpStep",
    "Goal",
    "Handover",
    "LimitPassed",
    "Need",
    "NetworkMember",
    "Objection",
    "Outcome",
    "PhaseChange",
    "Plan",
    "Share",
    "SharedWithoutConsent",
    "Step",
    "Story",
    "StoryReview",
    "StoryUse",
    "SupervisionNote",
    "Task",
    "Visit",
    "Wellbeing",
]
