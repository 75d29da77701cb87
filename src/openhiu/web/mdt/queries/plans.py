"""The agreed plan of a person and the copies that left: an actor and a case in, rows out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Organisation, Role
from openhiu.web.casework.models import Case
from openhiu.web.casework.queries.sharing import shared_people
from openhiu.web.mdt.models import AgreedPlan, Copy, GroupMember, PlanRow
from openhiu.web.mdt.seeing import has_plan

State = AgreedPlan.State


def in_force(case: Case) -> AgreedPlan | None:
    """The newest agreed version, while it has not expired."""
    plan = AgreedPlan.objects.filter(case=case, state=State.AGREED).first()
    return plan if plan and plan.expires_on > timezone.localdate() else None


def agreed_plan(actor: Actor, case: Case) -> AgreedPlan | None:
    """The plan in force of someone, where the actor may see it; else None."""
    return in_force(case) if has_plan(actor, [case]).get(case.pk) else None


def draft_of(case: Case) -> AgreedPlan | None:
    """The version being written."""
    return AgreedPlan.objects.filter(case=case, state=State.DRAFT).first()


def versions(case: Case) -> list[AgreedPlan]:
    """Every version that was agreed, newest first."""
    rows = AgreedPlan.objects.filter(case=case).exclude(state=State.DRAFT)
    return list(rows.select_related("made_by__user").order_by("-number"))


def latest(case: Case) -> AgreedPlan | None:
    """The newest version that was agreed, in force or not."""
    return next(iter(versions(case)), None)


def rows_of(plan: AgreedPlan, reader: Organisation | None = None) -> list[PlanRow]:
    """Who does what. Of someone in hiding an organisation reads its own rows alone: which other
    services know them says where they are.
    """
    rows = list(PlanRow.objects.filter(plan=plan).select_related("organisation"))
    if reader is not None and plan.case.person.restricted:
        return [row for row in rows if row.organisation_id == reader.pk]
    return rows


def who_may_agree(case: Case, people: Iterable[GroupMember]) -> list[GroupMember]:
    """Of these, who can agree this person's plan and be named on it: people of the service, and
    partners whose organisation may have the plan now.

    Nobody agrees what they may not read, and a name on a plan tells each of its readers that the
    organisation knows of the person.
    """
    every = list(people)
    partners = {one.membership.organisation for one in every if one.membership.role == Role.PARTNER}
    may = {organisation.pk for organisation in partners if has_plan(organisation, [case])[case.pk]}
    return [
        one for one in every
        if one.membership.role != Role.PARTNER or one.membership.organisation_id in may
    ]  # fmt: skip


def without_copy(case: Case, rows: Iterable[PlanRow]) -> set[Any]:
    """Organisations that rows name and that may not have the plan: they are given no copy."""
    named = {row.organisation for row in rows if row.organisation is not None}
    return {one.pk for one in named if not has_plan(one, [case])[case.pk]}


def plan_or_missing(actor: Actor, plan_id: Any) -> AgreedPlan:
    """One version, to whoever writes this person's plan."""
    plan = (
        AgreedPlan.objects.filter(pk=plan_id, service=actor.service_id)
        .select_related("case__person", "case__lead__user")
        .first()
    )
    if plan is None or not has_plan(actor, [plan.case]).get(plan.case_id):
        raise Missing
    return plan


def row_or_missing(actor: Actor, row_id: Any) -> PlanRow:
    """One row of a version that is being written."""
    row = (
        PlanRow.objects.filter(pk=row_id, service=actor.service_id)
        .select_related("plan__case__person")
        .first()
    )
    if row is None:
        raise Missing
    plan_or_missing(actor, row.plan_id)
    return row


@dataclass(frozen=True)
class Held:
    """One copy that left, and why it has to come back; an empty reason: it is good."""

    copy: Copy
    why: str


def why_back(copy: Copy, still_shared: bool) -> str:
    """Why a copy has to be destroyed, or nothing."""
    plan = copy.plan
    if not still_shared:
        return "The person no longer agrees to share it with you."
    if plan.state == State.REPLACED:
        return "There is a newer version."
    if plan.state == State.ENDED:
        return "The plan has ended."
    if plan.expires_on <= timezone.localdate():
        return "The plan has expired."
    return ""


def held(copies: Iterable[Copy]) -> list[Held]:
    """Each copy and why it has to come back; a fixed number of queries for each organisation."""
    every = list(copies)
    by_holder: dict[Any, list[Copy]] = {}
    for copy in every:
        by_holder.setdefault(copy.organisation, []).append(copy)
    shared: dict[Any, bool] = {}
    for organisation, some in by_holder.items():
        may = has_plan(organisation, {copy.plan.case for copy in some})
        shared |= {copy.pk: may[copy.plan.case_id] for copy in some}
    return [Held(copy, why_back(copy, shared[copy.pk])) for copy in every]


def copies(service_id: Any) -> QuerySet[Copy]:
    """Copies that nobody has confirmed to be gone, the oldest first."""
    rows = Copy.objects.filter(service=service_id, confirmed_at=None)
    return rows.select_related(
        "plan__case__person", "plan__case__lead__user", "organisation", "given_by__user"
    ).order_by("given_at")


def copies_back(actor: Actor) -> list[Held]:
    """Copies that have to come back: a partner's own, or those of the people the actor works with.

    To a partner nothing is told but the reference printed on the copy, and the day.
    """
    if actor.role == Role.PARTNER:
        rows = list(copies(actor.service_id).filter(organisation=actor.organisation))
    else:
        rows = list(copies(actor.service_id))
        may = has_plan(actor, {row.plan.case for row in rows})
        rows = [row for row in rows if may[row.plan.case_id]]
    return [one for one in held(rows) if one.why]


def copies_of(case: Case) -> list[Held]:
    """Every copy of one person's plan that ever left."""
    rows = Copy.objects.filter(plan__case=case).select_related(
        "plan__case__person", "organisation", "given_by__user", "confirmed_by__user"
    )
    return held(rows.order_by("-given_at"))


def copy_or_missing(actor: Actor, copy_id: Any) -> Copy:
    """One copy: a partner's own, or of a person the actor works with."""
    every = Copy.objects.filter(pk=copy_id, service=actor.service_id)
    copy = every.select_related("plan__case__person", "organisation").first()
    if copy is None:
        raise Missing
    if actor.role == Role.PARTNER:
        if copy.organisation_id != actor.organisation.pk:
            raise Missing
        return copy
    if not has_plan(actor, [copy.plan.case]).get(copy.plan.case_id):
        raise Missing
    return copy


def shared_plans(actor: Actor) -> list[AgreedPlan]:
    """Plans in force that a partner's organisation may have now."""
    people = [person.pk for person in shared_people(actor)]
    rows = AgreedPlan.objects.filter(
        service=actor.service_id, state=State.AGREED, case__person__in=people,
        expires_on__gt=timezone.localdate(),
    ).select_related("case__person", "case__lead__user")  # fmt: skip
    every = list(rows.order_by("case__person__family_name", "pk"))
    may = has_plan(actor, [row.case for row in every])
    return [row for row in every if may.get(row.case_id)]


def shared_plan_or_missing(actor: Actor, case_id: Any) -> AgreedPlan:
    """One of them."""
    found = next((row for row in shared_plans(actor) if row.case_id == case_id), None)
    if found is None:
        raise Missing
    return found
