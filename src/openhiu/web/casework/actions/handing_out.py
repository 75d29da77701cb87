"""What leaves in whole, recorded: the roster, a period's facts, a lead's copy for downtime."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from openhiu.web.access import lawful
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import policies
from openhiu.web.casework.downtime import HOURS, seal_page
from openhiu.web.casework.facts import Period, facts_for
from openhiu.web.casework.presenters.downtime import copy_for
from openhiu.web.casework.roster import Roster, of_those_who_agreed, roster_for

NOBODY = "Nobody has said yes to taking part yet, so there is nobody on the roster."
NOBODY_ALONG = "You support nobody at the moment, so there is nobody to take along."


@transaction.atomic
def hand_over_roster(*, by: Actor) -> Roster:
    """The roster for `hiu evaluate`: whoever said yes to taking part, recorded person by person.

    Raises:
        NotAllowed: the role delivers no evaluation, nobody has said yes yet, or nothing in force
            covers it with the organisation that receives it.
    """
    policies.must_hold(by, Permission.DELIVER_EVALUATION)
    if why := lawful.why_not_cross(by.service, by.organisation.pk, lawful.ROSTER):
        raise NotAllowed(why)
    roster = of_those_who_agreed(by, roster_for(by))
    if not roster.rows:
        raise NotAllowed(NOBODY)
    for person in sorted({row["person_ref"] for row in roster.rows}):
        record(by, Did.EXPORTED, person=UUID(person), what="roster", purpose=Purpose.EVALUATION)
    record(
        by, Did.EXPORTED, what="roster", rows=len(roster.rows), purpose=Purpose.EVALUATION,
        left_out=sum(roster.left_out.values()),
    )  # fmt: skip
    return roster


@transaction.atomic
def hand_over_facts(*, by: Actor, period: Period) -> str:
    """The facts of a period as JSON text for `hiu report board --facts`.

    Raises:
        NotAllowed: the role takes no undisclosed facts out.
    """
    policies.must_hold(by, Permission.EXPORT_FACTS)
    facts = facts_for(by, period)
    record(
        by, Did.EXPORTED, what="service facts", purpose=Purpose.SERVICE_MANAGEMENT,
        since=period.first.isoformat(), until=period.to_exclusive.isoformat(),
        stories=len(facts["stories"]) + len(facts["quotes"]),
    )  # fmt: skip
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


@transaction.atomic
def take_downtime_copy(*, by: Actor, password: str) -> str:
    """One's caseload sealed with a password, as HTML text, recorded person by person.

    Raises:
        NotAllowed: the role takes no record along, or there is nobody in it.
    """
    policies.must_hold(by, Permission.EXPORT_CLIENT)
    made = timezone.now().replace(microsecond=0)
    until = made + timedelta(hours=HOURS)
    copy = copy_for(by, made=made, until=until)
    if not copy.people:
        raise NotAllowed(NOBODY_ALONG)
    for person in copy.people:
        record(by, Did.EXPORTED, person=person, what="downtime copy", until=until.isoformat())
    return seal_page(copy.page, password, made=made, until=until)
