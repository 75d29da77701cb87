"""Rows with sealed columns: plain to the rooms, closed to whoever has the database alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from openhiu.web.access.models import Draft, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.access.sealed import SealBroken, SealedText, keyfile, rows, update_each
from openhiu.web.access.sealed.envelope import prefix
from openhiu.web.letters.models import Copy
from openhiu.web.people.models import Merge, Person, Phone
from support.web import make_member, make_service
from support.web_letters import make_client, make_item
from support.web_people import make_person

pytestmark = pytest.mark.django_db
STREET = "12 Canary Street"


@pytest.fixture
def lead() -> Any:
    return make_member(make_service(), Role.LEAD)


@pytest.fixture
def person(lead: Any) -> Person:
    return make_person(lead, address=STREET, postcode="AB1 2CD", phones=["07700 900123"])


def cell(row: Any, column: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            f'select "{column}" from "{row._meta.db_table}" where "{row._meta.pk.column}" = %s',
            [row.pk],
        )
        return cursor.fetchone()[0]


def put(row: Any, column: str, text: Any) -> None:
    """Whoever can write to the table, past the application."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'update "{row._meta.db_table}" set "{column}" = %s where "{row._meta.pk.column}" = %s',
            [text, row.pk],
        )


def test_the_rooms_read_what_they_wrote_and_the_table_does_not_tell_it(person: Person) -> None:
    assert Person.objects.get(pk=person.pk).address == STREET
    assert cell(person, "address").startswith(prefix())
    assert "Canary" not in cell(person, "address")
    assert Person.objects.filter(pk=person.pk).values_list("address", flat=True)[0] == STREET
    assert Person.objects.values("address").get(pk=person.pk) == {"address": STREET}


