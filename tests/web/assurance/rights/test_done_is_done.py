"""What somebody asked is only called done when something shows that it was."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from openhiu.web.access.gate import NotAllowed
from openhiu.web.assurance.actions import retention
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.models import Appraisal, RightsRequest
from support.web import make_service
from support.web_rights import Asked, ask_for, known, people_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Asked:
    return people_of(make_service())


def decide(asked: Asked, request: RightsRequest, decision: str = "done") -> None:
    actions.decide(by=asked.auditor, request=request, decision=decision, reason="As asked.")


def birth_date(asked: Asked, request: RightsRequest) -> dict[str, Any]:
    return {"by": asked.auditor, "request": request, "model": "people.Person",
            "row": str(asked.person.pk), "field": "birth_date", "reason": "As seen"}  # fmt: skip


def test_a_record_is_held_before_restriction_is_called_done(asked: Asked) -> None:
    request = known(asked, ask_for(asked, "restriction"))
    with pytest.raises(NotAllowed, match="still used"):
        decide(asked, request)
    actions.hold_processing(by=asked.auditor, request=request, ground="contested")
    decide(asked, request)


def test_something_is_put_right_before_it_is_called_so(asked: Asked) -> None:
    request = known(asked, ask_for(asked, "rectification"))
    with pytest.raises(NotAllowed, match="Nothing has been put right"):
        decide(asked, request, "partly")
    actions.keep_with_statement(**birth_date(asked, request), statement="In spring")
    with pytest.raises(NotAllowed, match="Nothing has been put right"):
        decide(asked, request)
    decide(asked, request, "partly")
    actions.correct(**birth_date(asked, request), value="1981-02-03")
    decide(asked, request)


def test_an_erasure_is_closed_once_a_second_person_agreed_to_it(asked: Asked) -> None:
    request = known(asked, ask_for(asked, "erasure"))
    with pytest.raises(NotAllowed, match="as a whole"):
        decide(asked, request, "partly")
    decide(asked, request)
    actions.reply(by=asked.auditor, request=request, on=timezone.localdate(), how="letter")
    with pytest.raises(NotAllowed, match="second person"):
        actions.close(by=asked.auditor, request=request)
    row = Appraisal.objects.get(about=asked.person.pk)
    retention.confirm(by=asked.supervisor, appraisal=row, version=row.version)
    actions.close(by=asked.auditor, request=request)
