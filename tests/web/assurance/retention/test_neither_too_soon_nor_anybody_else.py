"""Nobody is removed before their days are over to the minute, and nobody else with them."""

from __future__ import annotations

import contextlib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from openhiu.errors import RefusedByPolicy
from openhiu.web.access.models import Hospital, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions import retention
from openhiu.web.assurance.actions.retention import removing
from openhiu.web.assurance.models.retention import Appraisal
from openhiu.web.assurance.retention import ledger
from openhiu.web.config.database import Server, roles
from openhiu.web.intake.actions.forgetting import Reference, empty_elsewhere, references_of
from openhiu.web.intake.models import Change, Listed, ReceivedList
from support.web import make_member, make_organisation, make_service
from support.web_casework import make_case
from support.web_retention import agreed, both, queued, years_later


def ago(server: Server, database: str, row: Appraisal, **before: int) -> None:
    """Let the database have heard of the agreement so long ago by its own clock."""
    with contextlib.closing(psycopg.connect(server.url(roles.OWNER, database))) as owner:
        owner.execute("select set_config('openhiu.service', %s, false)", [str(row.service_id)])
        owner.execute(
            "update assurance_appraisal set agreed_clock = clock_timestamp() - %s where id = %s",
            [timedelta(**before), row.pk],
        )
        owner.commit()


def test_at_two_in_the_night_of_the_last_day_nothing_is_done_and_a_night_later_all_is(
    own_database: str, database_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    forgot: list[Any] = []

    def forget(*said: Any) -> str:
        forgot.append(said)
        return ""

    monkeypatch.setattr(removing, "forget_in_store", forget)
    with transaction.atomic():
        service = make_service()
        person = make_case(make_member(service, Role.LEAD)).person
        people = both(service)
    with years_later(8), transaction.atomic():
        set_service(service.pk)
        row = agreed(queued(service, person), *people)
    assert row.remove_from is not None
    night = timezone.make_aware(datetime.combine(row.remove_from, time(2)))
    ago(database_server, own_database, row, days=13, hours=10)  # confirmed at four, it is two
    with time_machine.travel(night):
        told = retention.remove_due(service=service)
        assert (told.removed, told.overtaken, told.waiting) == (0, 0, [])
        with pytest.raises(RefusedByPolicy, match="not passed"), transaction.atomic():
            set_service(service.pk)
            retention.remove(appraisal=Appraisal.objects.get(pk=row.pk))
    assert (forgot, [*ledger.lines()]) == ([], [])
    ago(database_server, own_database, row, days=14, hours=10)
    with time_machine.travel(night + timedelta(days=1)):
        told = retention.remove_due(service=service)
    assert (told.removed, told.waiting, len(forgot)) == (1, [], 1)


class Lists:
    """Two trusts, each with a hospital, whose lists say the same number of two people."""

    def __init__(self) -> None:
        self.lead = make_member(make_service(), Role.LEAD)
        self.service = self.lead.service
        self.received = {site: self._received(site) for site in ("S1", "S2")}

    def _received(self, site: str) -> ReceivedList:
        trust = make_organisation(kind="hospital")
        Hospital.objects.create(service=self.service, organisation=trust, site_code=site, name=site)
        sender = make_member(self.service, Role.ANALYST, organisation=trust)
        return ReceivedList.objects.create(
            service=self.service, as_of=timezone.localdate(), content_hash=site,
            uploaded_by=sender.membership,
        )  # fmt: skip

    def row(self, sender: str, place: str, **said: Any) -> Listed:
        told = {"person_ref": "123456", "why": "Often", **said}
        return Listed.objects.create(
            service=self.service, received=self.received[sender], list_id=place, **told
        )

    def empty(self, **said: Any) -> int:
        return empty_elsewhere(service_id=self.service.pk, **said)


@pytest.mark.django_db
def test_lists_of_another_trust_that_say_the_same_number_are_untouched() -> None:
    lists = Lists()
    hers = [lists.row("S1", "S1"), lists.row("S1", "ALL")]
    his = [lists.row("S2", "S2"), lists.row("S2", "ALL"), lists.row("S1", "S2")]
    for sender in ("S1", "S2"):
        Change.objects.create(
            service=lists.service, received=lists.received[sender], list_id=sender,
            person_ref="123456", change="left",
        )  # fmt: skip
    assert lists.empty(references={Reference("S1", "123456")}, numbers={""}) == 3
    left = Listed.objects.filter(purged_at=None).values_list("pk", flat=True)
    assert {*left} == {row.pk for row in his} and not {*left} & {row.pk for row in hers}
    assert [one.list_id for one in Change.objects.filter(purged_at=None)] == ["S2"]


@pytest.mark.django_db
def test_a_list_of_all_hospitals_is_a_key_of_whoever_sent_it_and_nhs_numbers_are_everywhere() -> (
    None
):
    lists = Lists()
    person = make_case(lists.lead).person
    lists.row("S1", "ALL", person=person)
    other = lists.row("S2", "ALL")
    found = references_of(lists.service.pk, [person.pk])
    assert [(one.issuer, one.value) for one in found] == [("ALL", "123456")]
    assert lists.empty(references=found, numbers=set()) == 1
    numbered = lists.row("S2", "S2", person_ref="other", nhs_number="9990000018")
    assert lists.empty(references=set(), numbers={"9990000018"}) == 1
    other.refresh_from_db()
    numbered.refresh_from_db()
    assert other.purged_at is None and numbered.nhs_number == ""
