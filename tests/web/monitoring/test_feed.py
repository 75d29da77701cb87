"""The activity feed arrives: what is stored, corrected, taken out, passed over and sent back."""

from __future__ import annotations

import json
from datetime import date
from uuid import uuid4

import pytest

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Announcement, AuditEntry, Role
from openhiu.web.casework.models import Case, Consent
from openhiu.web.monitoring import actions, caseload
from openhiu.web.monitoring.faults import NotUsable
from openhiu.web.monitoring.models import Activity, Coverage, Feed
from openhiu.web.monitoring.reading import read_delivery
from openhiu.web.people.models import Identifier, Person
from support.web import make_member, make_service
from support.web_monitoring import at, deliver, enter, event, feed_files, make_client

ROBIN, SAM = "9990000018", "9990000026"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("april"),
]


def stored(case: Case) -> list[tuple[str, str]]:
    rows = Activity.objects.filter(person=case.person_id).order_by("began_at")
    return [(row.kind, f"{row.began_at:%m-%d}") for row in rows]


def test_the_caseload_file_has_references_and_identifiers_and_nothing_else(
    lead: Actor, analyst: Actor
) -> None:
    robin = make_client(lead, "Robin", ROBIN)
    Identifier.objects.create(service=lead.service, person=robin.person, issuer="RXX01", value="P7")
    text = actions.hand_over_caseload(by=analyst)
    assert text.splitlines() == [
        "person_ref,issuer,person_id",
        f"{robin.person_id},RXX01,P7",
        f"{robin.person_id},nhs,{ROBIN}",
    ]


def test_only_clients_who_take_part_and_are_alive_are_asked_about(
    lead: Actor, analyst: Actor
) -> None:
    make_client(lead, "Robin", ROBIN)
    withdrawn = make_client(lead, "Sam", SAM)
    Consent.objects.filter(person=withdrawn.person).update(withdrawn_at=at("2026-04-01 09:00"))
    died = make_client(lead, "Kim", "9990000034")
    Person.objects.filter(pk=died.person_id).update(died="formal")
    make_client(lead, "Alex", "9990000042", taking_part=False)
    Person.objects.create(service=lead.service, given_name="Only", nhs_number="9990000050")
    numbers = [row[2] for row in caseload.rows(analyst, caseload.clients(analyst))]
    assert numbers == [ROBIN]


def test_numbers_of_a_record_that_was_merged_in_belong_to_the_client(
    lead: Actor, analyst: Actor
) -> None:
    robin = make_client(lead, "Robin", ROBIN)
    Person.objects.create(service=lead.service, nhs_number=SAM, merged_into=robin.person)
    assert caseload.rows(analyst, caseload.clients(analyst)) == [
        (str(robin.person_id), "nhs", ROBIN),
        (str(robin.person_id), "nhs", SAM),
    ]


def test_handing_over_the_file_stands_in_the_audit_of_each_client(
    lead: Actor, analyst: Actor
) -> None:
    robin = make_client(lead, "Robin", ROBIN)
    actions.hand_over_caseload(by=analyst)
    entries = AuditEntry.objects.filter(did="exported", user=analyst.user)
    assert {entry.person_id for entry in entries} == {robin.person_id, None}
    assert ROBIN not in json.dumps([entry.detail for entry in entries])


def test_a_lead_can_neither_take_the_file_nor_deliver(lead: Actor) -> None:
    robin = make_client(lead, "Robin", ROBIN)
    with pytest.raises(NotAllowed):
        actions.hand_over_caseload(by=lead)
    with pytest.raises(NotAllowed):
        deliver(lead, feed_files([robin], []))


def test_events_of_clients_are_stored_with_their_time_in_london(
    lead: Actor, analyst: Actor
) -> None:
    robin = make_client(lead, "Robin", ROBIN)
    rows = [event(robin, "2026-04-01 10:30", complaint="chest pain", outcome="went home")]
    feed = deliver(analyst, feed_files([robin], rows))
    row = Activity.objects.get()
    assert row.began_at.isoformat() == "2026-04-01T09:30:00+00:00"  # British Summer Time
    assert (row.site_code, row.complaint, row.by_ambulance) == ("RXX01", "chest pain", False)
    assert (feed.new_rows, feed.changed_rows, feed.gone_rows) == (1, 0, 0)
    assert Coverage.objects.get().standing == "found"


