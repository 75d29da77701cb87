"""A lead's day: a visit logged with one bar of signal, a lock mid-note, two people at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from playwright.sync_api import expect

from support.someone import PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]
NOTE = "She had the kettle on before I rang. The letters from the landlord are the worry."
FIELDS = "Object.fromEntries(new FormData(document.querySelector('main form')))"
ONE_BAR = {"offline": False, "latency": 900, "downloadThroughput": 6_000, "uploadThroughput": 4_000}


def writes_the_visit(lead: Someone) -> Someone:
    """All of the one-minute log, on a phone at a kitchen table."""
    lead.selects("Who with?", "Them").selects("How?", "Visit").selects("Reached?", "Yes, we spoke")
    lead.writes("What mattered", NOTE)
    return lead.writes("Next step", "Ring the landlord together")


def keeps_the_draft(lead: Someone) -> Someone:
    expect(lead.page.locator("[data-draft-status]")).to_contain_text("Saved as a draft")
    return lead


def has_written(lead: Someone) -> dict[str, str]:
    """What stands in the form now."""
    return {
        "what": lead.page.get_by_label("What mattered", exact=True).input_value(),
        "next": lead.page.get_by_label("Next step", exact=True).input_value(),
        "how": lead.page.get_by_label("How?", exact=True).input_value(),
    }


ALL = {"what": NOTE, "next": "Ring the landlord together", "how": "visit"}


def new_client(stage: Stage, lead: str, given: str = "Marjorie") -> str:
    made = stage("client", key=lead, given=given, family="Quillfeather")
    return str(made["case"])


def test_a_visit_is_logged_with_one_bar_of_signal_and_saved_once(
    at_browser: Arrive, stage: Stage, lead: str
) -> None:
    case = new_client(stage, lead)
    nia = at_browser(lead, on=PHONE)
    nia.watch.forgive("net::ERR")
    nia.goes_to(f"/clients/{case}/").follows("Record a contact")
    network = nia.page.context.new_cdp_session(nia.page)
    network.send("Network.emulateNetworkConditions", {**ONE_BAR, "offline": True})
    writes_the_visit(nia)
    status = nia.page.locator("[data-draft-status]")
    expect(status).to_contain_text("Not saved: no connection")
    assert stage("drafts", key=lead) == []
    network.send("Network.emulateNetworkConditions", ONE_BAR)
    nia.page.evaluate("window.dispatchEvent(new Event('online'))")
    keeps_the_draft(nia).takes_picture("log-a-contact-phone")
    nia.page.get_by_role("button", name="Save the contact").dblclick()
    nia.sees("The contact is saved", NOTE)
    assert [row["words"] for row in stage("contacts", case=case)] == [NOTE]
    assert stage("drafts", key=lead) == []


def test_a_session_that_locks_mid_note_gives_every_field_back(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any]
) -> None:
    case = new_client(stage, lead)
    nia = at_browser(lead, on=device).goes_to(f"/clients/{case}/contacts/new")
    keeps_the_draft(writes_the_visit(nia))
    stage("let_time_pass", key=lead, minutes=16)
    nia.presses("Save the contact").sees_heading("Sign in")
    nia.sees("What you typed was kept").never_sees(NOTE, "Marjorie", "Quillfeather")
    signs_in_again(nia, stage, lead)
    nia.goes_to(f"/clients/{case}/contacts/new").sees("This is your draft")
    assert has_written(nia) == ALL
    nia.presses("Save the contact").sees("The contact is saved")
    assert len(stage("contacts", case=case)) == 1


def test_an_open_page_locks_by_itself_and_shows_nothing_any_more(
    at_browser: Arrive, stage: Stage, lead: str
) -> None:
    case = new_client(stage, lead)
    nia = at_browser(lead, on=PHONE).goes_to(f"/clients/{case}/contacts/new")
    keeps_the_draft(writes_the_visit(nia))
    stage("let_time_pass", key=lead, minutes=13)
    nia.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    nia.page.get_by_role("dialog", name="Are you still there?").wait_for()
    stage("let_time_pass", key=lead, minutes=3)
    nia.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    nia.page.wait_for_url("**/sign-in/**")
    nia.sees_heading("Sign in").never_sees("Marjorie", NOTE)


def signs_in_again(lead: Someone, stage: Stage, key: str) -> None:
    """The journeys of signing in are told elsewhere; this is what they lead to."""
    lead.page.context.add_cookies([{**stage("sign_in_as", key=key), "url": stage.address}])


def test_two_people_writing_at_once_see_both_texts_and_neither_is_lost(
    at_browser: Arrive, stage: Stage, lead: str
) -> None:
    case = new_client(stage, lead)
    desk, phone = at_browser(lead), at_browser(lead, on=PHONE)
    words = f"/clients/{case}/plan/words/"
    desk.goes_to(words)
    phone.goes_to(words).writes("What matters to them", "The cat comes too.").presses("Save")
    desk.writes("What matters to them", "A dry bedroom.").presses("Save")
    desk.sees("The cat comes too.", "A dry bedroom.").takes_picture("both-texts-desk")
    phone.goes_to(f"/clients/{case}/plan/").sees("The cat comes too.")
    desk.writes("What matters to them", "The cat, and a dry bedroom.").presses("Save")
    phone.goes_to(f"/clients/{case}/plan/").sees("The cat, and a dry bedroom.")


def test_neither_the_back_button_nor_a_form_sent_twice_doubles_a_record(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any]
) -> None:
    case = new_client(stage, lead)
    path = f"/clients/{case}/contacts/new"
    nia = writes_the_visit(at_browser(lead, on=device).goes_to(path))
    sent = nia.page.evaluate(FIELDS)
    nia.presses("Save the contact").sees("The contact is saved").goes_back()
    assert len(stage("contacts", case=case)) == 1
    assert sends_again(nia, path, sent).url.endswith(f"/clients/{case}/contacts/")
    assert len(stage("contacts", case=case)) == 1
    sends_again(nia, path, {**sent, "posted": str(uuid4())})  # a second visit, told in like words
    assert len(stage("contacts", case=case)) == 2


def sends_again(lead: Someone, path: str, fields: dict[str, str]) -> Any:
    """What a browser does when the answer to a form was lost on the way."""
    return lead.page.request.post(lead.stage.address + path, form=fields)


def test_a_client_is_walked_backwards_with_kept_open_and_picked_up_without_a_referral(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any]
) -> None:
    case = new_client(stage, lead, "Owen")
    nia = at_browser(lead, on=device).goes_to(f"/clients/{case}/")
    steps = [
        ("Start walking backwards", "Steadier since the flat is dry.", "Walking backwards"),
        ("Keep open at a distance", "He knows my number.", "Open at a distance"),
    ]
    for way, reason, now in steps:
        nia.follows(way).writes("Why now?", reason).presses(way).sees(now)
    nia.presses("Pick up again").sees("Picked up again")  # one tap: nobody waits for a form
    assert stage("phase", case=case) == "picked_up_again"
    nia.goes_to(f"/clients/{case}/history/").sees(*[reason for _, reason, _ in steps])


def test_a_client_is_found_by_a_misspelt_name_and_by_phone_digits_as_one_types(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any]
) -> None:
    stage("client", key=lead, given="Siobhán", family="O'Brien", phone="07700 900 747")
    nia = at_browser(lead, on=device).goes_to("/people/find/")
    for text in ("shivaun obrian", "siobhan", "900747"):
        nia.page.locator("#q").fill("")
        nia.page.locator("#q").press_sequentially(text)
        nia.page.locator("#results").get_by_role("link", name="Siobhán O'Brien").wait_for()
        assert nia.page.url.endswith("/people/find/")
    nia.takes_picture("search-" + ("phone" if device is PHONE else "desk"))
    nia.follows("Siobhán O'Brien").sees_heading("Siobhán")


def test_the_morning_page_the_active_list_and_a_clients_pages(
    at_browser: Arrive, stage: Stage, device: dict[str, Any]
) -> None:
    size = "phone" if device is PHONE else "desk"
    asha = at_browser("asha", on=device).goes_to("/").sees("s calls (", "My caseload")
    asha.takes_picture(f"morning-{size}").follows("Everyone I support")
    asha.sees_heading("People you are supporting").takes_picture(f"active-list-{size}")
    asha.goes_to(f"/clients/{stage('busiest', key='asha')}/").sees("Last contact", "Next contact")
    asha.takes_picture(f"client-{size}")
    tabs = asha.page.get_by_role("navigation", name="This client")
    for tab in tabs.get_by_role("link").all_inner_texts():
        asha.follows(tab, inside=tabs)
    asha.follows("Contacts", inside=tabs).takes_picture(f"contacts-{size}")
    asha.follows("Activity", inside=tabs).sees("Two years in one picture")
    asha.takes_picture(f"activity-{size}", of="Two years in one picture")
    asha.goes_to("/caseload/").takes_picture(f"caseload-{size}")
    for path in ("/tasks/", "/end-of-day/", "/consent/reviews/", "/account/", "/worried/"):
        asha.goes_to(path)
