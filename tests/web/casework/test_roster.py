"""The roster: one row a listing that led to an offer; nobody who must not be counted is on it.

Wednesday 11 November 2026 is today. The made-up list is of 1 October 2026.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from openhiu.evaluate.roster import roster_of
from openhiu.tables.handover import ROSTER_COLUMNS, ROSTER_OPTIONAL_COLUMNS
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Case, Consent
from openhiu.web.casework.roster import COLUMNS, NOT_AGREED, Roster, roster_for
from openhiu.web.intake import actions as intake
from openhiu.web.intake.actions.purging import purge_unchosen
from openhiu.web.intake.models import Approach, Listed
from openhiu.web.people.actions import mark_died, mark_restricted
from support.web import make_member, make_service, sign_in
from support.web_casework import yes
from support.web_intake import OTHER_SITE, SITE, Folder, Place, make_place, released, row, rows_in
from support.web_people import make_plan, nhs_number

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = (nhs_number(5000 + rank) for rank in (1, 2, 3))


def on(day: str) -> Any:
    """Let what follows happen on a day, at eleven in the morning."""
    return time_machine.travel(datetime.fromisoformat(f"{day}T11:00").replace(tzinfo=UTC))


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def listed(place: Place) -> list[Listed]:
    with on("2026-10-02"):
        return rows_in(released(place))


def asked(place: Place, listed: Listed, day: str) -> Approach:
    """Chosen and called on a day."""
    with on(day):
        (approach,) = intake.choose(by=place.lead, rows=[listed])
        make_plan(place.lead, approach.person)
        intake.record_attempt(by=place.lead, approach=approach, how="phone", reached="yes")
    return approach


def said(place: Place, approach: Approach, outcome: str, day: str, **more: Any) -> Any:
    """How it ended, on a day."""
    with on(day):
        told = {"consent": yes()} if outcome == "yes" else {}
        return intake.record_outcome(
            by=place.lead, approach=approach, outcome=outcome, **told, **more
        )


def walked(place: Place, listed: Listed) -> Case:
    """Someone called on 5 October who said yes on 7 October."""
    case: Case = said(place, asked(place, listed, "2026-10-05"), "yes", "2026-10-07")
    return case


def the_roster(place: Place) -> Roster:
    return roster_for(place.analyst)


def test_the_columns_are_the_contract_s() -> None:
    assert COLUMNS == ROSTER_COLUMNS + ROSTER_OPTIONAL_COLUMNS


def test_a_yes_is_one_row_from_the_list_to_stepping_back_and_return(
    place: Place, listed: list[Listed]
) -> None:
    case = walked(place, listed[0])
    with on("2026-10-20"):
        casework.step_back(by=place.lead, case=case, reason="Steadier.")
    with on("2026-11-03"):
        casework.return_to_support(by=place.lead, case=case, reason="They rang.")
    (only,) = the_roster(place).rows
    assert only == {
        "site": SITE, "person_id": ONE, "list_date": "2026-10-01", "list_rank": "1",
        "offer_date": "2026-10-05", "consent": "Y", "start_date": "2026-10-07",
        "step_down_date": "2026-10-20", "return_date": "2026-11-03", "death_date": "",
        "moved_date": "", "person_ref": str(case.person_id), "housing": "", "mental_health": "",
    }  # fmt: skip


def test_who_said_no_not_now_or_nothing_yet_stands_there_as_such(
    place: Place, listed: list[Listed]
) -> None:
    said(place, asked(place, listed[0], "2026-10-05"), "no", "2026-10-06")
    not_now = asked(place, listed[1], "2026-10-05")
    said(place, not_now, "not_now", "2026-10-08", ask_again_on=date(2026, 12, 1))
    asked(place, listed[2], "2026-10-09")
    told = {one["person_id"]: (one["consent"], one["offer_date"], one["start_date"])
            for one in the_roster(place).rows}  # fmt: skip
    assert told == {
        ONE: ("N", "2026-10-05", ""),
        TWO: ("", "2026-10-05", ""),
        THREE: ("", "2026-10-09", ""),
    }


def test_chosen_and_not_yet_called_is_no_offer(place: Place, listed: list[Listed]) -> None:
    with on("2026-10-05"):
        intake.choose(by=place.lead, rows=[listed[0]])
    assert the_roster(place).rows == ()


def test_asked_again_after_not_now_is_the_same_listing(place: Place, listed: list[Listed]) -> None:
    first = asked(place, listed[0], "2026-10-05")
    said(place, first, "not_now", "2026-10-06", ask_again_on=date(2026, 11, 2))
    with on("2026-11-02"):
        again = intake.approach_again(by=place.lead, approach=Approach.objects.get(pk=first.pk))
    said(place, again, "yes", "2026-11-04")
    (only,) = the_roster(place).rows
    assert (only["list_date"], only["offer_date"], only["consent"], only["start_date"]) == (
        "2026-10-01", "2026-10-05", "Y", "2026-11-04",
    )  # fmt: skip


def test_who_stops_and_comes_back_from_a_later_list_has_a_row_for_each(
    place: Place, listed: list[Listed]
) -> None:
    case = walked(place, listed[0])
    with on("2026-10-13"):
        casework.step_back(by=place.lead, case=case, reason="Steadier.")
    with on("2026-10-20"):
        casework.withdraw(by=place.lead, consent=Consent.objects.get(person=case.person))
    with on("2026-11-02"):
        later = released(place, Folder(as_of="2026-11-01"))
        again = rows_in(later)[0]
        person = case.person
        approach = Approach.objects.create(
            service=place.service, person=person, listed=again, lead=place.lead.membership,
            quarter="2026-Q4",
        )  # fmt: skip
        Listed.objects.filter(pk=again.pk).update(state="chosen", person=person)
    said(place, approach, "yes", "2026-11-05")
    told = [(one["list_date"], one["start_date"], one["step_down_date"], one["return_date"])
            for one in the_roster(place).rows]  # fmt: skip
    assert told == [
        ("2026-10-01", "2026-10-07", "2026-10-13", ""), ("2026-11-01", "2026-11-05", "", ""),
    ]  # fmt: skip


def test_the_hospital_is_the_one_of_the_list_and_a_joint_list_leads_to_it(place: Place) -> None:
    rows = [row(1, "ALL"), row(2, SITE, nth=5001), row(4, OTHER_SITE, nth=5001)]
    with on("2026-10-02"):
        received = released(place, Folder(rows=rows))
    joint = next(one for one in rows_in(received) if one.list_id == "ALL")
    asked(place, joint, "2026-10-05")
    (only,) = the_roster(place).rows
    assert (only["site"], only["list_rank"]) == (SITE, "2"), "where they rank highest"


def test_chosen_for_vulnerability_they_have_no_list_and_the_suggestion_s_hospital(
    place: Place,
) -> None:
    number = nhs_number(7001)
    suggestion = [OTHER_SITE, number, 2, "Came after self-harm.", "false"]
    with on("2026-10-02"):
        received = released(place, Folder(suggestions=[suggestion]))
    with on("2026-10-05"):
        approach = intake.add_for_vulnerability(
            by=place.lead, reason="The ward is worried.", row=rows_in(received, kind="suggested")[0]
        )
        make_plan(place.lead, approach.person)
        intake.record_attempt(by=place.lead, approach=approach, how="phone", reached="yes")
    (only,) = the_roster(place).rows
    assert (only["site"], only["list_date"], only["list_rank"]) == (OTHER_SITE, "", "")


def test_after_the_list_was_emptied_their_nhs_number_still_names_them(
    place: Place, listed: list[Listed]
) -> None:
    said(place, asked(place, listed[0], "2026-10-05"), "no", "2026-10-06")
    approach = Approach.objects.get()
    type(approach.person).objects.filter(pk=approach.person_id).update(nhs_number=ONE)
    with on("2027-03-01"):
        purge_unchosen(service=place.service)
        assert Listed.objects.get(pk=listed[0].pk).person_ref == ""
        (only,) = the_roster(place).rows
    assert (only["person_id"], only["consent"]) == (ONE, "N")


def test_deaths_and_moves_are_told(place: Place, listed: list[Listed]) -> None:
    case = walked(place, listed[0])
    mark_died(by=place.supervisor, person=case.person, on=date(2026, 11, 9), registered=True)
    walked(place, listed[1])
    with on("2026-11-02"):
        later = rows_in(released(place, Folder(as_of="2026-11-01")))
        intake.set_aside(by=place.lead, rows=[later[1]], set_aside_as="moved")
    told = {one["person_id"]: (one["death_date"], one["moved_date"])
            for one in the_roster(place).rows}  # fmt: skip
    assert told == {ONE: ("2026-11-09", ""), TWO: ("", "2026-11-02")}


def test_housing_and_mental_health_are_yes_no_or_not_known(
    place: Place, listed: list[Listed]
) -> None:
    first, second = walked(place, listed[0]), walked(place, listed[1])
    walked(place, listed[2])
    casework.note_reasons(by=place.lead, case=first, certain=["homelessness", "self_harm"])
    casework.note_reasons(by=place.lead, case=second, certain=["money"], perhaps=["housing"])
    told = [(one["housing"], one["mental_health"]) for one in the_roster(place).rows]
    assert told == [("yes", "yes"), ("no", "no"), ("", "")]


def test_who_must_not_be_counted_is_left_out_and_counted(
    place: Place, listed: list[Listed]
) -> None:
    restricted, objecting = walked(place, listed[0]), walked(place, listed[1])
    walked(place, listed[2])
    mark_restricted(by=place.supervisor, person=restricted.person)
    casework.object_to_counting(
        by=place.lead, person=objecting.person, heard_on=date(2026, 11, 10), words="Please not."
    )
    roster = the_roster(place)
    assert [one["person_id"] for one in roster.rows] == [THREE]
    assert roster.left_out == {"Restricted details": 1, "Do not want to be counted": 1}
    casework.lift_objection(by=place.lead, person=objecting.person)
    assert [one["person_id"] for one in the_roster(place).rows] == [TWO, THREE]


def test_an_objection_is_recorded_once_by_those_who_know_them(
    place: Place, listed: list[Listed]
) -> None:
    case = walked(place, listed[0])
    told = {"person": case.person, "heard_on": date(2026, 11, 10)}
    casework.object_to_counting(by=place.lead, **told)
    with pytest.raises(NotAllowed, match="recorded already"):
        casework.object_to_counting(by=place.lead, **told)
    with pytest.raises(NotAllowed, match="supported by someone else"):
        casework.object_to_counting(by=make_member(place.service, Role.LEAD), **told)


def test_who_said_no_to_us_may_say_no_to_being_counted_too(
    client: Client, place: Place, listed: list[Listed]
) -> None:
    approach = asked(place, listed[0], "2026-10-05")
    said(place, approach, "no", "2026-10-06")
    sign_in(client, place.lead)
    there = reverse("intake:approach", args=[approach.pk])
    assert reverse("intake:not_counted", args=[approach.pk]) in client.get(there).content.decode()
    day = {"heard_on_day": 6, "heard_on_month": 10, "heard_on_year": 2026}
    answer = client.post(reverse("intake:not_counted", args=[approach.pk]), day)
    assert answer.url == there
    assert the_roster(place).rows == ()
    assert the_roster(place).left_out == {"Do not want to be counted": 1}


def test_what_leaves_is_read_by_the_evaluation_without_a_finding(
    place: Place, listed: list[Listed]
) -> None:
    walked(place, listed[0])
    text = casework.hand_over_roster(by=place.analyst).csv
    read = roster_of(list(csv.DictReader(io.StringIO(text))))
    assert read.findings == ()
    assert [(one.consent, one.start_date) for one in read.rows] == [(True, date(2026, 10, 7))]


def test_nobody_who_has_not_said_yes_themselves_leaves_and_they_are_counted(
    place: Place, listed: list[Listed]
) -> None:
    """Evaluation is beyond their own care: without a yes of theirs the opt-out would apply."""
    case = walked(place, listed[0])
    said(place, asked(place, listed[1], "2026-10-05"), "no", "2026-10-06")
    asked(place, listed[2], "2026-10-09")
    roster = casework.hand_over_roster(by=place.analyst)
    assert [one["person_id"] for one in roster.rows] == [ONE]
    assert roster.left_out == {NOT_AGREED: 2}
    yes_of_theirs = Consent.objects.get(person=case.person, kind="take_part")
    Consent.objects.filter(pk=yes_of_theirs.pk).update(route="best_interests")
    with pytest.raises(NotAllowed, match="nobody on the roster"):
        casework.hand_over_roster(by=place.analyst)
    Consent.objects.filter(pk=yes_of_theirs.pk).update(route="spoken")
    casework.withdraw(by=place.lead, consent=yes_of_theirs)
    with pytest.raises(NotAllowed, match="nobody on the roster"):
        casework.hand_over_roster(by=place.analyst)


def test_an_older_yes_stands_for_nothing_once_the_newer_one_was_taken_back(
    place: Place, listed: list[Listed]
) -> None:
    case = walked(place, listed[0])
    again = casework.answer_take_part(by=place.lead, person=case.person, **yes())
    assert len(casework.hand_over_roster(by=place.analyst).rows) == 1
    casework.withdraw(by=place.lead, consent=again)
    with pytest.raises(NotAllowed, match="nobody on the roster"):
        casework.hand_over_roster(by=place.analyst)


def test_a_no_counts_from_when_it_was_written_down_whatever_its_day(
    place: Place, listed: list[Listed]
) -> None:
    case = walked(place, listed[0])
    Consent.objects.filter(person=case.person).update(answered_on=date(2026, 10, 20))
    no = yes(given=False, answered_on=date(2026, 10, 8))
    casework.answer_take_part(by=place.lead, person=case.person, **no)
    with pytest.raises(NotAllowed, match="nobody on the roster"):
        casework.hand_over_roster(by=place.analyst)


def test_only_the_analyst_takes_it_and_each_person_s_export_is_recorded(
    client: Client, place: Place, listed: list[Listed]
) -> None:
    case = walked(place, listed[0])
    page = sign_in(client, place.analyst).get(reverse("casework:roster")).content.decode()
    assert "Began support" in page
    answer = client.post(reverse("casework:take_roster"))
    assert answer.content.decode().splitlines()[1].startswith(f"{SITE},{ONE},2026-10-01,1,")
    assert answer["Cache-Control"] == "no-store"
    rows = AuditEntry.objects.filter(did="exported", purpose="evaluation")
    assert rows.filter(person_id=case.person_id).count() == 1
    assert rows.get(person_id=None).detail["rows"] == 1
    for actor in (place.lead, place.supervisor):
        with pytest.raises(NotAllowed, match="deliver an evaluation"):
            casework.hand_over_roster(by=actor)


def test_with_nobody_asked_there_is_no_file(place: Place) -> None:
    with pytest.raises(NotAllowed, match="nobody on the roster"):
        casework.hand_over_roster(by=place.analyst)


def test_the_command_writes_the_same_file_on_the_analyst_s_behalf(
    place: Place, listed: list[Listed], tmp_path: Any
) -> None:
    walked(place, listed[0])
    out = tmp_path / "roster.csv"
    call_command("roster", "--for", place.analyst.user.email, "--out", out, stdout=io.StringIO())
    assert out.read_text() == the_roster(place).csv
    assert AuditEntry.objects.filter(did="exported", user=place.analyst.user).exists()
    with pytest.raises(CommandError, match="no role here"):
        call_command("roster", "--for", place.lead.user.email, "--out", out)


def test_another_service_s_people_are_on_nobody_else_s_roster(
    place: Place, listed: list[Listed]
) -> None:
    walked(place, listed[0])
    stranger = make_member(make_service(), Role.ANALYST)
    assert roster_for(stranger).rows == ()
