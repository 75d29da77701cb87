"""What was shared with whom, and what still could be: a person comes in, rows go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.lawful import agreements_in_force, in_force
from openhiu.web.access.models import Agreement, Organisation
from openhiu.web.casework import policies
from openhiu.web.casework.models import Consent, Share
from openhiu.web.casework.queries.consent import SHARE, answers, newest
from openhiu.web.casework.sharing import PLACES
from openhiu.web.people.held import is_held
from openhiu.web.people.models import Person


@dataclass(frozen=True)
class Standing:
    """How sharing stands with one organisation for one purpose."""

    organisation: Organisation
    purpose: str
    agreement: Agreement | None
    answer: Consent | None
    live: Share | None

    @property
    def why_not(self) -> str:
        """Why nothing can be shared now, or nothing."""
        if self.agreement is None:
            return "There is no sharing agreement in force with them."
        if self.answer is None:
            return "They have not been asked yet."
        if not self.answer.given:
            return "They said no."
        if self.answer.withdrawn_at:
            return "They took this back."
        if not policies.in_date(self.answer):
            return "Their yes is past its review date. Ask again."
        return ""


def agreements(service_id: Any) -> QuerySet[Agreement]:
    """Sharing agreements in force today, by organisation."""
    return (
        agreements_in_force(service_id)
        .select_related("organisation")
        .order_by("organisation__name", "purpose", "starts_on")
    )


def agreement_or_missing(actor: Actor, agreement_id: Any) -> Agreement:
    """One agreement in force in the actor's service."""
    found: Agreement | None = agreements(actor.service_id).filter(pk=agreement_id).first()
    if found is None:
        raise Missing
    return found


def standing_answer(person: Person, agreement: Agreement) -> Consent | None:
    """The latest answer of a person to this organisation and purpose."""
    return (
        answers(person)
        .filter(kind=SHARE, organisation=agreement.organisation_id, purpose=agreement.purpose)
        .first()
    )


def shareable(person: Person, agreement: Agreement) -> frozenset[str]:
    """What the lead may share now: the agreement's items that the person agreed to, in date."""
    if not in_force(agreement) or is_held(person):
        return frozenset()
    answer = standing_answer(person, agreement)
    if answer is None or not policies.in_date(answer) or not policies.taking_part(person):
        return frozenset()
    return frozenset(agreement.items) & frozenset(answer.items)


def standings(person: Person) -> list[Standing]:
    """Every organisation that could be, is or was asked about, by name; four queries."""
    found = {
        (one.organisation_id, one.purpose): one
        for one in newest(answers(person).filter(kind=SHARE))
    }
    live = {(one.organisation_id, one.purpose): one for one in shares(person) if not one.stopped_at}
    agreed = {(one.organisation_id, one.purpose): one for one in agreements(person.service_id)}
    keys = {**agreed, **found, **live}
    rows = [
        Standing(row.organisation, row.purpose, agreed.get(key), found.get(key), live.get(key))
        for key, row in keys.items()
    ]
    return sorted(rows, key=lambda row: (row.organisation.name, row.purpose))


def shares(person: Person) -> QuerySet[Share]:
    """Everything ever shared of a person with consent, newest first."""
    return (
        Share.objects.filter(service=person.service_id, person=person)
        .select_related("organisation", "by__user")
        .order_by("-at")
    )


def shared_people(actor: Actor) -> QuerySet[Person]:
    """People of whom something is or was being shared with the actor's organisation."""
    live = Share.objects.filter(
        service=actor.service_id, organisation=actor.organisation, stopped_at=None
    )
    return Person.objects.filter(
        service=actor.service_id, merged_into=None, pk__in=live.values("person")
    ).order_by("family_name", "given_name", "pk")


def notes_to(actor: Actor, person: Person) -> list[Share]:
    """The live shares with the actor's organisation that carry a word to them.

    A word is read as long as the items beside it: under agreement and consent for its purpose.
    About someone who died nobody is told any more what to do; beside a hidden place stands no word.
    """
    if person.died or person.died_on:
        return []
    live = Share.objects.filter(
        service=actor.service_id,
        organisation=actor.organisation,
        person=person,
        stopped_at=None,
    )
    told = list(live.exclude(note="").select_related("by__user").order_by("-at"))
    allowed = agreements(actor.service_id).filter(organisation=actor.organisation) if told else []
    hidden = PLACES if person.restricted else frozenset()
    agreed = [(one.purpose, shareable(person, one) - hidden) for one in allowed]
    return [
        share
        for share in told
        if any(share.purpose == purpose and items & set(share.items) for purpose, items in agreed)
    ]
