"""A page misled a lead on the way to a visit: she reports it, it is rated, mended and closed; and
information governance takes the evidence out the evening before an assessment.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from support.someone import DESK, PHONE, Someone

Arrive = Callable[..., Someone]


def test_a_concern_goes_from_the_foot_of_a_page_to_what_was_changed(
    at_browser: Arrive, device: dict[str, Any]
) -> None:
    asha = at_browser("asha", on=device).goes_to("/clients/")
    asha.follows("Report a safety concern").sees_heading("Report a safety concern")
    asha.sees("call 999", "Name nobody")
    asha.presses("Send it").sees("There is a problem")
    asha.writes("What happened, and what could have come of it?", "The list hid somebody")
    asha.picks("Was anybody harmed?", "Nobody came to harm, but somebody could")
    asha.presses("Send it").sees("Thank you", "To be rated", "casework:active_list")
    reference = asha.page.locator("h1").inner_text().split()[-1]
    esther = (
        at_browser("esther", on=device).goes_to("/").sees("A safety concern about the software")
    )
    esther.goes_to("/assurance/safety/").sees("Unsigned", "H05 Somebody who has died is contacted")
    esther.takes_picture(f"safety-{'phone' if device is PHONE else 'desk'}")
    esther.follows(reference).follows("Rate it")
    esther.picks("How grave could it be?", "Major")
    esther.selects("Which hazard does it belong to?", "H09 An early warning is missed")
    esther.writes("What is done until it is mended?", "Look at the whole caseload each morning")
    esther.presses("Save").sees("Being mended", "H09 An early warning is missed")
    esther.follows("Close it")
    esther.writes("What was wrong, and what was changed?", "A filter stayed on; it is named now")
    esther.presses("Close it").sees("Closed", "A filter stayed on")
    asha.goes_to("/assurance/safety/report/")
    assert _fits(asha)
    assert _fits(esther)


def test_an_officers_decision_is_recorded_beside_the_paper_they_signed(at_browser: Arrive) -> None:
    joan = at_browser("joan", on=DESK).goes_to("/assurance/").follows("Open clinical safety")
    joan.follows("Record a decision")
    joan.writes("Clinical safety officer", "Dr Ada Example")
    joan.writes("Professional registration", "GMC 0000000")
    joan.picks("Did they approve this version for use here?", "Yes")
    joan.writes("Where does the signed paper lie?", "Safety folder, sheet 3")
    joan.dates("Signed on", date.today() - timedelta(days=1))
    joan.dates("To be looked at again on", date.today() + timedelta(days=180))
    joan.presses("Save").sees("Approved", "Dr Ada Example")


def test_the_evidence_is_read_and_taken_out(at_browser: Arrive) -> None:
    joan = (
        at_browser("joan", on=DESK).goes_to("/assurance/evidence/").sees("How this service stands")
    )
    joan.takes_picture("evidence-desk")
    joan.follows("See the Digital Technology Assessment Criteria").sees("Yours to show")
    phone = at_browser("joan", on=PHONE).goes_to("/assurance/evidence/dspt/").sees("E. Using and")
    assert _fits(phone)
    joan.goes_to("/assurance/evidence/")
    with joan.page.expect_download() as given:
        joan.page.get_by_role("button", name="Take everything out as one file").click()
    assert given.value.suggested_filename.startswith("evidence-")


def _fits(someone: Someone) -> bool:
    """Nothing stands out of the page sideways."""
    wide: bool = someone.page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return wide
