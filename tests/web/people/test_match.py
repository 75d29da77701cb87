"""Who might be the same person: the five rules, each as the field learnt it the hard way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Role
from openhiu.web.people import actions, duplicates
from openhiu.web.people.match import (
    MaybeKnown,
    alike,
    likely_for,
    likely_same,
    repeated_numbers,
)
from openhiu.web.people.models import Apart, Person
from support.web import make_member, make_service
from support.web_people import BORN, make_person, nhs_number

pytestmark = pytest.mark.django_db
PHONE = "07700 900123"


@pytest.fixture
def lead() -> Any:
    return make_member(make_service())


def same(actor: Any, name: str = "Robin Example", **known: Any) -> list[Person]:
    return [like.person for like in likely_same(actor, name=name, **known)]


def test_rule_1_different_nhs_numbers_are_never_one_person(lead: Any) -> None:
    make_person(lead, nhs_number=nhs_number(), birth_date=BORN, phones=[PHONE])
    assert same(lead, nhs_number=nhs_number(), birth_date=BORN, phone=PHONE) == []


def test_a_superseded_number_is_still_theirs(lead: Any) -> None:
    old = nhs_number()
    person = make_person(lead, nhs_number=nhs_number(), numbers=[("nhs", old)])
    assert same(lead, nhs_number=old) == [person]


def test_rule_2_the_same_number_twice_in_a_file_is_an_error_of_the_file() -> None:
    one, other = nhs_number(), nhs_number()
    assert repeated_numbers([one, "", other, one, ""]) == [one]


def test_rule_3_nothing_equals_nothing(lead: Any) -> None:
    make_person(lead, "", "Example")
    make_person(lead, "Robin", "")
    assert same(lead) == []
    assert same(lead, name="") == []
    assert not alike("", "")


def test_a_name_alone_is_never_enough(lead: Any) -> None:
    make_person(lead)
    assert same(lead) == []


def test_rule_4_twins_are_two_people(lead: Any) -> None:
    make_person(lead, "Sarah", birth_date=BORN, phones=[PHONE])
    assert same(lead, name="Martin Example", birth_date=BORN, phone=PHONE) == []


def test_rule_5_two_people_once_said_to_be_apart_stay_apart(lead: Any) -> None:
    one = make_person(lead, birth_date=BORN)
    other = make_person(lead, birth_date=BORN)
    assert [like.person for like in likely_for(lead, one)] == [other]
    assert len(duplicates.pairs(lead)) == 1
    actions.keep_apart(by=lead, one=one, other=other, reason="Father and son")
    assert likely_for(lead, one) == []
    assert duplicates.pairs(lead) == []


def test_birthday_and_the_sound_of_the_name_make_a_likely_match(lead: Any) -> None:
    person = make_person(lead, "Margaret", "Smythe", birth_date=BORN)
    assert same(lead, name="SMITH, Peggy", birth_date=BORN) == [person]
    assert same(lead, name="SMITH, Peggy", birth_date=date(1971, 3, 4)) == []


def test_a_telephone_and_a_first_name_find_someone_who_changed_their_name(lead: Any) -> None:
    person = make_person(lead, "Anna", "Old", birth_date=BORN, phones=[PHONE])
    assert same(lead, name="Anna Newname", birth_date=BORN, phone="+44 7700 900123") == [person]


def test_one_number_and_two_birthdays_is_a_conflict_not_a_match(lead: Any) -> None:
    number = nhs_number()
    make_person(lead, nhs_number=number, birth_date=BORN)
    (like,) = likely_same(
        lead, name="Robin Example", nhs_number=number, birth_date=date(1980, 1, 1)
    )
    assert like.conflict
    assert like.score < 100


def test_a_damaged_number_is_never_repaired(lead: Any) -> None:
    number = nhs_number()
    make_person(lead, nhs_number=number)
    rounded = number[:8] + "00"
    assert same(lead, nhs_number=rounded) == []
    assert same(lead, nhs_number=f"{float(number):.2E}") == []


def test_someone_one_may_not_see_is_known_of_but_not_shown(lead: Any) -> None:
    number = nhs_number()
    make_person(lead, nhs_number=number, mine=False)
    (like,) = likely_same(lead, name="Robin Example", nhs_number=number)
    assert not like.visible


def test_another_services_people_are_never_compared(lead: Any) -> None:
    number = nhs_number()
    make_person(lead, nhs_number=number)
    other = make_member(make_service())
    assert same(other, nhs_number=number) == []


def test_near_duplicates_stop_a_save_until_a_reason_is_given(lead: Any) -> None:
    known = make_person(lead, birth_date=BORN)
    facts = {"given_name": "Robin", "family_name": "Example", "birth_date": BORN}
    with pytest.raises(MaybeKnown) as maybe:
        actions.add_person(by=lead, **facts)
    assert [like.person for like in maybe.value.likely] == [known]
    added = actions.add_person(by=lead, despite="Cousins of the same name", **facts)
    assert Apart.objects.get(one=added).other == known


def test_an_analyst_compares_only_pairs_that_look_alike(lead: Any) -> None:
    analyst = make_member(lead.service, Role.ANALYST)
    one, other = (make_person(lead, birth_date=BORN) for _ in range(2))
    stranger = make_person(lead, "Zoe", "Quill")
    assert len(duplicates.pairs(analyst)) == 1
    assert duplicates.pair_or_missing(analyst, one.pk, other.pk) == (one, other)
    with pytest.raises(Missing):
        duplicates.pair_or_missing(analyst, one.pk, stranger.pk)
