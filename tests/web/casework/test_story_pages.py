"""The pages of the story vault: what stands on them, for whom, and what pressing does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.drafts import keep_draft
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.casework import actions
from openhiu.web.casework.forms.plan import ReasonForm
from openhiu.web.casework.models import Case, Consent, Objection, Story
from openhiu.web.casework.story_details import DETAILS
from openhiu.web.people.actions import mark_died
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case
from support.web_stories import WORDS, agreed, approved, in_report, ready, written

pytestmark = pytest.mark.django_db
VAULT = "/stories/"


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD, name="Ada Lead")


@pytest.fixture
def case(lead: Actor) -> Case:
    return make_case(lead, given_name="Robin", family_name="Quillfeather")


@pytest.fixture
def supervisor(lead: Actor) -> Actor:
    return make_member(lead.service, Role.SUPERVISOR, name="Sam Supervisor")


def page(client: Client, actor: Actor, url: str) -> str:
    return sign_in(client, actor).get(url).content.decode()


def at(name: str, thing: Any) -> str:
    return reverse(f"casework:{name}", args=[thing.pk])


def today() -> dict[str, int]:
    now = timezone.localdate()
    return {"day": now.day, "month": now.month, "year": now.year}


def dated(name: str) -> dict[str, int]:
    return {f"{name}_{part}": value for part, value in today().items()}


def test_before_their_yes_the_page_says_what_is_missing_and_leads_there(
    client: Client, lead: Actor, case: Case
) -> None:
    text = page(client, lead, at("write_story", case))
    assert "They have not said yes to their story in reports" in text
    assert at("answer_story", case) in text
    assert "The words" not in text


def test_a_quote_goes_from_the_form_to_ready(
    client: Client, lead: Actor, case: Case, supervisor: Actor
) -> None:
    agreed(lead, case)
    sign_in(client, lead)
    told = {"kind": "quote", "words": "Nobody lectured me.", "quarter": "2026-Q4",
            "changed": list(DETAILS)}  # fmt: skip
    answer = client.post(at("write_story", case), told)
    quote = Story.objects.get()
    assert answer.url == at("story", quote)
    client.post(
        at("approve_story", quote),
        {"version": quote.version, "agreed": "on", "said": "Yes", "how": "spoken", **dated("on")},
    )
    for role in (Role.SUPERVISOR, Role.SAFEGUARDING):
        sign_in(client, make_member(lead.service, role))
        client.post(at("review_story", quote), {"safe": "yes", "edition": 1})
    quote.refresh_from_db()
    assert quote.state == "ready"


def test_an_unticked_detail_keeps_what_was_typed(client: Client, lead: Actor, case: Case) -> None:
    agreed(lead, case)
    told = {"kind": "quote", "words": "Nobody lectured me.", "quarter": "2026-Q4",
            "changed": [key for key in DETAILS if key != "places"]}  # fmt: skip
    text = sign_in(client, lead).post(at("write_story", case), told).content.decode()
    assert 'href="#id_changed' in text, "the summary leads to the boxes"
    assert "1 detail is not ticked" in text
    assert "Nobody lectured me." in text
    assert not Story.objects.exists()


def test_a_quote_is_counted_to_its_own_limit_at_its_own_field(
    client: Client, lead: Actor, case: Case
) -> None:
    agreed(lead, case)
    told = {"kind": "quote", "words": "x" * 281, "quarter": "2026-Q4", "changed": ["names"]}
    text = sign_in(client, lead).post(at("write_story", case), told).content.decode()
    assert 'href="#id_words"' in text
    assert "The words must be 280 characters or fewer" in text
    assert 'data-maxlength="280"' in text
    assert f"{len(DETAILS) - 1} details are not ticked" in text
    quote = written(lead, case, kind="quote")
    assert 'data-maxlength="280"' in page(client, lead, at("change_story", quote))
    assert 'data-maxlength="3000"' in page(client, lead, at("write_story", case))
    told |= {"kind": "story", "title": "Long", "changed": list(DETAILS)}
    assert client.post(at("write_story", case), told).status_code == 302


def test_of_someone_who_died_the_page_says_so_and_asks_for_nothing(
    client: Client, lead: Actor, supervisor: Actor, case: Case
) -> None:
    agreed(lead, case)
    mark_died(by=supervisor, person=case.person, on=timezone.localdate(), registered=True)
    text = page(client, lead, at("write_story", case))
    assert "This person has died." in text
    for never in ("Not yet", "Ask when things are steady", at("answer_story", case)):
        assert never not in text


def test_of_another_leads_client_there_is_no_page_and_after_a_no_an_answer_can_be_recorded(
    client: Client, lead: Actor, case: Case
) -> None:
    agreed(lead, case)
    other = make_member(lead.service, Role.LEAD)
    assert sign_in(client, other).get(at("write_story", case)).status_code == 404
    actions.withdraw(by=lead, consent=Consent.objects.get(kind="story"))
    text = page(client, lead, at("write_story", case))
    assert "They took back their yes" in text
    assert at("answer_story", case) in text


# --- the words were changed while somebody had them before them ---


def changed(lead: Actor, story: Story) -> Story:
    return actions.change_story(
        by=lead, story=story, version=story.version, quarter=story.quarter, title="Other",
        words="Quite other words.", changed=list(DETAILS),
    )  # fmt: skip


def test_a_yes_to_words_that_were_changed_is_not_offered_to_be_saved(
    client: Client, lead: Actor
) -> None:
    story = written(lead)
    told = {"version": story.version, "agreed": "on", "said": "Yes, that", "how": "spoken",
            **dated("on")}  # fmt: skip
    sign_in(client, lead)
    keep_draft(lead.membership, f"approve:{story.pk}:1", {"agreed": ["on"], "said": ["Yes, that"]})
    changed(lead, story)
    answer = client.post(at("approve_story", story), told)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "The words were changed. Read the new ones to them first." in text
    assert "Quite other words." in text
    for page_now in (text, client.get(at("approve_story", story)).content.decode()):
        assert "Yes, that" not in page_now
        assert "checked" not in page_now
    story.refresh_from_db()
    assert story.approved_edition == 0


def test_a_reader_who_typed_about_earlier_words_reads_the_new_ones_and_saves(
    client: Client, lead: Actor, supervisor: Actor
) -> None:
    story = approved(lead)
    sign_in(client, supervisor)
    for key in (f"review:{story.pk}", f"review:{story.pk}:1"):
        keep_draft(supervisor.membership, key, {"safe": ["no"], "words": ["Old"], "edition": ["1"]})
    approved(lead, changed(lead, story))
    fresh = client.get(at("review_story", story)).content.decode()
    assert re.search(r'name="edition"[^>]*value="2"', fresh)
    assert ">Old<" not in fresh
    answer = client.post(at("review_story", story), {"safe": "yes", "words": "", "edition": 1})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "The words were changed. Read the new ones." in text
    assert "Quite other words." in text
    (edition,) = re.findall(r'name="edition"[^>]*value="(\d+)"', text)
    answer = client.post(at("review_story", story), {"safe": "yes", "edition": edition})
    assert answer.status_code == 302
    story.refresh_from_db()
    assert story.state == "reviewed_once"


def test_pressing_twice_writes_one(client: Client, lead: Actor, case: Case) -> None:
    agreed(lead, case)
    token = "0f0e0d0c-0b0a-4908-8706-050403020109"
    told = {"kind": "quote", "words": "Once.", "quarter": "2026-Q4", "changed": list(DETAILS),
            "posted": token}  # fmt: skip
    sign_in(client, lead)
    assert client.post(at("write_story", case), told).url
    client.post(at("write_story", case), told)
    assert Story.objects.count() == 1


def test_a_reader_sees_words_and_no_name_and_a_lead_sees_whose_they_are(
    client: Client, lead: Actor, case: Case, supervisor: Actor
) -> None:
    story = approved(lead, written(lead, agreed(lead, case)))
    idris = make_member(lead.service, Role.SAFEGUARDING)
    for url in (VAULT, at("story", story), at("review_story", story)):
        text = page(client, idris, url)
        assert WORDS in text, url
        assert "Quillfeather" not in text, url
    assert "Quillfeather" in page(client, lead, VAULT)
    assert "Waiting for you to read" in page(client, supervisor, VAULT)
    assert "Waiting for you to read" not in page(client, lead, VAULT)


@pytest.mark.parametrize(
    "role", [Role.PARTNER, Role.ANALYST, Role.COMMISSIONER, Role.AUDITOR, Role.ADMIN]
)
def test_nobody_else_reads_the_vault(client: Client, lead: Actor, role: Role) -> None:
    story = ready(lead)
    someone = make_member(lead.service, role)
    for url in (VAULT, at("story", story)):
        answer = sign_in(client, someone).get(url)
        assert answer.status_code == 403
        assert WORDS not in answer.content.decode()


def test_what_cannot_be_done_says_why_and_a_refused_page_says_the_same(
    client: Client, lead: Actor
) -> None:
    story = approved(lead)
    why = "You wrote this. Someone else reads it before it is told."
    assert why in page(client, lead, at("story", story))
    answer = client.get(at("review_story", story))
    assert answer.status_code == 403
    assert why in answer.content.decode()


def test_two_press_take_out_and_the_words_are_gone_from_the_page(
    client: Client, lead: Actor, supervisor: Actor
) -> None:
    story = ready(lead)
    in_report(supervisor, story)
    assert "its files are kept, nobody can open them" in page(
        client, supervisor, at("take_out_story", story)
    )
    client.post(at("take_out_story", story), {"reason": "A cousin would know."})
    text = page(client, supervisor, at("story", story))
    assert WORDS not in text
    assert "A cousin would know." in text
    assert "taken out" in text


def test_the_quarter_narrows_the_vault(client: Client, lead: Actor) -> None:
    ready(lead, title="Autumn one")
    ready(lead, title="Summer one", quarter="2026-Q3")
    ready(lead, title="Spring one", quarter="2026-Q2")
    for quarter, wanted in (
        ("2026-Q3", {"Summer"}), ("", {"Autumn", "Summer"}), ("nonsense", {"Autumn", "Summer"}),
        ("every", {"Autumn", "Summer", "Spring"}),
    ):  # fmt: skip
        text = page(client, lead, f"{VAULT}?quarter={quarter}")
        assert {one for one in ("Autumn", "Summer", "Spring") if f"{one} one" in text} == wanted


def test_the_consent_page_has_one_answer_for_each_purpose_and_its_stories(
    client: Client, lead: Actor, case: Case
) -> None:
    agreed(lead, case)
    agreed(lead, case, purpose="training", given=False)
    story = written(lead, case)
    text = page(client, lead, at("consent", case))
    assert "training of staff" in text
    assert at("story", story) in text
    answer = client.post(
        at("answer_story", case),
        {"purpose": "talks", "given": "yes", "route": "spoken", "capacity": "presumed",
         "evidence": "Yes", "told": "x", **dated("answered_on")},
    )  # fmt: skip
    assert answer.status_code == 302
    assert Consent.objects.filter(kind="story", given=True).count() == 2


def test_not_wanting_to_be_counted_is_recorded_and_lifted_on_the_consent_page(
    client: Client, lead: Actor, case: Case
) -> None:
    sign_in(client, lead)
    client.post(at("object_to_counting", case), {"words": "Please not.", **dated("heard_on")})
    assert Objection.objects.get().words == "Please not."
    assert "Not counted" in client.get(at("consent", case)).content.decode()
    client.post(at("lift_objection", case))
    assert Objection.objects.get().lifted_by == lead.membership
    assert "They do not want to be counted" in client.get(at("consent", case)).content.decode()


def test_looking_at_a_story_is_recorded_for_its_client(
    client: Client, lead: Actor, supervisor: Actor
) -> None:
    story = ready(lead)
    page(client, supervisor, at("story", story))
    entry = AuditEntry.objects.get(did="looked", user=supervisor.user)
    assert entry.person_id == story.case.person_id


def test_a_copy_of_the_record_holds_their_story_and_their_objection(
    lead: Actor, case: Case
) -> None:
    from openhiu.web.casework.presenters.export import record_of

    written(lead, agreed(lead, case))
    actions.object_to_counting(by=lead, person=case.person, heard_on=timezone.localdate())
    kept = record_of(case)
    assert kept["Stories and quotes"][0]["Words"] == WORDS
    assert kept["Not wanting to be counted"]


def test_the_page_of_a_reason_warns_that_a_missing_service_names_nobody() -> None:
    hint = ReasonForm().fields["missing_service"].help_text
    assert "Name the kind of service, never the person." in hint
