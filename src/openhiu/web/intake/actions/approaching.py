"""Reaching someone: tries come in and are counted as work; an outcome ends the approach."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import caseload
from openhiu.web.casework.actions import open_case
from openhiu.web.casework.lifecycle import IDENTIFIED, REACHING_OUT
from openhiu.web.intake import policies
from openhiu.web.intake.models import Approach, Attempt
from openhiu.web.intake.queries.approaches import scope
from openhiu.web.people.models import ContactSafety
from openhiu.web.people.safety import May, contact_rules

Outcome: Any = Approach.Outcome
_LEFT_ALL_THE_SAME = (
    "If one was left all the same, record that nobody answered, say so in the note, and tell your "
    "supervisor."
)


@transaction.atomic
def record_attempt(
    *,
    by: Actor,
    approach: Approach,
    how: str,
    reached: str,
    note: str = "",
    next_try_on: date | None = None,
    neutral_only: bool = False,
) -> Attempt:
    """Record one try at reaching someone. A try that failed is work like any other.

    Args:
        by: the lead, or cover of their team.
        approach: which approach.
        how: Attempt.How.
        reached: Attempt.Reached.
        note: what happened, in a few words.
        next_try_on: when to try again; empty keeps what was planned before today out.
        neutral_only: the contact-safety plan is not known yet: neutral words, no voicemail.

    Raises:
        NotAllowed: no contact-safety plan, someone who died, a way that is not safe, or ended.
    """
    held = _held(by, approach)
    has_plan = ContactSafety.objects.filter(service=by.service, person=held.person).exists()
    policies.must(policies.why_not_attempt(held, has_plan=has_plan, neutral_only=neutral_only))
    policies.must(why_not_this_way(held, how, reached, note))
    attempt: Attempt = Attempt.objects.create(
        service=by.service,
        approach=held,
        by=by.membership,
        how=Attempt.How(how),
        reached=Attempt.Reached(reached),
        note=note.strip(),
    )
    if held.phase == IDENTIFIED.key:
        held.phase = REACHING_OUT.key
    held.neutral_only = held.neutral_only or (neutral_only and not has_plan)
    held.next_try_on = next_try_on
    _save(held)
    record(by, Did.APPROACHED, person=held.person, about=held, how=how, reached=reached)
    return attempt


def why_not_this_way(approach: Approach, how: str, reached: str, note: str) -> str:
    """Why a try cannot be made (or have been made) in this way, or nothing."""
    person = approach.person
    rules = contact_rules(person)
    if rules.blocked:
        return rules.blocked
    if reached == str(Attempt.Reached.VOICEMAIL):
        return f"{rules.voicemail.why} {_LEFT_ALL_THE_SAME}" if not rules.voicemail else ""
    way = {Attempt.How.TEXT: rules.text, Attempt.How.LETTER: rules.letter}.get(Attempt.How(how))
    if way is None or way.may in (May.YES, May.NEUTRAL):
        return ""
    return "" if way and note.strip() else f"{way.why} Say in the note why it was done this way."


@transaction.atomic
def plan_next_try(*, by: Actor, approach: Approach, on: date | None) -> Approach:
    """Say when to try again."""
    held = _held(by, approach)
    if held.ended_at:
        raise NotAllowed("This approach has ended.")
    held.next_try_on = on
    _save(held)
    record(by, Did.CHANGED, person=held.person, about=held, field="next try")
    return held


@transaction.atomic
def change_reason(*, by: Actor, approach: Approach, reason: str, version: int) -> Approach:
    """Write anew why this person was chosen.

    Raises:
        Stale: someone else saved first; both texts are in it.
    """
    held = _held(by, approach)
    if held.version != version:
        raise Stale([("Why this person", held.reason, reason)])
    held.reason = reason.strip()
    _save(held)
    record(by, Did.CHANGED, person=held.person, about=held, field="reason")
    return held


@transaction.atomic
def record_outcome(
    *,
    by: Actor,
    approach: Approach,
    outcome: str,
    note: str = "",
    consent: Mapping[str, Any] | None = None,
    ask_again_on: date | None = None,
    signposted_to: str = "",
    over_limit_reason: str = "",
) -> Any:
    """End an approach. A yes opens a case through the one door, and the case is given; else None.

    Args:
        by: the lead, or cover of their team.
        approach: which approach.
        outcome: Approach.Outcome.
        note: why, for "not right for this service"; optional otherwise.
        consent: for a yes, what casework.actions.open_case takes.
        ask_again_on: for "not now", a day ahead.
        signposted_to: for "not right for this service", where else they may find help.
        over_limit_reason: for a yes, when the caseload is full.

    Raises:
        NotAllowed: ended already, too few tries, a date or reason missing, no consent, a full
            caseload without a reason (caseload.LimitReached).
    """
    held = _held(by, approach)
    if held.ended_at:
        raise NotAllowed("This approach has ended already. Nothing was recorded twice.")
    policies.must(_why_not_outcome(held, outcome, note, consent, ask_again_on))
    held.outcome, held.outcome_note = outcome, note.strip()
    held.ask_again_on = ask_again_on if outcome == Outcome.NOT_NOW else None
    held.signposted_to = signposted_to.strip() if outcome == Outcome.NOT_RIGHT else ""
    held.ended_at, held.next_try_on = timezone.now(), None
    _save(held)
    record(by, Did.MOVED, person=held.person, about=held, outcome=str(outcome))
    if outcome != Outcome.YES:
        return None
    limits = (caseload.TOGETHER, caseload.OPEN)
    caseload.take_on(by=by, lead=held.lead, limits=limits, reason=over_limit_reason)
    return open_case(
        by=by, person=held.person, consent=consent or {}, quarter=held.quarter, lead=held.lead
    )


def _why_not_outcome(
    held: Approach, outcome: str, note: str, consent: object, ask_again_on: date | None
) -> str:
    if outcome not in Outcome.values or outcome == Outcome.DIED:
        return "Say how it ended."
    if outcome == Outcome.YES and not consent:
        return "A yes comes with their consent: record how they gave it."
    if outcome == Outcome.NOT_NOW and (
        ask_again_on is None or ask_again_on <= timezone.localdate()
    ):
        return "Say on which day ahead they may be asked again."
    if outcome == Outcome.NOT_REACHED:
        return policies.why_not_reached_enough(held)
    if outcome == Outcome.NOT_RIGHT and not note.strip():
        return "Say why the service is not right for them."
    return ""


def _held(by: Actor, approach: Approach) -> Approach:
    """The approach as it is now, held; Missing when it is not theirs."""
    policies.must_hold(by, Permission.WRITE_CLIENT)
    found: Approach | None = (
        Approach.objects.select_for_update(of=("self",))
        .select_related("person", "lead__service")
        .filter(scope(by), service=by.service, pk=approach.pk)
        .first()
    )
    if found is None:
        raise Missing
    return found


def _save(held: Approach) -> None:
    held.version += 1
    held.save()
