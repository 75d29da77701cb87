"""Samples of disclosures, for the matrix of addresses and roles."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from openhiu.web.access.models import Role
from openhiu.web.assurance.models import Disclosure
from support.samples import OTHER_SERVICE, Situation, sample
from support.web import make_member


def disclosure_in(situation: Situation) -> Disclosure:
    decided = make_member(situation.service, Role.SAFEGUARDING)
    today = timezone.localdate()
    made: Disclosure = Disclosure.objects.create(
        service=situation.service, about_whom="Nobody we know", body="police",
        organisation="Northtown Police", asker="DC Example", reference="NT/1", asked_on=today,
        purpose="A missing person", asked_for="Where they are", basis="none", answer="not_given",
        why="No basis was named", consent_sought="No", person_told="Nothing was given",
        trained_on=today, decided_by=decided.membership, review_by=today,
    )  # fmt: skip
    return made


@sample("assurance:disclosure", "assurance:review_disclosure")
def disclosure(situation: Situation) -> dict[str, Any]:
    return {"disclosure_id": disclosure_in(situation).pk}


@sample("assurance:disclosures_month")
def month(situation: Situation) -> dict[str, Any] | None:
    # A month is no thing of a service: everybody has one.
    if situation.name == OTHER_SERVICE:
        return None
    return {"year": 2026, "month": 10}
