"""What was done in a period: a service and days come in; counts of people and contacts go out."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership, Role
from openhiu.web.casework import lifecycle
from openhiu.web.casework.facts.period import Period
from openhiu.web.casework.models import (
    Case,
    Concern,
    Connection,
    ConnectionNews,
    Consent,
    Contact,
    LimitPassed,
    NetworkMember,
    PhaseChange,
    Plan,
    Share,
    SharedWithoutConsent,
)
from openhiu.web.casework.queries.consent import newest
from openhiu.web.people.models import Person

_EASED: Final = (lifecycle.WALKING_BACKWARDS.key, lifecycle.AT_A_DISTANCE.key)
_OFTEN: Final = (lifecycle.WORKING_TOGETHER.key, lifecycle.PICKED_UP_AGAIN.key)


def counted(actor: Actor, period: Period) -> dict[str, Any]:
    """People opened, eased and picked up; the caseload at the end; contacts and connections."""
    here = {"service": actor.service_id}
    moves = PhaseChange.objects.filter(**here, **period.within("at"))
    eased = moves.filter(from_phase__in=_OFTEN, to_phase__in=_EASED)
    again = moves.filter(to_phase=lifecycle.PICKED_UP_AGAIN.key)
    supported = caseload_at(actor, period.ends)
    own_words = Plan.objects.filter(**here, case__in=supported).exclude(what_matters="")
    return {
        "opened": Case.objects.filter(**here, **period.within("opened_at")).count(),
        "stepped_back": eased.values("case").distinct().count(),
        "picked_up_again": again.values("case").distinct().count(),
        "caseload_now": len(supported),
        "caseload_limit_per_lead": actor.service.open_at_most,
        "leads": leads_at(actor, period.ends).count(),
        "contacts": _contacts(actor, period),
        "connections": _connections(actor, period),
        "plans_in_own_words": own_words.count(),
    }


def caseload_at(actor: Actor, moment: datetime) -> set[UUID]:
    """The cases supported at a moment: begun, taking part and alive."""
    day = timezone.localdate(moment)
    cases = Case.objects.filter(
        service=actor.service_id, opened_at__lt=moment, person__merged_into=None
    )
    alive = cases.filter(Q(person__died="") | Q(person__died_on__gte=day))
    found = dict(alive.values_list("person", "pk"))
    answers = Consent.objects.filter(
        service=actor.service_id, kind=Consent.Kind.TAKE_PART, person__in=found,
        recorded_at__lt=moment,
    ).order_by("-recorded_at", "-answered_on")  # fmt: skip
    held = {one.person_id for one in newest(answers) if _held(one, moment)}
    return {case for person, case in found.items() if person in held}


def _held(answer: Consent, moment: datetime) -> bool:
    taken_back = answer.withdrawn_at is not None and answer.withdrawn_at < moment
    return bool(answer.given) and not taken_back


def leads_at(actor: Actor, moment: datetime) -> Any:
    """Whoever was a lead of the service at a moment."""
    held = Membership.objects.filter(service=actor.service_id, role=Role.LEAD)
    return held.filter(Q(ended_at=None) | Q(ended_at__gte=moment))


def _contacts(actor: Actor, period: Period) -> dict[str, Any]:
    """Contacts and tries, those entered in error left out."""
    made = Contact.objects.filter(
        service=actor.service_id, error_at=None, **period.within("at")
    )  # fmt: skip
    by_how = made.values_list("how").annotate(times=Count("pk")).order_by("how")
    return {
        "all": made.count(),
        "reached": made.filter(reached=Contact.Reached.YES).count(),
        "by_how": {str(Contact.How(how).label): times for how, times in by_how},
    }


def _connections(actor: Actor, period: Period) -> dict[str, Any]:
    """Who and what somebody was connected with: noted around them, or shared with in agreement.

    A service they were connected with step by step is counted there, and not again as one around.
    """
    here = {"service": actor.service_id}
    noted = NetworkMember.objects.filter(**here, **period.within("added_at"))
    step_by_step = Connection.objects.filter(case=OuterRef("case"), name__iexact=OuterRef("name"))
    services = noted.filter(~Exists(step_by_step), kind=NetworkMember.Kind.SERVICE)
    met = ConnectionNews.objects.filter(**here, to_state="connected", **period.within("at"))
    kinds = {
        "Services they were connected with": met.values("connection").distinct().count(),
        "Services around them": services.count(),
        "People around them": noted.filter(kind=NetworkMember.Kind.PERSON).count(),
        "Shared with an organisation": Share.objects.filter(**here, **period.within("at")).count(),
    }
    return {"all": sum(kinds.values()), "by_kind": kinds}


def incidents(actor: Actor, period: Period) -> dict[str, int]:
    """What the service keeps of things that went wrong or were kept from going wrong."""
    here = {"service": actor.service_id}
    died = Person.objects.filter(
        **here, died_on__gte=period.first, died_on__lte=period.last, merged_into=None
    )
    clients = Case.objects.filter(**here).values("person")
    shared = SharedWithoutConsent.objects.filter(**here, **period.within("at"))
    return {
        "clients_who_died": died.filter(pk__in=clients).count(),
        "worries_raised": Concern.objects.filter(**here, **period.within("at")).count(),
        "shared_to_keep_someone_safe": shared.count(),
        "caseload_limits_passed": LimitPassed.objects.filter(**here, **period.within("at")).count(),
    }
