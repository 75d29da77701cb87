"""Who must not see: a partner, an analyst, another service, someone who left, a commissioner."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from support.someone import PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]
# Each stands in exactly one part of the record, so that seeing it tells what has leaked.
CANARIES = {
    "what_matters": "Heronsong by the canal, and a bench.",
    "strengths": "Mends brasswork clocks.",
    "warning_signs": "Sleeps in the greenhouse.",
    "what_helps": "Tea with the ferryman.",
    "come_if": "Turns the colour of slate.",
}
PAGES = ("", "plan/", "contacts/", "consent/", "history/", "seen/", "contacts/new", "tasks/",
         "outcomes/", "supervision/", "plan/card/", "export/")  # fmt: skip


@pytest.fixture
def client(stage: Stage, lead: str) -> dict[str, str]:
    """A client with a word nobody else has in every part of the record."""
    made: dict[str, str] = stage(
        "client", key=lead, given="Peregrine", family="Oakenshaw", words=CANARIES
    )
    return made


def test_a_partner_sees_what_was_agreed_and_nothing_else(
    at_browser: Arrive, stage: Stage, lead: str, client: dict[str, str]
) -> None:
    grace = at_browser("grace")
    stage("share_with_housing", key=lead, case=client["case"], items=["name", "what_matters"])
    grace.goes_to("/").goes_to("/shared/").follows("Peregrine Oakenshaw")
    grace.sees(CANARIES["what_matters"]).takes_picture("partner-desk")
    hidden = [text for key, text in CANARIES.items() if key != "what_matters"]
    grace.never_sees(*hidden, "07700 900 321", "900321")
    for page in PAGES:
        assert grace.answered(f"/clients/{client['case']}/{page}") in (403, 404)
    for path in ("/clients/", "/people/find/", "/lists/hospitals/", f"/people/{client['person']}/"):
        assert grace.answered(path) in (403, 404)


def test_after_a_withdrawal_the_partner_sees_nothing_at_once(
    at_browser: Arrive, stage: Stage, lead: str, client: dict[str, str]
) -> None:
    grace, nia = at_browser("grace", on=PHONE), at_browser(lead, on=PHONE)
    stage("share_with_housing", key=lead, case=client["case"], items=["name", "what_matters"])
    page = f"/shared/{client['person']}/"
    grace.goes_to(page).sees(CANARIES["what_matters"])
    nia.goes_to(f"/clients/{client['case']}/consent/")
    housing = nia.page.locator(".nhsuk-card", has_text="Larkham Housing Advice").last
    nia.follows("They take it back", inside=housing).presses("Yes, they take it back")
    nia.sees("Taken back")
    assert grace.answered(page) == 404
    grace.goes_to("/shared/").never_sees(CANARIES["what_matters"])


def test_an_analyst_delivers_but_never_reads_a_name_or_a_note(
    at_browser: Arrive, stage: Stage, client: dict[str, str]
) -> None:
    frank = at_browser("frank")
    for path in ("/", "/lists/sent/", "/activity/feeds/", "/account/"):
        frank.goes_to(path).never_sees(*CANARIES.values(), "Peregrine", "Oakenshaw")
    for page in PAGES:
        assert frank.answered(f"/clients/{client['case']}/{page}") in (403, 404)
    for path in ("/clients/", "/people/find/", "/lists/hospitals/", "/lists/reach/", "/team/"):
        assert frank.answered(path) in (403, 404)


def test_to_another_services_lead_everything_answers_as_if_it_did_not_exist(
    at_browser: Arrive, client: dict[str, str]
) -> None:
    mo = at_browser("mo")
    nowhere = "00000000-0000-4000-8000-000000000000"
    for page in PAGES:
        theirs = mo.page.request.get(f"{mo.stage.address}/clients/{client['case']}/{page}")
        none = mo.page.request.get(f"{mo.stage.address}/clients/{nowhere}/{page}")
        assert theirs.status == none.status == 404
        assert without_tokens(theirs.text()) == without_tokens(none.text())
    for path in ("/", "/clients/", "/lists/hospitals/", "/lists/reach/", "/tasks/"):
        mo.goes_to(path).never_sees(*CANARIES.values(), "Peregrine", "Oakenshaw")
    mo.goes_to("/people/find/").page.locator("#q").fill("Oakenshaw")
    mo.sees("Nobody found")


def without_tokens(page: str) -> str:
    """A page without what is new in every answer."""
    return re.sub(r'(nonce|value|data-remaining)="[^"]*"|clients(/|%2F)[\w/%-]*', "", page)


def test_a_lead_of_the_same_service_must_say_why_and_is_seen(
    at_browser: Arrive, stage: Stage, lead: str, client: dict[str, str]
) -> None:
    carla = at_browser("carla").goes_to(f"/clients/{client['case']}/")
    carla.sees_heading("This client is supported by someone else")
    carla.never_sees(*CANARIES.values(), "Peregrine", "Oakenshaw")
    carla.presses("Open the record").sees("There is a problem")
    reason = "They came to our drop-in and said they were being followed home."
    carla.writes("Why do you need to open this record?", reason)
    carla.picks("Do you know this person outside work?", "No")
    carla.ticks("I need this for their care or safety")
    carla.presses("Open the record").sees("You are reading someone else's client")
    at_browser(lead).goes_to(f"/clients/{client['case']}/seen/").sees("Carla Mensah")


def test_a_lead_whose_account_is_closed_while_signed_in_is_out_at_the_next_press(
    at_browser: Arrive, stage: Stage, lead: str, client: dict[str, str]
) -> None:
    nia = at_browser(lead).goes_to(f"/clients/{client['case']}/contacts/new")
    nia.writes("What mattered", "I was here until noon.").selects("Reached?", "Yes, we spoke")
    stage("disable", key=lead)
    nia.presses("Save the contact").sees_heading("Sign in")
    nia.never_sees(*CANARIES.values(), "Peregrine", "Oakenshaw")
    assert stage("contacts", case=client["case"]) == []
    nia.goes_back()
    nia.never_sees(*CANARIES.values())


def test_a_commissioner_finds_no_page_with_a_person_on_it(
    at_browser: Arrive, client: dict[str, str]
) -> None:
    lena = at_browser("lena").goes_to("/").never_sees("Peregrine", "Oakenshaw")
    for path in (
        "/clients/",
        "/lists/hospitals/",
        "/people/find/",
        "/shared/",
        "/team/",
        "/audit/",
    ):
        assert lena.answered(path) == 403
