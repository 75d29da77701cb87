"""A commissioner who must ask for money by Friday: sets the area, gets tiers, makes the papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from support.someone import DESK, PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]
WAIT = 240_000


@pytest.fixture(scope="module")
def tiers(stage: Stage, place: Path) -> dict[str, Path]:
    """The zips on the analyst's disk: one for inside the hospital, one to hand on."""
    made = {}
    for name, publishable in (("inside", False), ("to-hand-on", True)):
        made[name] = place / f"tiers-{name}.zip"
        stage("count_tiers", path=str(made[name]), publishable=publishable)
    return made


def test_before_anything_is_there_each_sees_whose_turn_it_is(
    at_browser: Arrive, device: dict[str, Any]
) -> None:
    lena = at_browser("lena", on=device).goes_to("/").sees("The case for the service", "Waiting")
    lena.follows("The area").sees_heading("The area").sees("Nothing yet", "What is still missing")
    assert _fits(lena)
    lena.goes_to("/area/documents/make/business-case/").sees("No tiers have been delivered yet.")
    assert lena.page.get_by_role("button", name="Make it").count() == 0
    frank = at_browser("frank", on=device).goes_to("/area/tiers/").sees("hiu report tiers")
    assert _fits(frank)


def test_an_analyst_delivers_what_may_be_handed_on_and_nothing_else(
    at_browser: Arrive, tiers: dict[str, Path]
) -> None:
    frank = at_browser("frank", on=DESK).goes_to("/area/tiers/").follows("Deliver tiers")
    frank.page.locator("input[type=file]").set_input_files(tiers["inside"])
    frank.presses("Check and take in").sees("There is a problem", "are not hidden")
    frank.page.locator("input[type=file]").set_input_files(tiers["to-hand-on"])
    frank.presses("Check and take in").sees("Tiers taken in: Madeup Vale, 2025/26.")
    for size in (PHONE, DESK):
        lena = at_browser("lena", on=size).goes_to("/").follows("Tiers of the area")
        lena.sees_heading("Tiers").sees("People with 20 and over attendances")
        lena.selects("Show one hospital, place or the area", "East Vale (place)").presses("Show")
        lena.sees("East Vale", "The year before" if size is PHONE else "2024/25")
        assert _fits(lena)
    lena.takes_picture("tiers-desk")


def test_a_commissioner_says_what_is_missing_where_it_is_missing(
    at_browser: Arrive, stage: Stage
) -> None:
    lena = at_browser("lena", on=PHONE).goes_to("/area/settings/").sees("What is still missing")
    lena.takes_picture("area-settings-phone")
    assert _fits(lena)
    lena.follows("What the area is called").writes("What the area is called", "Madeup Vale")
    lena.presses("Save").sees("Saved.")
    lena.follows("Places").follows("Add a place").writes("Short code", "ALL").presses("Save")
    lena.sees("There is a problem")
    lena.writes("Short code", "NORTH").writes("Name", "North Vale")
    lena.writes("Leads in post (whole-time equivalents)", "1").presses("Save").sees("North Vale")
    assert _fits(lena)
    lena.goes_to("/area/settings/").follows("First day of the contract")
    lena.dates("First day of the contract", date(2027, 4, 1))
    lena.writes("Who decides", "Finance Committee").presses("Save").sees("Saved.")
    newest = stage("area_versions")[-1]
    assert newest["number"] == 3
    assert newest["settings"]["business_case"] == {
        "starts": "2027-04-01", "approval_body": "Finance Committee",
    }  # fmt: skip
    lena.follows("History").sees("Contract, money and decision", "Lena Marsh")


def test_the_business_case_is_made_opened_and_made_again(at_browser: Arrive, stage: Stage) -> None:
    lena = at_browser("lena", on=DESK).goes_to("/area/documents/")
    lena.follows("Make it (business case)").sees("Still missing", "Who owns the case")
    assert lena.page.get_by_role("link", name="Who decides").count() == 0
    lena.presses("Make it")
    lena.page.wait_for_url(lambda url: "/making/" not in url, timeout=WAIT)
    lena.sees_heading("Business case").sees("Still to be said in it", "Version 3")
    here = lena.page.url.removeprefix(stage.address)
    lena.takes_picture("business-case-desk")
    with lena.page.expect_download() as waiting:
        lena.page.get_by_role("link", name="Business case, Word").click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"PK")
    _reads_on_screen(lena)
    lena.goes_to(here).presses("Make it again and compare")
    lena.page.wait_for_url(lambda url: "/making/" not in url, timeout=WAIT)
    lena.sees("The same to the byte")
    made = stage("documents_made")
    assert [(one["what"], one["by"]) for one in made] == [("business-case", "Lena Marsh")]
    assert made[0]["differing"] == [[]]
    phone = at_browser("lena", on=PHONE).goes_to("/").follows("Business case")
    assert _fits(phone)
    esther = at_browser("esther", on=DESK).goes_to(here).sees("Files")
    assert esther.page.get_by_role("button", name="Make it again").count() == 0


def test_staffing_is_worked_out_and_a_number_of_leads_is_tried(at_browser: Arrive) -> None:
    lena = at_browser("lena", on=DESK).goes_to("/area/staffing/").presses("Work it out")
    lena.page.wait_for_url(lambda url: "/making/" not in url, timeout=WAIT)
    for size in (PHONE, DESK):
        lena = at_browser("lena", on=size).goes_to("/area/staffing/").sees("Leads by place")
        lena.selects("Place", "North Vale").selects("Leads", "1").presses("Show")
        lena.sees("North Vale with 1 lead", "of the tier asked within 12 months")
        picture = lena.page.locator("figure img").first
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("async image => { await image.decode(); return image.width > 200 }")
        assert _fits(lena)


def test_nobody_else_sees_the_area(at_browser: Arrive, stage: Stage) -> None:
    paths = ("/area/", "/area/settings/", "/area/tiers/", "/area/documents/")
    for key in ("asha", "hana", "grace", "idris", "kit", "joan"):
        someone = at_browser(key, on=DESK)
        assert {someone.answered(path) for path in paths} == {403}
    asha = at_browser("asha", on=PHONE).goes_to("/")
    assert asha.page.get_by_role("link", name="The area").count() == 0
    asha.watch.forgive("403")
    asha.goes_to("/area/").sees("cannot see tiers, staffing and reach of the area")


def _reads_on_screen(someone: Someone) -> None:
    """The document's own page: it has its style, and no script and no storage of ours."""
    page = someone.page
    with page.expect_navigation():
        page.get_by_role("button", name="Read it here").click()
    page.get_by_role("heading", level=1).first.wait_for()
    assert page.evaluate("self.origin") == "null"


def _fits(someone: Someone) -> bool:
    """Nothing sticks out to the right of the page."""
    return bool(someone.page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    ))  # fmt: skip