def test_the_same_reference_again_is_the_same_event_corrected(lead: Actor, analyst: Actor) -> None:
    robin = make_client(lead, "Robin", ROBIN)
    deliver(analyst, feed_files([robin], [event(robin, "2026-04-01 10:30", source_ref="E1")]))
    again = [event(robin, "2026-04-01 10:10", source_ref="E1", admitted="true")]
    feed = deliver(analyst, feed_files([robin], again))
    row = Activity.objects.get()
    assert (row.began_at, row.admitted) == (at("2026-04-01 10:10"), True)
    assert (feed.new_rows, feed.changed_rows, feed.gone_rows) == (0, 1, 0)


def test_an_event_that_moved_to_its_right_person_leaves_the_wrong_one(
    lead: Actor, analyst: Actor
) -> None:
    robin, sam = make_client(lead, "Robin", ROBIN), make_client(lead, "Sam", SAM)
    deliver(analyst, feed_files([robin, sam], [event(robin, "2026-04-01 10:30", source_ref="E1")]))
    moved = [event(sam, "2026-04-01 10:30", source_ref="E1")]
    deliver(analyst, feed_files([robin, sam], moved))
    assert (stored(robin), stored(sam)) == ([], [("attendance", "04-01")])
    robin.refresh_from_db()
    sam.refresh_from_db()
    assert (robin.last_attendance_at, sam.last_attendance_at) == (None, at("2026-04-01 10:30"))


def test_an_event_that_the_feed_no_longer_has_is_taken_out_unless_it_lies_before_it(
    lead: Actor, analyst: Actor
) -> None:
    robin = make_client(lead, "Robin", ROBIN)
    rows = [event(robin, "2024-04-10 10:00"), event(robin, "2026-03-20 10:00"),
            event(robin, "2026-04-01 10:00")]  # fmt: skip
    deliver(analyst, feed_files([robin], rows))
    later = feed_files([robin], rows[2:], as_of="2026-05-03", cut_off="2026-05-02T10:00:00")
    feed = deliver(analyst, later)
    # 10 April 2024 lies before the two years of the second feed, which began on 3 May 2024.
    assert stored(robin) == [("attendance", "04-10"), ("attendance", "04-01")]
    assert feed.gone_rows == 1


def test_people_who_are_no_clients_any_more_are_counted_and_nothing_is_stored_of_them(
    lead: Actor, analyst: Actor
) -> None:
    robin, sam = make_client(lead, "Robin", ROBIN), make_client(lead, "Sam", SAM)
    stranger = uuid4()
    files = feed_files(
        {robin.person_id: "found", sam.person_id: "found", stranger: "found"},
        [event(one, "2026-04-01 10:00") for one in (robin, sam, stranger)],
    )
    Consent.objects.filter(person=sam.person).update(withdrawn_at=at("2026-04-02 09:00"))
    feed = deliver(analyst, files)
    assert (feed.people, feed.people_skipped) == (1, 2)
    assert set(Activity.objects.values_list("person", flat=True)) == {robin.person_id}
    assert set(Coverage.objects.values_list("person", flat=True)) == {robin.person_id}


def test_a_feed_of_another_service_is_sent_back(lead: Actor, analyst: Actor) -> None:
    make_client(lead, "Robin", ROBIN)
    other = make_member(make_service())
    theirs = make_client(other, "Sam", SAM)
    analyst_again = make_member(lead.service, Role.ANALYST)
    with pytest.raises(NotUsable, match="Nobody in this feed is a client of this service"):
        deliver(analyst_again, feed_files([theirs], [event(theirs, "2026-04-01 10:00")]))


def test_the_same_feed_twice_is_sent_back(lead: Actor, analyst: Actor) -> None:
    robin = make_client(lead, "Robin", ROBIN)
    files = feed_files([robin], [event(robin, "2026-04-01 10:00")])
    deliver(analyst, files)
    with pytest.raises(NotUsable, match="received on 3 April 2026 already"):
        deliver(analyst, files)
    assert Feed.objects.count() == 1


def test_an_older_feed_is_announced_and_taken_in_only_when_somebody_insists(
    lead: Actor, analyst: Actor
) -> None:
    robin = make_client(lead, "Robin", ROBIN)
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    deliver(analyst, feed_files([robin], []))
    older = feed_files([robin], [], as_of="2026-03-27", cut_off="2026-03-26T10:00:00")
    with pytest.raises(actions.OlderThanLast, match=r"up to 26 March 2026.*up to 2 April 2026"):
        deliver(analyst, older)
    feed = deliver(analyst, older, although_older=True)
    assert feed.older_than_last
    said = Announcement.objects.get(to=supervisor.membership).words
    assert said == "An older activity feed was taken in: A&E is known up to 26 March 2026."


