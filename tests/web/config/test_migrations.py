"""Migrations and models say the same: someone's database after an update is what we test with."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from psycopg import sql

from openhiu.web.config import home
from openhiu.web.config.address import databases
from openhiu.web.config.database import Server, roles
from openhiu.web.config.tables import make_tables
from support import web_database

# One process replays every migration; two would take minutes each.
pytestmark = pytest.mark.xdist_group("migrations")

# What stands in a database, as sets of rows that can be compared; no names made up by the clock.
# Numbers of Django's own many-to-many tables are left out: replaying forgets which width they had.
CATALOGUES = {
    "columns": """
        select table_name, column_name, data_type, character_maximum_length, is_nullable,
               column_default, is_identity
        from information_schema.columns where table_schema = 'public'
          and (column_name <> 'id' or table_name !~ '(_groups|_permissions)$')""",
    "constraints": """
        select conrelid::regclass::text, contype, condeferrable,
               regexp_replace(pg_get_constraintdef(oid), '\\s+', ' ', 'g')
        from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'""",
    "indexes": """
        select tablename, regexp_replace(indexdef, 'INDEX \\S+ ON', 'INDEX ON')
        from pg_indexes where schemaname = 'public'""",
    "triggers": """
        select tgrelid::regclass::text, tgname, tgenabled, tgtype, pg_get_triggerdef(oid)
        from pg_trigger where not tgisinternal""",
    "functions": """
        select proname, md5(prosrc), prosecdef, proconfig from pg_proc
        where pronamespace = 'public'::regnamespace
          and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')""",
    "policies": "select tablename, policyname, roles, cmd, qual, with_check from pg_policies",
    "walls": """
        select relname, relrowsecurity, relforcerowsecurity from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r'""",
    "rights": """
        select table_name, grantee, privilege_type from information_schema.role_table_grants
        where table_schema = 'public' and grantee = 'openhiu_app'""",
}


def catalogue(address: str, of: str) -> set[Any]:
    with psycopg.connect(address) as connection:
        rows = connection.execute(CATALOGUES[of].encode()).fetchall()
    return {tuple(map(str, row)) for row in rows}


@pytest.fixture(scope="module")
def replayed(database_server: Server) -> str:
    """The address of a database made by replaying every migration from nothing."""
    addresses = _new_database(database_server, "replayed")
    web_database.migrate(addresses, database_server.places.folder.parent)
    return addresses.owner


@pytest.mark.parametrize("of", CATALOGUES)
def test_replaying_migrations_makes_what_the_models_describe(
    of: str, replayed: str, database_server: Server
) -> None:
    replayed_ones = catalogue(replayed, of)
    described = catalogue(database_server.url(roles.OWNER), of)
    assert len(described) > 5
    assert replayed_ones - described == set()
    assert described - replayed_ones == set()


def test_a_first_start_that_is_stopped_in_the_middle_leaves_nothing_half_made(
    database_server: Server, django_db_setup: None, django_db_blocker: Any, monkeypatch: Any
) -> None:
    addresses = _new_database(database_server, "stopped")

    def stopped(command: str, *words: str, **options: Any) -> None:
        if command == "pgtrigger":
            raise KeyboardInterrupt
        call_command(command, *words, **options)

    with django_db_blocker.unblock(), _as(addresses.owner):
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr("django.core.management.call_command", stopped)
            make_tables()
        with psycopg.connect(addresses.owner) as looking:
            assert _tables(looking) == set()
        make_tables()
    for of in ("columns", "triggers"):
        made = catalogue(addresses.owner, of)
        # The walls, which are put up afterwards, bring triggers of their own.
        assert len(made) > 100 and made <= catalogue(database_server.url(roles.OWNER), of)


