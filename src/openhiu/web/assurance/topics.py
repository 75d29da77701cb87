"""What the first page of this room offers: each topic in a sentence, and who may open it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may


@dataclass(frozen=True)
class Topic:
    """One door of the first page: its name, what is behind it, where it leads, who may open it."""

    label: str
    words: str
    url_name: str
    permission: Permission


# In the order in which somebody needs them who is asked "may we begin, and is it still so?"
TOPICS: Final[tuple[Topic, ...]] = (
    Topic(
        "Readiness", "Whether everything is in place for the service to begin, and what is next.",
        "assurance:ready", Permission.SEE_READINESS,
    ),
    Topic(
        "Registers", "Incidents, near misses, complaints and compliments: their clocks, and what "
        "was learned and changed.", "assurance:registers", Permission.KEEP_REGISTERS,
    ),
    Topic(
        "Staff", "DBS checks, registrations, training, supervision and the right to see, one page "
        "a team.", "assurance:staff_register", Permission.SEE_STAFF_REGISTER,
    ),
    Topic(
        "Agreements", "Sharing agreements, legal gateways and impact assessments: who signed, what "
        "may cross, until when.", "assurance:agreements", Permission.SEE_AGREEMENTS,
    ),
    Topic(
        "National data opt-out", "When it applies and why, and whether the lists show that it was "
        "applied.", "assurance:opt_outs", Permission.SEE_IDENTITY,
    ),
    Topic(
        "Numbers, deaths and restrictions", "What a trace of NHS numbers left for a person to look "
        "at.", "assurance:identity", Permission.SEE_IDENTITY,
    ),
    Topic(
        "Clinical safety", "Hazards and what stands against them, safety concerns, and the "
        "officer's decision.", "assurance:safety", Permission.SEE_ASSURANCE,
    ),
    Topic(
        "Evidence", "What the toolkits ask, with what shows each answer, to be taken out as one "
        "file.", "assurance:evidence", Permission.SEE_EVIDENCE,
    ),
    Topic(
        "Rights", "What people ask about their own record: a copy, something put right, a stop, "
        "and its clock.", "assurance:rights", Permission.ASK_RIGHT,
    ),
    Topic(
        "Inventory", "Every field that is kept and why, the record of processing, and the privacy "
        "notice.", "assurance:inventory", Permission.SEE_INVENTORY,
    ),
    Topic(
        "Disclosures", "What police, courts and other authorities asked for, what was decided and "
        "why.", "assurance:disclosures", Permission.NOTE_DISCLOSURE,
    ),
    Topic(
        "Openings and patterns", "Records opened outside someone's own: what waits for review, and "
        "what patterns show.", "assurance:openings", Permission.REVIEW_BREAK_GLASS,
    ),
    Topic(
        "Keeping and forgetting", "How long records are kept, what is held for a court, and whose "
        "time has come.", "assurance:retention", Permission.APPRAISE_RECORD,
    ),
    Topic(
        "Running", "Whether the application is well: activity, letters, backups, drills, and the "
        "record of who looked.", "assurance:running", Permission.SEE_RUNNING,
    ),
)  # fmt: skip


def topics_for(actor: Actor) -> list[Topic]:
    """The topics this actor's role may open."""
    return [topic for topic in TOPICS if may(actor.role, topic.permission)]