def test_a_death_in_hospital_is_told_to_the_lead_before_they_call(
    lead: Actor, analyst: Actor
) -> None:
    robin = make_client(lead, "Robin", ROBIN)
    rows = [event(robin, "2026-04-01 10:00", "admission", ended_at="2026-04-02T10:00:00",
                  outcome="1 night, died in hospital")]  # fmt: skip
    deliver(analyst, feed_files([robin], rows))
    said = Announcement.objects.get(to=lead.membership)
    assert said.words == "Hospital data say that a client has died. Please check before you call."
    assert str(robin.pk) in said.link


def test_what_somebody_typed_meanwhile_is_not_made_stale(lead: Actor, analyst: Actor) -> None:
    robin = make_client(lead, "Robin", ROBIN)
    deliver(analyst, feed_files([robin], [event(robin, "2026-04-01 10:00")]))
    before = robin.version
    robin.refresh_from_db()
    assert (robin.version, robin.last_attendance_at) == (before, at("2026-04-01 10:00"))


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda f: f.pop("coverage.csv"), "Coverage.csv is missing"),
        (lambda f: f.update({"client_activity.csv": f["client_activity.csv"][:-9]}),
         "client_activity.csv: the file is not as it was made: it arrived in part"),
        (lambda f: f.update({"manifest.json": b"{"}), "manifest.json: it cannot be read"),
        (lambda f: f.update({"manifest.json": b'{"what": "list"}'}),
         "manifest.json: this is not an activity feed"),
    ],
)  # fmt: skip
def test_half_a_feed_or_something_else_is_sent_back(damage, sentence: str) -> None:  # type: ignore[no-untyped-def]
    files = feed_files({uuid4(): "found"}, [])
    damage(files)
    with pytest.raises(NotUsable) as why:
        read_delivery(files)
    assert sentence in why.value.faults[0].sentence


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("kind", "visit", "row 3, column kind: it is none of the words this column can have."),
        ("began_at", "01/04/2026", "row 3, column began_at: it is not a date and time."),
        ("began_at", "", "row 3, column began_at: it is empty."),
        ("ended_at", "2026-01-01T10:00", "row 3, column ended_at: it ends before it begins."),
        ("person_ref", "9990000018",
         "row 3, column person_ref: it is not a reference of the caseload file."),
        ("admitted", "maybe", "row 3, column admitted: it is neither true nor false."),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_file_row_and_column_and_never_quoted(
    column: str, value: str, sentence: str
) -> None:
    ref = uuid4()
    rows = [event(ref, "2026-04-01 10:00"), event(ref, "2026-04-02 10:00")]
    rows[1][column] = value
    with pytest.raises(NotUsable) as why:
        read_delivery(feed_files({ref: "found"}, rows))
    assert why.value.faults[0].sentence == f"client_activity.csv, {sentence}"


def test_what_hiu_monitor_writes_can_be_read(lead: Actor, analyst: Actor, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from openhiu.engines.duckdb import DuckDBEngine
    from openhiu.monitor import files, make
    from openhiu.tables.handover import Activity as Held
    from support.monitoring import make_feed

    robin = make_client(lead, "Robin", ROBIN)
    with DuckDBEngine() as engine:
        feed = make_feed(
            engine,
            f"person_ref | issuer | person_id\n{robin.person_id} | nhs | {ROBIN}",
            attendances=f"""
                person_id | site_code | arrival_datetime    | department_type
                {ROBIN}   | RXX01     | 2026-03-29 01:30:00 | 01
            """,
        )
    held = Held(files={}, persons=None, cut_off=None)
    written = files.write(tmp_path / "feed", feed, make.manifest(feed, held))
    deliver(analyst, {path.name: path.read_bytes() for path in written})
    assert stored(robin) == [("attendance", "03-29")]
    assert Feed.objects.get().as_of == date(2026, 4, 1)


def test_moving_phase_does_not_matter_to_the_feed(lead: Actor, analyst: Actor) -> None:
    robin = make_client(lead, "Robin", ROBIN)
    enter(lead, robin, "at_a_distance", at("2026-04-02 10:00"))
    Case.objects.filter(pk=robin.pk).update(phase="at_a_distance")
    feed = deliver(analyst, feed_files([robin], [event(robin, "2026-04-01 10:00")]))
    assert feed.new_rows == 1
