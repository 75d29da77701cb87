"""Samples of a client's pages, consent, sharing and safety, for the matrix."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership
from openhiu.web.casework.models import (
    Case,
    Concern,
    Consent,
    FollowUp,
    FollowUpStep,
    Goal,
    Need,
    NetworkMember,
    Share,
    SharedWithoutConsent,
    Step,
    Story,
)
from support import samples_connections  # noqa: F401  (its samples count as well)
from support.samples import OTHER_SERVICE, OWN, Situation, sample
from support.samples_work import case_in
from support.web_casework import make_agreement

A_CLIENT = (
    "client", "open_outside", "seen", "history", "export", "rhythm", "plan", "change_words",
    "change_card", "card", "note_reasons", "add_goal", "add_network_member", "consent",
    "answer_take_part", "answer_story", "worried_about", "write_story", "object_to_counting",
    "lift_objection",
)  # fmt: skip


@sample(*(f"casework:{name}" for name in A_CLIENT), about_people=True)
def client(situation: Situation) -> dict[str, Any]:
    return {"case_id": case_in(situation).pk}


@sample("casework:move", about_people=True)
def move(situation: Situation) -> dict[str, Any]:
    # The matrix compares two pages letter by letter; only the client may differ between them.
    to = "nothing" if situation.name == OTHER_SERVICE else "walking_backwards"
    return {"case_id": case_in(situation).pk, "to": to}


@sample("casework:answer_share", "casework:share", about_people=True)
def agreement(situation: Situation) -> dict[str, Any]:
    return {
        "case_id": case_in(situation).pk,
        "agreement_id": make_agreement(situation.service).pk,
    }


@sample("casework:change_reason", about_people=True)
def reason(situation: Situation) -> dict[str, Any]:
    case = case_in(situation)
    made = Need.objects.create(
        service=case.service, case=case, category="housing", noted_by=case.lead
    )
    return {"need_id": made.pk}


@sample("casework:change_goal", "casework:add_step", about_people=True)
def goal(situation: Situation) -> dict[str, Any]:
    return {"goal_id": _goal(case_in(situation)).pk}


@sample("casework:mark_step", about_people=True)
def step(situation: Situation) -> dict[str, Any]:
    goal = _goal(case_in(situation))
    made = Step.objects.create(service=goal.service, goal=goal, words="Ring", whose="client")
    return {"step_id": made.pk}


def _goal(case: Case) -> Goal:
    return Goal.objects.create(
        service=case.service, case=case, words="Swim", set_on=case.opened_at.date()
    )


@sample("casework:change_network_member", about_people=True)
def network_member(situation: Situation) -> dict[str, Any]:
    case = case_in(situation)
    made = NetworkMember.objects.create(
        service=case.service, case=case, kind="person", name="Kay", may_contact="yes"
    )
    return {"member_id": made.pk}


@sample("casework:withdraw", about_people=True)
def answer(situation: Situation) -> dict[str, Any]:
    case = case_in(situation)
    return {"consent_id": Consent.objects.get(person=case.person, kind="take_part").pk}


@sample("casework:stop_sharing", about_people=True)
def shared(situation: Situation) -> dict[str, Any]:
    return {"share_id": _share(case_in(situation), None).pk}


@sample("casework:shared_page", "casework:shared_concern", about_people=True)
def shared_person(situation: Situation) -> dict[str, Any]:
    """Shared with the asker's organisation where the thing is their own or changes with it."""
    case = case_in(situation)
    with_them = situation.actor if situation.service.pk == situation.actor.service_id else None
    _share(case, with_them)
    return {"person_id": case.person_id}


def _share(case: Case, partner: Actor | None) -> Share:
    """A live share with its consent, as rows: the situation may forbid the action by now."""
    agreed = make_agreement(case.service, partner.organisation if partner else None)
    facts = {"service": case.service, "person": case.person, "items": ["name"],
             "organisation": agreed.organisation, "purpose": agreed.purpose}  # fmt: skip
    asked = Consent.objects.get(person=case.person, kind="take_part")
    consent = Consent.objects.create(
        **facts, kind="share", given=True, route="spoken", evidence="Yes",
        answered_on=asked.answered_on, review_on=asked.review_on, recorded_by=case.lead,
    )  # fmt: skip
    return Share.objects.create(**facts, consent=consent, agreement=agreed, by=case.lead)


@sample("casework:safety_record", "casework:safety_reasons", "casework:safety_review")
def kept_safe(situation: Situation) -> dict[str, Any]:
    made = SharedWithoutConsent.objects.create(
        service=situation.service,
        who_is_at_risk="Them",
        told_whom="999",
        what_was_shared="Where they are",
        why_now="Now",
        by=_member(situation),
        reasons_due_at=timezone.now(),
    )
    return {"record_id": made.pk}


@sample("casework:concern")
def concern(situation: Situation) -> dict[str, Any]:
    made = Concern.objects.create(
        service=situation.service, words="Not seen for a week", by=_member(situation)
    )
    return {"concern_id": made.pk}


def _follow_up(situation: Situation) -> FollowUp:
    made: FollowUp = FollowUp.objects.create(
        service=situation.service, concern_id=concern(situation)["concern_id"],
        look_again_on=timezone.localdate(), owner=_member(situation),
    )  # fmt: skip
    return made


@sample("casework:follow_step", "casework:follow_again", "casework:follow_close")
def follow_up(situation: Situation) -> dict[str, Any]:
    return {"follow_up_id": _follow_up(situation).pk}


@sample("casework:follow_done")
def follow_done(situation: Situation) -> dict[str, Any]:
    member = _member(situation)
    made = FollowUpStep.objects.create(
        service=situation.service, follow_up=_follow_up(situation), what="Ring social care",
        who=member, due_on=timezone.localdate(), made_by=member,
    )  # fmt: skip
    return {"step_id": made.pk}


@sample(
    "casework:story", "casework:change_story", "casework:approve_story", "casework:review_story",
    "casework:take_out_story",
)  # fmt: skip
def story(situation: Situation) -> dict[str, Any]:
    """Words that wait for their yes, of the asker's own client where it is their own."""
    case = case_in(situation)
    made = Story.objects.create(
        service=case.service, case=case, kind="quote", quarter="2026-Q4", words="A few words.",
        written_by=case.lead, writers=[str(case.lead.user_id)],
    )  # fmt: skip
    return {"story_id": made.pk}


def _member(situation: Situation) -> Membership:
    """Who wrote it: the asker where it is their own, else somebody of that service."""
    if situation.name == OWN:
        return situation.actor.membership
    return case_in(situation).lead