def test_a_service_of_the_first_release_is_brought_up_to_date_with_its_people(
    database_server: Server,
) -> None:
    """Casework as it was first released, with one client and a neighbour, then every migration."""
    addresses, place = _new_database(database_server, "older"), database_server.places.folder.parent
    web_database.migrate(addresses, place, "casework", "0001")
    with psycopg.connect(addresses.owner) as older:
        assert "casework_story" not in _tables(older)
        organisation = _row(older, "access_organisation", name="Open Door")
        service = _row(older, "access_service", name="Larkham", provider_id=organisation)
        user = _row(older, "access_user", email="asha@example.org", name="Asha")
        here = {"service_id": service}
        lead = _row(older, "access_membership", **here, user_id=user, organisation_id=organisation,
                    role="lead")  # fmt: skip
        person = _row(older, "people_person", **here, given_name="Robin")
        case = _row(older, "casework_case", **here, person_id=person, lead_id=lead)
        _row(older, "casework_networkmember", **here, case_id=case, name="Pat")
    web_database.migrate(addresses, place)
    with psycopg.connect(addresses.owner) as newer:
        newer.execute("select set_config('openhiu.service', %s, false)", [str(service)])
        found = newer.execute("select name, added_at from casework_networkmember").fetchall()
        assert found == [("Pat", None)], "when they were noted is not known, and not made up"
        _row(newer, "casework_story", **here, case_id=case, kind="quote", written_by_id=lead)
        kept = newer.execute("select pgh_label from casework_storyevent").fetchall()
        assert kept == [("insert",)]
    assert catalogue(addresses.owner, "walls") == catalogue(
        database_server.url(roles.OWNER), "walls"
    )


def test_what_the_version_before_kept_plain_is_sealed_when_it_is_brought_up_to_date(
    database_server: Server, django_db_setup: None, django_db_blocker: Any, settings: Any
) -> None:
    """Addresses, numbers, notes and drafts as text and JSON, with their histories, then migrate."""
    addresses, place = _new_database(database_server, "plain"), database_server.places.folder.parent
    for app, number in (("casework", "0003"), ("letters", "0001"), ("mdt", "0001")):
        web_database.migrate(addresses, place, app, number)
    with psycopg.connect(addresses.owner) as older:
        organisation = _row(older, "access_organisation", name="Open Door")
        service = _row(older, "access_service", name="Larkham", provider_id=organisation)
        user = _row(older, "access_user", email="asha@example.org", name="Asha")
        here = {"service_id": service}
        lead = _row(older, "access_membership", **here, user_id=user, organisation_id=organisation,
                    role="lead")  # fmt: skip
        person = _row(older, "people_person", **here, given_name="Robin", address="1 Canary Row",
                      search_text=" robin 07700900123 ")  # fmt: skip
        _row(older, "people_phone", **here, person_id=person, number="07700 900123",
             digits="07700900123")  # fmt: skip
        case = _row(older, "casework_case", **here, person_id=person, lead_id=lead)
        contact = _row(older, "casework_contact", **here, case_id=case, by_id=lead,
                       what_mattered="The canary sang")  # fmt: skip
        _row(older, "access_draft", **here, user_id=user, key="k", fields='{"note": ["canary"]}')
        letter = _row(older, "letters_letter", **here, case_id=case, written_by_id=lead,
                      body="Dear canary", reasons="{}", asked='{"day": "canary"}')  # fmt: skip
        _row(older, "letters_copy", **here, letter_id=letter, content=b"%PDF canary")
    assert "canary" in _everything(database_server, "plain").lower()
    web_database.migrate(addresses, place)
    told = _everything(database_server, "plain").lower()
    assert "canary" not in told and b"canary".hex() not in told
    assert "900123" not in told
    settings.FIELD_KEYS_FILE = place / "home" / "field-keys"
    with _served(database_server, "plain", django_db_blocker):
        _is_as_it_was(service, contact, letter)


