"""An erasure that was agreed is not lost when the record is joined or parted before it is done."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Announcement, Role
from openhiu.web.assurance.actions import retention
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.actions.retention.removing import overtaken
from openhiu.web.assurance.models import Appraisal, RightsRequest
from openhiu.web.people.actions.joining import decide_merge, propose_merge, undo_merge
from support.web import make_member, make_service
from support.web_casework import make_person
from support.web_rights import known

pytestmark = pytest.mark.django_db


class Place:
    """Two records, two people who appraise, and somebody who joins records."""

    def __init__(self) -> None:
        self.service = make_service()
        self.lead = make_member(self.service, Role.LEAD)
        self.manager = make_member(self.service, Role.SUPERVISOR)
        self.auditor = make_member(self.service, Role.AUDITOR)
        self.kept, self.absorbed = make_person(self.service), make_person(self.service)

    def request(self, person: Any) -> RightsRequest:
        made = actions.note_request(
            by=self.auditor, person=person, kind="erasure", words="Please.",
            received_on=timezone.localdate(), received_how="letter", asked_by="person",
        )  # fmt: skip
        return known(self, made)  # type: ignore[arg-type]

    def agreed(self, person: Any) -> Appraisal:
        actions.decide(by=self.auditor, request=self.request(person), decision="done", reason="x")
        row = Appraisal.objects.get(about=person.pk, state="proposed")
        return retention.confirm(by=self.manager, appraisal=row, version=row.version)

    def joined(self) -> Any:
        merge = propose_merge(by=self.lead, kept=self.kept, absorbed=self.absorbed, reason="Same.")
        return decide_merge(by=self.manager, merge=merge, approved=True)

    def waiting(self, person: Any) -> Appraisal:
        return Appraisal.objects.get(about=person.pk, state="waiting")


@pytest.fixture
def place() -> Place:
    return Place()


def told(actor: Actor) -> list[str]:
    return [one.words for one in Announcement.objects.filter(to=actor.membership)]


@pytest.mark.parametrize("half", ["kept", "absorbed"])
def test_a_joined_record_waits_for_a_first_decision_and_those_who_appraise_are_told(
    place: Place, half: str
) -> None:
    row = place.agreed(getattr(place, half))
    place.joined()
    assert overtaken(row)
    assert row.state == "overtaken"
    anew = place.waiting(place.kept)
    assert (anew.why, anew.request_reference) == ("erasure", row.request_reference)
    assert set(anew.records) == {place.kept.pk, place.absorbed.pk}
    for actor in (place.manager, place.auditor):
        assert [row.reference in one and anew.reference in one for one in told(actor)] == [True]
    assert told(place.lead) == []


def test_a_parted_record_is_opened_for_the_half_that_asked(place: Place) -> None:
    request = place.request(place.absorbed)
    merge = place.joined()
    request.refresh_from_db()
    actions.decide(by=place.auditor, request=request, decision="done", reason="x")
    row = Appraisal.objects.get(about=place.kept.pk)
    row = retention.confirm(by=place.manager, appraisal=row, version=row.version)
    undo_merge(by=place.manager, merge=merge)
    assert overtaken(row)
    assert place.waiting(place.absorbed).request_reference == request.reference
    assert not Appraisal.objects.filter(about=place.kept.pk, state="waiting").exists()


def test_one_that_is_appraised_already_is_taken_over_and_decided_anew(place: Place) -> None:
    erased = place.agreed(place.absorbed)
    retention.ask_to_erase(by=place.auditor, person=place.kept, request_reference="", reason="x",
                           mistake=True)  # fmt: skip
    Appraisal.objects.filter(about=place.kept.pk).update(why="time")
    place.joined()
    assert overtaken(erased)
    anew = place.waiting(place.kept)
    assert (anew.why, anew.request_reference) == ("erasure", erased.request_reference)
    assert anew.proposed_by is None


def test_another_erasure_of_the_same_record_keeps_its_own_reference(place: Place) -> None:
    first, second = place.agreed(place.absorbed), place.agreed(place.kept)
    place.joined()
    assert overtaken(first)
    second.refresh_from_db()
    assert second.state == "cooling"
    assert overtaken(second)
    assert place.waiting(place.kept).request_reference == second.request_reference


def test_what_left_the_queue_by_its_time_is_found_by_the_clock_alone(place: Place) -> None:
    row = place.agreed(place.kept)
    row.why = "time"
    place.joined()
    assert overtaken(row)
    assert not Appraisal.objects.filter(state="waiting").exists()
    assert told(place.manager) == []
