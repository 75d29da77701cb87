"""Team meetings: who has a seat, who is proposed, how an agenda is built and minutes are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.lawful import why_not_in_force
from openhiu.web.access.models import Agreement, Announcement, Role
from openhiu.web.casework import actions as casework
from openhiu.web.casework import home
from openhiu.web.casework.models import Consent, PhaseChange
from openhiu.web.mdt import actions, lifecycle
from openhiu.web.mdt.models import Action, GroupMember, Listing, Meeting, Note, Slot
from openhiu.web.mdt.morning import entries
from openhiu.web.mdt.queries import groups as found
from openhiu.web.mdt.queries import meetings as when
from openhiu.web.mdt.queries import minutes
from openhiu.web.monitoring.models import FeedFault, Signal
from openhiu.web.people.actions.status import mark_died
from support.web import make_member, make_organisation, make_service, sign_in
from support.web_casework import make_agreement, make_case, make_partner, share_with
from support.web_mdt import (
    make_group,
    make_meeting,
    make_shared,
    make_slot,
    put_on_list,
    seat_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service())


def signal(case: Any, level: str = "red") -> Signal:
    return Signal.objects.create(
        service=case.service, case=case, key=str(uuid4()), rule="individual", level=level,
        day=timezone.localdate(), why="Came twice.",
        answer_by=timezone.now(),
    )  # fmt: skip


def test_a_senior_clinician_chairs_and_their_post_is_recorded(lead: Actor) -> None:
    with pytest.raises(NotAllowed, match="senior clinician"):
        make_group(lead, chair_as=" ")
    group = make_group(lead)
    assert seat_of(group, lead).post == "Consultant in emergency medicine"


@pytest.mark.parametrize("name", ["Kent Police", "HM Prison Wymott", "Essex Constabulary"])
def test_a_body_that_enforces_the_law_has_no_seat(lead: Actor, name: str) -> None:
    # Planted: no action makes such an account or agreement, and this one is not in force.
    agreement = make_agreement(lead.service, make_organisation(f"{name} {lead.service_id}"))
    planted = make_partner(agreement)
    assert "no standing share" in why_not_in_force(agreement)
    with pytest.raises(NotAllowed, match="has no seat"):
        make_group(lead, planted)


def test_a_partner_without_an_agreement_in_force_has_no_seat(lead: Actor) -> None:
    over = make_agreement(lead.service, ends_on=timezone.localdate() - timedelta(days=1))
    group = make_group(lead)
    with pytest.raises(NotAllowed, match="no sharing agreement"):
        actions.add_member(by=lead, group=group, membership=make_partner(over).membership, post="A")


def test_roles_that_do_not_work_with_clients_have_no_seat(lead: Actor) -> None:
    group = make_group(lead)
    for role in (Role.ANALYST, Role.COMMISSIONER, Role.ADMIN, Role.AUDITOR):
        with pytest.raises(NotAllowed, match="sit in a team meeting"):
            actions.add_member(
                by=lead,
                group=group,
                membership=make_member(lead.service, role).membership,
                post="A",
            )


def test_a_rule_points_and_a_person_decides(lead: Actor) -> None:
    group, case = make_group(lead), make_case(lead)
    signal(case)
    (pointed,) = found.candidates(lead, group)
    assert (pointed.case, pointed.rule) == (case, "red_signal")
    assert not Listing.objects.exists()
    row = actions.propose(by=lead, group=group, case=case, reason=pointed.why, rule=pointed.rule)
    assert row.state == "proposed"
    actions.accept(by=lead, listing=row)
    assert found.candidates(lead, group) == []


def test_someone_set_aside_is_not_pointed_at_again_for_four_weeks(lead: Actor, travel: Any) -> None:
    group, case = make_group(lead), make_case(lead)
    signal(case)
    row = actions.propose(by=lead, group=group, case=case, reason="", rule="red_signal")
    actions.not_now(by=lead, listing=row, words="Others are on it.")
    assert found.candidates(lead, group) == []
    travel(days=29)
    signal(case)
    assert [one.case for one in found.candidates(lead, group)] == [case]


def test_each_rule_points_at_whom_it_says(lead: Actor) -> None:
    group = make_group(lead)
    back, many, quiet = (make_case(lead) for _ in range(3))
    for _ in range(2):
        PhaseChange.objects.create(
            service=lead.service, case=back, to_phase="picked_up_again", by=lead.membership
        )
    for _ in range(3):
        share_with(lead, many, make_agreement(lead.service), ["name"])
    type(quiet).objects.filter(pk=quiet.pk).update(phase_since=timezone.now() - timedelta(weeks=9))
    told = {one.case.pk: one.rule for one in found.candidates(lead, group)}
    assert told == {back.pk: "picked_up", many.pk: "organisations", quiet.pk: "no_progress"}
    actions.set_criteria(by=lead, group=group, criteria={"organisations": 4})
    group.refresh_from_db()
    assert found.candidates(lead, group) == []


def test_a_partner_proposes_only_someone_shared_with_them(lead: Actor, client: Client) -> None:
    case, partner, _ = make_shared(lead)
    hidden = make_case(lead)
    group = make_group(lead, partner)
    row = actions.propose(by=partner, group=group, case=case, reason="Rang us nine times.")
    assert (row.proposed_by, row.state) == (partner.membership, "proposed")
    with pytest.raises(Missing):
        actions.propose(by=partner, group=group, case=hidden, reason="I know them.")
    sign_in(client, partner)
    nobody = client.get(reverse("mdt:propose", args=[make_case(lead).pk]))
    assert nobody.status_code == 404


def test_nobody_who_asked_us_to_stop_or_died_is_proposed(lead: Actor) -> None:
    group, stopped, dead = make_group(lead), make_case(lead), make_case(lead)
    answer = stopped.person.pk
    casework.withdraw(by=lead, consent=_taking_part(answer))
    with pytest.raises(NotAllowed, match="asked us to stop"):
        actions.propose(by=lead, group=group, case=stopped, reason="x")
    dead.person.died = "formal"
    dead.person.save()
    with pytest.raises(NotAllowed, match="has died"):
        actions.propose(by=lead, group=group, case=dead, reason="x")


def _taking_part(person: Any) -> Any:
    return Consent.objects.get(person=person, kind="take_part")


def test_the_agenda_is_built_from_what_is_urgent_first(lead: Actor) -> None:
    group = make_group(lead)
    new, red, late, calm = (make_case(lead) for _ in range(4))
    for case in (new, red, late, calm):
        put_on_list(lead, group, case)
    signal(red)
    given = actions.give_action(
        by=lead, group=group, case=late, words="Ring", owner=lead.membership,
        due_on=timezone.localdate(),
    )  # fmt: skip
    Action.objects.filter(pk=given.pk).update(due_on=timezone.localdate() - timedelta(days=2))
    meeting = make_meeting(lead, group)
    every = actions.build_agenda(by=lead, meeting=meeting)
    assert [slot.case for slot in every] == [red, late, new, calm]
    assert every[0].reasons[0] == "red"
    assert every[1].reasons[0] == "overdue"


def test_each_person_has_ten_minutes_from_the_beginning(lead: Actor) -> None:
    group = make_group(lead)
    for _ in range(3):
        put_on_list(lead, group, make_case(lead))
    meeting = make_meeting(lead, group)
    actions.build_agenda(by=lead, meeting=meeting)
    agenda = when.agenda(lead, meeting)
    begins = [(place.begins - meeting.starts_at).seconds // 60 for place in agenda.places]
    assert begins == [0, 10, 20]
    assert agenda.ends - meeting.starts_at == timedelta(minutes=30)


def test_someone_moved_by_hand_stays_there_when_it_is_built_again(lead: Actor) -> None:
    group = make_group(lead)
    cases = [make_case(lead) for _ in range(3)]
    for case in cases:
        put_on_list(lead, group, case)
    meeting = make_meeting(lead, group)
    actions.build_agenda(by=lead, meeting=meeting)
    last = Slot.objects.get(meeting=meeting, position=3)
    actions.move_slot(by=lead, slot=last, up=True)
    actions.move_slot(by=lead, slot=last, up=True)
    signal(cases[1])
    actions.build_agenda(by=lead, meeting=meeting)
    assert [slot.case for slot in when.slots(meeting)] == [last.case, cases[1], cases[0]]


def test_a_partner_s_agenda_names_only_people_shared_with_them(lead: Actor, client: Client) -> None:
    case, partner, _ = make_shared(lead)
    other = make_case(lead, family_name="Hidden")
    group = make_group(lead, partner)
    put_on_list(lead, group, other)
    slot = make_slot(lead, group, case)
    sign_in(client, partner)
    text = client.get(reverse("mdt:meeting", args=[slot.meeting_id])).content.decode()
    assert case.person.full_name in text
    assert "Hidden" not in text
    assert "1 other person is talked about" in text


def test_a_meeting_goes_from_planned_to_agreed_and_never_back(lead: Actor) -> None:
    meeting = make_meeting(lead, make_group(lead))
    with pytest.raises(NotAllowed, match="Close the agenda first"):
        actions.move(by=lead, meeting=meeting, to="held")
    actions.move(by=lead, meeting=meeting, to="agenda_closed")
    actions.move(by=lead, meeting=meeting, to="planned")
    actions.move(by=lead, meeting=meeting, to="agenda_closed")
    actions.move(by=lead, meeting=meeting, to="held")
    with pytest.raises(NotAllowed, match="who was there"):
        actions.move(by=lead, meeting=meeting, to="minutes_agreed")
    seat = seat_of(meeting.group, lead)
    actions.answer_for(by=lead, meeting=meeting, member=seat, answer="present")
    actions.move(by=lead, meeting=meeting, to="minutes_agreed")
    for to in lifecycle.STATES:
        with pytest.raises(NotAllowed):
            actions.move(by=lead, meeting=meeting, to=to)
    assert Meeting.objects.get().state == "minutes_agreed"


def test_every_state_is_drawn_and_leads_only_to_states(lead: Actor) -> None:
    assert set(lifecycle.MOVES) == set(lifecycle.STATES)
    assert all(to in lifecycle.STATES for ways in lifecycle.MOVES.values() for to in ways)
    assert "planned --> agenda_closed" in lifecycle.diagram()


def test_who_was_sent_instead_has_to_be_said(lead: Actor) -> None:
    _, partner, _ = make_shared(lead)
    meeting = make_meeting(lead, make_group(lead, partner))
    seat = seat_of(meeting.group, partner)
    with pytest.raises(NotAllowed, match="who comes instead"):
        actions.answer_for(by=partner, meeting=meeting, member=seat, answer="sent")
    row = actions.answer_for(
        by=partner, meeting=meeting, member=seat, answer="sent", instead="Jo, paramedic"
    )
    assert row.instead == "Jo, paramedic"
    with pytest.raises(NotAllowed, match="The chair"):
        actions.answer_for(by=partner, meeting=meeting, member=seat_of(meeting.group, lead),
                           answer="apologies")  # fmt: skip


def test_a_note_is_read_only_by_who_may_know_everything_it_tells(lead: Actor) -> None:
    case, partner, _ = make_shared(lead, ["name", "meeting", "goals"])
    slot = make_slot(lead, make_group(lead, partner), case)
    said = actions.write_note(by=lead, slot=slot, words="Wants to swim", items=["goals"])
    actions.write_note(by=lead, slot=slot, words="Owes rent", items=["goals", "reasons"])
    (row,) = minutes.minutes_for(partner, slot.meeting)
    assert row.notes == [said]
    assert len(minutes.minutes_for(lead, slot.meeting)[0].notes) == 2


def test_the_minutes_of_one_organisation_hold_only_its_people(lead: Actor, client: Client) -> None:
    mine, partner, _ = make_shared(lead)
    theirs, other, _ = make_shared(lead)
    group = make_group(lead, partner, other)
    put_on_list(lead, group, theirs)
    slot = make_slot(lead, group, mine)
    for one in Slot.objects.filter(meeting=slot.meeting).select_related("meeting__group", "case"):
        actions.write_note(by=lead, slot=one, words=f"about {one.case.person.family_name}")
    sign_in(client, lead)
    args = [slot.meeting_id, partner.organisation.pk]
    text = client.get(reverse("mdt:minutes_for", args=args)).content.decode()
    assert f"about {mine.person.family_name}" in text
    assert theirs.person.family_name not in text


def test_notes_are_written_between_the_closed_agenda_and_the_agreed_minutes(lead: Actor) -> None:
    slot = make_slot(lead, make_group(lead), make_case(lead), closed=False)
    with pytest.raises(NotAllowed, match="Close the agenda first"):
        actions.write_note(by=lead, slot=slot, words="Too early")
    actions.move(by=lead, meeting=slot.meeting, to="agenda_closed")
    slot.meeting.refresh_from_db()
    note = actions.write_note(by=lead, slot=slot, words="In time")
    actions.move(by=lead, meeting=slot.meeting, to="held")
    seat = seat_of(slot.meeting.group, lead)
    actions.answer_for(by=lead, meeting=slot.meeting, member=seat, answer="present")
    actions.move(by=lead, meeting=slot.meeting, to="minutes_agreed")
    note = Note.objects.select_related("slot__meeting__group", "slot__case__person").get(pk=note.pk)
    with pytest.raises(NotAllowed, match="minutes are agreed"):
        actions.change_note(by=lead, note=note, version=1, words="Late", kind="said", items=[])


def test_a_stale_change_of_a_note_overwrites_nothing(lead: Actor) -> None:
    slot = make_slot(lead, make_group(lead), make_case(lead))
    note = actions.write_note(by=lead, slot=slot, words="First")
    actions.change_note(by=lead, note=note, version=1, words="Second", kind="said", items=[])
    with pytest.raises(Stale):
        actions.change_note(by=lead, note=note, version=1, words="Third", kind="said", items=[])
    assert Note.objects.get().words == "Second"


def test_a_partner_in_the_chair_writes_about_those_shared_with_them_and_no_more(
    lead: Actor,
) -> None:
    case, partner, _ = make_shared(lead, ["name", "meeting"])
    group = make_group(lead, partner, chair=partner)
    hidden = make_case(lead)
    put_on_list(lead, group, hidden)
    slot = make_slot(lead, group, case)
    actions.write_note(by=partner, slot=slot, words="Agreed to meet")
    with pytest.raises(NotAllowed, match="You do not see"):
        actions.write_note(by=partner, slot=slot, words="Rent", items=["reasons"])
    other = Slot.objects.select_related("meeting__group", "case__person").get(case=hidden)
    with pytest.raises(Missing):
        actions.write_note(by=partner, slot=other, words="Guessing")


def test_an_action_goes_only_to_someone_who_may_know_of_it(lead: Actor) -> None:
    case, partner, _ = make_shared(lead, ["name", "meeting"])
    _, stranger, _ = make_shared(lead)
    group = make_group(lead, partner, stranger)
    slot = make_slot(lead, group, case)
    told: dict[str, Any] = {
        "by": lead, "group": group, "case": case, "slot": slot, "words": "Visit on Friday",
        "due_on": timezone.localdate(),
    }  # fmt: skip
    with pytest.raises(NotAllowed, match="have not agreed that this organisation"):
        actions.give_action(**told, owner=stranger.membership)
    with pytest.raises(NotAllowed, match="more than they agreed"):
        actions.give_action(**told, owner=partner.membership, items=["goals"])
    actions.give_action(**told, owner=partner.membership)
    assert [one.words for one in minutes.mine(partner).open] == ["Visit on Friday"]


def test_a_partner_finishes_on_a_phone_and_hands_back(lead: Actor, client: Client) -> None:
    case, partner, _ = make_shared(lead)
    group = make_group(lead, partner)
    slot = make_slot(lead, group, case)
    first, second = (
        actions.give_action(by=lead, group=group, case=case, slot=slot, words=words,
                            owner=partner.membership, due_on=timezone.localdate())
        for words in ("Ring the landlord", "Flag the address")
    )  # fmt: skip
    sign_in(client, partner)
    assert "Ring the landlord" in client.get("/").content.decode()
    client.post(reverse("mdt:finish_action", args=[first.pk]), {"words": "He agreed."})
    client.post(reverse("mdt:hand_back", args=[second.pk]), {"words": "Not our area."})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.ending, first.ended_words) == ("done", "He agreed.")
    assert second.handed_back_words == "Not our area."
    assert minutes.mine(partner).open == []
    told = Announcement.objects.filter(to=lead.membership).values_list("words", flat=True)
    assert "An action was handed back." in told


def test_what_an_action_says_closes_when_consent_is_taken_back(lead: Actor, client: Client) -> None:
    case, partner, agreement = make_shared(lead)
    group = make_group(lead, partner)
    slot = make_slot(lead, group, case)
    action = actions.give_action(by=lead, group=group, case=case, slot=slot, words="Ring Robin",
                                 owner=partner.membership, due_on=timezone.localdate())  # fmt: skip
    answer = Consent.objects.get(person=case.person, organisation=agreement.organisation)
    casework.withdraw(by=lead, consent=answer)
    mine = minutes.mine(partner)
    assert (mine.open, mine.closed) == ([], 1)
    sign_in(client, partner)
    text = client.get(reverse("mdt:actions")).content.decode()
    assert "Ring Robin" not in text
    assert "1 action is closed to you" in text
    done = client.post(reverse("mdt:finish_action", args=[action.pk]), {})
    assert done.status_code == 404


def test_a_lead_s_action_stands_on_their_morning_page_until_it_is_done(
    lead: Actor, client: Client
) -> None:
    case = make_case(lead)
    group = make_group(lead)
    slot = make_slot(lead, group, case)
    action = actions.give_action(by=lead, group=group, case=case, slot=slot,
                                 words="Write to the landlord", owner=lead.membership,
                                 due_on=timezone.localdate())  # fmt: skip
    sign_in(client, lead)
    assert "Write to the landlord" in client.get("/").content.decode()
    assert [line.text for line in home.gather(lead)["actions"]] == ["Write to the landlord"]
    Action.objects.update(due_on=timezone.localdate() - timedelta(days=3))
    today = timezone.localdate()  # late: it stands on today in the week and the calendar
    (one,) = [one for one in entries(lead, today, today) if one.kind == "task"]
    assert (one.words, one.day, one.overdue) == ("Write to the landlord", today, True)
    actions.finish_action(by=lead, action=action)
    assert "Write to the landlord" not in client.get("/").content.decode()


def test_reminders_name_nobody_and_come_when_due_and_three_days_later(
    lead: Actor, travel: Any
) -> None:
    case, partner, _ = make_shared(lead)
    group = make_group(lead, partner)
    actions.give_action(by=lead, group=group, case=case, words="Ring Robin",
                        owner=partner.membership, due_on=timezone.localdate())  # fmt: skip
    told = Announcement.objects.filter(words="An action of the team meeting is due.")
    counts = []
    for _ in range(5):
        actions.remind(lead.service)
        actions.remind(lead.service)
        counts.append(told.count())
        travel(days=1)
    assert counts == [1, 1, 1, 2, 2]


def test_the_clock_reminds_every_service(lead: Actor) -> None:
    case = make_case(lead)
    actions.give_action(by=lead, group=make_group(lead), case=case, words="Ring",
                        owner=lead.membership, due_on=timezone.localdate())  # fmt: skip
    call_command("remind_team", verbosity=0)
    assert Announcement.objects.filter(to=lead.membership).exists()


def test_a_death_takes_someone_off_list_and_agenda_and_lets_actions_go(lead: Actor) -> None:
    case = make_case(lead)
    group = make_group(lead)
    slot = make_slot(lead, group, case)
    action = actions.give_action(by=lead, group=group, case=case, words="Ring",
                                 owner=lead.membership, due_on=timezone.localdate())  # fmt: skip
    mark_died(by=lead, person=case.person, heard="The ward rang.")
    action.refresh_from_db()
    assert action.ending == "let_go"
    assert Listing.objects.get().state == "off"
    assert not Slot.objects.filter(pk=slot.pk).exists()


def test_leaving_a_team_ends_what_one_sees_of_it(lead: Actor) -> None:
    case, partner, _ = make_shared(lead)
    group = make_group(lead, partner)
    meeting = make_slot(lead, group, case).meeting
    assert list(when.meetings(partner)) == [meeting]
    actions.remove_member(by=lead, member=seat_of(group, partner))
    assert list(when.meetings(partner)) == []
    assert GroupMember.objects.filter(membership=partner.membership).count() == 1


def test_a_colleague_at_the_table_reads_less_of_another_lead_s_client(lead: Actor) -> None:
    case = make_case(lead)
    colleague = make_member(lead.service)
    group = make_group(lead)
    actions.add_member(by=lead, group=group, membership=colleague.membership, post="Lead")
    slot = make_slot(lead, group, case)
    actions.write_note(by=lead, slot=slot, words="Owes rent", items=["reasons"])
    actions.write_note(by=lead, slot=slot, words="We meet again")
    (row,) = minutes.minutes_for(colleague, slot.meeting)
    assert [note.words for note in row.notes] == ["We meet again"]


def test_meetings_stand_in_the_week_without_anybody_s_name(lead: Actor) -> None:
    case = make_case(lead)
    slot = make_slot(lead, make_group(lead), case)
    day = timezone.localdate(slot.meeting.starts_at)
    (entry,) = entries(lead, day, day)
    assert (entry.kind, entry.ends - entry.begins) == ("meeting", timedelta(minutes=10))
    assert case.person.family_name not in entry.words


def test_data_that_stopped_are_told_on_the_agenda_the_sheet_and_the_wall(
    lead: Actor, client: Client
) -> None:
    slot = make_slot(lead, make_group(lead), make_case(lead))
    FeedFault.objects.create(
        service=lead.service, kind="stopped", dataset="attendances", words="A&E data stopped."
    )
    sign_in(client, lead)
    for name, key in (("mdt:meeting", slot.meeting_id), ("mdt:slot", slot.pk),
                      ("mdt:room_slot", slot.pk)):  # fmt: skip
        text = client.get(reverse(name, args=[key])).content.decode()
        assert "A&amp;E data stopped." in text
        assert "it does not mean that nobody came" in text


def test_a_newer_word_about_a_page_takes_the_place_of_the_older(lead: Actor) -> None:
    _, partner, _ = make_shared(lead)
    meeting = make_meeting(lead, make_group(lead, partner))
    actions.move(by=lead, meeting=meeting, to="agenda_closed")
    link = reverse("mdt:meeting", args=[meeting.pk])
    unseen = Announcement.objects.filter(to=partner.membership, link=link, seen_at=None)
    assert [one.words for one in unseen] == ["The agenda of a team meeting is ready."]


def test_a_seat_and_a_chair_close_when_the_agreement_ends(lead: Actor, client: Client) -> None:
    case, partner, agreement = make_shared(lead)
    group = make_group(lead, partner, chair=partner)
    slot = make_slot(lead, group, case)
    day = timezone.localdate(slot.meeting.starts_at)
    actions.write_note(by=partner, slot=slot, words="While it is in force")
    sign_in(client, lead)
    assert "name another chair" not in client.get("/").content.decode()
    Agreement.objects.filter(pk=agreement.pk).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )
    with pytest.raises(NotAllowed, match="The chair"):
        actions.answer_for(by=partner, meeting=slot.meeting, member=seat_of(group, lead),
                           answer="present")  # fmt: skip
    assert list(found.groups(partner)) == []
    assert list(when.meetings(partner)) == []
    assert list(entries(partner, day, day)) == []
    text = client.get("/").content.decode()
    assert f"{group.name}: name another chair" in text
    sign_in(client, partner)
    for name, key in (("mdt:group", group.pk), ("mdt:people", group.pk),
                      ("mdt:meeting", slot.meeting_id), ("mdt:came", slot.meeting_id),
                      ("mdt:room", slot.meeting_id)):  # fmt: skip
        assert client.get(reverse(name, args=[key])).status_code == 404
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=timezone.localdate())
    assert list(found.groups(partner)) == [group]
