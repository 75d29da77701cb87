"""A request is decided with its reasons, answered, and closed once everything follows from it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.assurance.actions.retention import ask_to_erase, drop_erasure
from openhiu.web.assurance.actions.retention.erasures import hold_still
from openhiu.web.assurance.models import Appraisal, RightsRequest
from openhiu.web.assurance.policies import rights as policies
from openhiu.web.assurance.queries.rights import standing_hold, untold
from openhiu.web.people.actions.holding import held, refuse_stale

Kind: Any = RightsRequest.Kind
Decision: Any = RightsRequest.Decision
State: Any = Appraisal.State
_AGREED: Final = (State.COOLING, State.REMOVED)  # by two people
_LABELS: Final = {"decision": "What is decided", "decision_reason": "The reasons",
                  "replied_on": "When they were told", "replied_how": "How"}  # fmt: skip


@transaction.atomic
def decide(
    *, by: Actor, request: RightsRequest, decision: str, reason: str, version: int | None = None
) -> None:
    """Decide what is done; the reason is what the person is told. They are told of each decision.

    Args:
        version: of the request as it was read; None where nobody read it on a page.

    Raises:
        NotAllowed: not the role, no reason, who asks is not known, or what is called done is not:
            no copy was given, nothing was put right, the record is still used, or there is none;
            or what is not to be erased has been.
        Stale: somebody else wrote first.
    """
    wanted = {"decision": decision, "decision_reason": reason.strip()}
    row = _locked(by, request, version, wanted)
    why = _why_not(row, decision, reason)
    if why:
        raise NotAllowed(why)
    _save(row, request, **wanted, decided_by=by.membership, decided_at=timezone.now(),
          owner=row.owner or by.membership, replied_on=None, replied_how="")  # fmt: skip
    if row.kind == Kind.ERASURE:
        _erase_or_not(by, row, reason)
    _recorded(by, row, "decided")


def _erase_or_not(by: Actor, row: Any, reason: str) -> None:
    """Propose to remove the record, or take back that it was agreed: nobody is erased against what
    was decided last.
    """
    if row.decision != Decision.DONE:
        drop_erasure(by=by, request_reference=row.reference)
    elif not _appraised(row, State.PROPOSED, *_AGREED):
        # Proposed in the same breath: a second person confirms, and the days of cooling off run.
        ask_to_erase(by=by, person=row.person, request_reference=row.reference, reason=reason)


def _why_not(request: Any, decision: str, reason: str) -> str:
    if not reason.strip():
        return "Say why, in words the person can be told."
    done = decision in (Decision.DONE, Decision.PARTLY)
    if done and request.person_id and not request.identity_confirmed_on:
        return "First confirm who asks."
    return _why_not_done(request, decision) if done else ""


def _why_not_done(request: Any, decision: str) -> str:
    """Why something cannot be called done: nothing shows that it was."""
    match request.kind:
        case Kind.ACCESS if not request.packs.filter(given_on__isnull=False).exists():
            return "Their copy has not been given yet."
        case Kind.RECTIFICATION if not _put_right(request, decision):
            return "Nothing has been put right yet."
        case Kind.RESTRICTION if not (request.person and standing_hold(request.person)):
            return "Their record is still used. First stop its use."
        case Kind.ERASURE if request.person is None:
            return "No record belongs to this request."
        case Kind.ERASURE if decision == Decision.PARTLY:
            return "A record is erased as a whole, or not. Parts of it can be put right."
    return ""


@transaction.atomic
def reply(
    *, by: Actor, request: RightsRequest, on: date, how: str, version: int | None = None
) -> None:
    """The person was told the decision, its reasons, and how to complain.

    Raises:
        NotAllowed: not the role, not decided, or on a day before it was decided or after today.
        Stale: somebody else wrote first.
    """
    wanted = {"replied_on": on, "replied_how": how}
    row = _locked(by, request, version, wanted)
    if not row.decision or row.decided_at is None:
        raise NotAllowed("Decide first.")
    if not timezone.localdate(row.decided_at) <= on <= timezone.localdate():
        raise NotAllowed("That day is before it was decided, or after today.")
    _save(row, request, **wanted)
    _recorded(by, row, "answered")


@transaction.atomic
def close(*, by: Actor, request: RightsRequest, version: int | None = None) -> None:
    """Nothing more follows from it.

    Raises:
        NotAllowed: not answered, recipients of what was put right are still to be told, what is to
            be erased was not agreed by a second person, or somebody else wrote first.
    """
    row = _locked(by, request)
    if version not in (None, row.version):
        raise NotAllowed("Somebody changed this request meanwhile. Look at it again first.")
    if why := _why_not_closed(row):
        raise NotAllowed(why)
    _save(row, request, closed_at=timezone.now())
    _recorded(by, row, "closed")


def _why_not_closed(row: Any) -> str:
    if not row.replied_on:
        return "Answer the person first."
    if untold(row).exists():
        return "Not everyone who received it has been told yet."
    erased = row.kind == Kind.ERASURE and row.decision == Decision.DONE
    if erased and not _appraised(row, *_AGREED):
        return (
            "A second person has not agreed to the removal under retention. If it is kept, decide "
            "again and tell the person."
        )
    return ""


def _put_right(request: Any, decision: str) -> bool:
    """Whether something was put right; in part: or their own words stand beside it."""
    rows = request.corrections.all()
    return bool((rows.filter(made=True) if decision == Decision.DONE else rows).exists())


def _appraised(request: RightsRequest, *states: Any) -> bool:
    """Whether the removal that was asked for stands in one of these states."""
    found = Appraisal.objects.filter(
        service=request.service_id, request_reference=request.reference, state__in=states
    )
    return bool(found.exists())


def _locked(
    by: Actor, request: RightsRequest, version: int | None = None, wanted: Any = None
) -> Any:
    """The row as it is now, which nobody else changes meanwhile: it is judged, not what was read.

    Raises:
        NotAllowed: not the role, or closed meanwhile.
        Stale: another version was read.
    """
    policies.decide(by, request)
    if request.kind == Kind.ERASURE:
        hold_still(by.service_id, request.reference)
    row = held(RightsRequest, by, request.pk)
    policies.decide(by, row)
    if version is not None:
        refuse_stale(row, version, wanted or {}, _LABELS)
    return row


def _save(row: Any, request: RightsRequest, **values: Any) -> None:
    """Write them, and let what the caller holds say the same."""
    for target in (row, request):
        for name, value in values.items():
            setattr(target, name, value)
    row.version += 1
    request.version = row.version
    row.save(update_fields=[*values, "version"])


def _recorded(by: Actor, request: RightsRequest, step: str) -> None:
    record(by, Did.DECIDED_RIGHT, person=request.person_id, about=request,
           purpose=Purpose.IG_AUDIT, step=step, decision=request.decision)  # fmt: skip
