"""A worry or a sharing stays open until somebody has written how it ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import Announcement, Role
from openhiu.web.casework import actions
from openhiu.web.casework.actions import following
from openhiu.web.casework.models import FollowUp, FollowUpStep
from openhiu.web.casework.queries.following import to_look_at
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db
FOUR = {
    "who_is_at_risk": "Her children", "told_whom": "Social care duty desk",
    "what_was_shared": "Where they are tonight", "why_now": "He is on his way there",
}  # fmt: skip
REASONS = {
    "gateway": "child", "capacity_view": "Not doubted", "consent_sought": "No",
    "person_told": "Told her afterwards",
}  # fmt: skip


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service())


@pytest.fixture
def boss(lead: Actor) -> Actor:
    return make_member(lead.service, Role.SUPERVISOR)


def shared(lead: Actor) -> FollowUp:
    case = make_case(lead)
    kept = actions.share_to_keep_safe(by=lead, person=case.person, **FOUR)
    found: FollowUp = FollowUp.objects.get(shared=kept)
    return found


def ended(by: Actor, follow_up: FollowUp, **changes: Any) -> FollowUp:
    follow_up.refresh_from_db()
    return following.close(
        by=by, follow_up=follow_up, outcome="safe", outcome_words="Moved in with her aunt.",
        person_told="yes", **{"version": follow_up.version, **changes},
    )  # fmt: skip


def test_it_ends_only_with_an_outcome_after_steps_reasons_and_review(
    lead: Actor, boss: Actor
) -> None:
    one = shared(lead)
    step = following.add_step(
        by=lead, follow_up=one, version=1, what="Refer to MARAC", who=lead.membership,
        due_on=timezone.localdate() + timedelta(days=2), referral="marac",
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="every step"):
        ended(lead, one)
    following.finish_step(by=lead, step=step, result="Heard on Tuesday", reference="M-17")
    with pytest.raises(NotAllowed, match="review the sharing"):
        ended(lead, one)
    actions.give_reasons(by=lead, shared=one.shared, **REASONS)
    actions.review(by=boss, shared=one.shared, words="Right")
    closed = ended(lead, one)
    assert (closed.outcome, closed.closed_by) == ("safe", lead.membership)
    assert FollowUpStep.objects.get().reference == "M-17"
    with pytest.raises(NotAllowed, match="closed"):
        ended(lead, one)
    assert not to_look_at(boss).exists()


def test_a_worry_is_answered_before_it_ends(lead: Actor, boss: Actor) -> None:
    concern = actions.raise_concern(by=boss, words="Not seen", about_whom="A neighbour")
    one = FollowUp.objects.get(concern=concern)
    with pytest.raises(NotAllowed, match="Answer whoever raised it"):
        ended(boss, one)
    colleague = make_member(lead.service, Role.SUPERVISOR)
    actions.answer_concern(by=colleague, concern=concern, answer="We went round.")
    assert ended(boss, one).closed_at


def test_who_does_not_know_them_does_not_write_and_a_stale_page_does_not_save(
    lead: Actor,
) -> None:
    one = shared(lead)
    other = make_member(lead.service)
    with pytest.raises(NotAllowed, match="Whoever supports them"):
        ended(other, one)
    with pytest.raises(Stale):
        ended(lead, one, version=99)
    assert list(to_look_at(other)) == []
    assert list(to_look_at(lead)) == [one]


def test_a_partner_is_never_asked_to_do_something(lead: Actor) -> None:
    partner = make_member(lead.service, Role.PARTNER)
    with pytest.raises(NotAllowed, match="somebody of your service"):
        following.add_step(by=lead, follow_up=shared(lead), version=1, what="x",
                           who=partner.membership, due_on=timezone.localdate())  # fmt: skip


def told(actor: Actor, words: str) -> int:
    return Announcement.objects.filter(to=actor.membership, words__contains=words).count()


def test_unreviewed_for_a_day_comes_to_the_reviewers_once(
    lead: Actor, boss: Actor, time_machine: Any
) -> None:
    time_machine.move_to("2026-10-01T10:00:00+01:00", tick=False)
    one = shared(lead)
    actions.give_reasons(by=lead, shared=one.shared, **REASONS)
    time_machine.move_to("2026-10-02T09:59:00+01:00", tick=False)
    assert following.escalate_follow_ups(lead.service) == 0
    time_machine.move_to("2026-10-02T10:00:00+01:00", tick=False)
    call_command("tell_overdue")
    call_command("tell_overdue")
    assert told(boss, "Nobody has reviewed") == 1


def test_a_day_that_passed_is_told_once_until_it_is_moved(
    lead: Actor, boss: Actor, time_machine: Any
) -> None:
    time_machine.move_to("2026-10-01T10:00:00+01:00", tick=False)
    one = shared(lead)
    actions.give_reasons(by=lead, shared=one.shared, **REASONS)
    actions.review(by=boss, shared=one.shared, words="Right")
    time_machine.move_to("2026-10-03T08:00:00+01:00", tick=False)
    assert following.escalate_follow_ups(lead.service) == 1
    assert following.escalate_follow_ups(lead.service) == 0
    assert told(boss, "overdue") == 1 and told(lead, "is overdue") == 1
    one.refresh_from_db()
    moved = following.look_again(by=boss, follow_up=one, version=one.version,
                                 on=timezone.localdate() + timedelta(days=3),
                                 owner=boss.membership, because="Seen weekly")  # fmt: skip
    assert (moved.owner, moved.escalated_at) == (boss.membership, None)
    time_machine.move_to("2026-10-07T08:00:00+01:00", tick=False)
    assert following.escalate_follow_ups(lead.service) == 1


def test_what_is_overdue_is_told_again_every_working_day(
    lead: Actor, boss: Actor, time_machine: Any
) -> None:
    time_machine.move_to("2026-10-01T10:00:00+01:00", tick=False)  # a Thursday
    one = shared(lead)
    actions.give_reasons(by=lead, shared=one.shared, **REASONS)
    actions.review(by=boss, shared=one.shared, words="Right")
    told_of = []
    for day in ("03", "04", "05", "06"):  # Saturday, Sunday, Monday, Tuesday
        time_machine.move_to(f"2026-10-{day}T08:00:00+01:00", tick=False)
        told_of.append(following.escalate_follow_ups(lead.service))
    assert told_of == [1, 0, 1, 1]


def test_nobody_parks_it_far_ahead_or_without_a_word(lead: Actor, boss: Actor) -> None:
    one = shared(lead)
    for by, days, because, words in (
        (lead, 8, "Seen weekly", "within the next 7 days"),
        (boss, 29, "Seen weekly", "within the next 28 days"),
        (boss, 28, " ", "why it can wait"),
    ):
        with pytest.raises(NotAllowed, match=words):
            following.look_again(by=by, follow_up=one, version=1, because=because,
                                 on=timezone.localdate() + timedelta(days=days),
                                 owner=by.membership)  # fmt: skip
    following.look_again(by=boss, follow_up=one, version=1, because="Her sister stays",
                         on=timezone.localdate() + timedelta(days=28),
                         owner=boss.membership)  # fmt: skip
    kept = FollowUpStep.objects.get()
    assert (kept.result, kept.done_by) == ("Her sister stays", boss.membership)


def put_off(by: Actor, one: FollowUp, owner: Actor) -> None:
    one.refresh_from_db()
    day = timezone.localdate() + timedelta(days=7)
    following.look_again(by=by, follow_up=one, version=one.version, because="Seen weekly", on=day,
                         owner=owner.membership)  # fmt: skip


def test_putting_it_off_again_without_a_reviewer_comes_to_the_reviewers(
    lead: Actor, boss: Actor
) -> None:
    one = shared(lead)
    words = "was put off again"
    put_off(lead, one, lead)
    assert told(boss, words) == 0
    put_off(lead, one, lead)
    assert told(boss, words) == 1
    put_off(boss, one, lead)  # they looked, and it begins anew
    put_off(lead, one, lead)
    assert told(boss, words) == 1
    put_off(lead, one, lead)
    assert told(boss, words) == 2


@pytest.mark.parametrize("why", ["closed", "rests", "ended"])
def test_nobody_is_asked_who_is_not_at_work(lead: Actor, boss: Actor, why: str) -> None:
    one, other = shared(lead), make_member(lead.service)
    member = other.membership
    if why == "closed":
        member.user.is_active = False
        member.user.save()
    else:
        long_ago = timezone.now() - timedelta(days=300)
        name = "attested_at" if why == "rests" else "ended_at"
        type(member).objects.filter(pk=member.pk).update(**{name: long_ago})
    with pytest.raises(NotAllowed, match="who is at work"):
        put_off(lead, one, other)
    with pytest.raises(NotAllowed, match="who is at work"):
        following.add_step(by=lead, follow_up=one, version=1, what="x", who=member,
                           due_on=timezone.localdate())  # fmt: skip


def test_what_is_older_than_this_is_taken_up(lead: Actor) -> None:
    shared(lead).delete()
    following.escalate_follow_ups(lead.service)
    assert FollowUp.objects.count() == 1


def test_the_pages_walk_from_the_worry_to_its_outcome(
    lead: Actor, boss: Actor, client: Client
) -> None:
    one = shared(lead)
    sign_in(client, lead)
    page = client.get(reverse("casework:safety_record", args=[one.shared_id])).content.decode()
    assert "What follows" in page
    day = timezone.localdate() + timedelta(days=1)
    sent = client.post(
        reverse("casework:follow_step", args=[one.pk]),
        {"what": "Ring the duty desk", "who": lead.membership.pk, "due_on": day,
         "referral": "adult", "reference": "A-9",
         "version": 1},
    )  # fmt: skip
    assert sent.status_code == 302, sent.content.decode()
    page = client.get(sent.url).content.decode()
    assert "Ring the duty desk" in page and "A-9" in page
    step = FollowUpStep.objects.get()
    client.post(reverse("casework:follow_done", args=[step.pk]), {"result": "They visit today"})
    sign_in(client, boss)
    assert "Still open" in client.get(reverse("casework:safety_to_review")).content.decode()
    assert "They visit today" in client.get(sent.url).content.decode()
