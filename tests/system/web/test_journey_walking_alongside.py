"""Walking alongside: a night at A&E, a return, leave, a letter, a silent feed, a meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from support.someone import DESK, PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]
HELPS = "Somebody who stays on the line. The choir."


def new_client(stage: Stage, lead: str, given: str, family: str = "Quillfeather") -> str:
    made = stage("client", key=lead, given=given, family=family)
    return str(made["case"])


def test_a_night_attendance_becomes_a_morning_call(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any]
) -> None:
    case = new_client(stage, lead, "Winifred")
    stage("plan_words", key=lead, case=case, what_helps=HELPS, come_if="My chest hurts.")
    stage("came_at_night", case=case, complaint="overdose")
    nia = at_browser(lead, on=device).goes_to("/")
    nia.sees("Early warnings", "Winifred")
    if device is PHONE:
        nia.takes_picture("warning-morning-phone")
    nia.goes_to("/activity/signals/").sees("Winifred Quillfeather", "overdose")
    nia.follows("Winifred Quillfeather").sees("What was done?", HELPS)
    nia.takes_picture("warning-phone" if device is PHONE else "warning-desk")
    nia.follows("Record a contact instead").selects("Who with?", "Them")
    nia.selects("How?", "Phone call").selects("Reached?", "Yes, we spoke")
    nia.writes("What mattered", "She was frightened, not ill. Choir tonight.")
    nia.presses("Save the contact").sees("The contact is saved")
    assert {one["state"] for one in stage("signals", case=case)} == {"acknowledged"}
    nia.goes_to("/activity/signals/").never_sees("Winifred")


def test_somebody_comes_back_after_five_months_with_one_tap(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any]
) -> None:
    case = new_client(stage, lead, "Aurelia")
    stage("quiet_for_months", key=lead, case=case, months=5)
    stage("came_at_night", case=case)
    assert stage("phase", case=case) == "at_a_distance"
    nia = at_browser(lead, on=device).goes_to("/activity/signals/")
    nia.follows("Aurelia Quillfeather").sees("while open at a distance")
    nia.takes_picture("picked-up-phone" if device is PHONE else "picked-up-desk")
    nia.presses("Pick up again now").sees("Picked up again")
    assert stage("phase", case=case) == "picked_up_again"
    assert {one["state"] for one in stage("signals", case=case)} == {"acknowledged"}
    nia.goes_to("/").sees("Aurelia Quillfeather")


def test_leave_is_booked_when_covered_and_the_cover_sees_the_clients_until_it_ends(
    at_browser: Arrive, stage: Stage, lead: str
) -> None:
    case = new_client(stage, lead, "Leopold")
    cover = f"{lead}-cover"
    stage("hire", key=cover, name="Tomos Cover")
    nia, tomos = at_browser(lead), at_browser(cover, on=PHONE)
    assert tomos.answered(f"/clients/{case}/") != 200
    nia.goes_to("/us/leave/new")
    first = workday(date.today())
    nia.picks("What kind of leave?", "Annual leave").dates("First day away", first)
    nia.dates("Last day away", first).presses("Ask for leave").sees(
        "Leave needs somebody who covers"
    )
    nia.ticks("Tomos Cover").takes_picture("leave-desk").presses("Ask for leave")
    nia.sees("The leave is booked as soon as they are covered.")
    tomos.goes_to("/us/").follows("Nia Bowen").sees("Can you cover Nia Bowen?")
    tomos.takes_picture("cover-phone").presses("Yes, I cover these days")
    nia.goes_to("/us/leave/").sees("Covered by Tomos Cover")
    if first == date.today():
        tomos.goes_to(f"/clients/{case}/").sees("Leopold Quillfeather")
        tomos.goes_to("/").sees("Nia Bowen")


def workday(day: date) -> date:
    """That day, or the Monday after."""
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])


def test_a_letter_is_stopped_by_an_address_nobody_has_confirmed(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any]
) -> None:
    case = new_client(stage, lead, "Ottoline")
    stage("address", key=lead, case=case)
    nia = at_browser(lead, on=device).goes_to(f"/letters/client/{case}/new/hello/")
    nia.writes("Number to ring", "01632 960 001").presses("Draw it up")
    nia.presses("Save and check").sees("It cannot leave yet", "Never confirmed")
    nia.takes_picture("letter-stopped-phone" if device is PHONE else "letter-stopped-desk")
    nia.presses("They did, on the telephone").never_sees("Never confirmed")
    nia.sees("Every check is in order").presses("Print it to post")
    nia.sees("To be posted", "Print it")
    nia.goes_to("/letters/").sees("Ottoline Quillfeather")


def test_a_feed_that_stopped_is_told_wherever_a_page_stands_on_it(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any]
) -> None:
    case = new_client(stage, lead, "Theodora")
    stage("came_at_night", case=case)
    other = new_client(stage, lead, "Philomena")
    stage("stop_the_feed", key=lead, days=9)
    try:
        nia = at_browser(lead, on=device)
        for page in ("/", "/clients/", f"/clients/{other}/", "/activity/signals/"):
            nia.goes_to(page).sees("The data are not whole", "does not mean that nobody came")
        nia.goes_to("/clients/")
        nia.takes_picture("feed-stopped-phone" if device is PHONE else "feed-stopped-desk")
    finally:
        stage("start_the_feed", key=lead)
    at_browser(lead, on=device).goes_to("/clients/").never_sees("The data are not whole")


def test_tuesdays_meeting_from_agenda_to_minutes_with_a_partner_signed_in(
    at_browser: Arrive, stage: Stage, lead: str
) -> None:
    case, other = new_client(stage, lead, "Bartholomew"), new_client(stage, lead, "Clementine")
    stage("plan_words", key=lead, case=case, what_matters="To sleep in my own bed.")
    stage("share_with_chair", key=lead, case=case)
    group = stage("team", key=lead, name=f"Team {lead}")
    for one in (case, other):
        stage("on_the_list", key=lead, group=group, case=one, reason="Both hospitals in one week.")
    nia, noor = at_browser(lead, on=DESK), at_browser("noor", on=PHONE)
    meeting = plans_it(nia, group)
    noor.goes_to(f"/mdt/meetings/{meeting}/").sees("Bartholomew Quillfeather")
    noor.never_sees("Clementine").sees("1 other person is talked about")
    noor.takes_picture("meeting-partner-phone")
    noor.follows("Bartholomew Quillfeather").sees("To sleep in my own bed.")
    nia.presses("Close the agenda").sees("Agenda closed").takes_picture("meeting-desk")
    writes_it_down(nia)
    nia.goes_to(f"/mdt/meetings/{meeting}/").follows("Show on the wall")
    nia.takes_picture("meeting-wall-desk")
    noor.goes_to("/mdt/actions/").sees("Put the page at the front of the notes")
    nia.goes_to(f"/mdt/meetings/{meeting}/").presses("The meeting was held")
    noor.goes_to(f"/mdt/meetings/{meeting}/minutes/").sees("One page at both hospitals")
    noor.never_sees("Clementine").takes_picture("minutes-phone")


def plans_it(nia: Someone, group: str) -> str:
    """A meeting next Tuesday with its agenda built; its key, from the address."""
    today = date.today()
    tuesday = today + timedelta(days=(1 - today.weekday()) % 7 or 7)
    nia.goes_to(f"/mdt/teams/{group}/plan/").dates("Which day?", tuesday)
    nia.writes("At what time?", "14:00").writes("Where?", "Room 3").presses("Plan it")
    if "/mdt/meetings/" not in nia.page.url:
        nia.follows("Tuesday")
    key = nia.page.url.split("/meetings/")[1].split("/")[0]
    nia.presses("Build the agenda").sees("Bartholomew Quillfeather", "Clementine Quillfeather")
    return key


def writes_it_down(nia: Someone) -> None:
    """What was decided, and who does it."""
    nia.follows("Bartholomew Quillfeather").follows("Write down")
    nia.picks("Was this said or decided?", "Decided").writes("What?", "One page at both hospitals.")
    nia.presses("Save").follows("Add an action")
    nia.writes("What will be done?", "Put the page at the front of the notes")
    nia.page.get_by_label("Who will do it?").select_option(label=chair_of(nia))
    nia.dates("By which day?", date.today() + timedelta(days=14)).presses("Save")
    nia.sees("Put the page at the front of the notes")


def chair_of(nia: Someone) -> str:
    """As the list of members names her."""
    choices = nia.page.get_by_label("Who will do it?").locator("option").all_inner_texts()
    return next(words for words in choices if "Noor" in words)
