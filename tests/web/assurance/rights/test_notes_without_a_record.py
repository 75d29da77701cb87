"""What was noted about somebody in words, with no record meant, is shown and tied to one."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.actions.rights import tying
from openhiu.web.assurance.actions.rights.tying import tie
from openhiu.web.assurance.held.gathering import gather
from openhiu.web.assurance.models import RightsRequest
from openhiu.web.assurance.queries.untied import untied, untied_or_missing
from openhiu.web.casework.models import Concern, SharedWithoutConsent
from support.web import make_service, sign_in
from support.web_rights import Asked, known, people_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Asked:
    return people_of(make_service())


@pytest.fixture
def concern(asked: Asked) -> Any:
    return Concern.objects.create(
        service=asked.case.service, about_whom="Robin, I think", words="A Zebrafinch worry",
        by=asked.lead.membership,
    )  # fmt: skip


def whose(asked: Asked) -> dict[str, Any]:
    return {"family_name": asked.person.family_name, "born": asked.person.birth_date}


def test_what_is_tied_is_in_the_copy_from_then_on(asked: Asked, concern: Any) -> None:
    assert [(one.kind, one.row.pk) for one in untied(asked.auditor)] == [("concern", concern.pk)]
    assert "Zebrafinch" not in str(gather(asked.person))
    where = {"kind": "concern", "row_id": concern.pk}
    with pytest.raises(NotAllowed):
        tie(by=asked.supervisor, **where, **whose(asked))
    with pytest.raises(NotAllowed, match="exact"):
        tie(by=asked.auditor, **where, family_name="Nobody", born=asked.person.birth_date)
    tie(by=asked.auditor, **where, **whose(asked))
    assert untied(asked.auditor) == []
    assert "Zebrafinch" in str(gather(asked.person))
    with pytest.raises(Missing):
        tie(by=asked.auditor, **where, **whose(asked))


def test_the_page_is_for_information_governance(asked: Asked, concern: Any, client: Any) -> None:
    there = reverse("assurance:untied")
    sign_in(client, asked.supervisor)
    assert client.get(there).status_code == 403
    sign_in(client, asked.auditor)
    assert "Robin, I think" in client.get(there).content.decode()
    link = reverse("assurance:tie_to_record", args=["concern", concern.pk])
    assert link in client.get(there).content.decode()
    assert client.get(link).status_code == 200


@pytest.fixture
def request_(asked: Asked) -> Any:
    """About nobody's record; who asks is certain."""
    made = actions.note_request(
        by=asked.auditor, person=None, about_whom="Robin", listed_number="9990000026",
        kind="access", words="What?", received_on=timezone.localdate(), received_how="letter",
        asked_by="person",
    )  # fmt: skip
    return known(asked, made)


def test_who_asks_is_confirmed_anew_for_the_record_that_was_chosen(
    asked: Asked, request_: Any
) -> None:
    request_.refresh_from_db()
    tie(by=asked.auditor, kind="request", row_id=request_.pk, **whose(asked))
    now = RightsRequest.objects.get()
    assert now.person == asked.person and now.version == request_.version + 1
    assert (now.identity_confirmed_on, now.identity_how, now.identity_by) == (None, "", None)
    with pytest.raises(NotAllowed, match="First confirm who asks"):
        actions.decide(by=asked.auditor, request=now, decision="done", reason="x")


def test_a_closed_request_is_shown_and_stays(asked: Asked, request_: Any, client: Any) -> None:
    RightsRequest.objects.update(closed_at=timezone.now())
    with pytest.raises(NotAllowed, match="closed"):
        tie(by=asked.auditor, kind="request", row_id=request_.pk, **whose(asked))
    page = sign_in(client, asked.auditor).get(reverse("assurance:untied")).content.decode()
    assert "Closed, so it stays" in page
    assert reverse("assurance:tie_to_record", args=["request", request_.pk]) not in page


def test_what_somebody_tied_a_moment_ago_is_not_tied_to_another(
    asked: Asked, concern: Any, monkeypatch: Any
) -> None:
    read = untied_or_missing(asked.auditor, "concern", concern.pk)
    tie(by=asked.auditor, kind="concern", row_id=concern.pk, **whose(asked))
    monkeypatch.setattr(tying, "untied_or_missing", lambda *_of: read)
    with pytest.raises(Missing):
        tie(by=asked.auditor, kind="concern", row_id=concern.pk, **whose(asked))


def test_what_was_reviewed_is_shown_and_stays(asked: Asked) -> None:
    now = timezone.now()
    made = SharedWithoutConsent.objects.create(
        service=asked.case.service, about_whom="Somebody", who_is_at_risk="x", told_whom="999",
        what_was_shared="x", gateway="x", capacity_view="x", consent_sought="x", why_now="x",
        person_told="x", by=asked.lead.membership, reviewed_at=now, reasons_due_at=now,
        reviewed_by=asked.supervisor.membership,
    )  # fmt: skip
    [shown] = untied(asked.auditor)
    assert shown.fixed
    with pytest.raises(NotAllowed, match="reviewed"):
        tie(by=asked.auditor, kind="sharing", row_id=made.pk, **whose(asked))