def _is_as_it_was(service: Any, contact: Any, letter: Any) -> None:
    from django.db import transaction

    from openhiu.web.access.models import Draft
    from openhiu.web.access.row_security import set_service
    from openhiu.web.casework.models import Contact
    from openhiu.web.letters.models import Letter
    from openhiu.web.people.models import Person, Phone

    with transaction.atomic():
        set_service(service)
        person, note = Person.objects.get(), Contact.objects.get(pk=contact)
        assert (person.address, note.what_mattered) == ("1 Canary Row", "The canary sang")
        assert [one.what_mattered for one in note.events.all()] == ["The canary sang"]
        assert Draft.objects.get().fields == {"note": ["canary"]}
        held = Letter.objects.get(pk=letter)
        assert (held.body, held.asked, held.reasons) == ("Dear canary", {"day": "canary"}, {})
        assert bytes(held.copies.get().content) == b"%PDF canary"
        words = Phone.words(["07700900123"], service)
        assert Phone.objects.get(found_by__in=words).number == "07700 900123"
        assert "robin" in person.search_text


@contextlib.contextmanager
def _as(address: str) -> Iterator[None]:
    """Django on the database of an address, as the role of that address."""
    from django.db import connection, connections

    before = dict(connection.settings_dict)
    connections.close_all()
    connection.settings_dict |= databases({"DATABASE_URL": address, "OPENHIU_POOL": "0"})["default"]
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict |= before


@contextlib.contextmanager
def _served(server: Server, name: str, blocker: Any) -> Iterator[None]:
    """Django on another database, as the role that serves pages."""
    from django.db import connection, connections

    before = connection.settings_dict["NAME"]
    with blocker.unblock():
        connections.close_all()
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = before


def _everything(server: Server, name: str) -> str:
    """Every row of every table as text."""
    with web_database.superuser(server, name) as connection:
        tables = sorted(_tables(connection))
        found = [
            connection.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(table)))
            for table in tables
        ]
        return "\n".join(str(row[0]) for rows in found for row in rows)


def _new_database(server: Server, name: str) -> home.Addresses:
    with web_database.superuser(server) as connection:
        words = sql.SQL("create database {} owner {}")
        connection.execute(words.format(sql.Identifier(name), sql.Identifier(roles.OWNER)))
    return home.Addresses(server.url(roles.APPLICATION, name), server.url(roles.OWNER, name))


def _tables(connection: psycopg.Connection[Any]) -> set[str]:
    rows = connection.execute("select tablename from pg_tables where schemaname = 'public'")
    return {row[0] for row in rows.fetchall()}


# What stands in a column that must hold something and is not what a test is about.
_ANYTHING = {"uuid": uuid4, "boolean": lambda: False, "jsonb": lambda: "[]", "date": lambda: TODAY,
             "timestamp with time zone": lambda: NOW, "smallint": lambda: 1,
             "integer": lambda: 1}  # fmt: skip
NOW, TODAY = datetime(2026, 11, 11, 10, tzinfo=UTC), date(2026, 11, 11)


def _row(connection: psycopg.Connection[Any], table: str, **known: Any) -> Any:
    """Put one row in as SQL: models know the tables of today only. Its key."""
    if "service_id" in known:
        connection.execute(
            "select set_config('openhiu.service', %s, false)", [str(known["service_id"])]
        )
    needed = connection.execute(
        "select column_name, data_type from information_schema.columns where table_name = %s "
        "and is_nullable = 'NO' and column_default is null and is_identity = 'NO'", [table],
    ).fetchall()  # fmt: skip
    told = {name: _ANYTHING.get(kind, str)() for name, kind in needed} | known
    columns = sql.SQL(", ").join(map(sql.Identifier, told))
    blanks = sql.SQL(", ").join([sql.Placeholder()] * len(told))
    insert = sql.SQL("insert into {} ({}) values ({}) returning id")
    found = connection.execute(
        insert.format(sql.Identifier(table), columns, blanks), list(told.values())
    ).fetchone()
    assert found is not None
    return found[0]


@pytest.mark.django_db
def test_no_change_of_a_model_waits_for_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
