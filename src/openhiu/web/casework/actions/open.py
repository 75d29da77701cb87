"""The one door from intake into casework: a person who said yes comes in, a case goes out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership, Role
from openhiu.web.casework import lifecycle, policies
from openhiu.web.casework.actions.consent import answer_take_part
from openhiu.web.casework.actions.phases import enter, note_move
from openhiu.web.casework.models import Case, Plan
from openhiu.web.people.models import Person
from openhiu.web.team.hours import next_day_at_work

NO_YES = "Support begins with a yes. Record that they agree to take part first."


@transaction.atomic
def open_case(
    *,
    by: Actor,
    person: Person,
    consent: Mapping[str, Any],
    quarter: str,
    lead: Membership | None = None,
) -> Case:
    """Begin supporting someone who agreed to take part.

    Args:
        by: who records the yes.
        person: who said it; of the actor's service, alive, not joined with another record.
        consent: the answer: `given` (must be True), `route`, `evidence`, `answered_on`, and
            optionally `capacity`, `told`, `review_on` (see actions.consent.answer_take_part).
        quarter: the calendar quarter they were chosen in, like "2026-Q4".
        lead: who will walk alongside; whoever records the yes when they are a lead.

    Raises:
        NotAllowed: without a yes, for someone who died, or who is supported already.
        Missing: the person is not of this service.

    Someone supported before who had asked us to stop keeps their one case and its history:
    it is picked up again.
    """
    if person.service_id != by.service_id:
        raise Missing
    why = NO_YES if consent.get("given") is not True else policies.why_not_open(by, person)
    if why:
        raise NotAllowed(why)
    person = Person.objects.select_for_update().get(pk=person.pk)
    answer_take_part(by=by, person=person, **consent)
    before = Case.objects.filter(person=person).first()
    return _again(by, before) if before else _new(by, person, quarter, _lead(by, lead))


def _lead(by: Actor, lead: Membership | None) -> Membership:
    found = lead or (by.membership if by.role == Role.LEAD else None)
    if found is None or found.role != Role.LEAD or found.service_id != by.service_id:
        raise NotAllowed("Choose the lead who will walk alongside them.")
    return found


def _new(by: Actor, person: Person, quarter: str, lead: Membership) -> Case:
    phase = lifecycle.WORKING_TOGETHER
    case = Case.objects.create(
        service=by.service,
        person=person,
        lead=lead,
        team=lead.team,
        phase=phase.key,
        quarter=quarter,
        rhythm_days=phase.rhythm_days,
        next_contact_on=_first_day(lead, phase.rhythm_days or 0),
    )
    Plan.objects.create(service=by.service, case=case)
    note_move(by, case, "", "They said yes.")
    record(by, Did.ADDED, person=person, about=case)
    return case


def _first_day(lead: Membership, days: int) -> date:
    return next_day_at_work(lead, timezone.localdate() + timedelta(days=days))


def _again(by: Actor, case: Case) -> Case:
    """The case of someone who comes back after asking us to stop; the table still decides."""
    if not policies.why_not_move(case, lifecycle.PICKED_UP_AGAIN.key):
        return enter(by, case, lifecycle.PICKED_UP_AGAIN.key, "They came back and said yes again.")
    case.next_contact_on = timezone.localdate()
    case.version += 1
    case.save(update_fields=["next_contact_on", "version"])
    return case
