"""What may be done, and which role may do it: the role matrix of the house, as data.

A permission says what kind of thing someone may do; *which* people they may do it to is asked of
the scoped queries and the policies of each room.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from openhiu.web.access.models import Role


class Permission(StrEnum):
    """One kind of thing that can be done."""

    USE_ACCOUNT = "use own account"
    UPLOAD_LIST = "upload and propose a list"
    RELEASE_LIST = "release a list"
    SEE_LIST = "see a released list"
    CHECK_LIST = "see a list before its release"
    ASK_FIRST = "record what the hospital asked"
    CHOOSE = "choose people and approach them"
    OPEN_CLIENT = "open a client's record"
    WRITE_CLIENT = "write in a client's record"
    SUPERVISE = "supervise"
    RECORD_CONSENT = "record and withdraw consent"
    SHARE = "share with a partner"
    SEE_SHARED = "see what was shared with one's organisation"
    SHARE_WITHOUT_CONSENT = "share to keep someone safe"
    REVIEW_SHARED_WITHOUT_CONSENT = "review sharing without consent"
    RAISE_CONCERN = "raise a concern"
    BREAK_GLASS = "open a record outside one's own"
    REVIEW_BREAK_GLASS = "review such openings"
    PROPOSE_MERGE = "propose that two records are one"
    APPROVE_MERGE = "approve or undo a merge"
    PROPOSE_NOTICE = "propose an important notice"
    AGREE_NOTICE = "agree or end an important notice"
    SEARCH = "search people"
    SEE_CASELOAD = "see a caseload"
    DELIVER_ACTIVITY = "deliver the activity feed"
    DELIVER_EVALUATION = "deliver an evaluation"
    SEE_OUTCOMES = "see the evaluation"
    MAKE_REPORT = "make a quarterly report"
    PUBLISH_REPORT = "review and publish a quarterly report"
    EXPORT_FACTS = "take out the undisclosed facts of a quarter"
    READ_REPORTS = "read published reports"
    READ_STORIES = "read the story vault"
    REVIEW_STORY = "read a story before it is told"
    READ_AUDIT = "read the audit"
    READ_TEAM_AUDIT = "read who looked at the team's people"
    EXPORT_CLIENT = "export one client's record"
    MANAGE_USERS = "invite people and grant roles"
    MANAGE_AGREEMENTS = "draft sharing agreements"
    ATTEST_ACCESS = "confirm that access is still right"
    SETTINGS = "change the service's settings"
    ANSWER_SIGNAL = "answer an early warning"
    SEE_PATTERNS = "see what goes before a return"
    SEE_GAPS = "see which services could not be found"
    SEE_DIRECTORY = "look in the directory of services"
    CHANGE_DIRECTORY = "change the directory of services"
    ARRANGE_MDT = "arrange a multi-disciplinary meeting"
    ATTEND_MDT = "take part in a multi-disciplinary meeting"
    WRITE_LETTER = "write letters and cards"
    SEE_OUTBOX = "see the outbox"
    OWN_WORK = "keep own hours, leave, visits and support"
    MANAGE_TEAM = "keep the team's hours, cover and checks"
    SEE_AREA = "see tiers, staffing and reach of the area"
    CHANGE_AREA = "set what the area has commissioned"
    MAKE_DOCUMENT = "make the documents of the case for the service"
    DELIVER_TIERS = "deliver the tiers of the area"
    SEE_ASSURANCE = "see what is in place to be safe and lawful"
    TELL_EVENT = "note an incident, a complaint or a compliment"
    KEEP_REGISTERS = "keep the registers of incidents, complaints and compliments"
    SEE_STAFF_REGISTER = "see the checks, training and rights of the team"
    SEE_AGREEMENTS = "see sharing agreements and legal gateways"
    AGREE_AGREEMENT = "agree sharing agreements, impact assessments and legal gateways"
    SEE_READINESS = "see whether the service is ready to begin"
    CONFIRM_READINESS = "confirm what the service needs before it begins"
    ASK_RIGHT = "note what somebody asks about their own record"
    DECIDE_RIGHT = "decide what somebody asked about their own record"
    CONFIRM_RIGHT = "confirm what is given out of a record, as the second person"
    SEE_INVENTORY = "see the inventory of what is kept"
    APPRAISE_RECORD = "appraise records whose time has come"
    HOLD_RECORD = "hold a record for a court or an inquiry"
    APPLY_OPT_OUT = "apply the national data opt-out to a list"
    SEE_IDENTITY = "see numbers, deaths and restrictions that need a person"
    NOTE_DISCLOSURE = "note a disclosure to police or a court"
    REVIEW_DISCLOSURE = "review disclosures to police and courts"
    TELL_SAFETY = "report a safety concern about the software"
    ANSWER_SAFETY = "answer safety concerns about the software"
    SEE_EVIDENCE = "see and take out the evidence for assurance"
    SEE_RUNNING = "see how the application is running"


P = Permission
# A safety concern about the software is everybody's to report.
_EVERYONE: Final = frozenset({P.USE_ACCOUNT, P.TELL_SAFETY})
_LEAD: Final = frozenset({
    P.SEE_LIST, P.CHOOSE, P.OPEN_CLIENT, P.WRITE_CLIENT, P.RECORD_CONSENT, P.SHARE,
    P.SHARE_WITHOUT_CONSENT, P.RAISE_CONCERN, P.BREAK_GLASS, P.PROPOSE_MERGE, P.PROPOSE_NOTICE,
    P.SEARCH, P.SEE_CASELOAD, P.EXPORT_CLIENT, P.SEE_OUTCOMES, P.MAKE_REPORT, P.READ_REPORTS,
    P.READ_STORIES, P.REVIEW_STORY, P.ANSWER_SIGNAL, P.SEE_PATTERNS, P.SEE_GAPS, P.SEE_DIRECTORY,
    P.CHANGE_DIRECTORY, P.ARRANGE_MDT, P.ATTEND_MDT, P.WRITE_LETTER, P.SEE_OUTBOX, P.OWN_WORK,
    P.TELL_EVENT, P.SEE_AGREEMENTS, P.ASK_RIGHT,
})  # fmt: skip

# Django's choices are not typed, hence Any: the keys are roles.
ROLE_MAY: Final[dict[Any, frozenset[Permission]]] = {
    Role.LEAD: _EVERYONE | _LEAD,
    # Cover walks alongside another's clients while they are away; they choose nobody new.
    Role.COVER: _EVERYONE | _LEAD - {
        P.CHOOSE, P.EXPORT_CLIENT, P.PROPOSE_MERGE, P.SEE_OUTCOMES, P.MAKE_REPORT, P.REVIEW_STORY,
        P.SEE_PATTERNS, P.SEE_GAPS,
    },
    Role.SUPERVISOR: _EVERYONE | {
        P.SEE_LIST, P.RELEASE_LIST, P.CHECK_LIST, P.OPEN_CLIENT, P.SUPERVISE, P.RECORD_CONSENT,
        P.SHARE, P.SHARE_WITHOUT_CONSENT, P.REVIEW_SHARED_WITHOUT_CONSENT, P.RAISE_CONCERN,
        P.BREAK_GLASS, P.APPROVE_MERGE, P.AGREE_NOTICE, P.SEARCH, P.SEE_CASELOAD,
        P.READ_TEAM_AUDIT, P.ATTEST_ACCESS, P.SETTINGS, P.MANAGE_AGREEMENTS, P.REVIEW_BREAK_GLASS,
        P.SEE_OUTCOMES, P.MAKE_REPORT, P.PUBLISH_REPORT, P.EXPORT_FACTS, P.READ_REPORTS,
        P.READ_STORIES, P.REVIEW_STORY, P.ANSWER_SIGNAL, P.SEE_PATTERNS, P.SEE_GAPS,
        P.SEE_DIRECTORY, P.CHANGE_DIRECTORY, P.ARRANGE_MDT, P.ATTEND_MDT, P.SEE_OUTBOX, P.OWN_WORK,
        P.MANAGE_TEAM, P.SEE_AREA, P.SEE_ASSURANCE, P.TELL_EVENT, P.KEEP_REGISTERS,
        P.SEE_STAFF_REGISTER, P.SEE_AGREEMENTS, P.SEE_READINESS, P.CONFIRM_READINESS, P.ASK_RIGHT,
        P.CONFIRM_RIGHT, P.SEE_INVENTORY, P.APPRAISE_RECORD, P.SEE_IDENTITY, P.NOTE_DISCLOSURE,
        P.ANSWER_SAFETY, P.SEE_EVIDENCE, P.SEE_RUNNING,
    },
    Role.SAFEGUARDING: _EVERYONE | {
        P.OPEN_CLIENT, P.SHARE_WITHOUT_CONSENT, P.REVIEW_SHARED_WITHOUT_CONSENT, P.RAISE_CONCERN,
        P.BREAK_GLASS, P.SEARCH, P.READ_STORIES, P.REVIEW_STORY, P.SEE_DIRECTORY, P.SEE_ASSURANCE,
        P.TELL_EVENT, P.ASK_RIGHT, P.CONFIRM_RIGHT, P.NOTE_DISCLOSURE,
    },
    Role.PARTNER: _EVERYONE | {P.SEE_SHARED, P.RAISE_CONCERN, P.ATTEND_MDT, P.SEE_DIRECTORY},
    Role.ANALYST: _EVERYONE | {
        P.UPLOAD_LIST, P.CHECK_LIST, P.ASK_FIRST, P.DELIVER_ACTIVITY, P.PROPOSE_MERGE,
        P.DELIVER_EVALUATION, P.SEE_OUTCOMES, P.READ_REPORTS, P.DELIVER_TIERS, P.SEE_AREA,
        P.APPLY_OPT_OUT,
    },
    # Commissioners see what was published, and which services were missing, in protected numbers;
    # they make the case for the service from such numbers alone.
    Role.COMMISSIONER: _EVERYONE | {
        P.READ_REPORTS, P.SEE_GAPS, P.SEE_AREA, P.CHANGE_AREA, P.MAKE_DOCUMENT, P.SEE_READINESS,
    },
    # Information governance is a second pair of eyes on what leaves the service.
    Role.AUDITOR: _EVERYONE | {
        P.READ_AUDIT, P.REVIEW_BREAK_GLASS, P.REVIEW_SHARED_WITHOUT_CONSENT, P.ATTEST_ACCESS,
        P.PUBLISH_REPORT, P.READ_REPORTS, P.SEE_ASSURANCE, P.TELL_EVENT, P.KEEP_REGISTERS,
        P.SEE_STAFF_REGISTER, P.SEE_AGREEMENTS, P.AGREE_AGREEMENT, P.SEE_READINESS,
        P.CONFIRM_READINESS, P.ASK_RIGHT, P.DECIDE_RIGHT, P.CONFIRM_RIGHT, P.SEE_INVENTORY,
        P.APPRAISE_RECORD, P.HOLD_RECORD, P.SEE_IDENTITY, P.NOTE_DISCLOSURE, P.REVIEW_DISCLOSURE,
        P.ANSWER_SAFETY, P.SEE_EVIDENCE, P.SEE_RUNNING,
    },
    Role.ADMIN: _EVERYONE | {P.MANAGE_USERS, P.SEE_RUNNING},
}  # fmt: skip


def may(role: Role, permission: Permission) -> bool:
    """Whether this role may do this kind of thing at all."""
    return permission in ROLE_MAY[role]
