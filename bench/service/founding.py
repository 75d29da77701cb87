"""Founds the simulated service and its quiet neighbour; organisations, roles and agreements."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, Final
from uuid import uuid4

from django.db import transaction

from bench.service.clock import Clock
from bench.service.ledger import Agreed, Answer
from bench.service.soul import SITES, population
from bench.service.world import World
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import (
    Agreement,
    Gateway,
    Hospital,
    Membership,
    Organisation,
    Role,
    Service,
    Team,
    User,
)
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.models import Assessment
from openhiu.web.casework import actions as casework
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.people import actions as people

Kind: Any = Organisation.Kind
SOULS: Final = 70
PURPOSES: Final = ("finding and keeping a home", "feeling safer at night")
# Small, so that limits are reached and passed within a year.
LIMITS: Final = {"new_each_quarter": 5, "together_low": 2, "together_high": 5, "open_at_most": 9}
_ROLES: Final[dict[str, Any]] = {
    "lead-a": Role.LEAD, "lead-b": Role.LEAD, "cover": Role.COVER, "supervisor": Role.SUPERVISOR,
    "manager": Role.SUPERVISOR, "safeguarding": Role.SAFEGUARDING, "analyst": Role.ANALYST,
    "admin": Role.ADMIN, "admin-2": Role.ADMIN, "auditor": Role.AUDITOR,
}  # fmt: skip
_WORKERS: Final = (Role.LEAD, Role.COVER)


def found(seed: int, clock: Clock) -> World:
    """Everything that is there on the first morning."""
    dice = Random(seed)
    neighbour = _neighbour()
    with transaction.atomic():
        service = _service("A", **LIMITS)
        set_service(service.pk)
        trust = _hospitals(service)
        partners = [_organisation(Kind.PARTNER) for _ in PURPOSES]
        actors = _everybody(service, trust, partners)
        auditor = actors["auditor"].membership
        agreements = _agreements(service, partners, clock.today, auditor)
        _gateway(service, trust, clock.today, auditor)
        _assessment(service, clock.today, actors["supervisor"].membership, auditor)
    world = World(seed, dice, clock, service, neighbour, actors, partners, agreements,
                  population(SOULS, dice, clock.today))  # fmt: skip
    world.ledger.agreements += [noted(one) for one in agreements]
    return world


def member(service: Service, role: Any, organisation: Organisation, team: Team | None) -> Actor:
    """Somebody new under a role."""
    key = uuid4().hex[:8]
    user = User.objects.create_user(email=f"{key}@example.org", name=f"{Role(role).label} {key}")
    membership = Membership.objects.create(
        user=user, service=service, organisation=organisation, team=team, role=role
    )
    return Actor(user=user, membership=membership)


def noted(agreement: Agreement) -> Agreed:
    """An agreement as the ledger keeps it."""
    return Agreed(
        agreement.pk, agreement.organisation_id, agreement.purpose, frozenset(agreement.items),
        agreement.starts_on, agreement.ends_on,
    )  # fmt: skip


def yes(today: date, **changes: Any) -> dict[str, Any]:
    """A yes given on the phone today."""
    return {
        "given": True, "route": "spoken", "evidence": "“Yes, I would like that.”",
        "told": "That it is their choice.", "answered_on": today, **changes,
    }  # fmt: skip


def kept_answer(answer: Any) -> Answer:
    """A recorded answer as the ledger keeps it: what was asked for, as the act said it."""
    return Answer(
        answer.person_id, answer.kind, answer.given, answer.recorded_at, answer.review_on,
        answer.pk, answer.organisation_id, answer.purpose, frozenset(answer.items),
    )  # fmt: skip


def _everybody(
    service: Service, trust: Organisation, partners: list[Organisation]
) -> dict[str, Actor]:
    team = Team.objects.create(service=service, name="North")
    actors = {
        key: member(service, role, trust if role == Role.ANALYST else service.provider,
                    team if role in _WORKERS else None)
        for key, role in _ROLES.items()
    }  # fmt: skip
    for nth, organisation in enumerate(partners):
        actors[f"partner-{nth}"] = member(service, Role.PARTNER, organisation, None)
    return actors


def _organisation(kind: Any) -> Organisation:
    return Organisation.objects.create(name=f"Organisation {uuid4().hex[:10]}", kind=kind)


def _service(name: str, **limits: Any) -> Service:
    return Service.objects.create(
        name=f"Service {name} {uuid4().hex[:8]}", provider=_organisation(Kind.PROVIDER), **limits
    )


def _hospitals(service: Service) -> Organisation:
    trust = _organisation(Kind.HOSPITAL)
    for code in SITES:
        Hospital.objects.create(
            service=service, organisation=trust, site_code=code, name=f"Hospital {code}"
        )
    return trust


def _agreements(
    service: Service, partners: list[Organisation], today: date, second: Membership
) -> list[Agreement]:
    return [
        Agreement.objects.create(
            service=service, organisation=organisation, purpose=purpose,
            items=[*sorted(ITEMS)[nth::2], "name"], starts_on=today - timedelta(days=30),
            ends_on=today + timedelta(days=230 + 200 * nth), state="agreed", agreed_by=second,
            signed_on=today - timedelta(days=30),
        )
        for nth, (organisation, purpose) in enumerate(zip(partners, PURPOSES, strict=True))
    ]  # fmt: skip


def _gateway(service: Service, trust: Organisation, today: date, second: Membership) -> None:
    """Direct care: what the hospital sends and receives crosses under it."""
    Gateway.objects.create(
        service=service, organisation=trust, kind="direct_care", reference="IGG 7",
        data_sets=["list", "activity", "caseload", "roster"], purpose="asking about support",
        article_6="6_1_e", article_9="9_2_h", schedule_1="1_2", evidence="Minute 7.",
        starts_on=today - timedelta(days=30), expires_on=today + timedelta(days=2000),
        state="agreed", agreed_by=second,
    )  # fmt: skip


def _assessment(service: Service, today: date, first: Membership, second: Membership) -> None:
    """What every new agreement rests on."""
    Assessment.objects.create(
        service=service, kind="dpia", reference="DPIA-1", scope="All of it", risks="Too much told",
        state="signed", decision="go", signed_on=today - timedelta(days=30),
        review_on=today + timedelta(days=2000), drafted_by=first, recorded_by=second,
    )  # fmt: skip


def _neighbour() -> Service:
    """Another service with a client, a plan and something shared: nothing of it may ever change."""
    with transaction.atomic():
        other = _service("B", purge_after_days=5000)
        set_service(other.pk)
        _hospitals(other)
        team = Team.objects.create(service=other, name="South")
        lead = member(other, Role.LEAD, other.provider, team)
        member(other, Role.SUPERVISOR, other.provider, None)
        person = people.add_person(by=lead, given_name="Robin", family_name="Neighbour",
                                   phones=[("07700 900111", "own")])  # fmt: skip
        today = lead_today()
        case = casework.open_case(
            by=lead, person=person, consent=yes(today, review_on=today + timedelta(days=2000)),
            quarter="2026-Q1",
        )  # fmt: skip
        casework.change_plan(by=lead, case=case, version=1, what_matters="Quiet.")
        casework.record_contact(by=lead, case=case, who="client", how="phone", reached="yes",
                                next_contact=today + timedelta(days=700))  # fmt: skip
    return other


def lead_today() -> date:
    """Today, as the product sees it."""
    from django.utils import timezone

    return timezone.localdate()
