"""Nobody is forgotten while somebody still has to look; one that fails leaves all as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from openhiu.errors import ConfigurationFault
from openhiu.web.access.models import BreakGlass, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions import retention
from openhiu.web.assurance.actions.retention import removing
from openhiu.web.assurance.models.disclosures import Disclosure
from openhiu.web.assurance.models.retention import Appraisal
from openhiu.web.assurance.policies.retention import why_not_remove, why_open
from openhiu.web.assurance.retention import ledger
from openhiu.web.casework.models import Concern, FollowUp, SharedWithoutConsent
from openhiu.web.config.database import Server
from support.web import make_member, make_service
from support.web_casework import make_case
from support.web_retention import agreed, both, days_pass, queued, years_later


class Scene:
    """A record that two people agreed to remove, whose days have passed."""

    def __init__(self) -> None:
        self.service = make_service()
        self.lead = make_member(self.service, Role.LEAD)
        self.person = make_case(self.lead).person
        self.both = both(self.service)
        self.row: Any = None

    def here(self) -> dict[str, Any]:
        return {"service": self.service, "person": self.person}


@pytest.fixture
def scene(
    own_database: str, database_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Scene]:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    with transaction.atomic():
        made = Scene()
    with years_later(8):
        with transaction.atomic():
            set_service(made.service.pk)
            made.row = agreed(queued(made.service, made.person), *made.both)
        days_pass(database_server, own_database, made.row)
    with years_later(8, 20):
        yield made


def _follow_up(scene: Scene) -> None:
    worry = Concern.objects.create(**scene.here(), by=scene.lead.membership)
    FollowUp.objects.create(
        service=scene.service, concern=worry, look_again_on=timezone.localdate()
    )


def _sharing(scene: Scene) -> None:
    SharedWithoutConsent.objects.create(
        **scene.here(), by=scene.lead.membership, reasons_due_at=timezone.now()
    )


def _disclosure(scene: Scene) -> None:
    today = timezone.localdate()
    Disclosure.objects.create(
        **scene.here(), body="police", basis="order", answer="given", asked_on=today,
        trained_on=today, review_by=today, decided_by=scene.lead.membership,
    )  # fmt: skip


def _opening(scene: Scene) -> None:
    BreakGlass.objects.create(
        service=scene.service, membership=scene.lead.membership, person_id=scene.person.pk,
        reason="Asked.", expires_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip


@pytest.mark.parametrize("opens", [_follow_up, _sharing, _disclosure, _opening])
def test_what_waits_to_be_looked_at_stops_it_here_and_in_the_database(
    scene: Scene, opens: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic():
        set_service(scene.service.pk)
        opens(scene)
        # Nothing of it is told when it is decided, and nothing of what it is when it waits.
        assert why_not_remove(scene.row) == ""
        said = why_open(scene.service.pk, scene.row.records)
        assert said == "Something about it has to be ended or looked at first."
    # A worry puts off a record's own time as well; it does not put off an erasure.
    monkeypatch.setattr(removing, "overtaken", lambda _row: False)
    told = retention.remove_due(service=scene.service)
    assert (told.waiting, told.lawful) == ([f"{scene.row.reference}: {said}"], set())
    with pytest.raises(DatabaseError, match="still open"), transaction.atomic():
        set_service(scene.service.pk)
        with connection.cursor() as cursor:
            cursor.execute("select assurance_forget(%s)", [scene.row.pk])


def _steps() -> list[str]:
    return [line["step"] for line in ledger.verify(ledger.place())[0]]


def test_a_database_that_refuses_leaves_the_store_and_the_list_says_so(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgot: list[Any] = []

    def forget(*told: Any) -> str:
        forgot.append(told)
        return ""

    monkeypatch.setattr(removing, "forget_in_store", forget)
    monkeypatch.setattr(removing, "why_open", lambda *_of: "")
    with transaction.atomic():
        set_service(scene.service.pk)
        _opening(scene)
    told = retention.remove_due(service=scene.service)
    assert (told.removed, len(told.waiting), forgot) == (0, 1, [])
    assert _steps() == ["begins", "given up"]


def test_a_store_that_fails_leaves_the_record_for_the_next_round(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_told: Any) -> str:
        raise ConfigurationFault("the store is away", remedy="wait")

    with monkeypatch.context() as away:
        away.setattr(removing, "forget_in_store", fails)
        assert retention.remove_due(service=scene.service).removed == 0
    assert retention.remove_due(service=scene.service).removed == 1
    assert _steps() == ["begins", "given up", "begins", "done"]


def test_a_crash_between_the_commit_and_the_line_is_settled_by_the_database(scene: Scene) -> None:
    retention.remove_due(service=scene.service)
    path = ledger.place()
    path.write_text(path.read_text().splitlines(keepends=True)[0])
    removing.settle(service=scene.service)
    assert _steps() == ["begins", "done"]
    with transaction.atomic():
        set_service(scene.service.pk)
        assert Appraisal.objects.get().state == "removed"
