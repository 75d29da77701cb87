"""A client's activity: a picture, a sentence and a table, with how far the data reach."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.casework.home import OVERNIGHT
from openhiu.web.casework.models import Case
from openhiu.web.monitoring import morning
from openhiu.web.people.models import Person
from support.web import make_member, make_service, make_team, sign_in
from support.web_monitoring import (
    at,
    busy,
    deliver,
    event,
    feed_files,
    make_client,
    make_hospital,
    note_contact,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("april")]


def page_of(case: Case) -> str:
    return reverse("monitoring:activity", args=[case.pk])


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def robin(lead: Actor) -> Case:
    return make_client(lead, "Robin", "9990000018", opened="2025-08-01 10:00")


def test_the_page_has_the_sentence_the_picture_and_every_figure_in_the_table(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    rows = [
        event(robin, "2025-07-01 10:00", complaint="chest pain", outcome="went home"),
        event(robin, "2026-03-30 22:15", by_ambulance="true"),
        event(robin, "2026-03-01 09:00", "admission", ended_at="2026-03-04T09:00:00",
              site_code="RXX01", outcome="3 nights"),
    ]  # fmt: skip
    deliver(analyst, feed_files([robin], rows))
    note_contact(lead, robin, at("2026-03-15 11:00"), "voicemail")
    answer = sign_in(client, lead).get(page_of(robin))
    told = text_of(answer)
    assert answer.status_code == 200
    assert (
        "1 A&amp;E visit in the 3 months before you started; 1 in the last 3 months "
        "(data to 2 April)." in told
    )
    assert "A&amp;E data to 2 April 2026, 20:39. Received 3 April 2026." in told
    assert "30 Mar, 22:15 A&amp;E visit Ashdown General Came by ambulance" in told
    assert "1 Mar, 09:00 Hospital stay Ashdown General 3 nights" in told
    assert "15 Mar, 11:00 Contact \u2013 Phone call: Left a voicemail" in told
    assert "A&amp;E visits: 2 Hospital stays: 1 Ambulance call-outs: 0" in told
    assert answer.content.count(b'<svg class="activity-picture') == 2
    assert b"a note nobody else should read" not in answer.content
    assert b"style=" not in answer.content.split(b'id="maincontent"')[1]


def test_no_feed_yet_an_unknown_person_and_nobody_came_are_three_different_things(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    sign_in(client, lead)
    assert "No activity feed has arrived yet" in text_of(client.get(page_of(robin)))
    sam = make_client(lead, "Sam", "9990000026")
    deliver(analyst, feed_files({sam.person_id: "found"}, []))
    assert "No activity feed has covered this client yet" in text_of(client.get(page_of(robin)))
    deliver(analyst, feed_files({robin.person_id: "not_found"}, []))
    told = text_of(client.get(page_of(robin)))
    assert "The hospital&#39;s data do not know this client" in told
    assert "A&amp;E visits in the" not in told
    deliver(analyst, feed_files([robin], [], as_of="2026-04-03", warnings=["again"],
                                cut_off="2026-04-02T21:00:00"))  # fmt: skip
    assert "No A&amp;E visits in the 3 months before you started" in text_of(
        client.get(page_of(robin))
    )


def test_kinds_nobody_sends_say_no_data_and_not_nought(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    cut_offs = {"attendances": "2026-04-02T20:39:00", "admissions": None, "ambulance": None,
                "calls_111": None}  # fmt: skip
    deliver(analyst, feed_files([robin], [], cut_offs=cut_offs))
    told = text_of(sign_in(client, lead).get(page_of(robin)))
    assert "Hospital stays: no data Ambulance call-outs: no data NHS 111 calls: no data" in told
    assert "A&amp;E visits: 0" in told
    assert "There are no data about hospital stays or ambulance call-outs or NHS 111 calls" in told


def test_data_older_than_a_week_are_called_old(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    deliver(analyst, feed_files([robin], []))
    sign_in(client, lead)
    with time_machine.travel(at("2026-04-09 20:38"), tick=False):
        assert "These data are old" not in text_of(sign_in(client, lead).get(page_of(robin)))
    with time_machine.travel(at("2026-04-09 20:40"), tick=False):
        told = text_of(sign_in(client, lead).get(page_of(robin)))
    assert "These data are old: A&amp;E is known up to 2 April 2026, 7 days ago." in told


def test_one_hospital_that_fell_silent_is_named(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    make_hospital(lead, "RXX02", "Camber")
    make_hospital(lead, "RXX03", "Dunmere")
    sites = {"RXX01": "2026-04-02T20:39:00", "RXX02": "2026-02-01T10:00:00"}
    deliver(analyst, feed_files([robin], [], site_cut_offs=sites))
    told = text_of(sign_in(client, lead).get(page_of(robin)))
    assert "Camber is known only up to 1 February 2026." in told
    assert "Dunmere is not in the data at all." in told
    assert "Ashdown General is" not in told


def test_the_table_can_be_filtered_by_kind_and_the_picture_stays(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    deliver(analyst, feed_files([robin], [event(robin, "2026-04-01 10:00")]))
    note_contact(lead, robin, at("2026-03-15 11:00"))
    answer = sign_in(client, lead).get(page_of(robin), {"kind": "contact"})
    rows = re.findall(r'data-label="What">([^<]+)<', answer.content.decode())
    assert rows == ["Contact"]
    assert b'<rect class="ap-other" x=' in answer.content
    odd = client.get(page_of(robin), {"kind": "anything", "page": "x"})
    assert odd.status_code == 200


def test_of_someone_restricted_nothing_is_told_beyond_the_hospital(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    rows = [event(robin, "2026-04-01 10:00", outcome="went on to: residential home")]
    deliver(analyst, feed_files([robin], rows))
    sign_in(client, lead)
    assert "residential home" in text_of(client.get(page_of(robin)))
    Person.objects.filter(pk=robin.person_id).update(restricted=True)
    told = text_of(client.get(page_of(robin)))
    assert "residential home" not in told
    assert "Ashdown General" in told


def test_a_look_is_recorded(client: Client, lead: Actor, robin: Case) -> None:
    sign_in(client, lead).get(page_of(robin))
    entry = AuditEntry.objects.get(did="looked", person_id=robin.person_id)
    assert (entry.user, entry.detail) == (lead.user, {"page": "activity"})


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ANALYST, 403), (Role.PARTNER, 403), (Role.COMMISSIONER, 403), (Role.LEAD, 404),
     (Role.SUPERVISOR, 200)],
)  # fmt: skip
def test_who_may_see_it(client: Client, lead: Actor, robin: Case, role: Role, status: int) -> None:
    someone = make_member(lead.service, role)
    assert sign_in(client, someone).get(page_of(robin)).status_code == status


def test_another_service_cannot_tell_that_it_exists(client: Client, robin: Case) -> None:
    other = make_member(make_service())
    assert sign_in(client, other).get(page_of(robin)).status_code == 404


def test_someone_with_500_visits_and_200_contacts_costs_no_more_queries(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    calm = make_client(lead, "Sam", "9990000026", opened="2025-08-01 10:00")
    rows = busy(lead, robin, date(2026, 4, 2), 500, 200)
    deliver(analyst, feed_files([robin, calm], rows))
    sign_in(client, lead)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(page_of(calm))
    with CaptureQueriesContext(connection) as many:
        answer = client.get(page_of(robin))
    assert len(many) == len(few) <= 30
    assert "Showing 1 to 25 of 701 entries" in text_of(answer)


def test_the_morning_page_tells_a_lead_what_is_new_of_their_own(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    other = make_member(lead.service, team=make_team(lead.service))
    sam = make_client(other, "Sam", "9990000026")
    rows = [event(robin, "2026-04-01 10:00"), event(robin, "2026-04-02 11:00"),
            event(robin, "2026-03-31 11:00", "call_111"), event(robin, "2025-06-01 10:00"),
            event(sam, "2026-04-02 10:00")]  # fmt: skip
    with time_machine.travel(at("2026-04-02 23:00"), tick=False):
        deliver(analyst, feed_files([robin, sam], rows))
    (section,) = [one for one in morning.sections(lead) if one.place == OVERNIGHT]
    (line,) = section.lines
    assert line.text == "Robin: 2 A&E visits, 1 NHS 111 call"
    assert (line.detail, line.url) == ("The latest on 2 Apr, 11:00", page_of(robin))
    with time_machine.travel(at("2026-04-06 09:00"), tick=False):  # Monday: Friday's and later news
        assert [one for one in morning.sections(lead) if one.place == OVERNIGHT] == []
