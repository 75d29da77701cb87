"""Requests about people's own records for tests: a service with its people; a request goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role, Service
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.held.deciding import deciding
from openhiu.web.assurance.models import RightsRequest
from openhiu.web.casework.models import Case
from support.web import make_member
from support.web_casework import make_case


@dataclass(frozen=True)
class Asked:
    """A client, those who work with them, and the information governance lead."""

    lead: Actor
    supervisor: Actor
    auditor: Actor
    case: Case

    @property
    def person(self) -> Any:
        return self.case.person


def people_of(service: Service) -> Asked:
    """A lead with one client, a supervisor and an auditor."""
    lead = make_member(service, Role.LEAD)
    return Asked(
        lead,
        make_member(service, Role.SUPERVISOR),
        make_member(service, Role.AUDITOR),
        make_case(lead),
    )


def ask_for(asked: Asked, kind: str = "access", **said: Any) -> RightsRequest:
    """A request noted today by the auditor."""
    return actions.note_request(
        by=asked.auditor,
        person=asked.person,
        **{
            "kind": kind,
            "words": "I want to see it.",
            "received_on": timezone.localdate(),
            "received_how": "letter",
            "asked_by": "person",
            **said,
        },
    )


def known(asked: Asked, request: RightsRequest, on: date | None = None) -> RightsRequest:
    """The same with the one who asks being certain."""
    actions.confirm_identity(
        by=asked.auditor, request=request, how="known", on=on or timezone.localdate()
    )
    return request


def give_all(asked: Asked, request: RightsRequest) -> None:
    """Decide that everything can be given."""
    for part in deciding(request).sections:
        for one in part.judged:
            if one.open:
                actions.review(by=asked.auditor, request=request, model=one.item.model,
                               row=one.item.row, given=True)  # fmt: skip
