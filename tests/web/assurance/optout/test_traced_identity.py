"""Replaced and invalid numbers, deaths and restrictions: what follows from each trace, in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import AuditEntry, Organisation, Role
from openhiu.web.intake.models import Listed, ReceivedList
from openhiu.web.people import actions, match
from openhiu.web.people.identity import Answer, Do, Standing, what_follows
from openhiu.web.people.models import IdentityCheck, IdentityQuestion, Merge, Person
from openhiu.web.people.safety import contact_rules
from openhiu.web.people.trace_file import COLUMNS, TraceNotUsable, read_answers
from support.web import make_member, make_organisation, make_service
from support.web_casework import make_case
from support.web_lawful import make_gateway
from support.web_people import make_person, nhs_number

DAY = date(2026, 10, 1)
A, B, C = (nhs_number(nth) for nth in (71001, 71002, 71003))


def said(**facts: Any) -> Answer:
    return Answer(**{"person_ref": "x", "checked_on": DAY, "status": "current", **facts})


@pytest.mark.parametrize(
    ("now", "answer", "follows"),
    [
        # Numbers
        (Standing(A), said(number=A), ()),
        (Standing(A), said(status="superseded", number=B), (Do.REPLACE_NUMBER,)),
        (Standing(A), said(number=B), (Do.REPLACE_NUMBER,)),  # the returned number differs
        (Standing(A, taken=True), said(status="superseded", number=B), (Do.PROPOSE_MERGE,)),
        (Standing(A), said(status="invalid"), (Do.HOLD_NUMBER,)),
        (Standing(A, number_held=True), said(status="invalid"), ()),
        (Standing(A, number_held=True), said(number=A), (Do.VALID_AGAIN,)),
        # Restrictions
        (Standing(A), said(restricted=True), (Do.RESTRICT,)),
        (Standing(A, restricted=True), said(restricted=True), ()),
        (Standing(A, restricted=True), said(), ()),  # ours, not the trace's: it stays
        (Standing(A, restricted=True, traced_restricted=True), said(), (Do.ASK_UNRESTRICTED,)),
        # Deaths
        (Standing(A), said(death="1"), (Do.MARK_REPORTED,)),
        (Standing(A), said(death="2"), (Do.MARK_REGISTERED,)),
        (Standing(A, died="informal"), said(death="1"), ()),
        (Standing(A, died="informal"), said(death="2"), (Do.MARK_REGISTERED,)),
        (Standing(A, died="formal"), said(death="1"), ()),  # we know more than the trace
        (Standing(A, died="formal", traced_death="2"), said(death="1"), (Do.ASK_DEATH,)),
        (Standing(A, died="informal"), said(), ()),  # told by our own people: it stays
        (Standing(A, died="informal", traced_death="1"), said(), (Do.RESTORE,)),
        (Standing(A, died="formal", traced_death="2"), said(), (Do.RESTORE_HELD,)),
        (Standing(A, died="formal", traced_death="1"), said(), (Do.ASK_DEATH,)),
        # Several at once: where somebody lives first
        (Standing(A), said(status="invalid", restricted=True, death="1"),
         (Do.RESTRICT, Do.MARK_REPORTED, Do.HOLD_NUMBER)),
    ],
)  # fmt: skip
def test_each_answer_has_what_follows(now: Standing, answer: Answer, follows: Any) -> None:
    assert what_follows(now, answer) == follows


def trace(*answers: Any) -> bytes:
    rows = [",".join(COLUMNS)]
    for person, day, status, number, restricted, death, died_on in answers:
        ref = getattr(person, "pk", person)
        rows.append(f"{ref},{day},{status},{number},{restricted},{death},{died_on}")
    return ("\n".join(rows) + "\n").encode()


def line(person: Any, day: int = 1, status: str = "current", number: str = "", **more: str) -> Any:
    return (person, DAY + timedelta(days=day), status, number, more.get("restricted", "no"),
            more.get("death", ""), more.get("died_on", ""))  # fmt: skip


pytestmark = pytest.mark.django_db
World = tuple[Actor, Actor, Actor]


@pytest.fixture
def world() -> World:
    """A supervisor, the hospital's analyst and a lead of one service."""
    service = make_service()
    return tuple(make_member(service, role) for role in (Role.SUPERVISOR, Role.ANALYST, Role.LEAD))  # type: ignore[return-value]


