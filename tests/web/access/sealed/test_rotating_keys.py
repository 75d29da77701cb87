"""New keys and old databases: everything comes under the newest key, whatever happens meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from openhiu.errors import ConfigurationFault, RefusedByPolicy
from openhiu.web.access.models import Draft, Role, SealKey
from openhiu.web.access.row_security import set_service
from openhiu.web.access.sealed import SealBroken, keyfile, rotation, rows
from openhiu.web.letters.models import Outgoing
from openhiu.web.people.models import Person, Phone
from openhiu.web.people.search import search
from support.web import make_member, make_service
from support.web_letters import make_client, make_item
from support.web_people import make_person

AsOwner = Callable[[], AbstractContextManager[None]]
STREET = "12 Canary Street"


@pytest.fixture
def place(own_database: str, keys: Path) -> Iterator[Any]:
    """Two services with people, histories, a draft, and a letter that left."""
    with transaction.atomic():
        lead = make_member(make_service("East"), Role.LEAD)
        person = make_person(lead, "Robin", "Canary", address=STREET, phones=["07700 900123"])
        person.address = "2 Later Road"
        person.save()
        Draft.objects.create(service=lead.service, user=lead.user, key="k", fields={"note": ["x"]})
        make_item(lead, make_client(lead))
        other = make_member(make_service("West"), Role.LEAD)
        make_person(other, "Sam", "Other", address="3 West Street")
    yield lead


def everything() -> tuple[Any, ...]:
    """What both services read, in an order."""
    found = []
    for service in rows.services():
        with transaction.atomic():
            set_service(service)
            found += list(Person.objects.order_by("pk").values_list("address", "postcode"))
            found += list(Phone.objects.order_by("pk").values_list("number"))
            found += list(Draft.objects.values_list("fields"))
            found += list(Outgoing.objects.values_list("address"))
            found += [(one.address,) for one in Person.pgh_event_model.objects.order_by("pgh_id")]
    return tuple(found)


def events() -> int:
    with transaction.atomic():
        return int(sum(_events(service) for service in rows.services()))


def _events(service: Any) -> int:
    set_service(service)
    return int(Person.pgh_event_model.objects.count())


def under() -> dict[str, int]:
    sums: dict[str, int] = {}
    for one in rotation.standing():
        for key, count in one.under.items():
            sums[key] = sums.get(key, 0) + count
    return sums


def test_rotating_seals_everything_anew_and_changes_nothing(
    place: Any, keys: Path, as_owner: AsOwner
) -> None:
    before, histories = everything(), events()
    with as_owner():
        rotation.prove()
        old = keyfile.read(keys).newest.id
        was = under()
        new = keyfile.add(keys).id
        heard: list[tuple[int, int]] = []
        assert rotation.rotate(lambda done, of: heard.append((done, of))) > 0
        assert set(was) == {old}
        assert under() == {new: was[old]}
        assert heard[-1][0] == heard[-1][1] == len(heard)
        assert rotation.rotate() == 0
        assert rotation.broken() == []
        rotation.retire(old)
    assert [key.id for key in keyfile.read(keys).keys] == [new]
    assert everything() == before
    assert events() == histories


def test_someone_is_found_by_telephone_before_during_and_after(
    place: Any, keys: Path, as_owner: AsOwner
) -> None:
    def found(text: str) -> list[str]:
        with transaction.atomic():
            set_service(place.service_id)
            return [hit.name for hit in search(place, text)]

    assert found("07700 900123") == found("0123") == ["Robin Canary"]
    with as_owner():
        keyfile.add(keys)
    assert found("07700 900123") == found("0123") == ["Robin Canary"]
    with as_owner():
        rotation.rotate()
        rotation.retire(keyfile.read(keys).keys[1].id)
    assert found("07700 900123") == found("0123") == ["Robin Canary"]


def test_a_rotation_that_was_stopped_goes_on_where_it_was(
    place: Any, keys: Path, as_owner: AsOwner
) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done > of // 2:
            raise Stopped

    before = everything()
    with as_owner():
        old = keyfile.read(keys).newest.id
        new = keyfile.add(keys).id
        with pytest.raises(Stopped):
            rotation.rotate(stop)
        assert set(under()) == {old, new}
    assert everything() == before
    with as_owner():
        with pytest.raises(RefusedByPolicy, match=f"still need the key {old}"):
            rotation.retire(old)
        rotation.rotate()
        assert set(under()) == {new}
    assert everything() == before


def test_a_row_somebody_changes_meanwhile_keeps_their_words(
    place: Any, keys: Path, as_owner: AsOwner
) -> None:
    with as_owner():
        keyfile.add(keys)
        table = next(one for one in rows.tables() if one.model is Person)
        batch = next(rows.stale(table, place.service_id, keyfile.read(keys).newest.id))
        with transaction.atomic():
            set_service(place.service_id)
            person = Person.objects.get(family_name="Canary")
            person.address = "Written meanwhile"
            person.save()
        written = rows.write(table, place.service_id, batch, rotation._renewed)
        assert written == len(batch) - 1
        rotation.rotate()
    with transaction.atomic():
        set_service(place.service_id)
        assert Person.objects.get(family_name="Canary").address == "Written meanwhile"


def test_what_an_older_version_kept_plain_is_sealed_once(
    place: Any, keys: Path, as_owner: AsOwner
) -> None:
    """As after migrating: the same texts, the same JSON as text, nothing sealed."""
    before = everything()
    with as_owner():
        for table in rows.tables():
            for service in rows.services():
                for batch in rows.every(table, service):
                    rows.write(table, service, batch, _plain)
        with transaction.atomic():
            for service in rows.services():
                set_service(service)
                Phone.objects.update(found_by="")
                Person.objects.update(search_text="")
        assert set(under()) == {""}
        with pytest.raises(SealBroken):
            everything()
        assert rotation.seal_plain() > 0
        assert set(under()) == {keyfile.read(keys).newest.id}
        assert rotation.seal_plain() == 0
        assert rotation.broken() == []
    assert everything() == before
    with transaction.atomic():
        set_service(place.service_id)
        assert [hit.name for hit in search(place, "07700900123")] == ["Robin Canary"]


def _plain(column: Any, place: Any, value: Any) -> Any:
    if value is None or not len(value):
        return value
    from openhiu.web.access.sealed import envelope

    content = envelope.unseal(column.unpacked(value), column.column_name).content
    return content if isinstance(column, rows.SealedBytes) else content.decode()


def test_a_value_that_was_moved_is_named_by_its_row_and_not_by_its_text(
    place: Any, as_owner: AsOwner
) -> None:
    with as_owner(), transaction.atomic():
        set_service(place.service_id)
        with connection.cursor() as cursor:
            cursor.execute(
                "update people_person set status_note = address where family_name = 'Canary'"
            )
        found = rotation.broken()
    assert len(found) >= 1
    assert all("status_note" in one and "Later" not in one for one in found)


def test_the_database_knows_which_keys_it_needs(
    place: Any, keys: Path, as_owner: AsOwner, tmp_path: Path, settings: Any
) -> None:
    with as_owner():
        rotation.prove()
        needed = keyfile.read(keys).newest.id
        assert SealKey.objects.get(retired_at=None).pk == needed
        settings.FIELD_KEYS_FILE = tmp_path / "another"
        keyfile.make(settings.FIELD_KEYS_FILE)
        with pytest.raises(ConfigurationFault, match=f"the key {needed}.* is missing"):
            rotation.prove()
        forged = keyfile.read(settings.FIELD_KEYS_FILE).newest.id
        text = settings.FIELD_KEYS_FILE.read_text()
        settings.FIELD_KEYS_FILE.write_text(text.replace(forged, needed))
        with pytest.raises(ConfigurationFault, match="is another one"):
            rotation.prove()


def test_the_application_cannot_change_which_keys_are_needed(own_database: str) -> None:
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError, match="permission denied"):
        SealKey.objects.create(pk="0000000a", proof="")
