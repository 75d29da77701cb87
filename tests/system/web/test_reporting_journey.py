"""An evaluation arrives, a report is made and published by a second person, and is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.someone import DESK, PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]


@pytest.fixture(scope="module")
def evaluation(stage: Stage, place: Path) -> Path:
    """The zip on the analyst's disk, delivered once."""
    path = place / "evaluation.zip"
    stage("evaluate", path=str(path))
    return path


def test_before_anything_arrived_the_page_says_what_it_will_say(
    at_browser: Arrive, device: dict[str, Any]
) -> None:
    esther = at_browser("esther", on=device).goes_to("/outcomes/")
    esther.sees("nothing can be said").goes_to("/reports/make/").sees("There is no evaluation yet")
    at_browser("lena", on=device).goes_to("/reports/").sees("No report has been published yet.")


def test_an_analyst_delivers_and_a_supervisor_reads_whether_it_helps(
    at_browser: Arrive, evaluation: Path
) -> None:
    frank = at_browser("frank", on=DESK).goes_to("/evaluation/").follows("Deliver an evaluation")
    frank.page.locator("input[type=file]").set_input_files(evaluation)
    frank.presses("Check and take in").sees("Evaluation taken in", "Does it help?")
    for size in (PHONE, DESK):
        esther = at_browser("esther", on=size).goes_to("/")
        esther.follows("A new evaluation has arrived.").sees_heading("Does it help?")
        esther.sees("Enough people to say", "cannot yet be told from none")
        esther.sees("A range only, so far", "So far anything from")
        picture = esther.page.get_by_role("img", name="Bar chart of A&E attendances")
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("async image => { await image.decode(); return image.width > 200 }")
        assert esther.page.get_by_role("table", name="A&E attendances per person").count() == 1
        assert _fits(esther)
    frank.goes_to("/outcomes/earlier/").goes_to("/evaluation/upload/")
    frank.page.locator("input[type=file]").set_input_files(evaluation)
    frank.presses("Check and take in").sees("There is a problem", "already. Nothing was changed")


def test_a_report_goes_its_way_from_a_lead_to_a_commissioner(
    at_browser: Arrive, stage: Stage
) -> None:
    asha = at_browser("asha", on=PHONE).goes_to("/reports/").follows("Make this quarter")
    assert _fits(asha)
    asha.presses("Make the report")
    asha.page.wait_for_url(lambda url: "/making/" not in url, timeout=180_000)
    asha.sees("Quarterly report", "It waits for a second person").sees("SHA-256")
    here = asha.page.url.removeprefix(stage.address)
    lena = at_browser("lena", on=DESK)
    assert lena.answered(here) == 404
    esther = at_browser("esther", on=DESK).goes_to("/").follows("The report for")
    _reads_on_screen(esther)
    esther.goes_to(here).follows("I have read it whole").presses("Yes, it can go out")
    esther.sees("There is a problem")
    esther.ticks("Nobody can be recognised in it").ticks("It says what happened")
    esther.presses("Yes, it can go out").sees("It can be published now.")
    esther.follows("Publish it").presses("Publish").sees("Commissioners can read it now.")
    _reads_it(at_browser, here)


def _reads_on_screen(someone: Someone) -> None:
    """The report's own page: it has its style, and no script and no storage of ours."""
    page = someone.page
    with page.expect_navigation():
        page.get_by_role("button", name="Read it here").click()
    page.get_by_role("heading", level=1).first.wait_for()
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
    assert page.evaluate("self.origin") == "null"


def _reads_it(at_browser: Arrive, here: str) -> None:
    for size in (PHONE, DESK):
        lena = at_browser("lena", on=size).goes_to("/").sees("is published")
        lena.goes_to("/reports/").follows("", inside=lena.page.locator(".reporting-shelf__name"))
        assert lena.page.url.endswith(here)
        assert _fits(lena)
        with lena.page.expect_download() as waiting:
            lena.page.get_by_role("link", name="PDF").first.click()
        assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF-")
        assert lena.answered("/outcomes/") == 403
        assert lena.answered("/reports/make/") == 403


def test_the_service_says_what_it_is_in_its_own_words(
    at_browser: Arrive, device: dict[str, Any]
) -> None:
    esther = at_browser("esther", on=device).goes_to("/reports/logic-model/")
    assert _fits(esther)
    esther.follows("Write the service")
    esther.writes("Risks", "One lead may leave | Cover is agreed | Esther").presses("Save")
    esther.sees("The next report says it like this.", "1 risk")


def _fits(someone: Someone) -> bool:
    """Nothing sticks out to the right of the page."""
    return bool(someone.page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    ))  # fmt: skip
