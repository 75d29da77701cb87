"""Samples of requests about people's own records, for the matrix of addresses and roles."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from openhiu.web.access.models import Role
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.models import RightsRequest, Telling
from openhiu.web.assurance.presenters.rights import slug
from support.samples import Situation, sample
from support.samples_work import case_in
from support.web import make_member
from support.web_rights import Asked, ask_for, give_all, known

_STEPS = ("right", "right_take", "right_ask_identity", "right_identity", "right_ask_back",
          "right_answered", "right_acknowledge", "right_extend", "right_decide", "right_reply",
          "right_close", "right_hold")  # fmt: skip


def asked_in(situation: Situation) -> Asked:
    service = situation.service
    case = case_in(situation)
    return Asked(
        make_member(service, Role.LEAD),
        make_member(service, Role.SUPERVISOR),
        make_member(service, Role.AUDITOR),
        case,
    )


def request_in(situation: Situation, kind: str = "access") -> tuple[Asked, RightsRequest]:
    asked = asked_in(situation)
    return asked, known(asked, ask_for(asked, kind))


@sample(*(f"assurance:{name}" for name in _STEPS))
def step(situation: Situation) -> dict[str, Any]:
    return {"request_id": request_in(situation)[1].pk}


@sample("assurance:note_right")
def note(situation: Situation) -> dict[str, Any]:
    return {"person_id": case_in(situation).person_id}


@sample("assurance:right_held", "assurance:right_make")
def held(situation: Situation) -> dict[str, Any]:
    asked, request = request_in(situation)
    give_all(asked, request)
    actions.make_pack(by=asked.auditor, request=request)
    return {"request_id": request.pk}


@sample("assurance:right_section")
def section(situation: Situation) -> dict[str, Any]:
    return {**held(situation), "section": slug("people.Person")}


@sample("assurance:right_review", "assurance:right_correct")
def item(situation: Situation) -> dict[str, Any]:
    asked, request = request_in(situation, "rectification")
    return {"request_id": request.pk, "section": slug("people.Person"), "row": asked.person.pk}


@sample("assurance:right_confirm", "assurance:right_send_back", "assurance:right_take_copy",
        "assurance:right_give")  # fmt: skip
def copy(situation: Situation) -> dict[str, Any]:
    asked, request = request_in(situation)
    give_all(asked, request)
    pack = actions.make_pack(by=asked.auditor, request=request)
    return {"request_id": request.pk, "pack_id": pack.pk}


@sample("assurance:tie_to_record")
def untied(situation: Situation) -> dict[str, Any]:
    made = actions.note_request(
        by=make_member(situation.service, Role.AUDITOR), person=None, about_whom="A Sample",
        kind="access", words="What?", received_on=timezone.localdate(), received_how="letter",
    )  # fmt: skip
    return {"kind": "request", "row_id": made.pk}


@sample("assurance:lift_hold")
def hold(situation: Situation) -> dict[str, Any]:
    asked, request = request_in(situation, "restriction")
    made = actions.hold_processing(by=asked.auditor, request=request, ground="contested")
    return {"hold_id": made.pk}


@sample("assurance:tell_recipient")
def telling(situation: Situation) -> dict[str, Any]:
    asked, request = request_in(situation, "rectification")
    made = actions.keep_with_statement(
        by=asked.auditor, request=request, model="people.Person", row=str(asked.person.pk),
        field="family_name", statement="It is spelt otherwise", reason="As on the card",
    )  # fmt: skip
    row = Telling.objects.create(service=situation.service, correction=made, whom="999",
                                 through="safety", received_on=timezone.localdate())  # fmt: skip
    return {"telling_id": row.pk}
