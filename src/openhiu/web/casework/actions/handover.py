"""Handing cases to a colleague, for good or until a day, and taking them back.

From that moment the colleague sees them and whoever handed them over does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import caseload
from openhiu.web.casework.models import Case, Handover, Task
from openhiu.web.casework.policies import must_hold
from openhiu.web.casework.queries.cases import cases
from openhiu.web.casework.queries.team import workers
from openhiu.web.design.words import plural


@transaction.atomic
def hand_over(
    *,
    by: Actor,
    from_lead: Membership,
    to_lead: Membership,
    case_ids: Iterable[UUID],
    reason: str,
    until: date | None = None,
) -> list[Handover]:
    """Give cases and their open tasks to a colleague of the team.

    Args:
        by: the lead who hands over, or a supervisor of the team.
        from_lead: whose cases they are.
        to_lead: who takes them; a lead or cover of the same team.
        case_ids: which; all must be from_lead's.
        reason: why, for both and for the audit.
        until: the day they go back, or None for good.

    Raises:
        NotAllowed: without a reason, nobody chosen, not theirs to hand, or to someone who cannot.
        Missing: a case is not one of from_lead's.

    Passing the taker's limit of everyone open is recorded with the reason.
    """
    wanted = set(case_ids)
    why = _why_not(by, from_lead, to_lead, wanted, reason, until)
    if why:
        raise NotAllowed(why)
    held = list(
        cases(by)
        .filter(pk__in=wanted, lead=from_lead)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if len(held) != len(wanted):
        raise Missing
    batch = uuid4()
    given = [_give(by, case, to_lead, batch, reason, until) for case in held]
    _note_limit(by, to_lead, reason)
    _tell(by, from_lead, to_lead, len(given))
    return given


@transaction.atomic
def take_back(*, by: Actor, handovers: Iterable[Handover]) -> int:
    """Return cases handed over until a day to the lead they came from; the number returned.

    Either of the two leads may do it, or a supervisor. A case that has since gone to someone
    else stays there.
    """
    must_hold(by, Permission.SEE_CASELOAD)
    given = Handover.objects.select_for_update(of=("self",)).select_related("case")
    open_ones = list(
        given.filter(
            service=by.service, pk__in=[each.pk for each in handovers], returned_at=None
        ).exclude(until=None)
    )
    for handover in open_ones:
        concerned = by.membership.pk in (handover.from_lead_id, handover.to_lead_id)
        if not concerned and by.role != Role.SUPERVISOR:
            raise NotAllowed("This is between two colleagues. They can take it back.")
        _return(by, handover)
    for lead_id in {handover.to_lead_id for handover in open_ones} - {by.membership.pk}:
        announce(to=Membership.objects.get(pk=lead_id), words="Clients you covered went back.")
    return len(open_ones)


def _why_not(
    by: Actor,
    from_lead: Membership,
    to_lead: Membership,
    wanted: set[UUID],
    reason: str,
    until: date | None,
) -> str:
    must_hold(by, Permission.SEE_CASELOAD)
    if by.role != Role.SUPERVISOR and from_lead.pk != by.membership.pk:
        return "You can hand over your own clients only."
    if to_lead.pk == from_lead.pk or not workers(by).filter(pk=to_lead.pk).exists():
        return "Choose a colleague of your team."
    if not wanted:
        return "Choose at least one client to hand over."
    if not reason.strip():
        return "Say why, in a few words: both of you will see it."
    if until is not None and until <= timezone.localdate():
        return "The day they come back must be after today."
    return ""


def _give(
    by: Actor, case: Case, to_lead: Membership, batch: UUID, reason: str, until: date | None
) -> Handover:
    handover: Handover = Handover.objects.create(
        service=by.service,
        case=case,
        batch=batch,
        from_lead=case.lead,
        to_lead=to_lead,
        until=until,
        reason=reason.strip(),
        by=by.membership,
    )
    _set_lead(case, to_lead)
    record(by, Did.CHANGED, person=case.person_id, about=handover, handed_over=True)
    return handover


def _return(by: Actor, handover: Handover) -> None:
    handover.returned_at, handover.returned_by = timezone.now(), by.membership
    handover.save(update_fields=["returned_at", "returned_by"])
    case = Case.objects.select_for_update(of=("self",)).get(pk=handover.case_id)
    if case.lead_id == handover.to_lead_id:
        _set_lead(case, handover.from_lead)
    record(by, Did.CHANGED, person=case.person_id, about=handover, handed_over=False)


def _set_lead(case: Case, lead: Membership) -> None:
    """The case and what the old lead still had to do about it."""
    Task.objects.filter(case=case, owner=case.lead_id, done_at=None).update(owner=lead)
    case.lead, case.team_id = lead, lead.team_id
    case.version += 1
    case.save(update_fields=["lead", "team", "version"])


def _note_limit(by: Actor, lead: Membership, reason: str) -> None:
    meter = caseload.standing(lead).open
    if meter.over:
        caseload.pass_limit(
            by=by,
            lead=lead,
            limit=meter.limit,
            value=meter.value,
            allowed=meter.allowed,
            reason=reason,
        )


def _tell(by: Actor, from_lead: Membership, to_lead: Membership, count: int) -> None:
    given = plural(count, "client was", "clients were")
    link = reverse("casework:handover_card")
    announce(to=to_lead, words=f"{given} handed over to you.", link=link)
    if from_lead.pk != by.membership.pk:
        announce(to=from_lead, words=f"{given} handed over to a colleague.", link="/")
