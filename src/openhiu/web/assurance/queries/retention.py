"""Scoped reads of retention: appraisals, holds, schedules and certificates of one's service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from openhiu.tables.handover import NHS_ISSUER
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Hospital
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.models.retention import (
    Appraisal,
    Certificate,
    Hold,
    RetentionRules,
)
from openhiu.web.assurance.retention.mentions import places_naming
from openhiu.web.intake.listed_by import listed_by
from openhiu.web.monitoring import caseload
from openhiu.web.people.models import Identifier, Person
from openhiu.web.people.queries import person_or_missing

_S = Appraisal.State
OPEN: Final = (_S.WAITING, _S.PROPOSED, _S.COOLING)


def appraisals(actor: Actor) -> QuerySet[Appraisal]:
    """Every record that is or was appraised, those longest due first."""
    rows = Appraisal.objects.filter(service=actor.service_id)
    return rows.select_related("proposed_by__user", "confirmed_by__user").order_by("due_on", "pk")


def appraisal_or_missing(actor: Actor, appraisal_id: UUID) -> Appraisal:
    """One of them."""
    return _one(appraisals(actor).filter(pk=appraisal_id))


def visible_person(actor: Actor, appraisal: Appraisal) -> Person | None:
    """Who it is, for whoever may open the record; nobody for everybody else."""
    if not may(actor.role, Permission.OPEN_CLIENT):
        return None
    try:
        return person_or_missing(actor, appraisal.about)
    except Missing:
        return None


def named_elsewhere(appraisal: Appraisal) -> list[tuple[str, int]]:
    """In which kinds of text elsewhere they are named, and how often."""
    if appraisal.state not in OPEN:
        return []
    places = places_naming(appraisal.service_id, appraisal.records)
    return sorted(Counter(place.words for place in places).items())


def holds(actor: Actor) -> QuerySet[Hold]:
    """Every hold, those in force first, the newest first."""
    rows = Hold.objects.filter(service=actor.service_id)
    return rows.select_related("placed_by__user", "lifted_by__user").order_by(
        "lifted_at", "-placed_at"
    )


def hold_or_missing(actor: Actor, hold_id: UUID) -> Hold:
    """One of them."""
    return _one(holds(actor).filter(pk=hold_id))


def schedules(actor: Actor) -> QuerySet[RetentionRules]:
    """Every version of the schedules, the newest first."""
    rows = RetentionRules.objects.filter(service=actor.service_id)
    return rows.select_related("made_by__user", "decided_by__user").order_by("-version")


def schedule_or_missing(actor: Actor, rules_id: UUID) -> RetentionRules:
    """One of them."""
    return _one(schedules(actor).filter(pk=rules_id))


def certificates(actor: Actor) -> QuerySet[Certificate]:
    """Every certificate, the newest first."""
    rows = Certificate.objects.filter(service=actor.service_id)
    return rows.select_related(
        "appraisal__proposed_by__user", "appraisal__confirmed_by__user"
    ).order_by("-number")


def certificate_or_missing(actor: Actor, certificate_id: UUID) -> Certificate:
    """One of them."""
    return _one(certificates(actor).filter(pk=certificate_id))


def person_with_number(actor: Actor, number: str) -> Person | None:
    """The one record that has this NHS number now or had it before; nothing of it is shown."""
    here = {"service": actor.service_id}
    found = Person.objects.filter(**here, nhs_number=number, merged_into=None).first()
    if found is None:
        former = Identifier.objects.filter(**here, issuer="nhs", value=number)
        found = Person.objects.filter(pk__in=former.values("person")).first()
    while found is not None and found.merged_into is not None:
        found = found.merged_into
    return found


def to_forget(actor: Actor) -> list[tuple[str, str, str]]:
    """Identifiers of everybody whose removal is agreed and near, as the actor's organisation knows
    them: each with its issuer, and an NHS number with a date of birth, so that nobody else who has
    it in a store by mistake is forgotten.

    Only of those whom that organisation listed, or who were in a caseload file it took: another
    hospital's are not told.
    """
    rows = Appraisal.objects.filter(service=actor.service_id, state=_S.COOLING)
    sites = Hospital.objects.filter(service=actor.service_id)
    others = sites.exclude(organisation=actor.organisation).values_list("site_code", flat=True)
    not_theirs = {NHS_ISSUER, *others, *(["ALL"] if others else [])}
    found: set[tuple[str, str, str]] = set()
    for row in rows:
        theirs = listed_by(actor.service_id, actor.organisation.pk, row.records)
        named = caseload.was_told(actor, row.records)
        if theirs.known or named:
            said = theirs.numbers
            if named and said is not None:
                said = said | _in_a_caseload(actor, row.records)
            local = theirs.references | _their_own(actor, row.records, not_theirs)
            found |= {(issuer, value, "") for issuer, value in local}
            found |= _numbers(actor, row.records, said)
    return sorted(found)


def _in_a_caseload(actor: Actor, keys: Collection[UUID]) -> set[str]:
    """The NHS numbers a caseload file says; one in doubt may be somebody's they never heard of."""
    return {value for _, issuer, value in caseload.rows(actor, keys) if issuer == NHS_ISSUER}


def _their_own(actor: Actor, keys: Collection[UUID], not_theirs: set[str]) -> set[tuple[str, str]]:
    """The organisation's own numbers for somebody."""
    own = Identifier.objects.filter(service=actor.service_id, person__in=keys)
    return set(own.exclude(issuer__in=not_theirs).values_list("issuer", "value"))


def _numbers(
    actor: Actor, keys: Collection[UUID], said: set[str] | None
) -> set[tuple[str, str, str]]:
    """NHS numbers as far as they were said to them, with each date of birth of the record."""
    here = {"service": actor.service_id}
    people = list(Person.objects.filter(**here, pk__in=keys))
    former = Identifier.objects.filter(**here, person__in=keys, issuer=NHS_ISSUER)
    nhs = {one.nhs_number for one in people} | set(former.values_list("value", flat=True))
    told = (nhs if said is None else nhs & said) - {""}
    births = {one.birth_date.isoformat() for one in people if one.birth_date} or {""}
    return {(NHS_ISSUER, number, birth) for number in told for birth in births}


def _one(rows: QuerySet[Any]) -> Any:
    row = rows.first()
    if row is None:
        raise Missing
    return row
