"""Whoever has a copy of the database and not the keys reads nothing written about people."""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from openhiu.web.config.database import Server, binaries
from openhiu.web.config.database.cluster import SUPERUSER
from support.planting import Planted, plant
from support.web_database import superuser


@pytest.fixture
def planted(own_database: str) -> Iterator[Planted]:
    with transaction.atomic():
        say = plant()
    yield say


def dumped(server: Server, database: str) -> str:
    """Every row of every table, as a dump has them; where there is no pg_dump, as text."""
    program = binaries.find() / "pg_dump"
    if program.exists():
        done = subprocess.run(
            [program, "--dbname", server.url(SUPERUSER, database)],
            capture_output=True, check=True, env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
        return done.stdout.decode()
    with superuser(server, database) as all_powerful:
        tables = all_powerful.execute(
            "select format('%I', tablename) from pg_tables where schemaname = 'public'"
        ).fetchall()
        return "\n".join(
            row[0]
            for (table,) in tables
            for row in all_powerful.execute(f"select t::text from {table} as t".encode())
        )


def shapes(canary: str) -> set[str]:
    """How a text may stand in a dump: as it is, in the hexadecimal of bytes, in base64."""
    raw = canary.encode()
    coded = {base64.b64encode(b"x" * shift + raw).decode()[4:-4] for shift in range(3)}
    return {canary, raw.hex(), *(text for text in coded if len(text) >= 6)}


def test_no_canary_planted_through_any_room_is_in_a_dump(
    planted: Planted, database_server: Server
) -> None:
    dump = dumped(database_server, connection.settings_dict["NAME"])
    assert len(planted) > 90
    assert "Sample" in dump, "names stand as they are: this is a dump with the rows in it"
    found = {where for where, canary in planted.items() for s in shapes(canary) if s in dump}
    assert found == set()
    assert b"%PDF-".hex() not in dump


def test_the_rooms_own_pages_of_it_still_read(planted: Planted) -> None:
    """What was planted is there: the test above does not pass because nothing was written."""
    from openhiu.web.access.models import Service
    from openhiu.web.access.row_security import set_service
    from openhiu.web.access.sealed import rows

    read: set[str] = set()
    with transaction.atomic():
        for service in Service.objects.all():
            set_service(service.pk)
            for table in rows.tables():
                names = [field.attname for field in table.fields]
                for row in table.model._default_manager.values_list(*names):
                    read |= {str(value) for value in row if value}
    everything = "\n".join(read)
    missing = {
        where
        for where, canary in planted.items()
        if canary not in everything and not where.startswith("listed")
    }
    assert missing == {"story", "story title"}, "emptied when the story was taken out"
