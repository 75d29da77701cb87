"""A database brought back from a backup forgets again what was forgotten since."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone

from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions import retention
from openhiu.web.assurance.actions.retention.replaying import replay
from openhiu.web.assurance.models.retention import Certificate
from openhiu.web.assurance.retention import ledger
from openhiu.web.casework.models import Case
from openhiu.web.config.database import Server, roles
from openhiu.web.people.models import Person
from support import web_database
from support.web import make_member, make_service
from support.web_casework import make_case
from support.web_retention import agreed, both, days_pass, queued, years_later


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


@pytest.fixture
def brought_back(own_database: str, database_server: Server, home: Path) -> Iterator[Any]:
    with transaction.atomic():
        service = make_service()
        lead = make_member(service, Role.LEAD)
        gone, stays = make_case(lead), make_case(lead)
        first, second = both(service)
    connections.close_all()
    copy = f"{own_database}_before"
    with web_database.superuser(database_server) as everything:
        everything.execute(
            f'create database "{copy}" template "{own_database}" owner {roles.OWNER}'
        )
    with years_later(8):
        with transaction.atomic():
            set_service(service.pk)
            row = agreed(queued(service, gone.person), first, second)
        days_pass(database_server, own_database, row)
    with years_later(8, 20):
        assert retention.remove_due(service=service).removed == 1
    connections.close_all()
    connection.settings_dict.update(
        NAME=copy, USER=roles.OWNER, PASSWORD=database_server.places.password(roles.OWNER)
    )
    yield service, gone, stays
    connections.close_all()
    with web_database.superuser(database_server) as everything:
        everything.execute(f'drop database "{copy}" with (force)')
    connection.settings_dict.update(
        NAME=own_database, USER=roles.APPLICATION,
        PASSWORD=database_server.places.password(roles.APPLICATION),
    )  # fmt: skip


def test_what_was_removed_is_removed_again_and_nothing_else(brought_back: Any) -> None:
    service, gone, stays = brought_back
    with transaction.atomic():
        set_service(service.pk)
        assert Case.objects.count() == 2  # the backup knows them both
    told = replay()
    assert (told.removed, told.gone_already, told.waiting) == (1, 0, [])
    with transaction.atomic():
        set_service(service.pk)
        assert list(Case.objects.values_list("pk", flat=True)) == [stays.pk]
        assert Person.objects.get(pk=gone.person_id).full_name == "Name not known"
        assert Certificate.objects.get().again
        assert AuditEntry.objects.filter(did="purged", person_id=gone.person_id).count() == 1


def test_replaying_twice_does_no_harm(brought_back: Any) -> None:
    replay()
    told = replay()
    assert (told.removed, told.gone_already) == (0, 1)


def test_what_the_backup_holds_for_a_court_waits(brought_back: Any) -> None:
    service, gone, _ = brought_back
    with transaction.atomic():
        set_service(service.pk)
        retention.hold(
            by=make_member(service, Role.AUDITOR), person=gone.person, reference="INQ-9",
            reason="Asked for.", review_on=timezone.localdate() + timedelta(days=30),
        )  # fmt: skip
    told = replay()
    assert told.removed == 0 and "held" in told.waiting[0]


def test_the_ledger_is_closed_and_names_nobody(brought_back: Any, home: Path) -> None:
    _, gone, _ = brought_back
    path = home / ledger.NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text()
    assert gone.person.family_name not in text and gone.person.given_name not in text
    told = [json.loads(line) for line in text.splitlines()]
    assert [line["step"] for line in told] == ["begins", "done"]
    assert {line["about"] for line in told} == {str(gone.person_id)}


def test_a_line_cut_short_by_a_crash_is_no_line(home: Path) -> None:
    for key in ("1", "2"):
        ledger.note({"at": timezone.now().isoformat(), "appraisal": key, "about": key})
        with (home / ledger.NAME).open("a") as file:
            file.write('{"at": "2026-')
    assert [line["about"] for line in ledger.lines()] == ["1", "2"]
    assert ledger.verify(home / ledger.NAME)[1] == []
