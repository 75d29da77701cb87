"""Somebody asks for a copy of their record: noted by the lead, read item by item, confirmed by a
second person, given; and what anybody can read about how data are used.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.someone import DESK, PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]
HELD_BACK = "She told us about her brother"


def test_a_copy_is_asked_for_read_confirmed_and_given(
    at_browser: Arrive, stage: Stage, device: dict[str, Any]
) -> None:
    size = "phone" if device is PHONE else "desk"
    name = f"Nesta {size.title()}"
    stage("hire", key=name, name=name)
    made = stage("client", key=name, given="Orla", family=f"Fernsby{size}")
    nia = at_browser(name, on=device).goes_to(f"/clients/{made['case']}/contacts/new")
    nia.selects("Reached?", "Yes, we spoke").writes("What mattered", HELD_BACK)
    nia.presses("Save the contact").goes_to(f"/clients/{made['case']}/seen/")
    nia.follows("They ask something about their own record")
    nia.picks("What do they ask for?", "A copy of what is held")
    nia.writes("What they ask, in their words", "I want to read what you have about me.")
    nia.picks("How it came", "Spoken").presses("Note it").sees("Noted. The clock runs")
    here = nia.page.url.removeprefix(stage.address)
    assert _fits(nia)

    joan = at_browser("joan", on=device).goes_to("/assurance/").follows("Open rights")
    assert _fits(joan)
    joan.goes_to(here).presses("I see to it").takes_picture(f"right-{size}")
    joan.follows("Say how it is certain who asks")
    joan.picks("How do you know that it is them?", "We know them and spoke with them")
    joan.presses("Save").follows("Look at what is held").takes_picture(f"right-held-{size}")
    _decide_everything(joan)
    joan.goes_to(f"{here}held/").presses("Make the copy").sees("A second person confirms it")
    assert joan.page.get_by_role("button", name="Confirm the copy").count() == 0

    esther = at_browser("esther", on=device).goes_to(here).follows("Look at what is given")
    esther.follows("Times we were in touch").sees("Held back").takes_picture(f"right-item-{size}")
    assert _fits(esther)
    esther.goes_to(here).presses("Confirm the copy").sees("Confirmed. It can be given.")

    joan.goes_to(here)
    with joan.page.expect_download() as waiting:
        joan.page.get_by_role("button", name="Take the file").click()
    _reads(Path(waiting.value.path()).read_bytes())
    joan.follows("They have it").picks("How?", "In person").presses("Save")
    joan.follows("Decide").picks("What is decided?", "Done in part")
    joan.writes("The reasons, as the person is told them", "One thing tells of somebody else.")
    joan.presses("Save").follows("They were told").picks("How?", "In person").presses("Save")
    joan.presses("Close it").sees("Closed.")
    assert _fits(joan)


def _decide_everything(joan: Someone) -> None:
    """Section by section: what needs no thought of its own together, the rest one by one."""
    page = joan.page
    overview = page.url
    sections = page.locator("li:has-text('to decide') a").evaluate_all(
        "all => all.map(a => a.href)"
    )
    for section in sections:
        page.goto(section)
        together = page.get_by_role("button", name="I have read this page")
        if together.count() and "casework-contact" not in section:
            together.click()
        while (one := page.locator(".nhsuk-card:has-text('To decide') a").first).count():
            one.click()
            if "casework-contact" in section:
                joan.picks("What is given?", "Nothing of it")
                joan.picks("Why is it held back?", "It tells of somebody else, who has not agreed")
                joan.writes("The reason, in words", "Her brother has not agreed")
            else:
                joan.picks("What is given?", "All of it")
            joan.presses("Save")
    page.goto(overview)


def _reads(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read("your-record.html").decode()
        data = archive.read("your-record.json").decode()
    assert "What we hold about you" in page
    assert HELD_BACK not in page + data
    assert "It tells of somebody else" in page


def _fits(someone: Someone) -> bool:
    """Nothing runs out of the window sideways."""
    width: int = someone.page.evaluate("document.documentElement.scrollWidth")
    return width <= someone.page.viewport_size["width"] + 1  # type: ignore[index]


def test_the_inventory_leads_to_a_notice_that_anybody_reads(
    at_browser: Arrive, device: dict[str, Any]
) -> None:
    size = "phone" if device is PHONE else "desk"
    joan = at_browser("joan", on=device).goes_to("/assurance/inventory/")
    joan.takes_picture(f"inventory-{size}").follows("Identity").sees("Date of birth", "never")
    assert _fits(joan)
    joan.goes_to("/assurance/inventory/text/notice/").sees("In short", "Proposal")
    joan.goes_to("/assurance/inventory/text/record/").sees("Who is responsible")
    assert _fits(joan)
    nobody = at_browser(on=device).goes_to("/privacy/")
    if nobody.page.locator("main ul a").count():
        nobody.page.locator("main ul a").first.click()
    nobody.sees_heading("How we use what we know about you").sees("Your rights", "ICO")
    nobody.takes_picture(f"privacy-{size}")
    assert _fits(nobody)


def test_a_request_about_nobody_we_know_is_noted_too(at_browser: Arrive) -> None:
    joan = at_browser("joan", on=DESK).goes_to("/assurance/rights/find/")
    joan.presses("Look").sees("There is a problem")
    joan.writes("NHS number", "999 000 0018").presses("Look")
    joan.sees("No record was found").follows("Note a request though no record was found")
    joan.writes("About whom?", "Somebody who wrote to us")
    joan.picks("What do they ask for?", "A copy of what is held")
    joan.writes("What they ask, in their words", "What do you have about me?")
    joan.picks("How it came", "By letter").presses("Note it").sees("no record found")
    joan.follows("Decide").picks("What is decided?", "Nothing is held")
    joan.writes("The reasons, as the person is told them", "We looked by name and by number.")
    joan.presses("Save").sees("Nothing is held")
