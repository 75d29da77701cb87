"""The database's own wall between services, tried from the application's side in plain SQL."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from openhiu.web.access import row_security
from openhiu.web.access.models import Hospital
from openhiu.web.access.row_security import set_service

pytestmark = pytest.mark.django_db


def rows(statement: str, *parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def refused(statement: str, *parameters: Any) -> str:
    """What the database says when it refuses; a statement that passes fails the test."""
    with pytest.raises(DatabaseError) as said, transaction.atomic():
        rows(statement, *parameters)
    return str(said.value)


def test_the_application_is_neither_owner_nor_superuser() -> None:
    assert rows(
        "select current_user, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole "
        "from pg_roles where rolname = current_user"
    ) == [("openhiu_app", False, False, False, False)]
    assert rows("select count(*) from pg_tables where tableowner = current_user") == [(0,)]


def test_without_a_named_service_no_row_is_seen(two_services: tuple[UUID, UUID]) -> None:
    assert rows("select name from access_hospital") == []


def test_a_query_without_any_scope_sees_one_service_only(two_services: tuple[UUID, UUID]) -> None:
    set_service(two_services[0])
    assert rows("select name from access_hospital") == [("East hospital",)]
    assert [one.name for one in Hospital.objects.all()] == ["East hospital"]
    set_service(two_services[1])
    assert rows("select name from access_hospital") == [("West hospital",)]


def test_naming_the_other_service_in_the_query_does_not_help(
    two_services: tuple[UUID, UUID],
) -> None:
    set_service(two_services[0])
    assert rows("select name from access_hospital where service_id = %s", two_services[1]) == []


def test_a_row_cannot_be_written_for_another_service(two_services: tuple[UUID, UUID]) -> None:
    set_service(two_services[0])
    said = refused(
        "insert into access_hospital (id, service_id, site_code, name, organisation_id) "
        "select %s, %s, site_code || '2', name, organisation_id from access_hospital",
        uuid4(),
        two_services[1],
    )
    assert "row-level security" in said


def test_a_row_cannot_be_moved_to_another_service(two_services: tuple[UUID, UUID]) -> None:
    set_service(two_services[0])
    said = refused("update access_hospital set service_id = %s", two_services[1])
    assert "row-level security" in said


def test_changing_and_deleting_do_not_reach_another_service(
    two_services: tuple[UUID, UUID],
) -> None:
    set_service(two_services[0])
    with connection.cursor() as cursor:
        cursor.execute("update access_hospital set name = 'Taken' where site_code = 'RX901'")
        assert cursor.rowcount == 1
        cursor.execute("delete from access_hospital")
        assert cursor.rowcount == 1
    set_service(two_services[1])
    assert rows("select name from access_hospital") == [("West hospital",)]


def test_a_setting_that_is_not_a_service_is_an_error_and_not_everything(
    two_services: tuple[UUID, UUID],
) -> None:
    rows("select set_config('openhiu.service', 'x'' or true --', true)")
    refused("select name from access_hospital")


def test_the_application_cannot_take_the_wall_down() -> None:
    for statement in (
        "alter table access_hospital disable row level security",
        "alter table access_hospital no force row level security",
        "drop policy one_service on access_hospital",
        "create policy open on access_hospital using (true)",
        "alter table people_personevent disable trigger all",
        "set role openhiu_owner",
        "set session authorization openhiu_super",
        "truncate access_hospital cascade",
        "drop table access_hospital cascade",
        "create table loot (x text)",
        "create temporary table loot (x text)",
        "create function pg_temp.f() returns int language sql as 'select 1'",
        "copy access_hospital to program 'cat'",
        "select pg_read_file('/etc/hostname')",
    ):
        assert refused(statement)


def test_turning_row_security_off_for_the_session_shows_nothing(
    two_services: tuple[UUID, UUID],
) -> None:
    set_service(two_services[0])
    rows("set local row_security = off")
    assert "row-level security" in refused("select name from access_hospital")


def test_even_the_owner_of_the_tables_stands_behind_the_wall(
    two_services: tuple[UUID, UUID], owner_connection: Any
) -> None:
    forced = owner_connection.execute(
        "select relrowsecurity, relforcerowsecurity from pg_class where relname = 'access_hospital'"
    )
    assert forced.fetchall() == [(True, True)]


def test_every_table_of_ours_stands_behind_the_wall_or_says_why_not() -> None:
    assert row_security.unsecured(connection, apps) == []
    for model in row_security.our_models(apps):
        label = model._meta.label
        assert (label in row_security.EXEMPT) or row_security.has_service(model), (
            f"{label} names no service: give it one, or a reason in row_security.EXEMPT"
        )


def test_every_exemption_is_of_a_table_that_exists_and_points_at_no_person() -> None:
    by_label = {model._meta.label: model for model in row_security.our_models(apps)}
    for label, reason in row_security.EXEMPT.items():
        assert reason
        fields = by_label[label]._meta.get_fields()
        related = {field.related_model._meta.label for field in fields if field.many_to_one}
        assert not related & {"people.Person", "casework.Case"}, label


def test_a_table_that_loses_its_wall_is_noticed(owner_connection: Any) -> None:
    owner_connection.execute("alter table people_person no force row level security")

    class Owners:
        cursor = staticmethod(owner_connection.cursor)

    assert row_security.unsecured(Owners, apps) == ["people_person"]


def test_histories_are_added_to_and_never_changed() -> None:
    for table in ("people_personevent", "casework_caseevent", "access_auditentry"):
        for right, held in (
            ("select", True),
            ("insert", True),
            ("update", False),
            ("delete", False),
            ("truncate", False),
        ):
            granted = rows("select has_table_privilege(current_user, %s, %s)", table, right)
            assert granted == [(held,)], f"{right} on {table}"


def test_the_register_of_migrations_is_read_only() -> None:
    assert rows(
        "select has_table_privilege('django_migrations', 'select'), "
        "has_table_privilege('django_migrations', 'insert')"
    ) == [(True, False)]