@how(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(person: Person, text: str) -> None:
    person.address = text
    person.save()
    assert Person.objects.get(pk=person.pk).address == text


def test_json_and_bytes_come_back_and_what_is_changed_in_place_is_seen(lead: Any) -> None:
    fields: dict[str, Any] = {"note": ["ring the canary", "é"], "more": []}
    draft = Draft.objects.create(service=lead.service, user=lead.user, key="k", fields=fields)
    read = Draft.objects.get(pk=draft.pk)
    assert read.fields == fields
    assert "canary" not in cell(draft, "fields")
    read.fields["note"].append("again")
    read.save()
    assert Draft.objects.get(pk=draft.pk).fields["note"][-1] == "again"
    item = make_item(lead, make_client(lead))
    copy = Copy.objects.get(pk=item.pdf_id)
    assert bytes(copy.content).startswith(b"%PDF")
    assert bytes(cell(copy, "content")).startswith(prefix().encode())


def test_nothing_stays_nothing_and_can_be_asked_for(lead: Any, person: Person) -> None:
    other = make_person(lead, "Nobody", "Nowhere")
    assert cell(other, "address") == ""
    assert list(Person.objects.exclude(address="")) == [person]


def test_a_value_put_into_another_row_is_refused(lead: Any, person: Person) -> None:
    other = make_person(lead, "Sam", "Other", address="1 Elsewhere")
    put(other, "address", cell(person, "address"))
    with pytest.raises(SealBroken, match=r"people.person.address: .* another row") as told:
        Person.objects.get(pk=other.pk)
    assert "Canary" not in str(told.value)


def test_a_value_put_into_another_column_is_refused_even_without_its_row(person: Person) -> None:
    put(person, "status_note", cell(person, "address"))
    with pytest.raises(SealBroken, match="another place"):
        Person.objects.get(pk=person.pk)
    with pytest.raises(SealBroken, match="another place"):
        list(Person.objects.values_list("status_note"))


def test_a_value_of_another_service_is_refused(lead: Any, person: Person) -> None:
    other = make_member(make_service(), Role.LEAD)
    set_service(lead.service.pk)
    stolen = cell(person, "address")
    set_service(other.service.pk)
    theirs = make_person(other, address="1 Elsewhere")
    put(theirs, "address", stolen)
    with pytest.raises(SealBroken):
        Person.objects.get(pk=theirs.pk)


@pytest.mark.parametrize("text", ["plain words", "hiu1.", "hiu1.00000000.AAAA"])
def test_what_was_not_sealed_is_refused(person: Person, text: str) -> None:
    put(person, "address", text)
    with pytest.raises(SealBroken) as told:
        Person.objects.get(pk=person.pk)
    assert "plain words" not in told.value.sentence + told.value.remedy


def test_it_can_be_neither_searched_nor_written_past_its_row(person: Person) -> None:
    found = Person.objects.filter(pk=person.pk)
    with pytest.raises(TypeError, match="address is sealed"), transaction.atomic():
        found.update(address="1 Elsewhere")
    with pytest.raises(TypeError, match="is sealed"):
        list(Person.objects.filter(address=STREET))
    with pytest.raises(FieldError):
        list(Person.objects.filter(address__icontains="canary"))


def test_several_rows_are_written_one_by_one(person: Person) -> None:
    assert update_each(Person.objects.filter(pk=person.pk), address="1 Elsewhere") == 1
    assert Person.objects.get(pk=person.pk).address == "1 Elsewhere"


def test_saving_what_did_not_change_writes_no_history(person: Person) -> None:
    before, kept = person.events.count(), cell(person, "address")
    Person.objects.get(pk=person.pk).save()
    assert (person.events.count(), cell(person, "address")) == (before, kept)
    Person.objects.defer("address").get(pk=person.pk).save()
    assert cell(person, "address") == kept


def test_a_history_is_sealed_and_is_read_as_what_it_is_about(person: Person) -> None:
    person.address = "2 Later Road"
    person.save()
    assert [one.address for one in person.events.order_by("pgh_id")] == [STREET, "2 Later Road"]
    assert all("Canary" not in cell(one, "address") for one in person.events.all())


def test_a_copied_value_is_sealed_for_its_new_row(lead: Any, person: Person) -> None:
    other = make_person(lead, "Sam", "Other", address=Person.objects.get(pk=person.pk).address)
    assert Person.objects.get(pk=other.pk).address == STREET


def test_text_longer_than_a_field_takes_is_turned_away(person: Person) -> None:
    person.postcode = "x" * 11
    with pytest.raises(ValueError, match=r"people.person.postcode takes at most 10 characters"):
        person.save()


def test_a_telephone_is_found_by_equality_and_stands_nowhere(lead: Any, person: Person) -> None:
    phone = person.phones.get()
    words = Phone.words(["07700900123"], lead.service_id)
    assert phone.found_by in words
    assert Phone.objects.filter(found_by__in=words).count() == 1
    assert (
        Phone.objects.filter(found_by__in=Phone.words(["07700900124"], lead.service_id)).count()
        == 0
    )
    person.refresh_from_db()
    assert "900123" not in cell(phone, "number") + phone.found_by + person.search_text


def test_deferred_and_only_are_checked_as_well(lead: Any, person: Person) -> None:
    assert Person.objects.only("given_name").get(pk=person.pk).address == STREET
    other = make_person(lead, "Sam", "Other", address="1 Elsewhere")
    put(other, "address", cell(person, "address"))
    late = Person.objects.defer("address").get(pk=other.pk)
    with pytest.raises(SealBroken):
        _ = late.address


def test_a_lost_key_is_named(person: Person, tmp_path: Any, settings: Any) -> None:
    lost = keyfile.read(settings.FIELD_KEYS_FILE).newest.id
    settings.FIELD_KEYS_FILE = tmp_path / "field-keys"
    keyfile.make(settings.FIELD_KEYS_FILE)
    with pytest.raises(SealBroken, match=f"the key {lost}"):
        Person.objects.get(pk=person.pk)


def test_every_sealed_row_has_a_key_that_can_be_bound() -> None:
    for table in rows.tables():
        tracked = getattr(table.model, "pgh_tracked_model", table.model)
        assert tracked._meta.pk.get_internal_type() == "UUIDField", tracked
        assert any(one.attname == "service_id" for one in table.model._meta.concrete_fields)


def test_what_a_merge_remembers_is_sealed() -> None:
    assert type(Merge._meta.get_field("moved")).__name__ == "SealedJSON"
    assert isinstance(Merge._meta.get_field("reason"), SealedText)
