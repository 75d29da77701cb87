"""The list arrives: one person uploads it, another releases it, the lead chooses from it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from support.made_up_trust import Trust
from support.someone import PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]


def zipped(folder: Path, into: Path) -> Path:
    """The output folder of `hiu identify` as one file, as it is sent about."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.iterdir()):
            packed.write(path, path.name)
    return into


def uploads(analyst: Someone, *files: Path) -> Someone:
    analyst.goes_to("/lists/sent/").follows("Upload a list")
    analyst.page.get_by_label("The zip file, or the files").set_input_files(files)
    return analyst.presses("Upload")


def ticks_people(lead: Someone, number: int) -> Someone:
    """The first so many people who can be chosen."""
    boxes = lead.page.locator("input[name=row]")
    for place in range(number):
        boxes.nth(place).check()
    return lead


def releases(supervisor: Someone, ground: str = "Direct care by the treating provider") -> Someone:
    supervisor.goes_to("/lists/sent/")
    waiting = supervisor.page.get_by_role("row").filter(has_text="Waiting for a second person")
    supervisor.follows("", inside=waiting.first).takes_picture("review-a-list-desk")
    supervisor.follows("Release this list").presses("Release the list")
    supervisor.sees("Select the legal ground")
    supervisor.page.get_by_label(ground).first.check()
    supervisor.presses("Release the list")
    return supervisor.sees("The list is released")


@pytest.fixture(scope="module")
def released(stage: Stage, trust: Trust) -> str:
    """The newest list, for journeys that begin after its release."""
    answer: str = stage("newest") or stage("arrive", folder=str(trust.now))
    return answer


def test_a_list_is_uploaded_by_one_person_and_released_by_another(
    at_browser: Arrive, trust: Trust, tmp_path: Path, lead: str
) -> None:
    analyst, supervisor = at_browser("frank"), at_browser("esther")
    uploads(analyst, zipped(trust.latest, tmp_path / "list.zip")).sees("The list has arrived")
    analyst.sees("A second person now looks at this list")
    assert analyst.page.get_by_role("link", name="Release").count() == 0
    nia = at_browser(lead, on=PHONE).goes_to("/lists/hospitals/")
    nia.never_sees(f"Counted up to {trust.today:%-d %B %Y}")
    supervisor.goes_to("/").sees("waits for your review")
    releases(supervisor).goes_to("/").never_sees("waits for your review")
    nia.goes_to("/lists/hospitals/").sees(f"Counted up to {trust.today:%-d %B %Y}")


def test_the_lead_sees_each_hospitals_list_and_why_each_person_is_on_it(
    at_browser: Arrive, lead: str, released: str
) -> None:
    nia = (
        at_browser(lead, on=PHONE)
        .goes_to("/lists/hospitals/")
        .takes_picture("hospital-lists-phone")
    )
    hospitals = nia.page.locator("main .nhsuk-card a").all_inner_texts()
    assert len(hospitals) == 3  # two hospitals, and both together
    for name in hospitals:
        nia.goes_to("/lists/hospitals/").follows(name).sees_heading(name)
        reasons = nia.page.get_by_text("Came to ").all_inner_texts()
        assert len(reasons) >= 40
        assert all("listed for" in reason for reason in reasons)
    nia.takes_picture("hospital-list-phone")
    at_browser(lead).goes_to("/lists/hospitals/").follows(hospitals[0]).takes_picture(
        "hospital-list-desk"
    )


def test_fifteen_are_chosen_and_the_sixteenth_needs_a_reason(
    at_browser: Arrive, lead: str, released: str
) -> None:
    nia, supervisor = at_browser(lead), at_browser("esther", on=PHONE)
    nia.goes_to("/lists/hospitals/").follows("", inside=nia.page.locator(".nhsuk-card").first)
    ticks_people(nia, 15).presses("Choose the ticked people").sees_heading("Choose 15 people")
    nia.takes_picture("choose-desk").presses("Choose 15 people").sees("15 people chosen")
    nia.goes_to("/lists/hospitals/").follows("", inside=nia.page.locator(".nhsuk-card").first)
    ticks_people(nia, 1).presses("Choose the ticked people")
    nia.presses("Choose 1 person").sees("Say why more people are chosen than there is room for")
    nia.writes("Why are more people chosen than there is room for?", "The ward asked for him.")
    nia.presses("Choose 1 person").sees("1 person chosen").takes_picture("people-to-reach-desk")
    supervisor.goes_to("/team/").sees("The ward asked for him.")


def test_someone_set_aside_keeps_their_reason_and_can_be_brought_back(
    at_browser: Arrive, lead: str, released: str
) -> None:
    nia = at_browser(lead, on=PHONE).goes_to("/lists/hospitals/")
    nia.follows("", inside=nia.page.locator(".nhsuk-card").last)
    ticks_people(nia, 1).presses("Set the ticked people aside").presses("Set aside")
    nia.sees("Select why they are set aside")
    nia.picks("Why are they set aside?", "They come for planned or specialist care")
    nia.presses("Set aside").sees("1 person set aside")
    aside = nia.page.get_by_role("row").filter(has_text="Set aside")
    nia.follows("", inside=aside.first).sees("planned or specialist care")
    nia.presses("Bring back to the list").follows("Choose this person").sees_heading("Choose 1")


def test_someone_who_died_since_the_list_was_made_cannot_be_called(
    at_browser: Arrive, stage: Stage, lead: str, released: str
) -> None:
    (someone,) = stage("chosen", key=lead)
    nia = at_browser(lead, on=PHONE).goes_to("/lists/reach/").goes_to(reach(someone))
    nia.sees("For the first call")
    stage("died", person=someone["person"])
    nia.goes_to(reach(someone)).sees("Do not call")
    expect(nia.page.get_by_text("For the first call")).to_have_count(0)
    nia.goes_to("/lists/reach/").sees("Nobody is waiting for a call")
    nia.follows("Those that ended").sees("died")
    nia.goes_to(reach(someone) + "try/")
    assert nia.page.get_by_role("button", name="Save", exact=True).count() == 0


def test_what_is_not_a_list_is_said_and_nothing_is_kept(
    at_browser: Arrive, trust: Trust, tmp_path: Path
) -> None:
    analyst = at_browser("frank")
    wrong = tmp_path / "holiday.csv"
    wrong.write_text("day,place\n1,Rhyl\n")
    uploads(analyst, wrong).sees("The list was not taken in", "Nothing was stored")
    half = zipped(trust.before, tmp_path / "half.zip")
    half.write_bytes(half.read_bytes()[:20_000])
    uploads(analyst, half).sees("The list was not taken in")
    twice = zipped(trust.before, tmp_path / "again.zip")
    uploads(analyst, twice).sees("The list was not taken in")


def reach(someone: dict[str, str]) -> str:
    return f"/lists/reach/{someone['approach']}/"
