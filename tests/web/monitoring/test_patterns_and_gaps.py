"""What goes before a return, and the services that could not be found, in protected numbers."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from django.test import Client

from openhiu.monitor.gaps import ELSEWHERE, Gap, Ledger, ledger
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.access.sealed import update_each
from openhiu.web.casework.models import Case, Consent, Handover, Need, Outcome
from openhiu.web.monitoring.models import Anniversary
from openhiu.web.monitoring.queries.gaps import gap_ledger, own_gaps
from openhiu.web.monitoring.queries.patterns import before_a_return, followed
from openhiu.web.people.models import Person
from support.web import make_member, make_team, sign_in
from support.web_monitoring import (
    at,
    deliver,
    enter,
    event,
    feed_files,
    make_client,
    note_contact,
    steady,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("april")]


def missing(lead: Actor, number: int, postcode: str, words: str = "a bereavement group") -> Case:
    case = make_client(lead, f"Person{number}", opened="2025-04-01 09:00")
    update_each(Person.objects.filter(pk=case.person_id), postcode=postcode)
    Need.objects.create(
        service=lead.service, case=case, category="loneliness", missing_service=words,
        noted_by=lead.membership,
    )  # fmt: skip
    return case


def test_clients_are_counted_by_need_and_by_place_and_never_by_both() -> None:
    found = ledger(
        [Gap(f"a{n}", "Housing", "AB1") for n in range(12)]
        + [Gap(f"a{n}", "Loneliness", "AB1") for n in range(9)]
        + [Gap(f"b{n}", "Debt", "AB2") for n in range(3)]
        + [Gap(f"c{n}", "Loneliness", "") for n in range(9)]
    )
    # 12 clients of AB1 (9 of them with two needs), 3 of AB2 and 9 of no place are 24.
    assert found.by_place == {"AB1": 10, ELSEWHERE: 10}
    assert found.by_need == {"Debt": "*", "Housing": 10, "Loneliness": 20}
    assert found.total == 25


def test_many_needs_of_one_client_make_no_place_and_no_number() -> None:
    needs = [f"Need {n}" for n in range(8)]
    alone = [Gap("alone", need, "TS18") for need in needs]
    found = ledger([*(Gap(f"a{n}", "Need 0", "TS17") for n in range(20)), *alone])
    assert found.by_place == {"TS": 20}  # 21: one person left over beside TS17 is told by none
    assert found.by_need == {"Need 0": 20} | dict.fromkeys(needs[1:], "*")
    assert ledger(alone) == Ledger(dict.fromkeys(needs, "*"), {ELSEWHERE: "*"}, "*")


def test_a_client_counts_once_however_often_and_wherever_it_was_written_down() -> None:
    found = ledger([Gap(f"a{n}", "Housing", "AB1") for n in range(10) for _ in range(5)])
    assert found == Ledger({"Housing": 10}, {"AB1": 10}, 10)
    moved = [Gap(f"a{n}", "Housing", place) for n in range(9) for place in ("AB1", "AB2")]
    assert ledger(moved) == Ledger({"Housing": 10}, {ELSEWHERE: 10}, 10)


def test_where_no_district_stands_by_itself_areas_do() -> None:
    few = [Gap(f"{place}{n}", "Housing", place) for place in ("TS1", "TS17", "TS18", "DL3")
           for n in range(5)]  # fmt: skip
    # 15 clients of three districts of TS; the 5 of DL3 alone would be told by what is left over.
    assert ledger(few).by_place == {ELSEWHERE: 20}
    more = [*few, *(Gap(f"c{n}", "Housing", "") for n in range(5))]
    assert ledger(more).by_place == {"TS": 15, ELSEWHERE: 10}
    # As soon as a district stands by itself there are districts alone: no area beside its parts.
    large = [*more, *(Gap(f"d{n}", "Housing", "TS1") for n in range(3))]
    assert ledger(large).by_place == {"TS1": 10, ELSEWHERE: 20}


def test_what_other_needs_leave_over_tells_no_star() -> None:
    """Three times 12 and 7 are 43, shown as three times 10, a star and 45. The 10s are at most 12
    each, the 45 is at least 43: without a second star the first would be a 7.
    """
    found = ledger([
        Gap(f"{need}{n}", need, "AB1") for need, count in
        (("A", 12), ("B", 12), ("C", 12), ("D", 7)) for n in range(count)
    ])  # fmt: skip
    assert found.by_need == {"A": "*", "B": 10, "C": 10, "D": "*"}
    assert found.total == 45


@pytest.mark.parametrize("seed", range(40))
def test_random_ledgers_give_no_client_away(seed: int) -> None:
    """Ten services each, attacked with all that is shown: see `may_be`."""
    for part in range(10):
        gaps = some_gaps(random.Random(10 * seed + part))
        found = ledger(gaps)
        lived = Counter({gap.ref: gap.place for gap in gaps}.values())
        for place, told in found.by_place.items():
            assert (place == ELSEWHERE and told == found.total == "*") or told != "*"
            here = sum(n for one, n in lived.items() if place in (one, one.rstrip("0123456789")))
            assert place == ELSEWHERE or here >= 8
        shown = [*found.by_need.values(), *found.by_place.values(), found.total]
        assert all(one % 5 == 0 if isinstance(one, int) else one == "*" for one in shown)
        needed = Counter(need for _, need in {(gap.ref, gap.need) for gap in gaps})
        for need in needed:
            if needed[need] < 8:
                assert found.by_need[need] == "*"
                for reader in ("told which are small", "believes every star is small"):
                    assert len(may_be(found, needed, reader)) != 1, (part, need, reader)


def some_gaps(dice: random.Random) -> list[Gap]:
    places = [f"AB{n}" for n in range(dice.randint(1, 12))] + [""]
    shares = [dice.choice((1, 1, 3, 20)) for _ in places]
    needs = [f"Need {n}" for n in range(dice.randint(1, 9))]
    found = []
    for n in range(dice.choice((3, 9, 20, 43, 90))):
        place = dice.choices(places, shares)[0]
        many = dice.choice((1, 1, 2, len(needs)))
        found += [Gap(f"{n}", need, place) for need in dice.sample(needs, min(many, len(needs)))]
    return found


def may_be(found: Ledger, needed: Counter[str], reader: str) -> range:
    """What a small star of a need may stand for: everybody counted has at least one of the needs.

    Nothing where what the reader believes cannot be.
    """
    numbers = [told for told in found.by_need.values() if isinstance(told, int)]
    stars = [need for need, told in found.by_need.items() if told == "*"]
    told_of_large = reader.startswith("told") and any(needed[one] >= 8 for one in stars)
    if isinstance(found.total, str) or told_of_large:
        return range(1, 8)
    left = found.total - 2 - sum(told + 2 for told in numbers) - 7 * (len(stars) - 1)
    return range(max(1, left), 8)


def test_no_gaps_are_an_empty_ledger() -> None:
    assert ledger([]) == Ledger()


def test_the_ledger_knows_districts_and_hides_who_must_not_be_found(lead: Actor) -> None:
    for number in range(10):
        missing(lead, number, "AB1 2CD")
    for number in range(20, 30):
        hidden = missing(lead, number, "AB9 2CD")
        Person.objects.filter(pk=hidden.person_id).update(restricted=True)
    taken = missing(lead, 98, "AB1 2CD")
    Need.objects.filter(case=taken).update(taken_away_on=at("2026-04-01 09:00").date())
    found = gap_ledger(lead)
    assert found == Ledger({"Loneliness": 20}, {"AB1": 10, ELSEWHERE: 10}, 20)


def test_who_died_or_stopped_taking_part_is_not_counted(lead: Actor) -> None:
    those = [missing(lead, number, "AB1 2CD") for number in range(20)]
    for case in those[:4]:
        Person.objects.filter(pk=case.person_id).update(died="yes")
    Consent.objects.filter(person__in=[case.person_id for case in those[4:8]]).update(
        withdrawn_at=at("2026-03-01 09:00")
    )
    assert gap_ledger(lead) == Ledger({"Loneliness": 10}, {"AB1": 10}, 10)  # 12 of 20


def test_a_commissioner_sees_numbers_and_never_the_words_or_a_name(
    client: Client, lead: Actor
) -> None:
    for number in range(9):
        missing(lead, number, "AB1 2CD", "=cmd|a group for widowers in Ashdown")
    commissioner = make_member(lead.service, Role.COMMISSIONER)
    page = sign_in(client, commissioner).get("/activity/gaps/").content.decode()
    assert "Loneliness" not in page, "noted this quarter, which is not over"
    Need.objects.update(noted_at=at("2026-03-31 12:00"))
    page = client.get("/activity/gaps/").content.decode()
    assert "Loneliness" in page
    assert "widowers" not in page
    assert "Person1" not in page
    file = client.get("/activity/gaps/download/")
    assert file["Content-Type"].startswith("text/csv")
    text = file.content.decode()
    assert text.splitlines() == [
        "By,Name,Clients", "Need,Loneliness,10", "Place,AB1,10", "All,All needs and places,10",
    ]  # fmt: skip
    assert "widowers" not in text
    assert AuditEntry.objects.filter(did="exported", user=commissioner.user).count() == 1


def test_a_lead_reads_the_words_about_their_own_clients_alone(client: Client, lead: Actor) -> None:
    mine = missing(lead, 1, "AB1 2CD", "a group for widowers")
    other = make_member(lead.service, team=make_team(lead.service))
    missing(other, 2, "AB1 2CD", "somebody else wrote this")
    assert [line.case for line in own_gaps(lead)] == [mine]
    page = sign_in(client, lead).get("/activity/gaps/").content.decode()
    assert "a group for widowers" in page
    assert "somebody else" not in page


def test_what_patterns_are_told_of_a_client(lead: Actor, analyst: Actor) -> None:
    robin = make_client(lead, "Robin", "9990000018", opened="2025-04-01 09:00")
    steady(lead, robin, "2025-09-01 10:00", "walking_backwards")
    enter(lead, robin, "at_a_distance", at("2025-11-03 10:00"))
    enter(lead, robin, "picked_up_again", at("2026-02-10 10:00"))
    note_contact(lead, robin, at("2025-12-01 09:00"))
    note_contact(lead, robin, at("2025-12-02 09:00"), reached="no_answer")
    other = make_member(lead.service)
    for until in (None, at("2026-01-09 00:00").date()):
        Handover.objects.create(
            service=lead.service, case=robin, from_lead=other.membership, until=until,
            to_lead=lead.membership, reason="moved", by=lead.membership,
            at=at("2025-12-20 09:00"),
        )  # fmt: skip
    Outcome.objects.create(
        service=lead.service, case=robin, category="tenancy", noted_by=lead.membership,
        happened_on=at("2026-01-02 00:00").date(),
    )  # fmt: skip
    Anniversary.objects.create(
        service=lead.service, case=robin, month=2, day=9, added_by=lead.membership
    )
    deliver(analyst, feed_files([robin], [event(robin, "2026-02-09 23:30")]))
    (one,) = followed(lead, at("2026-04-03 00:00").date())
    assert [(f"{a}", f"{b}") for a, b in one.spans] == [
        ("2025-09-01", "2025-11-04"), ("2025-11-03", "2026-02-11"),
    ]  # fmt: skip
    assert [f"{when}" for when in one.returns] == ["2026-02-09 23:30:00"]
    assert [f"{day}" for day in one.contacts] == ["2025-12-01"]
    assert [f"{day}" for day in one.lead_changes] == ["2025-12-20"]  # for good, once
    assert [f"{day}" for day in one.housing] == ["2026-01-02"]
    assert [f"{day:%d %m}" for day in one.anniversaries] == ["09 02"]
    assert len(one.stepped_back) == 2


def test_few_returns_say_nothing_and_many_stay_protected(
    client: Client, lead: Actor, analyst: Actor
) -> None:
    people = [make_client(lead, f"P{n}", opened="2025-04-01 09:00") for n in range(12)]
    people = [steady(lead, case, "2025-06-02 10:00") for case in people]
    few = [event(case, "2026-01-12 22:15") for case in people[:3]]
    deliver(analyst, feed_files(people, few))
    assert before_a_return(lead)["enough"] is False
    sign_in(client, lead)
    assert "Too few people returned" in client.get("/activity/patterns/").content.decode()
    many = [event(case, "2026-01-12 22:15") for case in people]
    deliver(analyst, feed_files(people, many, cut_off="2026-04-02T22:00:00"))
    found = before_a_return(lead)
    assert (found["enough"], found["returned"]) == (True, 10)  # 12 people, to the nearest 5
    page = client.get("/activity/patterns/").content.decode()
    assert "Day of the week" in page
    assert "An anniversary" in page
    assert "<svg" in page
    for case in people:
        assert str(case.pk) not in page
        assert f">{case.person.given_name} " not in page


def test_without_data_the_page_says_so(client: Client, lead: Actor) -> None:
    page = sign_in(client, lead).get("/activity/patterns/").content.decode()
    assert "There are no A&amp;E data yet, so nothing can be said." in page
