"""What is decided otherwise: nobody is erased against it, and the person is told of it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.assurance.actions import retention
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.models import Appraisal, RightsRequest
from openhiu.web.casework.models import Concern, FollowUp
from support.web import make_service, sign_in
from support.web_rights import Asked, ask_for, known, people_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Asked:
    return people_of(make_service())


@pytest.fixture
def erasure(asked: Asked) -> RightsRequest:
    return known(asked, ask_for(asked, "erasure"))


def decide(asked: Asked, request: RightsRequest, decision: str, **said: Any) -> None:
    actions.decide(by=asked.auditor, request=request, decision=decision, reason="Weighed.", **said)


def agreed_on(asked: Asked) -> Appraisal:
    row = Appraisal.objects.get(about=asked.person.pk, state="proposed")
    return retention.confirm(by=asked.supervisor, appraisal=row, version=row.version)


@pytest.mark.parametrize("otherwise", ["not_done", "taken_back", "nothing_held"])
def test_nothing_is_removed_once_it_is_decided_otherwise(
    asked: Asked, erasure: RightsRequest, otherwise: str
) -> None:
    decide(asked, erasure, "done")
    agreed_on(asked)
    decide(asked, erasure, otherwise)
    row = Appraisal.objects.get(about=asked.person.pk)
    assert (row.state, row.decision, row.agreed_clock) == ("overtaken", "", None)
    decide(asked, erasure, "done")
    assert agreed_on(asked).state == "cooling"


def test_a_record_whose_own_time_has_come_waits_for_two_people_as_any_other(
    asked: Asked, erasure: RightsRequest
) -> None:
    decide(asked, erasure, "done")
    row = agreed_on(asked)
    Appraisal.objects.filter(pk=row.pk).update(due_on=timezone.localdate())
    decide(asked, erasure, "not_done")
    row.refresh_from_db()
    assert (row.state, row.why, row.request_reference) == ("waiting", "time", "")


def test_what_was_removed_cannot_be_decided_otherwise(
    asked: Asked, erasure: RightsRequest, monkeypatch: Any
) -> None:
    from openhiu.web.assurance.actions.retention import erasures

    decide(asked, erasure, "done")
    gone = Appraisal(state="removed")  # only the database itself can say so of a row
    monkeypatch.setattr(erasures, "hold_still", lambda *_of: [gone])
    with pytest.raises(NotAllowed, match="removed already"):
        decide(asked, erasure, "not_done")
    assert RightsRequest.objects.get().decision == "done"


def test_they_are_told_of_each_decision_and_not_before_it(
    asked: Asked, erasure: RightsRequest
) -> None:
    today = timezone.localdate()
    decide(asked, erasure, "not_done")
    actions.reply(by=asked.auditor, request=erasure, on=today, how="letter")
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        decide(asked, erasure, "done")
        kept = RightsRequest.objects.get()
        assert (kept.replied_on, kept.replied_how) == (None, "")
        with pytest.raises(NotAllowed, match="Answer"):
            actions.close(by=asked.auditor, request=erasure)
        with pytest.raises(NotAllowed, match="before it was decided"):
            actions.reply(by=asked.auditor, request=erasure, on=today, how="letter")
        actions.reply(by=asked.auditor, request=erasure, on=timezone.localdate(), how="letter")


def test_a_worry_stops_no_decision_and_is_not_told(asked: Asked, erasure: RightsRequest) -> None:
    worry = Concern.objects.create(service=asked.case.service, person=asked.person, words="x",
                                   by=asked.lead.membership)  # fmt: skip
    FollowUp.objects.create(service=asked.case.service, concern=worry,
                            look_again_on=timezone.localdate())  # fmt: skip
    decide(asked, erasure, "done")
    assert agreed_on(asked).state == "cooling"


# ------------------------------------------------------------------ two people at once


def test_who_read_an_older_state_writes_nothing(asked: Asked, erasure: RightsRequest) -> None:
    read = RightsRequest.objects.get()
    other = RightsRequest.objects.get()
    decide(asked, other, "not_done")
    for act in (
        lambda: decide(asked, read, "done", version=read.version),
        lambda: actions.reply(by=asked.auditor, request=read, on=timezone.localdate(),
                              how="letter", version=read.version),
    ):  # fmt: skip
        with pytest.raises(Stale):
            act()
    with pytest.raises(NotAllowed, match="meanwhile"):
        actions.close(by=asked.auditor, request=read, version=read.version)
    assert not Appraisal.objects.exists()


def test_what_was_closed_meanwhile_is_closed(asked: Asked, erasure: RightsRequest) -> None:
    read = RightsRequest.objects.get()
    decide(asked, erasure, "not_done")
    actions.reply(by=asked.auditor, request=erasure, on=timezone.localdate(), how="letter")
    actions.close(by=asked.auditor, request=erasure)
    assert read.closed_at is None
    with pytest.raises(NotAllowed, match="closed"):
        decide(asked, read, "done")


def test_the_pages_carry_the_version_they_were_drawn_from(
    asked: Asked, erasure: RightsRequest
) -> None:
    browser = sign_in(Client(), asked.auditor)
    there = reverse("assurance:right_decide", args=[erasure.pk])
    erasure.refresh_from_db()
    page = browser.get(there).content.decode()
    assert f'name="version" value="{erasure.version}"' in page
    said = {"decision": "not_done", "reason": "Weighed.", "version": erasure.version}
    assert browser.post(there, said).status_code == 302
    assert browser.post(there, {**said, "decision": "done"}).status_code == 409
    assert browser.post(there, {**said, "version": ""}).status_code == 409
    actions.reply(by=asked.auditor, request=erasure, on=timezone.localdate(), how="letter")
    one = browser.get(reverse("assurance:right", args=[erasure.pk])).content.decode()
    version = RightsRequest.objects.get().version
    assert f'name="version" value="{version}"' in one
    close = reverse("assurance:right_close", args=[erasure.pk])
    assert browser.post(close, {"version": version - 1}).status_code == 403
    assert browser.post(close, {"version": version}).status_code == 302
    assert RightsRequest.objects.get().closed_at
