"""A story in reports, and out of them: a yes taken back leaves everything unpublished at once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Announcement, AuditEntry, Role
from openhiu.web.casework import actions
from openhiu.web.casework.models import Consent, StoryUse
from openhiu.web.casework.queries import stories as vault
from openhiu.web.casework.story_details import DETAILS
from openhiu.web.people.actions import mark_died
from support.web import make_member, make_service, make_user
from support.web_casework import yes
from support.web_stories import (
    SAID,
    WORDS,
    agreed,
    approved,
    in_report,
    read_by,
    ready,
    two_readers,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD, name="Ada Lead")


@pytest.fixture
def supervisor(lead: Actor) -> Actor:
    return make_member(lead.service, Role.SUPERVISOR, name="Sam Supervisor")


def test_only_what_is_ready_stands_in_a_report(lead: Actor, supervisor: Actor) -> None:
    story = approved(lead)
    with pytest.raises(NotAllowed, match="Two people have to find it safe"):
        in_report(supervisor, story)
    read_by(*two_readers(lead), story=story)
    in_report(supervisor, story)
    story.refresh_from_db()
    assert story.state == "used"
    with pytest.raises(NotAllowed, match="stands in a report"):
        actions.change_story(
            by=lead, story=story, version=story.version, quarter="2026-Q4",
            changed=list(DETAILS), title="A", words="Other words.",
        )  # fmt: skip


def test_a_taken_back_yes_takes_it_out_of_a_draft_in_the_same_breath(
    lead: Actor, supervisor: Actor
) -> None:
    story = ready(lead)
    report = in_report(supervisor, story)
    assert not vault.taken_out_of(supervisor, report)
    consent = Consent.objects.get(kind="story")
    actions.withdraw(by=lead, consent=consent)
    story.refresh_from_db()
    assert (story.state, story.words, story.title, story.approved_words) == (
        "taken_out", "", "", "",
    )  # fmt: skip
    assert vault.taken_out_of(supervisor, report)
    assert vault.tellable(supervisor, ["2026-Q4"]) == []
    told = Announcement.objects.get(to=supervisor.membership, seen_at=None)
    assert (told.words[:21], told.link) == ("A story or quote was ", "/reports/1/")
    with pytest.raises(NotAllowed, match="Make the report again"):
        actions.report_published(by=supervisor, report=report)


def test_made_again_without_it_the_report_may_go_out(lead: Actor, supervisor: Actor) -> None:
    story, quote = ready(lead), ready(lead, kind="quote")
    report = in_report(supervisor, story, quote)
    actions.take_out(by=supervisor, story=story, reason="Too close to the paper's story.")
    assert vault.taken_out_of(supervisor, report)
    in_report(supervisor, quote, report=report)
    assert not vault.taken_out_of(supervisor, report)
    assert actions.report_published(by=supervisor, report=report) == 1
    assert [use.story for use in StoryUse.objects.exclude(published_at=None)] == [quote]


def test_of_a_published_report_those_who_made_and_published_it_are_told(
    lead: Actor, supervisor: Actor
) -> None:
    story = ready(lead)
    report = in_report(lead, story)
    actions.report_published(by=supervisor, report=report)
    actions.withdraw(by=lead, consent=Consent.objects.get(kind="story"))
    story.refresh_from_db()
    assert story.state == "taken_out"
    assert story.words == WORDS, "needed to call the report back"
    for member in (lead, supervisor):
        told = Announcement.objects.filter(to=member.membership, link="/reports/1/")
        assert "stand in a published report" in told.get().words


def test_of_a_published_report_everyone_is_told_who_may_call_it_back_and_is_still_here(
    lead: Actor, supervisor: Actor
) -> None:
    story = ready(lead)
    report = in_report(lead, story)
    actions.report_published(by=supervisor, report=report)
    Announcement.objects.all().delete()
    for gone in (lead, supervisor):
        gone.membership.ended_at = timezone.now()
        gone.membership.save()
    auditor = make_member(lead.service, Role.AUDITOR)
    left = make_member(lead.service, Role.SUPERVISOR)
    left.user.is_active = False
    left.user.save()
    cover = make_member(lead.service, Role.COVER)
    actions.take_out(by=make_member(lead.service, Role.SUPERVISOR), story=story, reason="Asked.")
    told = Announcement.objects.filter(link="/reports/1/")
    assert {one.to.role for one in told} == {Role.SUPERVISOR, Role.AUDITOR}
    assert auditor.membership in {one.to for one in told}
    assert not {one.to for one in told} & {
        lead.membership, supervisor.membership, left.membership, cover.membership,
    }  # fmt: skip


def test_a_later_no_and_an_end_of_taking_part_take_it_out_too(lead: Actor) -> None:
    first, second = ready(lead), ready(lead)
    actions.answer_story(by=lead, person=first.case.person, **yes(given=False))
    actions.withdraw(
        by=lead, consent=Consent.objects.get(person=second.case.person, kind="take_part")
    )
    for story in (first, second):
        story.refresh_from_db()
        assert story.state == "taken_out"
    kept = Consent.objects.get(person=second.case.person, kind="story")
    assert kept.withdrawn_at is not None


def test_a_yes_to_training_taken_back_leaves_reports_alone(lead: Actor) -> None:
    story = ready(lead)
    agreed(lead, story.case, purpose="training")
    actions.withdraw(by=lead, consent=Consent.objects.get(purpose="training"))
    story.refresh_from_db()
    assert story.state == "ready"


def test_past_the_review_date_no_report_may_have_it(lead: Actor, supervisor: Actor) -> None:
    story = ready(lead)
    Consent.objects.filter(kind="story").update(review_on=timezone.localdate())
    assert vault.tellable(supervisor, ["2026-Q4"]) == []
    with pytest.raises(NotAllowed, match="passed its review date"):
        in_report(supervisor, story)


def test_after_a_death_no_report_may_have_it(lead: Actor, supervisor: Actor) -> None:
    story = ready(lead)
    report = in_report(supervisor, story)
    mark_died(by=supervisor, person=story.case.person, on=timezone.localdate(), registered=True)
    assert vault.tellable(supervisor, ["2026-Q4"]) == []
    assert vault.taken_out_of(supervisor, report)


def test_any_reader_who_doubts_takes_it_out_and_says_why(lead: Actor, supervisor: Actor) -> None:
    story = ready(lead)
    with pytest.raises(NotAllowed, match="Say why"):
        actions.take_out(by=supervisor, story=story, reason=" ")
    actions.take_out(by=supervisor, story=story, reason="A cousin would know.")
    with pytest.raises(NotAllowed, match="was taken out"):
        actions.take_out(by=supervisor, story=story, reason="Again.")
    with pytest.raises(NotAllowed, match="Those who write or read"):
        actions.take_out(by=make_member(lead.service, Role.ANALYST), story=ready(lead), reason="x")


def test_another_service_has_no_part_in_it(lead: Actor) -> None:
    story = ready(lead)
    stranger = make_member(make_service(), Role.SUPERVISOR, user=make_user())
    assert list(vault.stories(stranger)) == []
    with pytest.raises(Missing):
        in_report(stranger, story)
    with pytest.raises(Missing):
        vault.story_or_missing(stranger, story.pk)


def test_every_step_stands_in_the_audit_without_a_word_of_the_story(
    lead: Actor, supervisor: Actor
) -> None:
    story = ready(lead)
    report = in_report(supervisor, story)
    actions.report_published(by=supervisor, report=report)
    actions.take_out(by=supervisor, story=story, reason="A cousin would know.")
    rows = AuditEntry.objects.filter(about__in=["casework.story", "casework.storyuse"])
    assert sorted(rows.values_list("did", flat=True)) == sorted(
        ["added", "recorded consent", "reviewed", "reviewed", "added", "shared", "withdrew"]
    )
    assert not any("kitchen" in str(row.detail) for row in rows)


def test_histories_hold_no_words(lead: Actor) -> None:
    story = ready(lead)
    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(e)::text from casework_storyevent e")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert str(story.pk) in kept
    assert "kitchen" not in kept
    assert SAID not in kept


def test_a_report_that_does_not_exist_holds_nothing(supervisor: Actor) -> None:
    assert not vault.taken_out_of(supervisor, uuid4())
    assert actions.report_published(by=supervisor, report=uuid4()) == 0
