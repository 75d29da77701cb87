"""Before and after a yes: the safety plan, a call nobody answers, consent, and a plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from support.made_up_trust import Trust
from support.someone import PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]


@pytest.fixture(scope="module", autouse=True)
def released(stage: Stage, trust: Trust) -> str:
    answer: str = stage("newest") or stage("arrive", folder=str(trust.now))
    return answer


def agrees_how_to_be_in_touch(lead: Someone) -> Someone:
    """The contact-safety plan before the first call."""
    lead.follows("Write the contact-safety plan")
    lead.writes("What do they like to be called?", "Sam").writes("Pronouns", "they/them")
    lead.writes("When is it safe to call?", "Weekdays after ten")
    lead.picks("May we leave a voicemail?", "No").picks(
        "May we send text messages?", "Neutral words only"
    )
    lead.picks("May we write letters?", "No").writes("Code phrase", "Wrong number, sorry")
    return lead.presses("Save")


def tries(lead: Someone, reached: str, note: str = "") -> Someone:
    lead.follows("Record a try").picks("Did you reach them?", reached)
    lead.writes("What happened?", note)
    return lead.presses("Save").sees("Every try counts as work")


def says_yes(lead: Someone) -> Someone:
    lead.follows("They said yes")
    lead.writes(
        "What did you tell them before they answered?", "Who we are; they can stop any time."
    )
    lead.picks("How did they say yes?", "Spoken, by phone")
    lead.writes("What did they say, or where is the paper?", "“Go on then, ring me Thursday.”")
    lead.dates("When did they say yes?", date.today())
    return lead.presses("Record the yes and begin")


def test_from_no_answer_to_a_yes_and_a_plan_in_their_own_words(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any]
) -> None:
    (someone,) = stage("chosen", key=lead)
    nia = at_browser(lead, on=device).goes_to(f"/lists/reach/{someone['approach']}/")
    nia.sees("No contact-safety plan yet")
    agrees_how_to_be_in_touch(nia).goes_to(f"/lists/reach/{someone['approach']}/")
    nia.sees("Sam", "Wrong number, sorry").takes_picture(shot("first-call", device))
    tries(nia, "No answer").sees("Tries so far: 1")
    tries(nia, "Yes, we spoke", "They laughed when I said who I was not.").sees("Tries so far: 2")
    assert stage("tries", approach=someone["approach"]) == ["no_answer", "yes"]
    says_yes(nia).sees("Support has begun", "Likes to be called Sam", "Working together")
    nia.follows("Write down what matters to them")
    nia.writes("What matters to them", "My own front door. A dog again.")
    nia.writes("Strengths", "Fixes anything with an engine.").presses("Save")
    nia.goes_to(plan_of(nia)).follows("Add a goal")
    nia.writes("What do they want?", "A door I can lock").writes(
        "A first small step", "Ring housing"
    )
    nia.presses("Save").sees("A door I can lock", "My own front door.", "Ring housing")
    nia.takes_picture(shot("plan", device)).follows("Consent and sharing")
    nia.sees("Go on then, ring me Thursday").takes_picture(shot("consent", device))


def plan_of(lead: Someone) -> str:
    """The plan tab of the client whose page is open."""
    path = lead.page.get_by_role("navigation", name="This client")
    return str(path.get_by_role("link", name="Plan").get_attribute("href"))


def shot(name: str, device: dict[str, Any]) -> str:
    return f"{name}-{'phone' if device is PHONE else 'desk'}"


@pytest.mark.parametrize(
    ("answer", "then"),
    [("They said no", "Nobody calls them again"), ("They said not now", "They come back to your")],
)
def test_a_no_and_a_not_now_are_respected(
    at_browser: Arrive, stage: Stage, lead: str, answer: str, then: str
) -> None:
    (someone,) = stage("chosen", key=lead)
    nia = at_browser(lead, on=PHONE).goes_to(f"/lists/reach/{someone['approach']}/")
    nia.follows(answer)
    if answer.endswith("not now"):
        nia.dates("When may you ask again?", date.today() + timedelta(days=60))
    nia.presses("Save").sees(then)
    nia.goes_to("/clients/").sees("yet")
