"""A report's way out: a draft, read by a second person, published by a second person, and kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Announcement, AuditEntry, Role
from openhiu.web.reporting import actions, queries
from openhiu.web.reporting.faults import Altered
from openhiu.web.reporting.models import KeptFile, Report
from support.web import make_member, sign_in
from support.web_reporting import make_made_report, receive

pytestmark = pytest.mark.django_db
READ = {"nobody": "on", "true": "on"}


@pytest.fixture
def draft(lead: Actor, analyst: Actor) -> Report:
    """Made by the lead."""
    return make_made_report(lead, receive(analyst))


@pytest.fixture
def out(draft: Report, supervisor: Actor) -> Report:
    """Read and published by the supervisor."""
    actions.review(by=supervisor, report=draft)
    return actions.publish(by=supervisor, report=draft)


def press(client: Client, what: str, report: Report, **data: Any) -> Any:
    return client.post(reverse(f"reporting:{what}", args=[report.pk]), data, follow=True)


def test_a_draft_is_read_and_published_by_a_second_person(
    client: Client, draft: Report, supervisor: Actor, commissioner: Actor
) -> None:
    sign_in(client, supervisor)
    assert "Thank you. It can be published now." in press(client, "review", draft,
                                                          **READ).content.decode()  # fmt: skip
    said = press(client, "publish", draft).content.decode()
    assert "Published. Commissioners can read it now." in said
    draft.refresh_from_db()
    assert (draft.state, draft.reviewed_by, draft.decided_by) == (
        "published", supervisor.membership, supervisor.membership,
    )  # fmt: skip
    told = Announcement.objects.get(to=commissioner.membership)
    assert told.words == "The report for July to September 2026 is published."


def test_nobody_reviews_or_publishes_their_own(
    client: Client, supervisor: Actor, auditor: Actor, analyst: Actor
) -> None:
    own = make_made_report(supervisor, receive(analyst))
    with pytest.raises(NotAllowed, match="You made this report"):
        actions.review(by=supervisor, report=own)
    actions.review(by=auditor, report=own)
    with pytest.raises(NotAllowed, match="You made this report"):
        actions.publish(by=supervisor, report=own)
    sign_in(client, supervisor)
    assert press(client, "publish", own).status_code == 403
    text = client.get(reverse("reporting:report", args=[own.pk])).content.decode()
    assert "You made this report. A second person reads it and publishes it." in text
    assert "Publish it" not in text
    own.refresh_from_db()
    assert own.state == "reviewed"


def test_the_same_person_under_another_role_is_still_the_same_person(
    supervisor: Actor, analyst: Actor
) -> None:
    as_lead = make_member(supervisor.service, Role.LEAD, user=supervisor.user)
    own = make_made_report(as_lead, receive(analyst))
    with pytest.raises(NotAllowed, match="You made this report"):
        actions.review(by=supervisor, report=own)


def test_nothing_goes_out_unread(draft: Report, supervisor: Actor) -> None:
    with pytest.raises(NotAllowed, match="Somebody has to read it whole"):
        actions.publish(by=supervisor, report=draft)


def test_reading_asks_two_questions(client: Client, draft: Report, supervisor: Actor) -> None:
    sign_in(client, supervisor)
    answer = press(client, "review", draft, nobody="on")
    assert answer.status_code == 422
    assert "Read it with this question, then tick the box" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize("what", ["review", "publish", "set_aside", "call_back"])
@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.ANALYST, Role.ADMIN, Role.PARTNER,
                                  Role.COVER, Role.SAFEGUARDING])  # fmt: skip
def test_nobody_else_decides(
    client: Client, draft: Report, supervisor: Actor, what: str, role: Role
) -> None:
    someone = make_member(supervisor.service, role)
    sign_in(client, someone)
    assert press(client, what, draft, note="x", **READ).status_code == 403
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_report_set_aside_stays_and_comes_to_nobody(
    client: Client, draft: Report, lead: Actor, supervisor: Actor
) -> None:
    sign_in(client, lead)
    press(client, "set_aside", draft, note="The risks were last year's.")
    draft.refresh_from_db()
    assert draft.state == "set_aside"
    with pytest.raises(NotAllowed):
        actions.review(by=supervisor, report=draft)
    assert not queries.in_hand(supervisor).exists()
    assert KeptFile.objects.filter(sha256=draft.manifest).exists()


def test_published_bytes_stay_what_they_were(
    client: Client, out: Report, commissioner: Actor
) -> None:
    sign_in(client, commissioner)
    for file in out.files:
        answer = client.get(reverse("reporting:file", args=[out.pk, file["name"]]))
        assert answer.content == queries.report_file(out, file["name"])
        assert answer["Content-Disposition"].startswith('attachment; filename="2026-Q3-edition-1-')
    page = client.get(reverse("reporting:report", args=[out.pk])).content.decode()
    for file in out.files:
        assert file["sha256"] in page


@pytest.mark.parametrize(
    "change",
    [{"files": []}, {"state": "draft"}, {"quarter": "2020-Q1"}, {"manifest": "0" * 64},
     {"decision_note": "other"}, {"made_at": "2020-01-01T00:00Z"}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_the_database_itself_lets_nobody_change_what_was_published(
    out: Report, change: dict[str, Any]
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=out.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=out.pk).delete()


@pytest.mark.parametrize("change", [{"files": []}, {"inputs": {}}, {"manifest": "0" * 64}])
def test_nor_what_was_made_before_it_is_published(draft: Report, change: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=draft.pk).update(**change)


def test_an_altered_file_is_never_published_nor_shown(
    client: Client, draft: Report, supervisor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.review(by=supervisor, report=draft)

    def altered(_report: Report, name: str) -> bytes:
        raise Altered(name)

    monkeypatch.setattr(queries, "report_file", altered)
    sign_in(client, supervisor)
    assert press(client, "publish", draft).status_code == 409
    draft.refresh_from_db()
    assert draft.state == "reviewed"
    for name in ("report.pdf", "report.html"):
        where = reverse("reporting:file", args=[draft.pk, name])
        assert "This file is not shown" in client.get(where).content.decode()
    assert (
        "This file is not shown"
        in client.get(reverse("reporting:read", args=[draft.pk])).content.decode()
    )


def test_every_look_and_every_download_is_recorded_with_why(
    client: Client, out: Report, commissioner: Actor, supervisor: Actor
) -> None:
    for actor in (commissioner, supervisor):
        sign_in(client, actor)
        client.get(reverse("reporting:report", args=[out.pk]))
        client.get(reverse("reporting:read", args=[out.pk]))
        client.get(reverse("reporting:file", args=[out.pk, "report.pdf"]))
    rows = AuditEntry.objects.filter(about_id=out.pk, did__in=("looked", "exported"))
    found = list(rows.order_by("at").values_list("role", "did", "purpose"))
    assert found == [
        ("commissioner", "looked", "commissioning"), ("commissioner", "looked", "commissioning"),
        ("commissioner", "exported", "commissioning"),
        ("supervisor", "looked", "service_management"),
        ("supervisor", "looked", "service_management"),
        ("supervisor", "exported", "service_management"),
    ]  # fmt: skip
    exported = rows.filter(did="exported").first()
    assert exported.detail["sha256"] == out.files[0]["sha256"]


def test_a_correction_is_a_new_edition_beside_the_old_one(
    client: Client, out: Report, lead: Actor, supervisor: Actor, commissioner: Actor
) -> None:
    second = make_made_report(lead, out.evaluation, report__pdf=b"%PDF-1.7 corrected")
    assert second.edition == 2
    actions.review(by=supervisor, report=second)
    actions.publish(by=supervisor, report=second)
    sign_in(client, commissioner)
    shelf = client.get(reverse("reporting:library")).content.decode()
    assert shelf.index(str(second.pk)) < shelf.index(str(out.pk))
    assert shelf.count("Replaced") == 1
    old = client.get(reverse("reporting:report", args=[out.pk])).content.decode()
    assert "Read edition 2" in old
    answer = client.get(reverse("reporting:file", args=[out.pk, "report.pdf"]))
    assert answer.content == b"%PDF-1.7 a report"


def test_a_report_that_tells_too_much_is_called_back(
    client: Client, out: Report, supervisor: Actor, commissioner: Actor
) -> None:
    sign_in(client, supervisor)
    assert press(client, "call_back", out, note="").status_code == 422
    press(client, "call_back", out, note="A quote can be recognised.")
    out.refresh_from_db()
    assert out.state == "called_back"
    sign_in(client, commissioner)
    for name, args in (("report", []), ("read", []), ("file", ["report.pdf"])):
        assert client.get(reverse(f"reporting:{name}", args=[out.pk, *args])).status_code == 404
    shelf = client.get(reverse("reporting:library")).content.decode()
    assert "The report for July to September 2026 was called back on 11 November 2026." in shelf
    assert "A quote can be recognised." not in shelf
    told = Announcement.objects.filter(to=commissioner.membership, words__contains="Delete")
    assert told.count() == 1
    assert KeptFile.objects.filter(sha256=out.files[0]["sha256"]).exists()


def test_the_web_page_of_a_report_keeps_its_style_and_can_do_nothing(
    client: Client, out: Report, commissioner: Actor
) -> None:
    answer = sign_in(client, commissioner).get(reverse("reporting:read", args=[out.pk]))
    policy = answer["Content-Security-Policy"]
    # printf 'p{margin:0}' | openssl dgst -sha256 -binary | base64
    assert "style-src 'sha256-QRQPRLGyxt3RJiKpYNjpkgHcmHU2PywsfL2e8oI0LQA='" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
