"""Writing the plan: the client's words come in and are kept as said; a stale save never overwrites.

What matters, strengths and the crisis card are one row; reasons, goals, steps and network follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from django.db import models, transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.casework import needs, policies
from openhiu.web.casework.models import Case, Goal, Need, NetworkMember, Plan, Step

PLAN_LABELS: Final = {
    "what_matters": "What matters to them",
    "strengths": "Strengths",
    "warning_signs": "Signs that it is getting hard",
    "what_helps": "What helps",
    "what_harms": "What makes it worse",
    "people_to_call": "People to call",
    "come_if": "Come to A&E or call 999 if",
    "out_of_hours": "Who answers out of hours",
}
GOAL_LABELS: Final = {"words": "Goal"}
NETWORK_LABELS: Final = {
    "kind": "Person or service",
    "name": "Name",
    "relation": "Who they are",
    "phone": "Phone",
    "may_contact": "May we be in touch with them?",
    "note": "Good to know",
}
# Also drawn as a case's plan by presenters; the order above is the order on the page.
Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def change_plan(*, by: Actor, case: Case, version: int, **words: str) -> Plan:
    """Save some of the plan's texts (keys of PLAN_LABELS), exactly as typed.

    Raises:
        Stale: someone saved since `version`; carries both texts, nothing is overwritten.
    """
    policies.must_be_theirs(by, case)
    plan = _held(by, Plan, case.plan.pk)
    changed = _apply(plan, version, words, PLAN_LABELS)
    if changed:
        plan.updated_at, plan.updated_by = timezone.now(), by.membership
        plan.save()
        record(by, Did.CHANGED, person=case.person_id, about=plan, fields=changed)
    return plan


@transaction.atomic
def note_reasons(
    *, by: Actor, case: Case, certain: Iterable[str], perhaps: Iterable[str] = (), words: str = ""
) -> list[Need]:
    """Note several real reasons at once; those already noted change only in how sure we are.

    `words` say what "another" is.
    """
    policies.must_be_theirs(by, case)
    sure = dict.fromkeys(certain, True) | dict.fromkeys(perhaps, False)
    if set(sure) - set(needs.CATEGORIES):
        raise NotAllowed("There is no such reason.")
    if needs.ANOTHER in sure and not words.strip():
        raise NotAllowed("Say what the other reason is.")
    open_now = {need.category: need for need in case.needs.filter(met_on=None, taken_away_on=None)}
    noted = [_note_reason(by, case, open_now.get(key), key, sure[key], words) for key in sure]
    record(by, Did.CHANGED, person=case.person_id, about=case, reasons=len(noted))
    return noted


def _note_reason(
    by: Actor, case: Case, known: Need | None, category: str, certain: bool, words: str
) -> Need:
    said = words.strip() if category == needs.ANOTHER else ""
    if known is None or (said and known.words != said):
        return Need.objects.create(
            service=by.service, case=case, category=category, words=said, certain=certain,
            noted_by=by.membership,
        )  # fmt: skip
    if known.certain != certain:
        known.certain = certain
        known.save(update_fields=["certain"])
    return known


@transaction.atomic
def change_reason(
    *,
    by: Actor,
    need: Need,
    words: str,
    certain: bool,
    met_on: date | None,
    missing_service: str = "",
) -> Need:
    """Say more about one reason: in words, how sure, met since when, what could not be found."""
    policies.must_be_theirs(by, need.case)
    held = _held(by, Need, need.pk)
    held.words, held.certain, held.met_on = words, certain, met_on
    held.missing_service = missing_service
    held.save()
    record(by, Did.CHANGED, person=need.case.person_id, about=held)
    return held


@transaction.atomic
def take_reason_away(*, by: Actor, need: Need) -> None:
    """It turned out not to be a reason; the history keeps that it was thought."""
    policies.must_be_theirs(by, need.case)
    held = _held(by, Need, need.pk)
    held.taken_away_on = timezone.localdate()
    held.save(update_fields=["taken_away_on"])
    record(by, Did.CHANGED, person=need.case.person_id, about=held, taken_away=True)


@transaction.atomic
def add_goal(*, by: Actor, case: Case, words: str, first_step: str = "") -> Goal:
    """Keep a goal in the client's words, perhaps with a first small step."""
    policies.must_be_theirs(by, case)
    goal = Goal.objects.create(
        service=by.service, case=case, words=words, set_on=timezone.localdate()
    )
    record(by, Did.ADDED, person=case.person_id, about=goal)
    if first_step.strip():
        add_step(by=by, goal=goal, words=first_step, whose="client")
    return goal


