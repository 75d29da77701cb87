"""Samples of looking after people, lone visits and calendars, for the matrix."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework.models import Visit
from openhiu.web.team.models import CalendarKey, Talk, TalkWish
from support.samples import OWN, Situation, sample
from support.samples_work import case_in, lead_for

ABOUT_A_CLIENT = ("visits", "plan_client_visit")
ABOUT_A_VISIT = ("visit", "set_out", "come_back", "stay_longer", "cancel_visit", "say_safe")
ABOUT_A_COLLEAGUE = ("care_of", "note_talk_of", "note_training_of", "set_buddy_of", "note_check")


@sample(*(f"casework:{name}" for name in ABOUT_A_CLIENT), about_people=True)
def client(situation: Situation) -> dict[str, Any]:
    return {"case_id": case_in(situation).pk}


@sample(*(f"casework:{name}" for name in ABOUT_A_VISIT), about_people=True)
def visit(situation: Situation) -> dict[str, Any]:
    """A visit to a client by their lead, that began a while ago."""
    case = case_in(situation)
    begun = timezone.now() - timedelta(minutes=20)
    made = Visit.objects.create(
        service=case.service, case=case, visitor=case.lead, buddy=lead_for(situation).membership,
        starts_at=begun, ends_at=begun + timedelta(hours=1),
    )  # fmt: skip
    return {"visit_id": made.pk}


@sample(*(f"team:{name}" for name in ABOUT_A_COLLEAGUE))
def colleague(situation: Situation) -> dict[str, Any]:
    return {"membership_id": lead_for(situation).membership.pk}


@sample("team:take_back")
def talk(situation: Situation) -> dict[str, Any]:
    whose = _own_or_other(situation).membership
    made = Talk.objects.create(
        service=situation.service, member=whose, kind="coaching", on=timezone.localdate(),
        with_words="Kim", noted_by=whose,
    )  # fmt: skip
    return {"kind": "talk", "row_id": made.pk}


@sample("team:talked")
def wish(situation: Situation) -> dict[str, Any]:
    made = TalkWish.objects.create(service=situation.service, member=lead_for(situation).membership)
    return {"wish_id": made.pk}


@sample("team:calendar_file")
def calendar(situation: Situation) -> dict[str, Any]:
    member = _own_or_other(situation).membership
    CalendarKey.objects.create(service=situation.service, member=member, secret_hash="x" * 64)
    return {"membership_id": member.pk, "secret": "not-the-secret"}


def _own_or_other(situation: Situation) -> Actor:
    mine = situation.name == OWN and situation.actor.role in (Role.LEAD, Role.COVER)
    return situation.actor if mine else lead_for(situation)
