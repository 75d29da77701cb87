"""Samples of readiness: a line, a confirmation, a beginning that waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from openhiu.web.access.models import Role
from openhiu.web.assurance.models import Beginning, Confirmation
from support.samples import OTHER_SERVICE, Situation, sample
from support.web import make_member


def _somebody(situation: Situation) -> Any:
    return make_member(situation.service, Role.SUPERVISOR, open_rows=False).membership


@sample("assurance:confirm_line")
def line(situation: Situation) -> dict[str, Any] | None:
    """Every service has the same lines."""
    return None if situation.name == OTHER_SERVICE else {"line": "money"}


@sample("assurance:take_back_line")
def confirmation(situation: Situation) -> dict[str, Any]:
    today = timezone.localdate()
    made = Confirmation.objects.create(
        service=situation.service, line="money", evidence="The contract, in its folder.",
        confirmed_by=_somebody(situation), confirmed_on=today,
        review_on=today + timedelta(days=100),
    )  # fmt: skip
    return {"confirmation_id": made.pk}


@sample("assurance:agree_to_begin", "assurance:drop_beginning")
def beginning(situation: Situation) -> dict[str, Any]:
    made = Beginning.objects.create(
        service=situation.service, begins_on=timezone.localdate(), open_lines=["Money is agreed"],
        lines=50, reason="The contract is signed on Friday.", proposed_by=_somebody(situation),
    )  # fmt: skip
    return {"beginning_id": made.pk}
