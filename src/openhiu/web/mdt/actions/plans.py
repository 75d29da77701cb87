"""The agreed plan of a person: a version is written, agreed, replaced; agreed ones never change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.casework.actions.consent import months_on
from openhiu.web.casework.models import Case
from openhiu.web.mdt import policies
from openhiu.web.mdt.actions.copies import ask_back
from openhiu.web.mdt.actions.holding import apply, held
from openhiu.web.mdt.models import AgreedPlan, GroupMember, Meeting, PlanRow
from openhiu.web.mdt.queries.plans import draft_of, latest, who_may_agree

State = AgreedPlan.State
LABELS: Final = {
    "signs": "Early-warning signs",
    "helps": "What helps",
    "come_if": "Come to A&E or call 999 if",
}
ROW_LABELS: Final = ("organisation", "who", "does", "call", "hours")
GOOD_FOR_MONTHS: Final = 6


@transaction.atomic
def begin_plan(*, by: Actor, case: Case) -> AgreedPlan:
    """A new version to write on: from the one before, or from the client's own crisis plan."""
    policies.must_write_plan(by, case)
    now = draft_of(case)
    if now is not None:
        return now
    before = latest(case)
    texts = before or case.plan
    plan: AgreedPlan = AgreedPlan.objects.create(
        service=by.service, case=case, number=(before.number + 1) if before else 1,
        signs=before.signs if before else texts.warning_signs,
        helps=before.helps if before else texts.what_helps,
        come_if=texts.come_if, made_by=by.membership,
    )  # fmt: skip
    for row in before.rows.all() if before else ():
        PlanRow.objects.create(
            service=by.service, plan=plan, organisation=row.organisation, who=row.who,
            does=row.does, call=row.call, hours=row.hours, position=row.position,
        )  # fmt: skip
    record(by, Did.ADDED, person=case.person_id, about=plan, number=plan.number)
    return plan


@transaction.atomic
def change_plan(*, by: Actor, plan: AgreedPlan, version: int, **said: str) -> AgreedPlan:
    """Write on a version that is not agreed yet.

    Raises:
        Stale: someone saved since `version`; carries both texts.
    """
    row = _draft(by, plan)
    changed = apply(row, version, said, LABELS)
    if changed:
        row.save()
        record(by, Did.CHANGED, person=row.case.person_id, about=row, fields=changed)
    return row


@transaction.atomic
def add_row(*, by: Actor, plan: AgreedPlan, **said: Any) -> PlanRow:
    """One more who does something: an organisation or a name, and what they do.

    A row may name an organisation that may not have the plan. It says where help is to be found,
    and gives that organisation nothing: no copy, and no sight of the plan.
    """
    draft = _draft(by, plan)
    policies.must(_why_not_row(said))
    row: PlanRow = PlanRow.objects.create(
        service=by.service, plan=draft, position=draft.rows.count() + 1,
        **{name: said[name] for name in ROW_LABELS if name in said},
    )  # fmt: skip
    record(by, Did.CHANGED, person=draft.case.person_id, about=draft, row="added")
    return row


@transaction.atomic
def change_row(*, by: Actor, row: PlanRow, **said: Any) -> PlanRow:
    """Say it otherwise."""
    draft = _draft(by, row.plan)
    policies.must(_why_not_row(said))
    now: PlanRow = held(by, row)
    for name in ROW_LABELS:
        setattr(now, name, said.get(name, getattr(now, name)))
    now.save()
    record(by, Did.CHANGED, person=draft.case.person_id, about=draft, row="changed")
    return now


@transaction.atomic
def remove_row(*, by: Actor, row: PlanRow) -> None:
    """They are no part of it."""
    draft = _draft(by, row.plan)
    PlanRow.objects.filter(pk=row.pk, plan=draft).delete()
    record(by, Did.CHANGED, person=draft.case.person_id, about=draft, row="taken away")


