"""Founds the made-up service: organisations, hospitals, teams, accounts; actors come out by key."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, Final

import time_machine
from django.contrib.auth.hashers import make_password

from openhiu.locality import Locality
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import (
    Hospital,
    Membership,
    Organisation,
    Service,
    Team,
    User,
)
from openhiu.web.access.row_security import set_service
from openhiu.web.demo import lawful, personas
from openhiu.web.demo.personas import Persona

Kind = Organisation.Kind
# A demonstration is opened again months later, and nobody confirmed its roles meanwhile.
_OPENED_AGAIN_DAYS: Final = 3650
_OUT_OF_HOURS: Final = (
    "Night Line Larkham: 0808 157 0100, every day 6pm to 6am, free to call. In danger: 999."
)
_ODS: Final = {
    personas.PROVIDER: "ZOD1",
    personas.HOUSING: "ZHA1",
    personas.LIAISON: "ZLP1",
    personas.COMMISSIONER: "ZIC1",
    personas.TRUST: "ZKR1",
}


def found(locality: Locality, store: str, since: date) -> dict[str, Actor]:
    """Make both services and everybody in them; the actors, by persona key.

    `store` is the activity store the analyst can run the list on. Nobody can sign in with a
    password: personas are entered from the demo page alone.
    """
    here = _service(personas.SERVICE, _organisation(personas.PROVIDER, Kind.PROVIDER), store)
    there = _service(
        personas.OTHER_SERVICE, _organisation(personas.OTHER_PROVIDER, Kind.PROVIDER), ""
    )
    _hospitals(here, locality)
    actors = {persona.key: _member(persona, here) for persona in personas.PERSONAS}
    actors[personas.OUTSIDER.key] = _member(personas.OUTSIDER, there)
    _make_lawful(actors, here, since)
    return actors


def _organisation(name: str, kind: Any) -> Organisation:
    made, _ = Organisation.objects.get_or_create(
        name=name, defaults={"kind": kind, "ods_code": _ODS.get(name, "")}
    )
    return made


def _service(name: str, provider: Organisation, store: str) -> Service:
    made: Service = Service.objects.create(
        name=name, provider=provider, store=store, out_of_hours=_OUT_OF_HOURS,
        attest_grace_days=_OPENED_AGAIN_DAYS,
    )  # fmt: skip
    return made


def _hospitals(service: Service, locality: Locality) -> None:
    set_service(service.pk)
    trusts = {site.provider for site in locality.sites}
    names = dict(zip(sorted(trusts), (personas.TRUST, "Lapwing Hospital Trust"), strict=False))
    for site in locality.sites:
        Hospital.objects.create(
            service=service,
            organisation=_organisation(names.get(site.provider, site.name), Kind.HOSPITAL),
            site_code=site.code,
            name=site.name,
        )


def _member(persona: Persona, service: Service) -> Actor:
    user = User(email=persona.email, name=persona.name, password=make_password(None))
    user.save()
    membership = Membership.objects.create(
        user=user,
        service=service,
        organisation=_organisation(persona.organisation, _kind(persona)),
        team=_team(service, persona.team),
        role=persona.role,
    )
    return Actor(user=user, membership=membership)


def _kind(persona: Persona) -> Any:
    kinds = {
        personas.TRUST: Kind.HOSPITAL,
        personas.COMMISSIONER: Kind.COMMISSIONER,
        personas.HOUSING: Kind.PARTNER,
        personas.LIAISON: Kind.PARTNER,
    }
    return kinds.get(persona.organisation, Kind.PROVIDER)


def _team(service: Service, name: str) -> Team | None:
    return Team.objects.get_or_create(service=service, name=name)[0] if name else None


def _make_lawful(actors: dict[str, Actor], here: Service, since: date) -> None:
    """What crosses does so under an agreement or a gateway, all of them from the first day."""
    set_service(here.pk)
    esther, joan, until = actors["esther"], actors["joan"], date(since.year + 4, 3, 31)
    agreed = (
        (personas.HOUSING, "Finding and keeping a home", ["name", "contact", "what_matters",
                                                          "goals"]),
        (personas.LIAISON, "The team meeting, and one plan at both hospitals",
         ["name", "birth_date", "phase", "what_matters", "strengths", "goals", "card", "meeting",
          "agreed_plan"]),
    )  # fmt: skip
    with time_machine.travel(datetime.combine(since, time(9), tzinfo=UTC), tick=False):
        lawful.assess(esther, joan, since, until)
        for name, purpose, items in agreed:
            to = _organisation(name, Kind.PARTNER)
            lawful.agree(esther, joan, to, since, until, purpose=purpose, items=items)
        for trust in Organisation.objects.filter(kind=Kind.HOSPITAL).order_by("name"):
            lawful.open_gateway(esther, joan, trust, since, until)
