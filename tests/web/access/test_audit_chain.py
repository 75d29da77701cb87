"""What the database itself does for the audit: order, chain, and keeping what was written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from openhiu.web.access.models import AuditEntry, Organisation, Service
from openhiu.web.access.row_security import set_service, set_system

ENTRY = """
    insert into access_auditentry
        (id, service_id, seq, at, role, did, about, purpose, result, detail, previous_hash, hash)
    values (gen_random_uuid(), %s, 0, now(), '', %s, '', '', 'done', '{}', '', '')"""


def entries() -> list[AuditEntry]:
    # Closes the chain as committing would.
    connection.check_constraints()
    return list(AuditEntry.objects.order_by("seq"))


def test_entries_of_another_service_are_not_seen(two_services: tuple[UUID, UUID]) -> None:
    for service in two_services:
        set_service(service)
        AuditEntry.objects.create(service_id=service, did="looked")
    assert [one.service_id for one in entries()] == [two_services[1]]


def test_an_entry_without_a_service_is_written_by_anyone_and_read_by_verifying_only(
    two_services: tuple[UUID, UUID],
) -> None:
    AuditEntry.objects.create(did="signed in")
    assert entries() == []
    set_service(two_services[0])
    assert entries() == []
    set_system(True)
    assert [one.did for one in entries()] == ["signed in"]


def test_an_entry_cannot_be_written_into_another_service(two_services: tuple[UUID, UUID]) -> None:
    set_service(two_services[0])
    with pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        AuditEntry.objects.create(service_id=two_services[1], did="looked")


def test_the_database_sets_place_and_hash_whatever_the_application_says(
    two_services: tuple[UUID, UUID],
) -> None:
    set_service(two_services[0])
    for _ in range(3):
        AuditEntry.objects.create(
            service_id=two_services[0], did="looked", seq=99, hash="f" * 64, previous_hash="e"
        )
    first, second, third = entries()
    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert first.previous_hash == ""
    assert second.previous_hash == first.hash != "f" * 64
    assert third.previous_hash == second.hash
    assert len({first.hash, second.hash, third.hash}) == 3


def test_each_service_has_a_chain_of_its_own(two_services: tuple[UUID, UUID]) -> None:
    for service in two_services:
        set_service(service)
        AuditEntry.objects.create(service_id=service, did="looked")
        assert [(one.seq, one.previous_hash) for one in entries()] == [(1, "")]


def test_an_entry_is_neither_changed_nor_taken_away(two_services: tuple[UUID, UUID]) -> None:
    set_service(two_services[0])
    AuditEntry.objects.create(service_id=two_services[0], did="looked")
    entries()
    for statement in (
        "update access_auditentry set did = 'nothing'",
        "delete from access_auditentry",
        "truncate access_auditentry",
        "alter table access_auditentry disable trigger all",
        "select setval('access_audit_arrival', 1)",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_not_even_the_owner_changes_an_entry_by_mistake(
    own_database: str, database_server: Any
) -> None:
    with transaction.atomic():
        AuditEntry.objects.create(did="signed in")
    with psycopg.connect(database_server.url("openhiu_owner", own_database)) as owner:
        for statement in ("update access_auditentry set did = ''", "delete from access_auditentry"):
            with pytest.raises(psycopg.Error, match="append-only"), owner.transaction():
                owner.execute(statement)


def test_a_transaction_that_is_undone_leaves_no_hole_in_the_chain(own_database: str) -> None:
    for undone in (False, True, False):
        with transaction.atomic():
            AuditEntry.objects.create(did="signed in")
            transaction.set_rollback(undone)
    with transaction.atomic():
        set_system(True)
        assert [one.seq for one in AuditEntry.objects.order_by("seq")] == [1, 2]


def test_the_named_service_is_forgotten_when_the_transaction_ends(own_database: str) -> None:
    with transaction.atomic():
        set_service(UUID(int=1))
    with connection.cursor() as cursor:
        cursor.execute("select nullif(current_setting('openhiu.service', true), '')")
        assert cursor.fetchone() == (None,)


def test_people_of_one_service_do_not_wait_for_each_other_while_a_page_is_drawn(
    own_database: str, database_server: Any
) -> None:
    """Two transactions that touch two chains in opposite order; the first to commit comes first."""
    address = database_server.url("openhiu_app", own_database)
    with transaction.atomic():
        body = Organisation.objects.create(kind="provider", name="A made-up charity")
        service = Service.objects.create(name="East", provider=body)
    began_first, began_second = psycopg.connect(address), psycopg.connect(address)
    with began_first, began_second:
        for page, order in ((began_first, (None, service.pk)), (began_second, (service.pk, None))):
            page.execute("set lock_timeout = '5s'")
            page.execute("select set_config('openhiu.service', %s, true)", [str(service.pk)])
            for chain in order:
                page.execute(ENTRY, [chain, "second" if page is began_second else "first"])
        began_second.commit()
        began_first.commit()
    with psycopg.connect(database_server.url("openhiu_owner", own_database)) as owner:
        chains = owner.execute(
            "select did, seq, previous_hash = '' from access_auditentry order by service_id, seq"
        ).fetchall()
    assert chains == [("second", 1, True), ("first", 2, False)] * 2
