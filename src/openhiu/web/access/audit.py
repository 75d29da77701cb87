"""The one way to write into the audit: who did what, to whom, why, and how it ended.

Reading it and proving its chain are elsewhere (access.queries, access.chain). Entries hold
references and words of ours, never a person's data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import AuditEntry


class Purpose(StrEnum):
    """Why someone looks or acts."""

    DIRECT_CARE = "direct_care"
    SERVICE_MANAGEMENT = "service_management"
    SAFEGUARDING = "safeguarding"
    EVALUATION = "evaluation"
    COMMISSIONING = "commissioning"
    IG_AUDIT = "ig_audit"
    SYSTEM = "system"


class Did(StrEnum):
    """What was done. Rooms use these words; a new kind of act is added here."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    TOOK_ROLE = "took a role"
    LOOKED = "looked"
    SEARCHED = "searched"
    LISTED = "looked at a list"
    EXPORTED = "exported"
    PRINTED = "printed"
    SHARED = "shared"
    STOPPED_SHARING = "stopped sharing"
    SHARED_WITHOUT_CONSENT = "shared without consent"
    REVIEWED = "reviewed"
    BROKE_GLASS = "opened a record outside their own"
    ADDED = "added"
    AGREED = "agreed"
    CONFIRMED = "confirmed that something is in place"
    ENDED_AGREEMENT = "ended an agreement or gateway"
    CHANGED = "changed"
    MOVED = "moved to another phase"
    RECORDED_CONSENT = "recorded consent"
    WITHDREW_CONSENT = "withdrew consent"
    UPLOADED = "uploaded"
    RELEASED = "released"
    RETURNED = "sent back"
    WITHDREW = "withdrew"
    CHOSE = "chose"
    SET_ASIDE = "set aside"
    APPROACHED = "tried to reach"
    MERGED = "merged"
    UNMERGED = "undid a merge"
    PURGED = "purged"
    HELD = "held for a court or an inquiry"
    LIFTED = "lifted a hold"
    APPRAISED = "appraised a record"
    INVITED = "invited"
    GRANTED = "granted a role"
    ENDED_ROLE = "ended a role"
    DISABLED = "disabled an account"
    CHANGED_SIGN_IN = "changed how they sign in"
    PASSED_LIMIT = "passed a limit"
    NOTED_RIGHT = "noted what somebody asks about their record"
    DECIDED_RIGHT = "decided what somebody asked about their record"
    REVIEWED_COPY = "read a record before a copy is given"
    GAVE_COPY = "gave somebody a copy of their record"
    PUT_RIGHT = "put something right in a record"
    TOLD_RECIPIENT = "told a recipient of something put right"
    HELD_PROCESSING = "stopped the use of a record for now"
    LIFTED_PROCESSING = "let a record be used again"
    PUBLISHED = "published"
    TRIED = "tried something not allowed"


# What a room above adds to an entry about a person, like for whom the actor answers just then.
Also = Callable[[Actor, Any], Mapping[str, str | int | bool]]
also: Final[list[Also]] = []


def record(
    by: Actor | None,
    did: Did,
    *,
    person: Any = None,
    about: Any = None,
    purpose: Purpose | None = None,
    result: str = "done",
    service_id: UUID | None = None,
    **detail: str | int | bool | list[str] | None,
) -> AuditEntry:
    """Append one entry; the caller's transaction fails when it cannot be written.

    `person` is a people.Person or its key. `about` is any other row the act concerns. `detail`
    takes names of fields, counts and chosen reasons: never what a person said or is called.
    """
    return AuditEntry.objects.create(
        service_id=by.service_id if by else service_id,
        user=by.user if by else None,
        role=by.role if by else "",
        organisation=by.organisation if by else None,
        did=did,
        person_id=getattr(person, "pk", person),
        about=about._meta.label_lower if about is not None else "",
        about_id=getattr(about, "pk", None),
        purpose=purpose or (by.purpose if by else Purpose.SYSTEM),
        result=result,
        detail={**_more(by, person), **detail},
    )


def _more(by: Actor | None, person: Any) -> dict[str, str | int | bool]:
    if by is None or person is None:
        return {}
    key = getattr(person, "pk", person)
    return {name: value for tell in also for name, value in tell(by, key).items()}
