"""Canaries planted for two people everywhere; one is forgotten: none of theirs is left, all others.

Read in two ways: through the models, so that sealed columns are opened, and as the database's
superuser prints every row of every table; and every file of the home folder is looked through.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction

from openhiu.extract.store import Store
from openhiu.web.access.models import Role
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions import retention
from openhiu.web.assurance.models.retention import Certificate
from openhiu.web.config.database import Server
from openhiu.web.people.models import Person
from support.canaries import Flock, seen_in_tables, seen_through_models, still_there
from support.store_rows import drawn, holds, moment, put
from support.web import make_member, make_service
from support.web_database import superuser
from support.web_retention import agreed, both, days_pass, queued, years_later

# The database's own files hold pages that nobody reads any more until they are written over; what
# is in them is looked at in SQL. The server's log and everything else is read byte by byte.
_NOT_READ = ("database/data",)
# The store knows them under another name: what says that it is them is the date of birth.
BORN = date(1961, 5, 4)


class Planted:
    def __init__(self, folder: Path) -> None:
        self.store = Store.create(folder / "store")
        self.service = make_service(store=str(self.store.path))
        lead = make_member(self.service, Role.LEAD)
        self.first, self.second = both(self.service)
        self.gone, self.stays = Flock(lead, "GONE").plant(), Flock(lead, "STAYS").plant()
        for flock in (self.gone, self.stays):
            self.deliver(flock)
        session = SessionStore()
        session["_messages"] = f"Saved what {self.gone.person.family_name} said."
        session.save()

    def deliver(self, flock: Flock) -> None:
        """The hospital's store knows them too."""
        key = flock.person.nhs_number
        name, address = flock.word("store: name"), flock.word("store: address")
        row = {
            "person_id": key, "nhs_number": key, "name": name, "address": address,
            "birth_date": BORN,
        }  # fmt: skip
        Person.objects.filter(pk=flock.person.pk).update(birth_date=BORN)
        put(self.store, f"people {flock.name}", [row], received=moment("01-03"), dataset="people")
        attended = drawn("| record | site | arrived |\n| 1 | S1 | 05-01 |")
        attended[0] |= {"person_id": key, "attendance_id": key[-6:]}
        put(self.store, f"attended {flock.name}", attended, received=moment("01-03"))


@pytest.fixture
def planted(own_database: str, tmp_path: Path) -> Planted:
    with transaction.atomic():
        return Planted(tmp_path)


def look(planted: Planted, server: Server, database: str) -> list[tuple[str, str]]:
    """Everything this installation keeps, as texts with their place."""
    with transaction.atomic():
        set_service(planted.service.pk)
        seen = list(seen_through_models())
    connection.close()
    with superuser(server, database) as everything:
        seen += seen_in_tables(everything)
    home = Path(settings.HOME)
    for path in home.rglob("*"):
        inside = path.relative_to(home).as_posix()
        if path.is_file() and not inside.startswith(_NOT_READ):
            seen.append((inside, path.read_bytes().decode("utf-8", "replace")))
    return seen


def test_nothing_of_the_one_is_left_and_everything_of_the_other(
    planted: Planted, database_server: Server, own_database: str
) -> None:
    gone, stays = planted.gone.planted, planted.stays.planted
    before = look(planted, database_server, own_database)
    lost = set(gone) - set(still_there(gone, before)) - set(in_store(planted, gone))
    assert not lost, f"never planted: {[gone[word] for word in lost]}"
    assert len(gone) > 150

    with years_later(30):
        with transaction.atomic():
            set_service(planted.service.pk)
            row = queued(planted.service, planted.gone.person)
            row = agreed(row, planted.first, planted.second)
        days_pass(database_server, own_database, row)
    with years_later(30, 20):
        told = retention.remove_due(service=planted.service)
        assert (told.removed, told.waiting, told.overtaken) == (1, [], 0)

    after = look(planted, database_server, own_database)
    left = still_there(gone, after)
    assert left == {}, {gone[word]: where for word, where in left.items()}
    assert in_store(planted, gone) == []
    kept = set(still_there(stays, after)) | set(in_store(planted, stays))
    assert {stays[word] for word in set(stays) - kept} == set()
    assert holds(planted.store, planted.gone.person.nhs_number) == []
    assert holds(planted.store, planted.stays.person.nhs_number)
    names_nobody(planted)


def in_store(planted: Planted, words: dict[str, str]) -> list[str]:
    return [word for word in words if holds(planted.store, word)]


def names_nobody(planted: Planted) -> None:
    """The certificate counts rows, and knows neither name nor key of the person."""
    with transaction.atomic():
        set_service(planted.service.pk)
        made: Any = Certificate.objects.get()
        said = f"{made.rows} {made.elsewhere} {made.appraisal.reference}"
        assert str(planted.gone.person.pk) not in said
        assert planted.gone.person.nhs_number not in said
        assert made.rows["casework.Contact"] == 1 and made.rows["casework.Contact history"] >= 1
