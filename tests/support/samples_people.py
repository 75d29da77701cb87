"""Samples of the people room: a person in every situation, and what hangs on a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from openhiu.web.access.models import Role
from openhiu.web.people.models import Merge, Notice
from support.samples import DECEASED, OTHER_SERVICE, OWN, RESTRICTED, Situation, sample
from support.web import make_member
from support.web_people import BORN, make_person


def somebody(situation: Situation, **facts: Any) -> Any:
    """Theirs when the situation is "own"; else entered by a colleague, restricted or died."""
    entered = situation.actor
    if situation.name == OTHER_SERVICE or situation.actor.service_id != situation.service.pk:
        entered = make_member(situation.service, Role.LEAD)
    return make_person(
        entered, mine=situation.name in (OWN, RESTRICTED, DECEASED),
        restricted=situation.name == RESTRICTED,
        died="informal" if situation.name == DECEASED else "", birth_date=BORN, **facts,
    )  # fmt: skip


@sample(
    "people:person", "people:change", "people:add_name", "people:add_phone", "people:add_number",
    "people:confirm_address", "people:contact_safety", "people:propose_notice", "people:died",
    "people:not_died", "people:restricted", "people:not_restricted", about_people=True,
)  # fmt: skip
def person(situation: Situation) -> dict[str, Any]:
    return {"person_id": somebody(situation, address="1 High Street").pk}


@sample("people:remove_name")
def other_name(situation: Situation) -> dict[str, Any]:
    owner = somebody(situation, also=["Also"])
    return {"person_id": owner.pk, "name_id": owner.other_names.get().pk}


@sample("people:stop_phone")
def phone(situation: Situation) -> dict[str, Any]:
    owner = somebody(situation, phones=["07700 900001"])
    return {"person_id": owner.pk, "phone_id": owner.phones.get().pk}


@sample("people:agree_notice", "people:end_notice")
def notice(situation: Situation) -> dict[str, Any]:
    proposer = make_member(situation.service, Role.LEAD)
    soon = timezone.localdate() + timedelta(days=30)
    made = Notice.objects.create(
        service=situation.service, person=somebody(situation), kind="risk", words="Dog",
        source="Incident 7", review_on=soon, ends_on=soon, proposed_by=proposer.membership,
    )  # fmt: skip
    return {"notice_id": made.pk}


@sample("people:propose_merge")
def pair(situation: Situation) -> dict[str, Any]:
    return {"kept_id": somebody(situation).pk, "absorbed_id": somebody(situation).pk}


@sample("people:keep_apart")
def lookalikes(situation: Situation) -> dict[str, Any]:
    return {"one_id": somebody(situation).pk, "other_id": somebody(situation).pk}


@sample("people:merge", "people:decide_merge", "people:undo_merge")
def merge(situation: Situation) -> dict[str, Any]:
    proposer = make_member(situation.service, Role.LEAD)
    decided: dict[str, Any] = {}
    made = Merge.objects.create(
        service=situation.service, kept=somebody(situation), absorbed=somebody(situation),
        reason="Same person", proposed_by=proposer.membership, **decided,
    )  # fmt: skip
    return {"merge_id": made.pk}