@pytest.fixture
def bring(world: World) -> Callable[..., Any]:
    return lambda *lines: actions.take_in_reply(by=world[1], data=trace(*lines))


def now(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def found_by(actor: Actor, number: str) -> list[Person]:
    return [like.person for like in match.likely_same(actor, name="", nhs_number=number)]


def test_reported_then_registered(world: World, bring: Any) -> None:
    person = make_person(world[2], nhs_number=A)
    actions.mark_died(by=world[2], person=person, heard="Her sister rang")
    bring(line(person, 9, death="2", died_on="2026-09-20"))
    assert (now(person).died, now(person).died_on) == ("formal", date(2026, 9, 20))


@pytest.mark.parametrize("death", ["1", "2"])
def test_a_death_that_only_a_trace_tells_of_waits_for_a_person(
    world: World, bring: Any, death: str
) -> None:
    supervisor, analyst, lead = world
    person = make_person(lead, nhs_number=A)
    bring(line(person, 1, death=death, died_on="2026-09-20"))
    assert now(person).died == ""
    assert "until a supervisor has looked" in contact_rules(now(person)).blocked
    question = IdentityQuestion.objects.get(person=person)
    assert (question.kind, "20 September 2026" in question.note) == ("died", True)
    twin = make_member(supervisor.service, Role.SUPERVISOR, user=analyst.user)
    told = {"question": question, "version": 1, "note": "Rang the practice.", "release": True}
    with pytest.raises(NotAllowed, match="someone else"):
        actions.settle_question(by=twin, **told)
    actions.settle_question(by=supervisor, **told)
    assert not contact_rules(now(person)).blocked


@pytest.mark.parametrize("death", ["1", "2"])
def test_a_death_taken_back_waits_for_a_person(world: World, bring: Any, death: str) -> None:
    person = make_person(world[2], nhs_number=A)
    actions.mark_died(by=world[2], person=person, registered=death == "2")
    bring(line(person, 1, death=death))
    bring(line(person, 2))
    assert now(person).died
    question = IdentityQuestion.objects.get(person=person)
    actions.settle_question(by=world[0], question=question, version=1, note="Rang the practice.",
                            release=True)  # fmt: skip
    assert not contact_rules(now(person)).blocked
    entry = AuditEntry.objects.filter(person_id=person.pk, detail__died="cleared")
    assert entry.count() == 1


def test_settling_one_hold_leaves_the_other(world: World, bring: Any) -> None:
    person = make_person(world[2], nhs_number=A)
    bring(line(person, 1, "invalid", death="1"))
    number = IdentityQuestion.objects.get(kind="number")
    actions.settle_question(by=world[0], question=number, version=1, note="Right.", release=True)
    assert "that they died" in contact_rules(now(person)).blocked


def test_a_hospital_traces_those_alone_of_whom_it_brings_data(world: World) -> None:
    lead = world[2]
    trust = make_organisation(kind=Organisation.Kind.HOSPITAL)
    analyst = make_member(lead.service, Role.ANALYST, organisation=trust)
    listed, client, other = (make_person(lead), make_case(lead).person, make_person(lead))
    received = ReceivedList.objects.create(service=lead.service, as_of=DAY, content_hash="x",
                                           uploaded_by=analyst.membership)  # fmt: skip
    Listed.objects.create(service=lead.service, received=received, list_id="X", person=listed)

    def taken(day: int) -> set[Any]:
        lines = [line(one, day, "invalid") for one in (listed, client, other)]
        IdentityCheck.objects.all().delete()
        actions.take_in_reply(by=analyst, data=trace(*lines))
        return set(IdentityCheck.objects.values_list("person", flat=True))

    assert taken(1) == {listed.pk}
    make_gateway(lead.service, trust)
    assert taken(2) == {listed.pk, client.pk}
    assert now(other).contact_held == ""


def test_a_death_our_own_people_heard_of_is_not_undone_by_a_trace(world: World, bring: Any) -> None:
    person = make_person(world[2], nhs_number=A)
    actions.mark_died(by=world[2], person=person, heard="Her sister rang")
    bring(line(person, 1))
    assert now(person).died == "informal"


def test_a_number_replaced_twice_leaves_both_former_ones_findable(world: World, bring: Any) -> None:
    person = make_person(world[2], nhs_number=A, family_name="Twice")
    for day, number in enumerate((B, C), 1):
        bring(line(person, day, "superseded", number))
        assert now(person).nhs_number != number  # one file alone changes no number
        question = IdentityQuestion.objects.get(settled_at=None)
        assert number in question.note
        actions.settle_question(by=world[0], question=question, version=1, note="It is theirs.",
                                number=number)  # fmt: skip
    assert now(person).nhs_number == C
    for number in (A, B, C):
        assert found_by(world[2], number) == [person], number
        assert f" {number} " in now(person).search_text


def test_a_replacing_number_of_another_record_becomes_a_proposal_to_join(
    world: World, bring: Any
) -> None:
    old, new = make_person(world[2], nhs_number=A), make_person(world[2], nhs_number=B)
    bring(line(old, 1, "superseded", B))
    merge = Merge.objects.get()
    assert (merge.kept, merge.absorbed) == (new, old)
    assert now(old).merged_into is None  # nothing happens until a second person decides
    before = now(new).search_text
    actions.decide_merge(by=world[0], merge=merge, approved=True)
    assert now(new).nhs_number == B
    assert {person.pk for person in [*found_by(world[2], A), *found_by(world[2], B)]} == {new.pk}
    actions.undo_merge(by=world[0], merge=merge)
    # Joined and parted again: as it was.
    assert now(new).search_text == before
    assert (now(old).nhs_number, now(old).merged_into) == (A, None)
    assert IdentityCheck.objects.get().person == old


def test_two_replaced_by_the_same_number(world: World, bring: Any) -> None:
    one, two = make_person(world[2], nhs_number=A), make_person(world[2], nhs_number=C)
    bring(line(one, 1, "superseded", B), line(two, 1, "superseded", B))
    first, second = IdentityQuestion.objects.filter(kind="another")
    told = {"version": 1, "note": "It is theirs.", "number": B}
    actions.settle_question(by=world[0], question=first, **told)
    with pytest.raises(ValidationError):
        actions.settle_question(by=world[0], question=second, **told)
    assert Person.objects.filter(nhs_number=B).count() == 1


def test_an_invalid_number_matches_nobody_and_stops_contact_until_a_person_looked(
    world: World, bring: Any
) -> None:
    supervisor, analyst, lead = world
    person = make_person(lead, nhs_number=A)
    bring(line(person, 1, "invalid"))
    assert "in doubt" in contact_rules(now(person)).blocked
    assert found_by(lead, A) == []
    bring(line(person, 2, "current", A))  # invalid, then valid: still a person has to look
    assert "in doubt" in contact_rules(now(person)).blocked
    question = IdentityQuestion.objects.get(person=person)
    assert "number is right" in question.later
    twin = make_member(supervisor.service, Role.SUPERVISOR, user=analyst.user)
    with pytest.raises(NotAllowed, match="someone else"):
        actions.settle_question(by=twin, question=question, version=1, note="", release=True)
    with pytest.raises(NotAllowed):
        actions.settle_question(by=lead, question=question, version=1, note="", release=True)
    with pytest.raises(Stale):
        actions.settle_question(by=supervisor, question=question, version=9, note="x")
    actions.settle_question(by=supervisor, question=question, version=1, note="Checked with her.",
                            release=True)  # fmt: skip
    assert not contact_rules(now(person)).blocked
    assert found_by(lead, A) == [person]
    with pytest.raises(NotAllowed, match="settled"):
        actions.settle_question(by=supervisor, question=question, version=2, note="x")


def test_the_right_number_takes_the_place_of_the_one_in_doubt(world: World, bring: Any) -> None:
    person = make_person(world[2], nhs_number=A)
    bring(line(person, 1, "invalid"))
    question = IdentityQuestion.objects.get()
    actions.settle_question(by=world[0], question=question, version=1, note="The practice has it.",
                            number=B, release=True)  # fmt: skip
    assert found_by(world[2], B) == [person]
    assert found_by(world[2], A) == []


def test_a_restriction_is_put_on_at_once_and_never_lifted_by_a_file(
    world: World, bring: Any
) -> None:
    person = make_person(world[2], nhs_number=A)
    bring(line(person, 1, restricted="yes"))
    assert now(person).restricted
    bring(line(person, 2, restricted="no"))
    assert now(person).restricted
    assert IdentityQuestion.objects.get().kind == "unmasked"


def test_an_older_answer_changes_nothing(world: World, bring: Any) -> None:
    person = make_person(world[2], nhs_number=A)
    bring(line(person, 5))
    reply = bring(line(person, 4, death="2"))
    assert now(person).died == ""
    assert reply.counts == {"older than what is known": 1}


def test_people_not_known_here_are_counted_and_nothing_else(world: World, bring: Any) -> None:
    stranger = make_person(make_member(make_service(), Role.LEAD), nhs_number=B)
    from openhiu.web.access.row_security import set_service

    set_service(world[1].service_id)
    assert bring(line(stranger.pk, 1, death="2")).counts == {"not known here": 1}
    assert not IdentityCheck.objects.exists()


def test_the_same_file_twice_does_nothing_twice(world: World, bring: Any) -> None:
    person = make_person(world[2], nhs_number=A)
    bring(line(person, 1, death="1"))
    with pytest.raises(TraceNotUsable) as told:
        bring(line(person, 1, death="1"))
    assert "before" in told.value.faults[0]
    assert IdentityCheck.objects.count() == 1


def test_only_the_analyst_brings_a_trace(world: World) -> None:
    for actor in (world[0], world[2]):
        with pytest.raises(NotAllowed):
            actions.take_in_reply(by=actor, data=trace())


def test_a_file_that_will_not_do_is_refused_whole_and_never_quoted() -> None:
    good = line("0f3c8a52-3c5b-4d7e-9a51-4c1b0a4d7e11")
    today = date(2027, 1, 1)
    for data, word in [
        (b"", "columns"),
        (b"person_ref,address\nx,1 Hidden Lane\n", "no others"),
        (trace(good) .replace(b"died_on\n", b"died_on,address\n"), "no others"),
        (trace(good) + trace(good).split(b"\n")[1] + b"\n", "twice"),
        (trace(good).replace(b"no,,", b"no,3,"), "death"),
        (trace(good).replace(b"current", b"fine"), "status"),
        (trace(good).replace(b",no,", b",maybe,"), "restricted"),
        (trace(good).replace(b"2026", b"2036"), "has not come"),
        (trace(line("Robin Example")), "reference"),
        (trace(line("0f3c8a52-3c5b-4d7e-9a51-4c1b0a4d7e11", 1, "superseded")), "replaced"),
        (trace(line("0f3c8a52-3c5b-4d7e-9a51-4c1b0a4d7e11", number="1234567890")), "check digit"),
        (trace(good)[:-10] + b',"', "CSV"),
        (b"\xff\xfe" + trace(good), "UTF-8"),
        (trace(), "no answer"),
    ]:  # fmt: skip
        with pytest.raises(TraceNotUsable) as told:
            read_answers(data, today)
        words = " ".join(told.value.faults)
        assert word in words, words
        assert "Hidden" not in words and "Robin" not in words and "1234567890" not in words


def test_when_someone_was_checked_is_known_and_nobody_is_taken_for_checked(
    world: World, bring: Any
) -> None:
    from openhiu.web.people.queries import last_checks

    one, two = make_person(world[2], nhs_number=A), make_person(world[2], nhs_number=B)
    bring(line(one, 3))
    checks = last_checks([one.pk, two.pk])
    assert checks[one.pk].checked_on == DAY + timedelta(days=3)
    assert two.pk not in checks


def test_a_traced_death_alone_ends_no_work_and_whoever_settles_lets_it_begin_again(
    world: World, bring: Any
) -> None:
    from openhiu.web.casework.models import Case, Task

    case = make_case(world[2])
    Task.objects.create(
        service=case.service, case=case, owner=case.lead, words="Ring", made_by=case.lead
    )
    bring(line(case.person, 1, death="1"))
    assert Task.objects.filter(case=case, done_at=None).exists()
    actions.mark_died(by=world[2], person=now(case.person))
    assert not Task.objects.filter(case=case, done_at=None).exists()
    assert Case.objects.get(pk=case.pk).next_contact_on is None
    bring(line(case.person, 2))
    question = IdentityQuestion.objects.get(kind="death")
    actions.settle_question(by=world[0], question=question, version=1, note="x", release=True)
    assert Case.objects.get(pk=case.pk).next_contact_on is not None
