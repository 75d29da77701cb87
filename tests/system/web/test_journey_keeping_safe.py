"""From a worry at the foot of a page to its outcome; a request from the police; a trace."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from support.someone import PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]
FOUR = {
    "Who is at risk?": "Her two children",
    "Whom did you tell?": "Social care duty desk",
    "What did you share?": "Where they are tonight",
    "Why now?": "He is on his way there",
}
# Milliseconds a letter; 300 are 40 words a minute, as slow fingers type. Noted in a file if named.
PACE = float(os.environ.get("OPENHIU_TYPING_PACE", "0"))
NOTED = os.environ.get("OPENHIU_TYPING_NOTED", "")


# What one letter, one press or change of field, and one page cost slow hands on a slow line. The 81
# letters of FOUR take 24 s at 40 words a minute (200 letters), the six presses 12 s and the two
# pages 10 s: 46 s. Counted, not clocked: a busy machine changes nothing about it.
A_LETTER, A_PRESS, A_PAGE, AT_MOST = 0.3, 2.0, 5.0, 60


def takes_the_emergency_path(nia: Someone) -> None:
    """From the foot of a page to the kept record, counting pages, presses and letters."""
    pages: list[str] = []
    nia.page.on("domcontentloaded", lambda page: pages.append(page.url))
    nia.follows("Worried about someone?")
    boxes = [nia.page.get_by_label(question, exact=True) for question in FOUR]
    for box, answer in zip(boxes, FOUR.values(), strict=True):
        box.press_sequentially(answer, delay=PACE)
    letters = sum(len(box.input_value()) for box in boxes)
    nia.presses("Keep this record").sees("Kept. Add your reasons within 24 hours.", "What follows")
    assert letters == sum(map(len, FOUR.values()))
    assert len(pages) == 2, pages  # the form, and the record kept
    presses = 1 + len(boxes) + 1  # the link, each answer, the button
    assert A_LETTER * letters + A_PRESS * presses + A_PAGE * len(pages) < AT_MOST


def note_seconds(seconds: float, device: dict[str, Any]) -> None:
    """Write down how long the emergency path took on this machine; the counts are asserted."""
    if NOTED:
        width, letters = device["viewport"]["width"], sum(map(len, FOUR.values()))
        with Path(NOTED).open("a") as kept:
            kept.write(
                f"{width} wide: {seconds:.0f} s, 1 page, {len(FOUR)} fields, {letters} letters\n"
            )


def test_from_the_foot_of_a_page_to_an_outcome(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any]
) -> None:
    nia = at_browser(lead, on=device).goes_to("/")
    began = time.monotonic()
    takes_the_emergency_path(nia)
    note_seconds(time.monotonic() - began, device)
    where = nia.page.url.removeprefix(stage.address)
    nia.sees("Someone has to review the sharing first.")
    nia.follows("Write the reasons").picks("What allows it?", "To protect a child")
    nia.writes("Could they decide about this themselves?", "Yes")
    nia.writes("Did you ask them first?", "No, it would have warned him")
    nia.writes("Did you tell them?", "Afterwards").presses("Save")
    nia.follows("Add what happens next").writes("What happens next?", "Refer to MARAC")
    nia.dates("By when?", date.today() + timedelta(days=2))
    nia.selects("Is it a referral?", "MARAC (domestic abuse)").presses("Save").sees(
        "Refer to MARAC"
    )
    esther = at_browser("esther", on=device).goes_to("/safety/review/").sees("Still open")
    esther.goes_to(where).follows("Review").writes("What do you think of it?", "Right.")
    esther.presses("Save").sees("What the review says")
    nia.goes_to(where).follows("Say what came of it").writes("What came of it?", "Heard, plan made")
    nia.writes("Reference, if it came since", "M-17").presses("Save").sees("Heard, plan made")
    nia.follows("Write the outcome")
    nia.picks("How did it end?", "There is a safety plan, and someone holds it")
    nia.writes("What happened, and what was learned?", "They moved in with an aunt.")
    nia.picks("Did you tell the person how it ended?", "Yes")
    nia.presses("Save").sees("Closed, with its outcome.", "They moved in with an aunt.")


def test_a_request_from_the_police_is_decided_once_and_reviewed(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any]
) -> None:
    name = "Merriweather" if device is PHONE else "Merrydown"
    made = stage("client", key=lead, given="Tobias", family=name)
    idris = at_browser("idris", on=device).goes_to("/assurance/disclosures/")
    idris.follows("Note a request")
    idris.picks("Who asks?", "Police").writes("Name of the organisation", "Larkham Police")
    idris.writes("Name and office of whoever asks", "DC Example").writes("Their reference", "LP/7")
    idris.dates("When did they ask?", date.today()).writes("About whom?", f"Tobias {name}")
    idris.writes("What do they need it for?", "A robbery is being investigated")
    idris.writes("What did they ask for?", "Everything since January")
    idris.picks("What allows it?", "There is none")
    idris.picks("What was decided?", "Less than was asked was given")
    idris.writes("Why was it decided so?", "They showed an order for two dates")
    idris.writes("Was the person asked first?", "No, the order forbids it")
    idris.picks("Do they know that it was given?", "No")
    idris.writes("How they were told, or why not", "Forbidden until the trial")
    idris.dates("When were you last trained in this?", date.today() - timedelta(days=40))
    idris.presses("Keep this record").sees("Without a basis in law nothing is given")
    idris.picks("What allows it?", "A court order or warrant that names what to give")
    idris.writes("Which order or section, or why it overrides", "Order of Larkham Crown Court")
    idris.writes("What is the least that answers it?", "Two dates")
    idris.writes("What exactly was given?", "3 and 9 March")
    idris.picks("How was it given?", "Secure e-mail to a named address")
    idris.presses("Keep this record").sees("Waits for review")
    where = idris.page.url.removeprefix(stage.address)
    joan = at_browser("joan", on=device).goes_to(where).follows("Review")
    joan.picks("Was it decided rightly?", "Yes")
    joan.writes("What do you think of it?", "Least, and in order.").ticks("I have read all of it")
    joan.presses("Save").sees("Least, and in order.")
    joan.goes_to("/assurance/disclosures/").sees("Months, for the Caldicott Guardian")
    joan.goes_to("/assurance/openings/").sees("A number here is a reason to ask")
    asks = at_browser(lead, on=device).goes_to(f"/clients/{made['case']}/seen/")
    asks.sees("Given to police, a court or another authority", "Larkham Police")


def test_a_trace_stops_contact_until_a_person_has_looked(
    at_browser: Arrive, stage: Stage, lead: str, tmp_path: Path, device: dict[str, Any]
) -> None:
    number = "9990000018" if device is PHONE else "9990000026"
    family = "Quietwater" if device is PHONE else "Stillwater"
    made = stage("client", key=lead, given="Ines", family=family, nhs_number=number)
    answers = tmp_path / "answers.csv"
    answers.write_text(
        "person_ref,checked_on,status,nhs_number,restricted,death,died_on\n"
        f"{made['person']},{date.today()},invalid,,yes,,\n",
        "utf-8",
    )
    nia = at_browser(lead, on=device).goes_to(f"/people/{made['person']}/").sees("Not checked")
    frank = at_browser("frank", on=device).goes_to("/assurance/trace/")
    frank.page.locator("input[type=file]").set_input_files(answers)
    frank.presses("Take the answers in").sees("The answers were taken in.")
    frank.never_sees(family, number)
    nia.goes_to(f"/people/{made['person']}/").sees("Do not contact", "in doubt")
    nia.sees("Their details are restricted").never_sees("07700 900 321")
    esther = at_browser("esther", on=device).goes_to("/assurance/identity/")
    esther.follows("The NHS number is not valid").sees("Nobody is in touch")
    esther.picks("May they be contacted again?", "Yes")
    esther.writes("What did you find, and how?", "Her practice has the same number.")
    esther.presses("Save what you found").sees("Saved.")
    nia.goes_to(f"/people/{made['person']}/").never_sees("in doubt")
    esther.goes_to("/assurance/opt-outs/").sees("When it applies")