@transaction.atomic
def agree_plan(
    *,
    by: Actor,
    plan: AgreedPlan,
    there: Iterable[GroupMember],
    agreed_on: date,
    expires_on: date | None = None,
    meeting: Meeting | None = None,
    client_says: str = "not_yet",
    client_words: str = "",
) -> AgreedPlan:
    """Agree a version with those who were there; the one before is replaced, its copies recalled.

    Raises:
        NotAllowed: nobody was there, or someone of an organisation that may not have the plan; no
            line on when to come, a day ahead, an expiry behind.
    """
    row = _draft(by, plan)
    people = list(there)
    until = expires_on or months_on(agreed_on, GOOD_FOR_MONTHS)
    policies.must(_why_not_agree(row, people, agreed_on, until))
    for before in AgreedPlan.objects.select_for_update().filter(case=row.case, state=State.AGREED):
        before.state, before.ended_at = State.REPLACED, timezone.now()
        before.save(update_fields=["state", "ended_at"])
    row.state, row.agreed_on, row.expires_on, row.meeting = State.AGREED, agreed_on, until, meeting
    row.agreed_by = [_named(one) for one in people]
    row.client_says, row.client_words = client_says, client_words.strip()
    row.client_on = None if client_says == str(AgreedPlan.ClientSays.NOT_YET) else agreed_on
    row.version += 1
    row.save()
    record(by, Did.CHANGED, person=row.case.person_id, about=row, agreed=True, number=row.number)
    ask_back(row.service)
    return row


def _why_not_agree(row: AgreedPlan, people: list[GroupMember], on: date, until: date) -> str:
    if not people:
        return "Say who was there when it was agreed."
    if any(one.service_id != row.service_id for one in people):
        return "They are not a member of this team."
    outside = [one for one in people if one not in who_may_agree(row.case, people)]
    if outside:
        return (
            f"They have not agreed that {outside[0].membership.organisation.name} has the plan, so "
            "nobody from there agrees it or is named on it. Ask them first, and share the plan."
        )
    if on > timezone.localdate():
        return "It cannot be agreed on a day to come."
    if until <= timezone.localdate():
        return "It has to last beyond today."
    if until > months_on(on, 12):
        return "A plan lasts a year at most. Look at it again before."
    if not row.come_if.strip():
        return "Say when to come to A&E or call 999: every plan has this line."
    if not row.rows.exists():
        return "Say who does what: at least one organisation, service or hospital."
    return ""


@transaction.atomic
def note_client(
    *, by: Actor, plan: AgreedPlan, client_says: str, client_words: str, client_on: date | None
) -> AgreedPlan:
    """What the client says about the plan: the one thing that changes after it was agreed."""
    policies.must_write_plan(by, plan.case)
    row: AgreedPlan = held(by, plan)
    if row.state != State.AGREED:
        raise NotAllowed("Only the plan in force is shown to them.")
    said = client_says != str(AgreedPlan.ClientSays.NOT_YET)
    row.client_says, row.client_words = client_says, client_words.strip()
    row.client_on = (client_on or timezone.localdate()) if said else None
    row.version += 1
    row.save()
    record(by, Did.CHANGED, person=row.case.person_id, about=row, client_says=client_says)
    return row


@transaction.atomic
def end_plan(*, by: Actor, plan: AgreedPlan) -> AgreedPlan:
    """There is no plan any more; copies are recalled."""
    policies.ours(by, plan)
    row: AgreedPlan = held(by, plan)
    if row.state != State.AGREED:
        raise NotAllowed("Only the plan in force can be ended.")
    policies.must_write_plan(by, row.case)
    row.state, row.ended_at = State.ENDED, timezone.now()
    row.save(update_fields=["state", "ended_at"])
    record(by, Did.CHANGED, person=row.case.person_id, about=row, ended=True)
    ask_back(row.service)
    return row


def _draft(by: Actor, plan: AgreedPlan) -> AgreedPlan:
    policies.must_write_plan(by, plan.case)
    row: AgreedPlan = held(by, plan)
    policies.must(policies.why_not_change(row))
    return row


def _why_not_row(said: dict[str, Any]) -> str:
    if not said.get("organisation") and not str(said.get("who", "")).strip():
        return "Say who: choose an organisation, or write a name."
    return "" if str(said.get("does", "")).strip() else "Say what they do."


def _named(member: GroupMember) -> dict[str, str]:
    of = member.membership
    return {"name": of.user.name, "post": member.post, "organisation": of.organisation.name}
