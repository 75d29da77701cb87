"""What has to be in place before the service begins: agreements, a gateway, assessments, the page
that says whether all is there, and two people who begin.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from support.someone import PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]


def _size(device: dict[str, Any]) -> str:
    return "phone" if device is PHONE else "desk"


def test_an_agreement_is_drafted_by_one_agreed_by_another_and_signed(
    at_browser: Arrive, stage: Stage, device: dict[str, Any]
) -> None:
    today, name = date.today(), f"Reeds Advice {_size(device)}"
    esther = at_browser("esther", on=device).goes_to("/assurance/agreements/")
    esther.sees("Sharing agreements", "In force").takes_picture(f"agreements-{_size(device)}")
    esther.follows("Add an organisation").writes("Name of the organisation", name)
    esther.picks("What is it?", "Partner organisation").writes("ODS code", "ZRA1")
    esther.presses("Save").follows("Draft an agreement").selects(
        "Which organisation receives something?", name
    )
    esther.writes("What for?", "Benefits and debts").ticks("Name and what to call them")
    esther.dates("First day", today).dates("When is it looked at again?", today + timedelta(100))
    esther.dates("Last day", today + timedelta(365))
    esther.presses("Save the draft").sees("Still to be said", "the UK GDPR Article 6 basis")
    esther.follows("Change the draft").selects(
        "UK GDPR Article 6 basis", "6(1)(e) a task in the public interest"
    )
    esther.selects("UK GDPR Article 9 basis", "9(2)(h) health or social care")
    esther.selects("Data Protection Act 2018, Schedule 1", "Part 1, 2: health or social care")
    esther.selects("How is the duty of confidence met?", "They said yes to it")
    esther.writes("Reference of the impact assessment", "DPIA-1")
    for question in ("How are people's rights seen to?", "How is it kept accurate?",
                     "How is it kept secure?", "How long is it kept, and by whom?",
                     "What happens after a breach?"):  # fmt: skip
        esther.writes(question, "As both have agreed in writing.")
    esther.presses("Save").never_sees("Still to be said").never_sees("Agree this text")
    esther.takes_picture(f"agreement-draft-{_size(device)}")
    there = esther.page.url
    joan = at_browser("joan", on=device).goes_to("/assurance/agreements/").follows(name)
    joan.presses("Agree this text").sees("Now every party signs it", "0 of 2 signed")
    esther.goes_to("/assurance" + there.partition("/assurance")[2])
    for _ in range(2):
        esther.page.get_by_role("link", name="Note the signature").first.click()
        esther.writes("Who signed?", "Ines Varga").writes("In which post?", "Director")
        esther.dates("On which day?", today).writes("Where is the signed paper kept?", "Sheet 4")
        esther.presses("Save")
    esther.sees("It holds today.").takes_picture(f"agreement-{_size(device)}")
    esther.presses("Begin the next version").sees("The next version is begun")


def test_a_gateway_and_an_assessment_are_registered_and_agreed(
    at_browser: Arrive, stage: Stage, device: dict[str, Any]
) -> None:
    today, mark = date.today(), f"26/CAG/{_size(device)}"
    esther = at_browser("esther", on=device).goes_to("/assurance/gateways/")
    esther.sees("Legal gateways", "Direct care by the treating provider")
    esther.takes_picture(f"gateways-{_size(device)}")
    esther.follows("Register a gateway").picks("On which legal ground?", "Section 251 approval")
    esther.writes("Reference", mark).selects(
        "With which organisation?", "Kestrel and Rowan Hospitals"
    )
    esther.ticks("The list of people who attend most").writes("What for?", "Asking people")
    esther.selects("UK GDPR Article 6 basis", "6(1)(e) a task in the public interest")
    esther.selects("UK GDPR Article 9 basis", "9(2)(h) health or social care")
    esther.selects("Data Protection Act 2018, Schedule 1", "Part 1, 2: health or social care")
    esther.dates("First day", today).dates("Last day", today + timedelta(200))
    esther.writes(
        "Where is the approval or decision kept, and what does it say?",
        "Letter of approval, folder 2.",
    )
    esther.presses("Save it").sees("It is a draft. A second person has to agree it.")
    joan = at_browser("joan", on=device).goes_to("/assurance/gateways/")
    joan.page.locator("tr", has_text=mark).get_by_role("link").click()
    joan.presses("Agree this gateway").sees("It holds today.")
    esther.goes_to("/assurance/assessments/").follows("Register an assessment")
    esther.picks("What is it?", "Data protection impact assessment")
    esther.writes("Reference", f"DPIA {_size(device)}").writes("What was assessed?", "All of it")
    esther.writes("Which risks were seen?", "Too much could be shared").presses("Save")
    joan.goes_to("/assurance/assessments/").follows(f"DPIA {_size(device)}")
    joan.follows("Note that it was signed").picks(
        "What was decided?", "Go ahead with the measures named"
    )
    joan.writes("Who signed?", "Dr Aziz").writes("In which post?", "Data protection officer")
    joan.dates("On which day?", today).dates("When is it looked at", today + timedelta(300))
    joan.writes("Where is the signed paper kept?", "Folder 3").presses("Save").sees("Signed")
    joan.takes_picture(f"assessment-{_size(device)}")


def test_the_page_says_what_is_missing_and_two_people_begin(
    at_browser: Arrive, stage: Stage, device: dict[str, Any]
) -> None:
    esther = at_browser("esther", on=device).goes_to("/assurance/ready/")
    esther.sees("in place.", "Money is agreed for 18 months or more", "Next")
    esther.takes_picture(f"ready-{_size(device)}")
    esther.page.locator("#line-money").get_by_role("link", name="Confirm it").click()
    esther.writes(
        "What have you seen, and where is it kept?", "The contract of March, in folder 2."
    )
    esther.dates("When is it looked at again?", date.today() + timedelta(200))
    esther.presses("Confirm it").sees("Confirmed by Esther Oyelaran")
    esther.follows("Who answers for what").follows("Name somebody")
    esther.picks("For what does this person answer?", "Caldicott Guardian")
    esther.writes("Name", "Dr Aziz").writes("How are they reached?", "01632 960 001")
    esther.presses("Save").sees("Dr Aziz").takes_picture(f"officers-{_size(device)}")
    lena = at_browser("lena", on=device).goes_to("/assurance/ready/")
    lena.sees("in place.")
    assert lena.page.get_by_role("link", name="Confirm it").count() == 0
    if device is PHONE:
        esther.goes_to("/assurance/ready/").follows("Record that the service begins")
        esther.dates("On which day does the service begin?", date.today())
        esther.writes(
            "Why does it begin although lines are open, and until when are they closed?",
            "The board agreed it; the rest follows by January.",
        )
        esther.presses("Propose it").sees("You proposed this. A second person agrees.")
        joan = at_browser("joan", on=device).goes_to("/assurance/ready/")
        joan.presses("Agree to begin").sees("The service began on")
        joan.takes_picture("begun-phone")
