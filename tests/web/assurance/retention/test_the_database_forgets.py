"""The database's own function: what it removes, what it leaves, and whom it does not obey."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions import retention
from openhiu.web.assurance.models.retention import Appraisal, Certificate
from openhiu.web.casework.models import Case, Contact
from openhiu.web.config.database import Server
from openhiu.web.people.models import Person
from support.web import make_member, make_service
from support.web_casework import make_case
from support.web_retention import agreed, both, days_pass, queued, years_later


class Scene:
    """A service with two clients, one of whom is agreed to be removed."""

    def __init__(self) -> None:
        self.service = make_service()
        self.lead = make_member(self.service, Role.LEAD)
        self.case = make_case(self.lead, given_name="Canary", family_name="Gone")
        self.other = make_case(self.lead, given_name="Linnet", family_name="Stays")
        self.manager, self.governance = both(self.service)

    def agree(self) -> Appraisal:
        row = queued(self.service, self.case.person)
        return agreed(row, self.manager, self.governance)


@pytest.fixture
def scene(own_database: str) -> Scene:
    with transaction.atomic():
        return Scene()


def forget(scene: Scene, row: Appraisal) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        set_service(scene.service.pk)
        cursor.execute("select assurance_forget(%s)", [row.pk])
        return cursor.fetchone()[0]


def agree(scene: Scene) -> Appraisal:
    with transaction.atomic():
        set_service(scene.service.pk)
        return scene.agree()


def test_it_removes_the_one_and_leaves_the_other(
    scene: Scene, database_server: Server, own_database: str
) -> None:
    with years_later(8):
        row = agree(scene)
        days_pass(database_server, own_database, row)
    with years_later(8, 20):
        told = retention.remove_due(service=scene.service)
    assert (told.removed, told.waiting) == (1, [])
    with transaction.atomic():
        set_service(scene.service.pk)
        assert list(Case.objects.values_list("pk", flat=True)) == [scene.other.pk]
        shell = Person.objects.get(pk=scene.case.person_id)
        assert (shell.given_name, shell.family_name, shell.birth_date) == ("", "", None)
        assert shell.forgotten_at and shell.search_text == ""
        certificate = Certificate.objects.get()
        assert certificate.rows["casework.Case"] == 1
        assert certificate.rows["people.Person history"] >= 1
        entry = AuditEntry.objects.get(did="purged")
        assert entry.person_id == scene.case.person_id and entry.seq > 0 and entry.hash


def test_somebody_in_touch_meanwhile_takes_it_out_of_the_queue(
    scene: Scene, database_server: Server, own_database: str
) -> None:
    with years_later(8):
        row = agree(scene)
        days_pass(database_server, own_database, row)
    with years_later(8, 10), transaction.atomic():
        set_service(scene.service.pk)
        Contact.objects.create(
            service=scene.service, case=scene.case, how="phone", reached="yes",
            by=scene.lead.membership,
        )  # fmt: skip
    with years_later(8, 20):
        told = retention.remove_due(service=scene.service)
    assert (told.removed, told.overtaken) == (0, 1)
    with transaction.atomic():
        set_service(scene.service.pk)
        row.refresh_from_db()
    assert row.state == "overtaken" and row.agreed_clock is None


def test_it_is_not_yet_time_by_the_databases_own_clock(scene: Scene) -> None:
    with years_later(8):
        row = agree(scene)
    with years_later(9), pytest.raises(DatabaseError, match="not yet time"):
        forget(scene, row)  # the application's clock is years on, the database's is not


def test_the_application_cannot_say_when_it_was_agreed(scene: Scene) -> None:
    with years_later(8):
        row = agree(scene)
    with transaction.atomic():
        set_service(scene.service.pk)
        long_ago = timezone.now() - timedelta(days=400)
        Appraisal.objects.filter(pk=row.pk).update(agreed_clock=long_ago)
        row.refresh_from_db()
        assert row.agreed_clock > long_ago
    with pytest.raises(DatabaseError, match="not yet time"):
        forget(scene, row)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"about": "other"}, "cannot be said"),
        ({"state": "removed"}, "cannot be said"),
        ({"cooling_days": 0}, "stays as it was agreed"),
        ({"records": []}, "stays as it was agreed"),
        ({"confirmed_by": "first"}, "stays as it was agreed"),
    ],
)
def test_what_was_agreed_cannot_be_turned_into_something_else(
    scene: Scene, changes: dict[str, Any], why: str
) -> None:
    known = {"other": scene.other.person_id, "first": scene.manager.membership}
    wanted = {
        name: known.get(value, value) if isinstance(value, str) else value
        for name, value in changes.items()
    }
    with years_later(8):
        row = agree(scene)
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        set_service(scene.service.pk)
        Appraisal.objects.filter(pk=row.pk).update(**wanted)


def test_one_person_in_two_roles_is_no_second_person_for_the_database_either(scene: Scene) -> None:
    with transaction.atomic():
        set_service(scene.service.pk)
        same = make_member(scene.service, Role.AUDITOR, user=scene.manager.user)
    with years_later(8), transaction.atomic():
        set_service(scene.service.pk)
        row = queued(scene.service, scene.case.person)
        row = retention.propose(
            by=scene.manager, appraisal=row, decision="remove", reason="x", version=row.version
        )
    with pytest.raises(DatabaseError, match="second person"), transaction.atomic():
        set_service(scene.service.pk)
        Appraisal.objects.filter(pk=row.pk).update(
            state="cooling", confirmed_by=same.membership, records=[row.about]
        )


def test_an_appraisal_cannot_be_made_up_as_agreed_or_deleted(scene: Scene) -> None:
    with years_later(8):
        row = agree(scene)
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        set_service(scene.service.pk)
        Appraisal.objects.filter(pk=row.pk).delete()
    with pytest.raises(DatabaseError, match="begins undecided"), transaction.atomic():
        set_service(scene.service.pk)
        Appraisal.objects.create(
            service=scene.service, reference="K-FORGED", about=scene.other.person_id,
            record_class="client", due_on="2020-01-01", state="cooling", decision="remove",
        )  # fmt: skip


def test_another_services_appraisal_does_not_exist(
    scene: Scene, database_server: Server, own_database: str
) -> None:
    with years_later(8):
        row = agree(scene)
    days_pass(database_server, own_database, row)
    with transaction.atomic():
        elsewhere = make_service()
    with pytest.raises(DatabaseError, match="no such appraisal"), transaction.atomic():
        set_service(elsewhere.pk)
        with connection.cursor() as cursor:
            cursor.execute("select assurance_forget(%s)", [row.pk])


def test_the_application_still_cannot_delete_a_history_itself(scene: Scene) -> None:
    for table in ("people_personevent", "casework_contactevent", "assurance_certificate"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            set_service(scene.service.pk)
            with connection.cursor() as cursor:
                cursor.execute(f"delete from {table}")


def test_a_hold_placed_last_stops_it_in_the_database(
    scene: Scene, database_server: Server, own_database: str
) -> None:
    with years_later(8):
        row = agree(scene)
    days_pass(database_server, own_database, row)
    with transaction.atomic():
        set_service(scene.service.pk)
        retention.hold(
            by=scene.governance, reference="INQ-7", reason="An inquiry.", record_class="client",
            review_on=timezone.localdate(),
        )  # fmt: skip
    with pytest.raises(DatabaseError, match="it is held"):
        forget(scene, row)
    with transaction.atomic():
        set_service(scene.service.pk)
        assert Contact.objects.count() == Contact.objects.filter(service=scene.service).count()
        assert Case.objects.count() == 2
