"""One button: the evaluation and what the service knows become a draft, in a process of its own."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.errors import InputNotUsable
from openhiu.report.again import make_again
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Announcement, AuditEntry, Membership, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.access.sealed import update_each
from openhiu.web.casework.actions import withdraw
from openhiu.web.casework.models import Consent, Story, StoryUse
from openhiu.web.casework.queries.stories import taken_out_of
from openhiu.web.reporting import actions, composing, queries
from openhiu.web.reporting.actions import making
from openhiu.web.reporting.faults import NotUsable
from openhiu.web.reporting.models import KeptFile, Making, Report
from support.web import make_member, sign_in
from support.web_reporting import receive
from support.web_stories import ready

pytestmark = pytest.mark.django_db
QUARTER = "2026-Q3"  # tests begin on 11 November 2026


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would have been started in a process of its own."""
    found: list[Any] = []
    monkeypatch.setattr(making, "_start", lambda *keys: found.append(keys))
    return found


def ask(client: Client, quarter: str = QUARTER, **more: str) -> Any:
    return client.post(reverse("reporting:make"), {"quarter": quarter, **more})


def test_the_button_begins_a_report_and_shows_how_far_it_is(
    client: Client, lead: Actor, analyst: Actor, started: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    receive(analyst)
    sign_in(client, lead)
    page = client.get(reverse("reporting:make")).content.decode()
    assert "July to September 2026" in page
    assert "October to December 2026" not in page  # it is not over
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask(client)
    asked = Making.objects.get()
    assert answer.url == reverse("reporting:progress", args=[asked.pk])
    assert started == [(lead.service_id, asked.pk)]
    Making.objects.update(step=2)
    text = client.get(answer.url).content.decode()
    assert text.count("<span>Done</span>") == 2
    assert "Not yet</strong>" in text
    assert "is being made" in client.get(reverse("reporting:library")).content.decode()


def test_without_an_evaluation_the_page_says_what_has_to_happen(
    client: Client, lead: Actor
) -> None:
    text = sign_in(client, lead).get(reverse("reporting:make")).content.decode()
    assert "There is no evaluation yet." in text
    assert ask(client).status_code == 422


def test_two_at_once_make_one(client: Client, lead: Actor, analyst: Actor, supervisor: Actor,
                              started: list[Any]) -> None:  # fmt: skip
    receive(analyst)
    sign_in(client, lead)
    ask(client)
    again = ask(sign_in(client, supervisor))
    assert again.status_code == 422
    assert "A report is being made already." in again.content.decode()
    assert Making.objects.count() == 1


def test_one_that_was_begun_long_ago_stopped_and_another_can_begin(
    client: Client, lead: Actor, analyst: Actor, started: list[Any]
) -> None:
    receive(analyst)
    sign_in(client, lead)
    ask(client)
    Making.objects.update(asked_at=timezone.now() - timedelta(minutes=16))
    old = Making.objects.get()
    text = client.get(reverse("reporting:progress", args=[old.pk])).content.decode()
    assert "It stopped before it was finished." in text
    assert ask(client).status_code == 302
    old.refresh_from_db()
    assert old.state == "failed"


@pytest.mark.parametrize("quarter", ["2026-Q4", "2027-Q1", "2020-Q1", "nonsense"])
def test_only_a_quarter_that_is_over(lead: Actor, analyst: Actor, quarter: str) -> None:
    receive(analyst)
    with pytest.raises(NotAllowed, match="quarters that are over"):
        actions.ask_for_report(by=lead, quarter=quarter)


def test_it_becomes_a_draft_with_every_file_and_supervisors_are_told(
    lead: Actor, analyst: Actor, supervisor: Actor, client: Client
) -> None:
    evaluation = receive(analyst)
    steps: list[int] = []
    report = actions.make_report(by=lead, quarter=QUARTER, at=steps.append)
    assert steps == [0, 1, 2, 3]
    assert (report.state, report.edition, report.evaluation) == ("draft", 1, evaluation)
    names = [file["name"] for file in report.files]
    assert {"board.pdf", "board.docx", "board.html", "board.xlsx"} <= set(names)
    assert not any(name.startswith("inputs/") or name.endswith(".json") for name in names)
    assert queries.report_file(report, "board.pdf").startswith(b"%PDF-")
    page = queries.report_file(report, "board.html").decode()
    assert "July to September 2026" in page
    assert "Larkham HIU" in page
    told = Announcement.objects.get(to=supervisor.membership, words__contains="second reader")
    assert told.link == reverse("reporting:report", args=[report.pk])
    sign_in(client, supervisor)
    assert client.get(told.link).status_code == 200
    assert client.get(reverse("reporting:read", args=[report.pk])).content.decode() == page


def test_facts_are_kept_only_as_they_were_disclosed(
    lead: Actor, analyst: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(analyst)
    raw = composing.facts(lead, QUARTER)
    raw["did"] |= {"opened": 3, "stepped_back": 13}  # 3 is hidden, 13 becomes 15
    monkeypatch.setattr(composing, "facts", lambda _by, _quarter: raw)
    report = actions.make_report(by=lead, quarter=QUARTER)
    digest = report.inputs["inputs/service_facts.json"]
    facts = json.loads(bytes(KeptFile.objects.get(sha256=digest).content))
    assert facts["disclosed"] is True
    assert (facts["did"]["opened"], facts["did"]["stepped_back"]) == ("*", 15)


def test_the_same_matter_makes_the_same_bytes(lead: Actor, analyst: Actor) -> None:
    receive(analyst)
    first = actions.make_report(by=lead, quarter=QUARTER)
    second = actions.make_report(by=lead, quarter=QUARTER)
    assert (first.edition, second.edition) == (1, 2)
    assert first.files == second.files


def test_the_report_before_goes_in(lead: Actor, analyst: Actor, supervisor: Actor) -> None:
    receive(analyst)
    first = actions.make_report(by=lead, quarter="2026-Q2")
    assert actions.make_report(by=lead, quarter=QUARTER).previous is None  # a draft counts not
    actions.review(by=supervisor, report=first)
    actions.publish(by=supervisor, report=first)
    second = actions.make_report(by=lead, quarter=QUARTER)
    assert second.previous == first
    assert second.inputs["inputs/last_board.json"] == first.inputs["board.json"]
    page = queries.report_file(second, "board.html").decode()
    assert "April to June 2026" in page


def test_a_second_edition_is_held_against_the_first_and_not_compared_with_it(
    lead: Actor, analyst: Actor, supervisor: Actor
) -> None:
    receive(analyst)
    first = actions.make_report(by=lead, quarter=QUARTER)
    actions.review(by=supervisor, report=first)
    actions.publish(by=supervisor, report=first)
    second = actions.make_report(by=lead, quarter=QUARTER)
    assert second.previous == first
    assert "Beside the last quarter" not in queries.report_file(second, "board.html").decode()


def test_what_a_process_makes_is_written_down(
    lead: Actor, analyst: Actor, started: list[Any]
) -> None:
    receive(analyst)
    asked = actions.ask_for_report(by=lead, quarter=QUARTER)
    done = making.make(lead.service_id, asked.pk)
    assert (done.state, done.message) == ("done", "")
    assert done.report == Report.objects.get()
    assert making.make(lead.service_id, asked.pk).report == done.report
    assert Report.objects.count() == 1


def test_a_finished_one_leads_to_its_draft(
    client: Client, lead: Actor, analyst: Actor, started: list[Any]
) -> None:
    receive(analyst)
    asked = actions.ask_for_report(by=lead, quarter=QUARTER)
    report = making.make(lead.service_id, asked.pk).report
    answer = sign_in(client, lead).get(reverse("reporting:progress", args=[asked.pk]))
    assert answer.url == reverse("reporting:report", args=[report.pk])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (InputNotUsable("the facts are empty", file="service_facts.json", remedy="ask again"),
         "the facts are empty"),
        (RuntimeError("somebody called Ada"),
         "“Write the report, its tables and pictures”. Ask whoever runs this service to look for"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_told_without_anybodys_data(
    client: Client, lead: Actor, analyst: Actor, started: list[Any], fault: Exception, said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    receive(analyst)
    asked = actions.ask_for_report(by=lead, quarter=QUARTER)

    def fail(*_given: Any) -> None:
        raise fault

    monkeypatch.setattr(composing, "compose", fail)
    if isinstance(fault, RuntimeError):
        with pytest.raises(RuntimeError):
            making.make(lead.service_id, asked.pk)
    else:
        making.make(lead.service_id, asked.pk)
    text = sign_in(client, lead).get(reverse("reporting:progress", args=[asked.pk]))
    assert said in text.content.decode()
    assert "Ada" not in text.content.decode()
    assert "Stopped here" in text.content.decode()
    assert not Report.objects.exists()


def test_the_log_says_what_and_where_under_the_reference_and_not_the_words(
    lead: Actor, analyst: Actor, started: list[Any], monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    receive(analyst)
    asked = actions.ask_for_report(by=lead, quarter=QUARTER)

    def fail(*_given: Any) -> None:
        raise RuntimeError("somebody called Ada")

    monkeypatch.setattr(composing, "compose", fail)
    with pytest.raises(CommandError, match="the log has what and where"):
        call_command("make_report", str(lead.service_id), str(asked.pk))
    set_service(lead.service_id)
    (said,) = [one.getMessage() for one in caplog.records if "stopped at step" in one.getMessage()]
    assert f"report-{str(asked.pk)[:8]} stopped at step 2: RuntimeError at " in said
    assert "Ada" not in said
    asked.refresh_from_db()
    assert f"report-{str(asked.pk)[:8]}" in asked.message


def test_whoever_left_makes_no_report(lead: Actor, analyst: Actor, started: list[Any]) -> None:
    receive(analyst)
    asked = actions.ask_for_report(by=lead, quarter=QUARTER)
    Membership.objects.filter(pk=lead.membership.pk).update(ended_at=timezone.now())
    assert "no account here any more" in making.make(lead.service_id, asked.pk).message


@pytest.mark.parametrize("role", [Role.COVER, Role.AUDITOR, Role.ANALYST, Role.COMMISSIONER])
def test_others_make_no_reports(lead: Actor, analyst: Actor, role: Any) -> None:
    receive(analyst)
    someone = make_member(lead.service, role)
    with pytest.raises(NotAllowed):
        actions.ask_for_report(by=someone, quarter=QUARTER)
    with pytest.raises(NotAllowed):
        actions.make_report(by=someone, quarter=QUARTER)


def test_a_kept_report_can_be_taken_out_and_made_again_to_the_byte(
    lead: Actor, analyst: Actor, supervisor: Actor, tmp_path: Path
) -> None:
    receive(analyst)
    first = actions.make_report(by=lead, quarter="2026-Q2")
    actions.review(by=supervisor, report=first)
    actions.publish(by=supervisor, report=first)
    report = actions.make_report(by=lead, quarter=QUARTER)
    call_command("export_report", str(report.pk), str(tmp_path / "report"))
    again = make_again(tmp_path / "report")
    assert again.different == ()
    with pytest.raises(CommandError, match="not empty"):
        call_command("export_report", str(report.pk), str(tmp_path / "report"))
    with pytest.raises(CommandError, match="no such report"):
        call_command("export_report", str(report.evaluation.pk), str(tmp_path / "other"))
    set_service(lead.service_id)
    assert AuditEntry.objects.get(about_id=report.pk, did="exported").purpose == "system"


# Each of them stands in a report otherwise than in the vault.
SET_OTHERWISE = ("I cook\u00ad once a week.", "One.\n\nTwo.", "A “quote”\u2028 & <b>more</b>")


def test_whatever_words_a_report_was_given_it_is_withheld_when_they_are_taken_back(
    lead: Actor, supervisor: Actor, analyst: Actor
) -> None:
    receive(analyst)
    told = []
    for kind in ("story", "quote"):
        for words in SET_OTHERWISE:
            told.append(ready(lead, kind=kind, quarter=QUARTER))
            # As it may have been kept before invisible characters were taken out.
            update_each(Story.objects.filter(pk=told[-1].pk), words=words)
    report = actions.make_report(by=lead, quarter=QUARTER)
    uses = StoryUse.objects.filter(report=report.pk)
    assert {use.story_id for use in uses} == {story.pk for story in told}
    assert not taken_out_of(supervisor, report.pk)
    withdraw(by=lead, consent=Consent.objects.get(person=told[0].case.person, kind="story"))
    assert taken_out_of(supervisor, report.pk)
    with pytest.raises(NotAllowed, match="make this report again"):
        actions.review(by=supervisor, report=report)


@pytest.mark.parametrize("ref", [{}, {"ref": ""}])
def test_words_that_nobody_could_take_out_stand_in_no_report(
    lead: Actor, analyst: Actor, monkeypatch: pytest.MonkeyPatch, ref: dict[str, str]
) -> None:
    receive(analyst)
    raw = composing.facts(lead, QUARTER)
    raw["quotes"] = [{"words": "Nobody lectured me.", "quarter": "July", **ref}]
    monkeypatch.setattr(composing, "facts", lambda _by, _quarter: raw)
    with pytest.raises(NotUsable, match="not from the vault"):
        actions.make_report(by=lead, quarter=QUARTER)
    assert not Report.objects.exists()
