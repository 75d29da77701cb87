"""What happens around a report once it is made: others go out, words in it are taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Consent, Story, StoryUse
from openhiu.web.reporting import actions, morning, queries, standing
from openhiu.web.reporting.models import Report
from support.web import make_member, sign_in
from support.web_reporting import make_made_report, receive
from support.web_stories import ready

pytestmark = pytest.mark.django_db
QUARTER = "2026-Q3"
WORDS = "One plain paragraph only."


def go_out(report: Report, supervisor: Actor) -> Report:
    actions.review(by=supervisor, report=report)
    return actions.publish(by=supervisor, report=report)


@pytest.fixture
def told(lead: Actor, analyst: Actor) -> tuple[Report, Story]:
    """A draft with one story in it."""
    evaluation = receive(analyst)
    story = ready(lead, quarter=QUARTER, words=WORDS, title="Plain")
    report = make_made_report(lead, evaluation)
    casework.use_in_report(
        by=lead, report=report.pk, named="Quarterly report", refs=[story.pk],
        link=reverse("reporting:report", args=[report.pk]),
    )  # fmt: skip
    return report, story


def take_back(lead: Actor, story: Story) -> None:
    consent = Consent.objects.get(person=story.case.person, kind="story")
    casework.withdraw(by=lead, consent=consent)


def test_of_two_drafts_of_a_quarter_one_goes_out_and_the_other_is_made_again(
    client: Client, lead: Actor, analyst: Actor, supervisor: Actor
) -> None:
    evaluation = receive(analyst)
    first, second = (make_made_report(lead, evaluation) for _ in range(2))
    go_out(first, supervisor)
    actions.review(by=supervisor, report=second)
    with pytest.raises(NotAllowed, match="Another report went out since this one was made"):
        actions.publish(by=supervisor, report=second)
    page = sign_in(client, supervisor).get(reverse("reporting:report", args=[second.pk]))
    assert standing.OVERTAKEN in page.content.decode()
    third = go_out(make_made_report(lead, evaluation), supervisor)
    assert third.previous == first


def test_a_report_of_another_quarter_that_went_out_meanwhile_counts_too(
    lead: Actor, analyst: Actor, supervisor: Actor
) -> None:
    evaluation = receive(analyst)
    go_out(make_made_report(lead, evaluation, "2026-Q2"), supervisor)
    draft = make_made_report(lead, evaluation, "2026-Q3")
    actions.review(by=supervisor, report=draft)
    go_out(make_made_report(lead, evaluation, "2025-Q4"), supervisor)  # not nearest, but newer
    with pytest.raises(NotAllowed, match="Another report went out"):
        actions.publish(by=supervisor, report=draft)


def test_a_report_is_held_against_the_nearest_that_went_out_before_or_after(
    lead: Actor, analyst: Actor, supervisor: Actor
) -> None:
    evaluation = receive(analyst)
    assert queries.nearest(lead.service_id, "2026-Q2") is None
    late = go_out(make_made_report(lead, evaluation, "2026-Q3"), supervisor)
    assert queries.nearest(lead.service_id, "2026-Q2") == late
    early = go_out(make_made_report(lead, evaluation, "2025-Q3"), supervisor)
    assert queries.nearest(lead.service_id, "2025-Q4") == early  # 1 quarter away, the other 3
    assert queries.nearest(lead.service_id, "2026-Q1") == late  # 2 away, as the other
    actions.call_back(by=supervisor, report=late, note="A figure is wrong")
    assert queries.nearest(lead.service_id, "2026-Q2") == late  # readers had it


@pytest.mark.parametrize("aside", [False, True])
def test_a_draft_whose_words_were_taken_back_is_shown_and_handed_out_to_nobody(
    client: Client, lead: Actor, supervisor: Actor, auditor: Actor, told: tuple[Report, Story],
    aside: bool,
) -> None:  # fmt: skip
    report, story = told
    take_back(lead, story)
    if aside:
        actions.set_aside(by=supervisor, report=report, note="Taken back")
    for actor in (lead, supervisor, auditor):
        sign_in(client, actor)
        page = client.get(reverse("reporting:report", args=[report.pk])).content.decode()
        assert standing.AGAIN in page
        assert "report.pdf" not in page
        assert ("Make this report again" in page) == (actor is not auditor)
        for name, args in (("read", []), ("file", ["report.docx"])):
            answer = client.get(reverse(f"reporting:{name}", args=[report.pk, *args]))
            assert answer.status_code == 403
            assert standing.AGAIN in answer.content.decode()
    if not aside:
        sign_in(client, supervisor)
        assert client.get(reverse("reporting:review", args=[report.pk])).status_code == 403
        with pytest.raises(NotAllowed, match="took their words back"):
            actions.review(by=supervisor, report=report)


def test_a_reviewed_one_is_not_published_either(
    client: Client, lead: Actor, supervisor: Actor, told: tuple[Report, Story]
) -> None:
    report, story = told
    actions.review(by=supervisor, report=report)
    take_back(lead, story)
    sign_in(client, supervisor)
    assert client.get(reverse("reporting:publish", args=[report.pk])).status_code == 403
    with pytest.raises(NotAllowed, match="took their words back"):
        actions.publish(by=supervisor, report=report)


def test_published_words_taken_back_stand_before_every_publisher_until_it_is_called_back(
    client: Client, lead: Actor, supervisor: Actor, auditor: Actor, commissioner: Actor,
    told: tuple[Report, Story],
) -> None:  # fmt: skip
    report, story = told
    go_out(report, supervisor)
    read = reverse("reporting:read", args=[report.pk])
    assert sign_in(client, commissioner).get(read).status_code == 200
    take_back(lead, story)
    newcomer = make_member(lead.service, Role.SUPERVISOR)
    page = reverse("reporting:report", args=[report.pk])
    for actor in (supervisor, auditor, newcomer):
        (section,) = morning.sections(actor)
        assert any(standing.DECIDE in str(line) for line in section.lines)
        assert standing.DECIDE in sign_in(client, actor).get(page).content.decode()
        assert client.get(read).status_code == 200  # to decide on it
    sign_in(client, commissioner)
    for url in (read, reverse("reporting:file", args=[report.pk, "report.docx"])):
        assert client.get(url).status_code == 403
    for url in (page, reverse("reporting:library")):
        text = client.get(url).content.decode()
        assert standing.WITHHELD in text
        assert "took their words back" not in text
        assert "report.pdf" not in text
    actions.call_back(by=supervisor, report=report, note="Words were taken back")
    assert not morning.sections(supervisor)


def test_pages_that_show_what_reports_are_made_of_are_recorded(
    client: Client, lead: Actor, analyst: Actor
) -> None:
    receive(analyst)
    sign_in(client, lead)
    for name in ("earlier", "logic_model", "make"):
        assert client.get(reverse(f"reporting:{name}")).status_code == 200
    pages = [one.detail.get("page") for one in AuditEntry.objects.filter(user=lead.user)]
    assert {"evaluations", "logic model", "make a report"} <= set(pages)


def _decided(report: Report, reader: Any, publisher: Any) -> None:
    with transaction.atomic():
        Report.objects.filter(pk=report.pk).update(
            state="published", reviewed_by=reader, decided_by=publisher, decided_at=timezone.now()
        )


def test_the_database_publishes_nothing_without_a_second_person(
    lead: Actor, analyst: Actor, supervisor: Actor
) -> None:
    report = make_made_report(lead, receive(analyst))
    second = supervisor.membership
    again = make_member(lead.service, Role.COVER, user=lead.user).membership
    for reader, publisher in ((None, second), (second, None), (lead.membership, second),
                              (second, lead.membership), (again, second),
                              (second, again)):  # fmt: skip
        with pytest.raises(DatabaseError):
            _decided(report, reader, publisher)
    _decided(report, second, second)
    report.refresh_from_db()
    assert report.state == "published"
    assert not StoryUse.objects.exists()
