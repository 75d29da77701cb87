"""What the assurance room keeps: the part of the inventory about registers, checks and evidence."""

from __future__ import annotations

from typing import Final

from openhiu.tables.keeping import (
    ACCOUNTABILITY,
    CLIENTS,
    COVER,
    EMPLOYMENT,
    GOVERNANCE,
    LEAD,
    MANAGER,
    NOBODY,
    RIGHTS,
    RUNNING,
    SAFEGUARDING,
    SAFETY,
    STAFF,
    Holding,
    Limit,
)

ASSURED: Final = (
    Holding(
        "reminders", "Which coming dates were told of: references only", NOBODY,
        ("assurance.Reminded",), "each date is told before it comes, once", RUNNING,
        scope="only the system",
    ),
    Holding(
        "rights", "What people ask about their own record, the copy they are given, what was put "
        "right, and whose record is not used for now", CLIENTS,
        ("assurance.RightsRequest", "assurance.RequestPause", "assurance.ItemReview",
         "assurance.AccessPack", "assurance.Correction", "assurance.Telling",
         "assurance.ProcessingHold"),
        "answering people about their own data, in time", RIGHTS,
        (LEAD, COVER, MANAGER, SAFEGUARDING, GOVERNANCE),
        ("ASK_RIGHT", "DECIDE_RIGHT", "CONFIRM_RIGHT"),
        "that something was asked and its clock; what is in a copy only by those who decide it",
        "local record class; the copy itself is emptied",
        Limit(30, "days", "openhiu.web.assurance.actions.rights.packs:KEPT_DAYS"),
        goes_to="the person; whoever received what was put right", health=True,
    ),
    Holding(
        "readiness", "Impact assessments, who answers for what, what was confirmed before the "
        "service began, and when it began", STAFF,
        ("assurance.Assessment", "assurance.Officer", "assurance.Confirmation",
         "assurance.Beginning"),
        "nothing begins before what it needs is in place", ACCOUNTABILITY,
        (MANAGER, GOVERNANCE), ("CONFIRM_READINESS",), "the commissioner sees how it stands",
        "for good: it shows why the service was allowed to begin",
    ),
    Holding(
        "retention", "Whose record's time has come, what two people decided, what is held for a "
        "court or an inquiry, and in which class a record is", CLIENTS,
        ("assurance.Appraisal", "assurance.RecordClass", "assurance.Hold"),
        "keeping no longer than needed, and what a court asked for", ACCOUNTABILITY,
        (MANAGER, GOVERNANCE), ("APPRAISE_RECORD", "HOLD_RECORD"),
        "a name only to who may open the record",
        "a reference and dates stay; reasons go with the record",
    ),
    Holding(
        "removed", "How long each kind of record is kept here, and certificates of what was "
        "removed", NOBODY, ("assurance.RetentionRules", "assurance.Certificate"),
        "showing that what was not needed any more is gone", ACCOUNTABILITY,
        (MANAGER, GOVERNANCE), ("APPRAISE_RECORD",), kept="for good; they name nobody",
    ),
    Holding(
        "published", "The privacy notice and the record of processing as they were published",
        NOBODY, ("assurance.PublishedText",), "no surprises: anyone can read what is done and why",
        ACCOUNTABILITY, (MANAGER, GOVERNANCE), ("SEE_INVENTORY",),
        "the privacy notice: anyone, without an account", "every version, for good",
    ),
    Holding(
        "disclosures", "What police, courts and other authorities asked for, what was decided, "
        "why, and its review", CLIENTS, ("assurance.Disclosure",),
        "each request is decided by itself, on a basis in law, and looked at by another",
        ACCOUNTABILITY, (MANAGER, SAFEGUARDING, GOVERNANCE),
        ("NOTE_DISCLOSURE", "REVIEW_DISCLOSURE"), "their own service",
        "for good: after its review the database lets nobody change it",
        goes_to="the body that asked, where the law allows it", health=True,
    ),
    Holding(
        "safety_concerns", "Safety concerns about the software, what came of them, and what "
        "clinical safety officers decided", STAFF,
        ("assurance.SafetyConcern", "assurance.SafetyDecision"),
        "a fault that could harm somebody is mended, and told to the makers", SAFETY,
        (MANAGER, GOVERNANCE), ("ANSWER_SAFETY",), "whoever reported one reads what came of it",
        "for good: the safety incident log of DCB0129",
        goes_to="the makers of the software, without a name",
    ),
    Holding(
        "registers", "Incidents, near misses, complaints and compliments: what happened, who was "
        "told, what was learned and changed", CLIENTS,
        ("assurance.Entry", "assurance.Duty", "assurance.Lesson", "assurance.Step",
         "assurance.RegisterSettings"),
        "being open about what went wrong, and not letting it happen again", ACCOUNTABILITY,
        (MANAGER, GOVERNANCE), ("KEEP_REGISTERS",),
        "whoever noted something reads what they wrote; whom it is about, among the staff, never",
        "local record class; apart from the client's record",
        goes_to="commissioner, provider or Information Commissioner, outside the workspace",
        health=True,
    ),
    Holding(
        "registrations", "That a professional registration was seen: dates and four figures",
        STAFF, ("assurance.Registration",), "each professional is registered with their body",
        EMPLOYMENT, (MANAGER, GOVERNANCE), ("SEE_STAFF_REGISTER",),
        "the manager of a team: their team",
    ),
)  # fmt: skip
