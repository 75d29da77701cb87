"""A commissioner reads what was published and nothing else: no draft, no evaluation, no fact."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.reporting import actions
from openhiu.web.reporting.models import Report
from support.web import make_member, sign_in
from support.web_reporting import make_made_report, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(supervisor: Actor, analyst: Actor) -> Report:
    return make_made_report(supervisor, receive(analyst))


@pytest.fixture
def out(lead: Actor, supervisor: Actor, draft: Report) -> Report:
    report = make_made_report(lead, draft.evaluation, quarter="2026-Q2")
    actions.review(by=supervisor, report=report, note="Read on the train.")
    return actions.publish(by=supervisor, report=report)


def pages(report: Report) -> list[str]:
    """Every address of a report."""
    names = [reverse("reporting:report", args=[report.pk]),
             reverse("reporting:read", args=[report.pk])]  # fmt: skip
    files = [file["name"] for file in report.files]
    return names + [reverse("reporting:file", args=[report.pk, name]) for name in files]


def test_the_library_has_what_was_published_and_no_trace_of_a_draft(
    client: Client, commissioner: Actor, draft: Report, out: Report
) -> None:
    sign_in(client, commissioner)
    text = client.get(reverse("reporting:library")).content.decode()
    assert "April to June 2026" in text
    assert "July to September 2026" not in text
    assert str(draft.pk) not in text
    assert "Make this quarter" not in text


def test_a_draft_answers_like_a_report_that_is_not_there(
    client: Client, commissioner: Actor, draft: Report
) -> None:
    sign_in(client, commissioner)
    for page in pages(draft):
        nothing = client.get(page.replace(str(draft.pk), "0f0e0d0c-0b0a-4908-8706-050403020100"))
        answer = client.get(page)
        assert (answer.status_code, nothing.status_code) == (404, 404)
        assert b"2026-Q3" not in answer.content


def test_a_reviewed_report_is_not_a_published_one(
    client: Client, commissioner: Actor, auditor: Actor, draft: Report
) -> None:
    actions.review(by=auditor, report=draft)
    sign_in(client, commissioner)
    assert {client.get(page).status_code for page in pages(draft)} == {404}


def test_no_page_of_the_evaluation_answers_a_commissioner(
    client: Client, commissioner: Actor, draft: Report
) -> None:
    evaluation = draft.evaluation.pk
    sign_in(client, commissioner)
    closed = [
        reverse("reporting:outcomes"), reverse("reporting:earlier"),
        reverse("reporting:evaluation", args=[evaluation]),
        reverse("reporting:evaluation_file", args=[evaluation, "evaluation.json"]),
        reverse("reporting:evaluation_file", args=[evaluation, "evaluation.xlsx"]),
        reverse("reporting:figure", args=[evaluation, "figures/the-picture-3-months.svg"]),
        reverse("reporting:delivered"), reverse("reporting:upload"), reverse("reporting:make"),
        reverse("reporting:logic_model"), reverse("reporting:words"),
        reverse("reporting:review", args=[draft.pk]),
        reverse("reporting:publish", args=[draft.pk]),
        reverse("reporting:call_back", args=[draft.pk]),
    ]  # fmt: skip
    assert {client.get(page).status_code for page in closed} == {403}
    assert {client.post(page).status_code for page in closed} == {403}


def test_what_a_report_was_made_from_is_never_one_of_its_files(
    client: Client, commissioner: Actor, out: Report
) -> None:
    sign_in(client, commissioner)
    for name in (*out.inputs, "service_facts.json", "roster.csv", "people.parquet", "manifest.json",
                 "../service_facts.json"):  # fmt: skip
        assert client.get(f"/reports/{out.pk}/files/{name}").status_code == 404, name
    for page in pages(out):
        assert b"raw counts" not in client.get(page).content


def test_the_page_of_a_report_names_nobody_who_made_it(
    client: Client, commissioner: Actor, out: Report
) -> None:
    sign_in(client, commissioner)
    text = client.get(reverse("reporting:report", args=[out.pk])).content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    for inside in ("Asha Rahman", "Esther Oyelaran", "Read on the train", out.manifest,
                   "Nothing was said about money"):  # fmt: skip
        assert inside not in main
    assert "Published 11 November 2026" in main


def test_every_link_a_commissioner_is_given_leads_somewhere_they_may_go(
    client: Client, commissioner: Actor, draft: Report, out: Report
) -> None:
    sign_in(client, commissioner)
    seen, ahead = set(), ["/"]
    while ahead:
        page = ahead.pop()
        answer = client.get(page)
        assert answer.status_code in (200, 302), page
        seen.add(page)
        if "html" in answer["Content-Type"]:
            found = re.findall(r'href="(/[^"#?]*)"', answer.content.decode())
            wanted = set(found) - seen - set(ahead)
            ahead += [url for url in wanted if not url.startswith(("/static/", "/sign-out"))]
    assert reverse("reporting:report", args=[out.pk]) in seen
    assert not any(str(draft.pk) in page or "outcomes" in page for page in seen)


def test_the_morning_page_shows_the_newest_report(
    client: Client, commissioner: Actor, supervisor: Actor, analyst: Actor
) -> None:
    sign_in(client, commissioner)
    assert "No report has been published yet." in client.get("/").content.decode()
    report = make_made_report(make_member(supervisor.service, Role.LEAD), receive(analyst))
    actions.review(by=supervisor, report=report)
    actions.publish(by=supervisor, report=report)
    text = client.get("/").content.decode()
    assert reverse("reporting:report", args=[report.pk]) in text


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ADMIN, Role.SAFEGUARDING])
def test_some_roles_read_no_reports(
    client: Client, supervisor: Actor, out: Report, role: Any
) -> None:
    sign_in(client, make_member(supervisor.service, role))
    assert {client.get(page).status_code for page in pages(out)} == {403}
    assert client.get(reverse("reporting:library")).status_code == 403
