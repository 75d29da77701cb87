"""Two records of one person: proposed by one, decided by another, undone exactly (invariant 6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.casework.models import Case
from openhiu.web.intake.models import Approach
from openhiu.web.people import actions, queries
from openhiu.web.people.belongings import CLASHES, TWINS, belongings
from openhiu.web.people.models import ContactSafety, Merge, Person
from openhiu.web.people.search import search
from support.web import make_member, make_service
from support.web_people import BORN, make_person, make_plan, nhs_number

pytestmark = pytest.mark.django_db


class Trio:
    """A lead, a supervisor and what they do to two records."""

    def __init__(self) -> None:
        self.lead = make_member(make_service())
        self.supervisor = make_member(self.lead.service, Role.SUPERVISOR)

    def propose(self, kept: Person, absorbed: Person) -> Merge:
        return actions.propose_merge(by=self.lead, kept=kept, absorbed=absorbed, reason="Married")

    def join(self, kept: Person, absorbed: Person) -> Merge:
        merge = self.propose(kept, absorbed)
        return actions.decide_merge(by=self.supervisor, merge=merge, approved=True)

    def undo(self, merge: Merge) -> Merge:
        return actions.undo_merge(by=self.supervisor, merge=merge)


@pytest.fixture
def trio() -> Trio:
    return Trio()


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def everything(*people: Person) -> dict[str, Any]:
    """All that is kept about these people, but for the counters of saves."""
    keys = [person.pk for person in people]
    told: dict[str, Any] = {
        "people": list(Person.objects.filter(pk__in=keys).order_by("pk").values()),
        "plans": list(ContactSafety.objects.filter(person__in=keys).order_by("pk").values()),
    }
    for kind in belongings():
        rows = kind.model._default_manager.filter(**{f"{kind.field}__in": keys})
        told[kind.key] = list(rows.order_by("pk").values())
    for row in told["people"] + told["plans"]:
        row.pop("version")
    return told


def test_every_room_with_a_persons_key_is_known(trio: Trio) -> None:
    known = {kind.key for kind in belongings()}
    assert {
        "casework.Case.person", "casework.Consent.person", "intake.Approach.person",
        "intake.Listed.person", "monitoring.Activity.person", "people.Phone.person",
        "people.OtherName.person", "people.Identifier.person", "people.Notice.person",
        "people.Person.merged_into",
    } <= known  # fmt: skip
    assert not any("Event" in key for key in known)


def test_every_key_that_can_stand_once_is_declared() -> None:
    """A unique key of a new room would break a merge: it has to say what happens."""
    once = set()
    for kind in belongings():
        field = kind.model._meta.get_field(kind.field)
        rules = kind.model._meta.constraints
        constraints = [rule for rule in rules if kind.field in getattr(rule, "fields", ())]
        if field.unique or constraints:
            once.add(kind.model._meta.label)
    assert once <= set(CLASHES) | TWINS


def test_everything_moves_and_both_names_and_numbers_are_found(trio: Trio) -> None:
    number = nhs_number()
    kept = make_person(trio.lead, "Anna", "Newname")
    absorbed = make_person(
        trio.lead, "Anna", "Oldname", nhs_number=number, birth_date=BORN, phones=["07700 900123"],
        also=["Annie O"], numbers=[("RZZ01", "H77")],
    )  # fmt: skip
    trio.join(kept, absorbed)
    joined = fresh(kept)
    assert (joined.nhs_number, joined.birth_date) == (number, BORN)
    assert joined.phones.count() == joined.other_names.count() == 1
    for text in ("oldname", number, "H77", "900123", "newname"):
        assert [hit.person_id for hit in search(trio.supervisor, text)] == [kept.pk]
    assert queries.person_or_missing(trio.supervisor, absorbed.pk) == joined
    assert queries.identities(joined) == [kept.pk, absorbed.pk]


def test_nobody_decides_their_own_proposal(trio: Trio) -> None:
    merge = trio.propose(make_person(trio.lead), make_person(trio.lead))
    also = make_member(trio.lead.service, Role.SUPERVISOR, user=trio.lead.user)
    for by in (trio.lead, also):
        with pytest.raises(NotAllowed):
            actions.decide_merge(by=by, merge=merge, approved=True)


def test_nothing_changes_until_it_is_decided_or_when_they_are_two(trio: Trio) -> None:
    one, other = make_person(trio.lead), make_person(trio.lead, phones=["07700 900123"])
    before = everything(one, other)
    merge = trio.propose(one, other)
    assert everything(one, other) == before
    actions.decide_merge(by=trio.supervisor, merge=merge, approved=False)
    assert everything(one, other) == before
    with pytest.raises(NotAllowed, match="not joined"):
        trio.undo(merge)


def test_different_nhs_numbers_are_never_joined_unless_one_was_replaced(trio: Trio) -> None:
    old = nhs_number()
    kept = make_person(trio.lead, nhs_number=nhs_number())
    absorbed = make_person(trio.lead, nhs_number=old)
    with pytest.raises(NotAllowed, match="different NHS numbers"):
        trio.propose(kept, absorbed)
    from openhiu.web.people.models import Identifier

    Identifier.objects.create(service=trio.lead.service, person=kept, issuer="nhs", value=old)
    assert trio.join(kept, absorbed).approved


def test_two_clients_and_two_open_approaches_are_refused_with_a_sentence(trio: Trio) -> None:
    one, other = make_person(trio.lead), make_person(trio.lead)
    shared: dict[str, Any] = {"service": trio.lead.service, "lead": trio.lead.membership}
    for person in (one, other):
        Approach.objects.create(person=person, quarter="2026-Q4", **shared)
    with pytest.raises(NotAllowed, match="Both are being approached"):
        trio.propose(one, other)
    Approach.objects.filter(person=one).update(ended_at=timezone.now())
    trio.propose(one, other)
    for person in (one, other):
        Case.objects.create(person=person, quarter="2026-Q4", **shared)
    with pytest.raises(NotAllowed, match="client"):
        actions.decide_merge(by=trio.supervisor, merge=Merge.objects.get(), approved=True)


def test_the_more_careful_plan_wins(trio: Trio) -> None:
    kept, absorbed = make_person(trio.lead), make_person(trio.lead, restricted=True)
    make_plan(trio.lead, kept, voicemail="yes", text="neutral", accessible_needs=["bsl"])
    make_plan(
        trio.lead, absorbed, voicemail="no", text="yes", accessible_needs=["deaf"],
        household="He listens",
    )  # fmt: skip
    merge = trio.join(kept, absorbed)
    plan = ContactSafety.objects.get(person=kept)
    assert (plan.voicemail, plan.text) == ("no", "neutral")
    assert plan.accessible_needs == ["bsl", "deaf"]
    assert plan.household == "He listens"
    assert fresh(kept).restricted
    trio.undo(merge)
    assert ContactSafety.objects.get(person=kept).voicemail == "yes"
    assert not fresh(kept).restricted


def test_what_was_changed_since_stays_with_the_kept_record(trio: Trio) -> None:
    kept, absorbed = (
        make_person(trio.lead, birth_date=None),
        make_person(trio.lead, birth_date=BORN),
    )
    merge = trio.join(kept, absorbed)
    later = date(1970, 1, 1)
    row = fresh(kept)
    actions.change_person(by=trio.lead, person=row, version=row.version, birth_date=later)
    actions.add_phone(by=trio.lead, person=row, number="07700 900777")
    trio.undo(merge)
    assert fresh(kept).birth_date == later
    assert fresh(absorbed).birth_date == BORN
    assert kept.phones.count() == 1


def test_a_chain_is_undone_from_its_end(trio: Trio) -> None:
    one, two, three = (make_person(trio.lead, f"N{n}") for n in ("one", "two", "three"))
    before = everything(one, two, three)
    first = trio.join(two, one)
    second = trio.join(three, two)
    assert {hit.person_id for hit in search(trio.supervisor, "none")} == {three.pk}
    with pytest.raises(NotAllowed, match="Undo that first"):
        trio.undo(first)
    trio.undo(second)
    trio.undo(first)
    assert everything(one, two, three) == before


def test_joining_and_parting_are_in_the_audit(trio: Trio) -> None:
    trio.undo(trio.join(make_person(trio.lead), make_person(trio.lead)))
    done = list(AuditEntry.objects.order_by("at").values_list("did", flat=True))
    assert done[-2:] == ["merged", "undid a merge"]


def test_the_absorbed_record_can_no_longer_be_changed(trio: Trio) -> None:
    kept, absorbed = make_person(trio.lead), make_person(trio.lead)
    trio.join(kept, absorbed)
    with pytest.raises(NotAllowed, match="joined"):
        actions.change_person(by=trio.lead, person=absorbed, version=2, given_name="X")


def test_the_database_itself_allows_a_number_once(trio: Trio) -> None:
    number = nhs_number()
    make_person(trio.lead, nhs_number=number)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_person(trio.lead, nhs_number=number)


_words = st.sampled_from(["", "Anna", "Siân", "O'Brien"])
_facts = st.fixed_dictionaries({
    "given_name": _words, "family_name": _words, "preferred_name": _words,
    "birth_date": st.sampled_from([None, BORN, date(1980, 2, 29)]),
    "address": st.sampled_from(["", "1 High Street"]), "postcode": st.sampled_from(["", "ZZ1 1ZZ"]),
    "address_confirmed_on": st.sampled_from([None, date(2026, 1, 1)]),
    "died": st.sampled_from(["", "informal", "formal"]), "restricted": st.booleans(),
    "sex": st.sampled_from(["", "1", "2"]),
})  # fmt: skip
_plans = st.none() | st.fixed_dictionaries({
    "voicemail": st.sampled_from(["yes", "no", "neutral"]),
    "text": st.sampled_from(["yes", "no", "neutral"]),
    "letter": st.sampled_from(["yes", "no", "neutral"]),
    "accessible_needs": st.lists(st.sampled_from(["bsl", "deaf", "braille"]), unique=True),
    "household": st.sampled_from(["", "Dog", "He listens"]),
    "interpreter": st.sampled_from(["", "Polish"]),
})  # fmt: skip
_record = st.tuples(_facts, _plans, st.lists(st.sampled_from(["07700 900001", "07700 900002"])))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(records=st.tuples(_record, _record), numbered=st.sampled_from([(), (0,), (1,)]))
def test_joined_and_parted_again_is_as_it_was(records: Any, numbered: Any) -> None:
    trio = Trio()
    people = []
    for nth, (facts, plan, phones) in enumerate(records):
        number = nhs_number() if nth in numbered else ""
        person = make_person(trio.lead, phones=phones, also=["Other"], nhs_number=number, **facts)
        if plan is not None:
            make_plan(trio.lead, person, **plan)
        approach_ended = timezone.now() - timedelta(days=1)
        Approach.objects.create(
            service=trio.lead.service, person=person, lead=trio.lead.membership,
            quarter="2026-Q4", ended_at=approach_ended,
        )  # fmt: skip
        people.append(person)
    before = everything(*people)
    merge = trio.join(*people)
    assert everything(*people) != before
    trio.undo(merge)
    assert everything(*people) == before
