"""Samples of questions of identity, for the matrix of addresses and roles."""

from __future__ import annotations

from typing import Any

from openhiu.web.access.models import Role
from openhiu.web.people.models import IdentityQuestion
from support.samples import Situation, sample
from support.web import make_member
from support.web_people import make_person


@sample("assurance:identity_question")
def question(situation: Situation) -> dict[str, Any]:
    analyst = make_member(situation.service, Role.ANALYST)
    made = IdentityQuestion.objects.create(
        service=situation.service, person=make_person(analyst, mine=False), kind="number",
        opened_by=analyst.membership,
    )  # fmt: skip
    return {"question_id": made.pk}