@transaction.atomic
def change_goal(*, by: Actor, goal: Goal, version: int, words: str, state: str) -> Goal:
    """Say a goal differently, or that they got there or let it go.

    Raises:
        Stale: someone saved since `version`.
    """
    policies.must_be_theirs(by, goal.case)
    held = _held(by, Goal, goal.pk)
    changed = _apply(held, version, {"words": words, "state": state}, GOAL_LABELS)
    if changed:
        over = state != str(Goal.State.GOING)
        held.ended_on = (held.ended_on or timezone.localdate()) if over else None
        held.save()
        record(by, Did.CHANGED, person=goal.case.person_id, about=held, fields=changed)
    return held


@transaction.atomic
def add_step(
    *, by: Actor, goal: Goal, words: str, whose: str = "client", due_on: date | None = None
) -> Step:
    """Add one small step towards a goal."""
    policies.must_be_theirs(by, goal.case)
    step = Step.objects.create(
        service=by.service, goal=goal, words=words, whose=whose, due_on=due_on
    )
    record(by, Did.ADDED, person=goal.case.person_id, about=step)
    return step


@transaction.atomic
def mark_step(*, by: Actor, step: Step, done: bool) -> Step:
    """Say that a step is done, or not yet."""
    policies.must_be_theirs(by, step.goal.case)
    step.done_on = timezone.localdate() if done else None
    step.save(update_fields=["done_on"])
    record(by, Did.CHANGED, person=step.goal.case.person_id, about=step, done=done)
    return step


@transaction.atomic
def add_network_member(*, by: Actor, case: Case, **facts: str) -> NetworkMember:
    """Add a person or service around the client (keys of NETWORK_LABELS)."""
    policies.must_be_theirs(by, case)
    member = NetworkMember.objects.create(
        service=by.service, case=case, added_at=timezone.now(), **facts
    )
    record(by, Did.ADDED, person=case.person_id, about=member)
    return member


@transaction.atomic
def change_network_member(
    *, by: Actor, member: NetworkMember, version: int, ended: bool = False, **facts: str
) -> NetworkMember:
    """Change someone around the client, or say that they no longer are.

    Raises:
        Stale: someone saved since `version`.
    """
    policies.must_be_theirs(by, member.case)
    held = _held(by, NetworkMember, member.pk)
    changed = _apply(held, version, facts, NETWORK_LABELS)
    gone = (held.ended_on or timezone.localdate()) if ended else None
    if changed or gone != held.ended_on:
        held.ended_on = gone
        held.save()
        record(by, Did.CHANGED, person=member.case.person_id, about=held, fields=changed)
    return held


def _held(by: Actor, kind: type[Row], key: Any) -> Any:
    """The row as it is now, locked, of the actor's service."""
    manager: Any = kind._default_manager
    row = manager.select_for_update().filter(pk=key, service=by.service_id).first()
    if row is None:
        raise Missing
    return row


def _apply(
    row: Any, version: int, wanted: Mapping[str, Any], labels: Mapping[str, str]
) -> list[str]:
    """Put what differs into the row and count its version up; the names that differed.

    Raises:
        Stale: the row moved on and says something else than what is wanted.
    """
    differs = [name for name in wanted if getattr(row, name) != wanted[name]]
    if differs and row.version != version:
        raise Stale(
            [
                (labels.get(name, name), str(getattr(row, name)), str(wanted[name]))
                for name in differs
            ]
        )
    for name in differs:
        setattr(row, name, wanted[name])
    row.version += bool(differs)
    return differs
