"""Confirming a line, naming who answers for what, and beginning: the only writers of readiness."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from openhiu.web.access import policies
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Service
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.models import Beginning, Confirmation, Officer
from openhiu.web.assurance.policies import ready as rules
from openhiu.web.assurance.ready.standing import readiness


@transaction.atomic
def confirm_line(*, by: Actor, line: str, evidence: str, review_on: date) -> Confirmation:
    """Say that a line is in place, what one has seen, and when it is looked at again.

    Raises:
        NotAllowed: software looks at this line, they noted what it rests on, no evidence, or a
            review that is not ahead.
    """
    policies.needs(by, Permission.CONFIRM_READINESS)
    _must(rules.why_not_confirm(by, rules.line_of(line), evidence, review_on))
    made: Confirmation = Confirmation.objects.create(
        service=by.service, line=line, evidence=evidence.strip(), confirmed_by=by.membership,
        confirmed_on=timezone.localdate(), review_on=review_on,
    )  # fmt: skip
    record(by, Did.CONFIRMED, about=made, line=line)
    return made


@transaction.atomic
def take_back(*, by: Actor, confirmation: Confirmation, because: str) -> Confirmation:
    """What was confirmed does not hold: the line asks again."""
    policies.needs(by, Permission.CONFIRM_READINESS)
    held = Confirmation.objects.select_for_update().filter(service=by.service, pk=confirmation.pk)
    found: Confirmation | None = held.first()
    if found is None or found.taken_back_at:
        raise Missing
    _must("" if because.strip() else "Say why it does not hold.")
    found.taken_back_by, found.taken_back_at = by.membership, timezone.now()
    found.taken_back_because = because.strip()[:300]
    found.save()
    record(by, Did.WITHDREW, about=found, line=found.line)
    return found


@transaction.atomic
def name_officer(
    *, by: Actor, post: str, name: str, contact: str, organisation: str = "", registration: str = ""
) -> Officer:
    """Say who answers for something from now on; who did before is kept with the day it ended."""
    policies.needs(by, Permission.CONFIRM_READINESS)
    Service.objects.select_for_update().get(pk=by.service_id)
    Officer.objects.filter(service=by.service, post=post, until=None).update(until=timezone.now())
    made: Officer = Officer.objects.create(
        service=by.service, post=post, name=name.strip(), contact=contact.strip(),
        organisation=organisation.strip(), registration=registration.strip(),
        named_by=by.membership,
    )  # fmt: skip
    record(by, Did.ADDED, about=made, post=post)
    return made


@transaction.atomic
def begin(*, by: Actor, begins_on: date, reason: str = "") -> Beginning:
    """Propose the day the service begins. A second person always agrees; open lines are named in
    the record, with a reason.

    Raises:
        NotAllowed: recorded already, or open lines without a reason.
    """
    policies.needs(by, Permission.CONFIRM_READINESS)
    Service.objects.select_for_update().get(pk=by.service_id)
    found = readiness(by.service)
    open_lines = [one.line.words for one in found.open]
    already = Beginning.objects.filter(service=by.service, dropped_at=None).exists()
    _must(rules.why_not_begin(open_lines, reason, already))
    made: Beginning = Beginning.objects.create(
        service=by.service, begins_on=begins_on, open_lines=open_lines, reason=reason.strip(),
        lines=len(found.lines), proposed_by=by.membership,
    )  # fmt: skip
    record(by, Did.ADDED, about=made, open=len(open_lines), lines=len(found.lines))
    return made


@transaction.atomic
def agree_to_begin(*, by: Actor, begun: Beginning) -> Beginning:
    """A second person agrees that the service begins, with what is in place and what is open."""
    policies.needs(by, Permission.CONFIRM_READINESS)
    held = _held(by, begun)
    _must(rules.why_not_agree(by, held))
    held.agreed_by, held.agreed_at = by.membership, timezone.now()
    held.save()
    record(by, Did.AGREED, about=held, open=len(held.open_lines))
    return held


@transaction.atomic
def drop_beginning(*, by: Actor, begun: Beginning) -> Beginning:
    """Take back a proposal that nobody has agreed."""
    policies.needs(by, Permission.CONFIRM_READINESS)
    held = _held(by, begun)
    _must("" if held.agreed_by_id is None else "The service has begun. That stays in the record.")
    held.dropped_at = timezone.now()
    held.save()
    record(by, Did.WITHDREW, about=held)
    return held


def _held(by: Actor, begun: Beginning) -> Beginning:
    rows = Beginning.objects.select_for_update(of=("self",)).select_related("proposed_by")
    found: Beginning | None = rows.filter(service=by.service, pk=begun.pk, dropped_at=None).first()
    if found is None:
        raise Missing
    return found


def _must(why: str) -> None:
    if why:
        raise NotAllowed(why)
