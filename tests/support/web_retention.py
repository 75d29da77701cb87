"""Records whose time has come, for tests: a case comes in; decisions, a removal go out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import time_machine
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role, Service
from openhiu.web.assurance.actions import retention
from openhiu.web.assurance.models.retention import Appraisal
from openhiu.web.config.database import Server, roles
from support.web import make_member

REMOVE, KEEP = Appraisal.Decision.REMOVE, Appraisal.Decision.KEEP


def both(service: Service) -> tuple[Actor, Actor]:
    """A service manager and somebody of information governance."""
    return make_member(service, Role.SUPERVISOR), make_member(service, Role.AUDITOR)


@contextlib.contextmanager
def years_later(years: int, days: int = 1) -> Iterator[None]:
    """The same moment, so many years and a day on."""
    with time_machine.travel(timezone.now() + timedelta(days=365.25 * years + days), tick=True):
        yield


def queued(service: Service, person: Any) -> Appraisal:
    """This person's appraisal, once their time has come."""
    retention.find_due(service=service, at_once=True)
    return Appraisal.objects.get(service=service, about=person.pk, state="waiting")


def agreed(row: Appraisal, first: Actor, second: Actor, decision: str = REMOVE) -> Appraisal:
    """Both decide the same; keeping is until next year."""
    until = None if decision == REMOVE else timezone.localdate() + timedelta(days=365)
    row = retention.propose(
        by=first, appraisal=row, decision=decision, reason="Nothing speaks against it.",
        version=row.version, keep_until=until,
    )  # fmt: skip
    return retention.confirm(by=second, appraisal=row, version=row.version)


def days_pass(server: Server, database: str, row: Appraisal, days: int = 15) -> None:
    """Let days pass by the database's own clock, which only its owner can."""
    with contextlib.closing(psycopg.connect(server.url(roles.OWNER, database))) as owner:
        owner.execute("select set_config('openhiu.service', %s, false)", [str(row.service_id)])
        done = owner.execute(
            "update assurance_appraisal set agreed_clock = agreed_clock - make_interval(days => %s)"
            " where id = %s", [days, row.pk],
        )  # fmt: skip
        assert done.rowcount == 1
        owner.commit()
