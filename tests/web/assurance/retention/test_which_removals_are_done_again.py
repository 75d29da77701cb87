"""Only what was really removed, by this installation, is removed again; one line stops no other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone

from openhiu.web.access.models import Role
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions.retention.replaying import NOTE, look_again, replay
from openhiu.web.assurance.notebook import Notebook
from openhiu.web.assurance.queries.running import of_machine
from openhiu.web.assurance.retention import ledger
from openhiu.web.casework.models import FollowUp
from openhiu.web.config.backup import proof
from openhiu.web.config.database import Server, roles
from openhiu.web.people.models import Person
from support.web import make_member, make_service
from support.web_casework import make_case

Step = ledger.Step


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


class Scene:
    """A database that came back, read by the owner of its tables."""

    def __init__(self) -> None:
        self.service = make_service(store="/no/such/machine/store")
        self.lead = make_member(self.service, Role.LEAD)
        self.people = [make_case(self.lead).person for _ in range(3)]

    def line(self, *people: Person) -> dict[str, Any]:
        agreed = timezone.now() - timedelta(days=30)
        return {
            "at": timezone.now().isoformat(), "service": str(self.service.pk),
            "appraisal": str(uuid4()), "reference": f"K-{uuid4().hex[:8].upper()}",
            "about": str(people[0].pk), "records": [str(one.pk) for one in people],
            "why": "time", "class": "client", "rules": 0, "due_on": "2020-01-01",
            "last_contact_on": "2012-01-01", "cooling_days": 14, "proposed_by": None,
            "confirmed_by": None, "agreed_clock": agreed.isoformat(),
        }  # fmt: skip

    def there(self) -> list[bool]:
        with transaction.atomic():
            set_service(self.service.pk)
            found = Person.objects.in_bulk([one.pk for one in self.people])
        return [found[one.pk].forgotten_at is None for one in self.people]

    def say(self, do: Callable[[], Any]) -> None:
        with transaction.atomic():
            set_service(self.service.pk)
            do()


@pytest.fixture
def scene(own_database: str, database_server: Server, home: Path) -> Iterator[Scene]:
    with transaction.atomic():
        made = Scene()
    connections.close_all()
    password = database_server.places.password
    connection.settings_dict.update(USER=roles.OWNER, PASSWORD=password(roles.OWNER))
    yield made
    connections.close_all()
    connection.settings_dict.update(USER=roles.APPLICATION, PASSWORD=password(roles.APPLICATION))


def test_what_was_begun_or_given_up_removes_nobody(scene: Scene) -> None:
    first, second, third = (scene.line(one) for one in scene.people)
    ledger.note(first, Step.BEGINS)
    ledger.note(second, Step.BEGINS)
    ledger.note(second, Step.GIVEN_UP)
    ledger.note(third, Step.BEGINS)
    ledger.note(third, Step.DONE)
    told = replay()
    assert scene.there() == [True, True, False]
    assert len(told.waiting) == 1 and "nobody knows" in told.waiting[0]


def test_a_line_somebody_else_wrote_removes_nobody_and_is_told(scene: Scene, home: Path) -> None:
    forged = {**scene.line(scene.people[0]), "step": "done", "previous": "", "mark": "0" * 64}
    (home / ledger.NAME).write_text(json.dumps(forged) + "\n")
    ledger.note(scene.line(scene.people[1]))
    told = replay()
    assert scene.there() == [True, False, True]
    assert "not written here" in told.waiting[0] and len(told.faults) == 1


def test_a_line_taken_out_shows_and_the_others_are_done(scene: Scene, home: Path) -> None:
    for one in scene.people:
        ledger.note(scene.line(one))
    path = home / ledger.NAME
    whole = path.read_text().splitlines(keepends=True)
    path.write_text(whole[0] + whole[2])
    lines, faults = ledger.verify(path)
    assert len(lines) == 2 and faults == ["lines are missing before line 2 of what was removed"]
    replay()
    assert scene.there() == [False, True, False]


def test_another_secret_key_believes_nothing(home: Path) -> None:
    ledger.note({"at": timezone.now().isoformat(), "appraisal": "a"})
    lines, faults = ledger.verify(home / ledger.NAME, b"another")
    assert not lines and len(faults) == 1
    assert ledger.verify(home / "nowhere") == ([], [ledger.MISSING])


def test_who_was_in_touch_afterwards_stays(scene: Scene) -> None:
    line = scene.line(scene.people[0])
    line["at"] = (timezone.now() - timedelta(days=3)).isoformat()
    ledger.note(line)
    told = replay()
    assert scene.there()[0] and "in touch after" in told.waiting[0]


def test_records_that_are_apart_in_the_backup_are_both_removed(scene: Scene) -> None:
    ledger.note(scene.line(*scene.people[:2]))
    told = replay()
    assert (scene.there(), told.waiting) == ([False, False, True], [])


def test_a_record_joined_with_one_that_stays_waits_and_stops_nobody(scene: Scene) -> None:
    gone, other, stays = scene.people
    ledger.note(scene.line(gone))
    ledger.note(scene.line(other))
    scene.say(lambda: Person.objects.filter(pk=gone.pk).update(merged_into=stays))
    told = replay()
    assert scene.there() == [True, False, True] and "joined" in told.waiting[0]


def test_a_line_the_database_cannot_take_stops_nobody(scene: Scene) -> None:
    ledger.note({**scene.line(scene.people[0]), "cooling_days": -1})
    ledger.note({**scene.line(scene.people[1]), "records": ["nobody"]})
    ledger.note(scene.line(scene.people[2]))
    told = replay(stores=True)  # on a machine without the store, too
    assert scene.there() == [True, True, False] and len(told.waiting) == 2


def test_what_was_open_when_the_backup_was_made_is_removed_again(scene: Scene) -> None:
    def follow() -> None:
        concern = FollowUp._meta.get_field("concern").related_model
        worry = concern.objects.create(
            service=scene.service, person=scene.people[0], by=scene.lead.membership
        )
        FollowUp.objects.create(
            service=scene.service, concern=worry, look_again_on=timezone.localdate()
        )

    scene.say(follow)
    ledger.note(scene.line(scene.people[0]))
    replay()
    assert not scene.there()[0]


def test_who_waits_is_a_warning_and_a_sign_until_it_is_settled(scene: Scene, home: Path) -> None:
    line = scene.line(scene.people[0])
    ledger.note(line, Step.BEGINS)
    replay()
    assert [one.key for one in of_machine() if one.key == "removals"] == ["removals"]
    assert line["reference"] in proof.waiting(home)[0]
    scene.say(lambda: look_again(service=scene.service))
    assert Notebook(home).read(NOTE)["waiting"], "they are still there"
    ledger.note(line, Step.DONE)
    replay()
    assert not proof.waiting(home) and "removals" not in [one.key for one in of_machine()]


def test_what_is_gone_meanwhile_is_taken_off_the_note(scene: Scene, home: Path) -> None:
    ledger.note(scene.line(scene.people[0]), Step.BEGINS)
    replay()
    gone = Person.objects.filter(pk=scene.people[0].pk)
    scene.say(lambda: gone.update(forgotten_at=timezone.now()))
    scene.say(lambda: look_again(service=scene.service))
    assert not proof.waiting(home)
