"""A request comes in: who asks, what they ask, and what the clock waits for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Service
from openhiu.web.assurance.models import RequestPause, RightsRequest
from openhiu.web.assurance.policies import rights as policies
from openhiu.web.assurance.queries.rights import clock_of
from openhiu.web.people.models import Person

Identity: Any = RightsRequest.Identity
By: Any = RightsRequest.By


@transaction.atomic
def note_request(*, by: Actor, person: Person | None, **said: Any) -> RightsRequest:
    """Note what somebody asks; `said` are fields of RightsRequest. The clock runs from that day.

    Raises:
        NotAllowed: not theirs, a day ahead, or somebody acts for another without saying why.
    """
    policies.note(by, person)
    if said["received_on"] > timezone.localdate():
        raise NotAllowed("The day it came cannot be after today.")
    if said.get("asked_by") == By.REPRESENTATIVE and not said.get("representative", "").strip():
        raise NotAllowed("Say who acts for them and what shows that they may.")
    if person is None and not said.get("about_whom", "").strip():
        raise NotAllowed("Say about whom they ask.")
    Service.objects.select_for_update().get(pk=by.service_id)  # numbers count up one by one
    kept = RightsRequest.objects.filter(service=by.service_id)
    number = (kept.aggregate(last=Max("number"))["last"] or 0) + 1
    made = RightsRequest.objects.create(
        service=by.service, person=person, number=number, noted_by=by.membership, **said
    )
    _recorded(by, made, step="noted", kind=str(made.kind))
    return made


@transaction.atomic
def take_on(*, by: Actor, request: RightsRequest) -> None:
    """Say that one sees to a request."""
    policies.decide(by, request)
    _save(by, request, "taken on", owner=by.membership)


@transaction.atomic
def ask_identity(*, by: Actor, request: RightsRequest, asked_on: date) -> None:
    """They were asked to show who they are: the month begins when that comes."""
    policies.work_on(by, request)
    if request.identity_confirmed_on:
        raise NotAllowed("Who asks was confirmed already.")
    _not_ahead(request, asked_on)
    _save(by, request, "asked for proof of identity", identity_asked_on=asked_on)


@transaction.atomic
def confirm_identity(*, by: Actor, request: RightsRequest, how: str, on: date) -> None:
    """It is certain who asks; a representative's authority was seen."""
    policies.work_on(by, request)
    _not_ahead(request, on)
    acts_for = request.asked_by == By.REPRESENTATIVE
    if acts_for != (how == Identity.AUTHORITY):
        raise NotAllowed(
            "Somebody who acts for them shows who they are and that they may."
            if acts_for
            else "They ask for themselves: say how you know that it is them."
        )
    _save(by, request, "identity confirmed", identity_how=how, identity_confirmed_on=on,
          identity_by=by.membership)  # fmt: skip


@transaction.atomic
def ask_clarification(
    *, by: Actor, request: RightsRequest, asked_on: date, asked: str
) -> RequestPause:
    """They were asked what they mean: the clock stands still until they answer.

    Raises:
        NotAllowed: something else asked of them is still open.
    """
    policies.work_on(by, request)
    _not_ahead(request, asked_on)
    if request.pauses.filter(answered_on=None).exists():
        raise NotAllowed("They were asked already and have not answered yet.")
    made = RequestPause.objects.create(
        service=by.service, request=request, asked_on=asked_on, asked=asked,
        asked_by=by.membership,
    )  # fmt: skip
    _recorded(by, request, step="asked back")
    return made


@transaction.atomic
def answer_clarification(
    *, by: Actor, request: RightsRequest, answered_on: date, answer: str
) -> None:
    """They said what they mean: the clock goes on."""
    policies.work_on(by, request)
    pause = request.pauses.select_for_update().filter(answered_on=None).first()
    if pause is None:
        raise NotAllowed("Nothing was asked of them.")
    if not pause.asked_on <= answered_on <= timezone.localdate():
        raise NotAllowed("The answer came after the question, and not after today.")
    pause.answered_on, pause.answer, pause.answered_by = answered_on, answer, by.membership
    pause.save()
    _recorded(by, request, step="answered")


@transaction.atomic
def extend(*, by: Actor, request: RightsRequest, told_on: date, reason: str) -> None:
    """Two more months, told with the reason before the first month ends.

    Raises:
        NotAllowed: extended already, told too late, or without a reason.
    """
    policies.decide(by, request)
    _not_ahead(request, told_on)
    if request.extended_on:
        raise NotAllowed("The time was extended already. It cannot be extended again.")
    latest = clock_of(request).tell_extension_by(timezone.localdate())
    if told_on > latest:
        raise NotAllowed(
            "It is too late to take more time: they had to be told in the first month."
        )
    if not reason.strip():
        raise NotAllowed("Say why more time is needed: the person is told.")
    _save(by, request, "extended", extended_on=told_on, extended_reason=reason.strip())


@transaction.atomic
def acknowledge(*, by: Actor, request: RightsRequest, on: date) -> None:
    """They were told that their complaint has come."""
    policies.work_on(by, request)
    _not_ahead(request, on)
    _save(by, request, "acknowledged", acknowledged_on=on)


def _not_ahead(request: RightsRequest, on: date) -> None:
    if not request.received_on <= on <= timezone.localdate():
        raise NotAllowed("That day is before the request came, or after today.")


def _save(by: Actor, request: RightsRequest, step: str, **values: Any) -> None:
    kept = RightsRequest.objects.select_for_update().get(pk=request.pk)
    for target in (kept, request):
        for name, value in values.items():
            setattr(target, name, value)
    kept.version += 1
    kept.save(update_fields=[*values, "version"])
    _recorded(by, request, step=step)


def _recorded(by: Actor, request: RightsRequest, **detail: Any) -> None:
    record(by, Did.NOTED_RIGHT, person=request.person_id, about=request,
           purpose=Purpose.IG_AUDIT, **detail)  # fmt: skip
