"""Copies of an agreed plan: given out with a reference, asked back, and confirmed as gone."""

from __future__ import annotations

import secrets
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Organisation, Role, Service
from openhiu.web.mdt import policies
from openhiu.web.mdt.actions.holding import held as held_row
from openhiu.web.mdt.actions.telling import tell
from openhiu.web.mdt.models import AgreedPlan, Copy
from openhiu.web.mdt.queries.minutes import partner_members
from openhiu.web.mdt.queries.plans import copies, held, in_force
from openhiu.web.mdt.seeing import PLAN, has_plan

# Letters and figures that are not taken for each other when read aloud.
_SIGNS: Final = "ACDEFGHJKMNPQRTUVWXY34679"
ASK: Final = "A copy of an agreed plan has to be destroyed or replaced."


@transaction.atomic
def give_copy(
    *, by: Actor, plan: AgreedPlan, organisation: Organisation, to_whom: str = ""
) -> Copy:
    """Register a copy of the plan in force for an organisation that may have it.

    A partner takes one for their own organisation.

    Raises:
        NotAllowed: not the plan in force, or the person did not agree that they have it.
    """
    policies.ours(by, plan)
    if by.role == Role.PARTNER:
        if organisation.pk != by.organisation.pk:
            raise Missing
    else:
        policies.must_write_plan(by, plan.case)
    now = in_force(plan.case)
    if now is None or now.pk != plan.pk:
        raise NotAllowed("Only the plan in force is given out.")
    if not has_plan(organisation, [plan.case])[plan.case_id]:
        raise NotAllowed("They have not agreed that this organisation has the plan. Ask them.")
    copy: Copy = Copy.objects.create(
        service=by.service, plan=plan, organisation=organisation, reference=_reference(plan),
        given_by=by.membership, to_whom=to_whom.strip(),
    )  # fmt: skip
    record(by, Did.SHARED, person=plan.case.person_id, about=copy, items=[PLAN])
    return copy


@transaction.atomic
def confirm_copy(*, by: Actor, copy: Copy, how: str, words: str = "") -> Copy:
    """The holder says what became of a copy; or whoever works with the person, having asked them.

    Raises:
        NotAllowed: no such answer, or "cannot find it" without a word.
        Missing: another organisation's copy.
    """
    policies.ours(by, copy)
    if by.role == Role.PARTNER and copy.organisation_id != by.organisation.pk:
        raise Missing
    if by.role != Role.PARTNER and not has_plan(by, [copy.plan.case])[copy.plan.case_id]:
        raise Missing
    if how not in Copy.Done.values:
        raise NotAllowed("Choose an answer from those shown.")
    if how == str(Copy.Done.NOT_FOUND) and not words.strip():
        raise NotAllowed("Say where you looked, in a few words.")
    row: Copy = held_row(by, copy)
    if row.confirmed_at is None:
        row.confirmed_at, row.confirmed_by = timezone.now(), by.membership
        row.confirmed_how, row.confirmed_words = how, words.strip()[:300]
        row.save()
        record(by, Did.CHANGED, person=copy.plan.case.person_id, about=row, how=how)
    return row


def ask_back(service: Service) -> int:
    """Ask every holder of a copy that is no longer good, once; the number of copies asked for.

    Called when a version is agreed, and by the clock: expiry and consent change by themselves.
    """
    rows = held(copies(service.pk).filter(asked_at=None))
    back = [one.copy for one in rows if one.why]
    for copy in back:
        copy.asked_at = timezone.now()
        copy.save(update_fields=["asked_at"])
    for organisation in {copy.organisation_id for copy in back}:
        for member in partner_members(organisation, service.pk):
            tell(to=member, words=ASK, link=reverse("mdt:copies"))
    for coordinator in {copy.plan.case.lead for copy in back}:
        tell(to=coordinator, words="Copies of an agreed plan are asked back.",
                 link=reverse("mdt:copies"))  # fmt: skip
    return len(back)


def _reference(plan: AgreedPlan) -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(6)) + f"-{plan.number}"
