"""The same work with a keyboard alone, and with JavaScript switched off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from support.made_up_trust import Trust
from support.someone import PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]
FOCUSED = """() => {
  const one = document.activeElement, label = one.labels && one.labels[0];
  return (label ? label.innerText : one.innerText || one.getAttribute("aria-label") || "").trim();
}"""
SEEN = """() => {
  const style = getComputedStyle(document.activeElement), box = document.activeElement;
  const around = getComputedStyle(box.parentElement), mark = getComputedStyle(box, "::before");
  return [style.outlineStyle, style.boxShadow, style.backgroundColor, around.boxShadow,
          mark.boxShadow].some((each) => each && !["none", "rgba(0, 0, 0, 0)"].includes(each));
}"""


class Keyboard:
    """Reaches everything with Tab, and says where the focus is lost."""

    def __init__(self, someone: Someone) -> None:
        self.someone = someone
        self.page = someone.page

    def tabs_to(self, words: str, most: int = 120) -> Keyboard:
        """Press Tab until something with these words has the focus; it must show that it has."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if words in self.page.evaluate(FOCUSED):
                assert self.page.evaluate(SEEN), f"the focus on {words} cannot be seen"
                return self
        raise AssertionError(f"Tab does not reach {words} on {self.page.url}")

    def types(self, text: str) -> Keyboard:
        self.page.keyboard.type(text)
        return self

    def presses_enter(self) -> Keyboard:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.someone.watch.look(self.page)
        return self


def test_a_contact_is_recorded_with_the_keyboard_alone(
    at_browser: Arrive, stage: Stage, lead: str
) -> None:
    case = stage("client", key=lead, given="Keith", family="Quillfeather")["case"]
    nia = at_browser(lead).goes_to("/")
    keys = Keyboard(nia)
    keys.tabs_to("Skip to main content", most=1)
    keys.tabs_to("Everyone I support").presses_enter()
    keys.tabs_to("Keith Quillfeather").presses_enter()
    keys.tabs_to("Record a contact").presses_enter()
    keys.tabs_to("Reached?").types("Yes").tabs_to("What mattered").types("Rang from the bus stop.")
    keys.tabs_to("Save the contact").presses_enter()
    nia.sees("The contact is saved")
    assert [row["words"] for row in stage("contacts", case=case)] == ["Rang from the bus stop."]


def test_without_javascript_a_person_is_chosen_called_and_says_yes(
    at_browser: Arrive, stage: Stage, trust: Trust, lead: str
) -> None:
    if not stage("newest"):
        stage("arrive", folder=str(trust.now))
    nia = at_browser(lead, on=PHONE, java_script_enabled=False).goes_to("/lists/hospitals/")
    nia.follows("", inside=nia.page.locator(".nhsuk-card").first)
    nia.page.locator("input[name=row]").first.check()
    nia.presses("Choose the ticked people").presses("Choose 1 person").sees("1 person chosen")
    nia.follows("", inside=nia.page.locator("tbody th").first)
    nia.follows("Write the contact-safety plan")
    for question in ("leave a voicemail", "send text messages", "write letters"):
        nia.picks(f"May we {question}?", "No")
    nia.presses("Save").goes_to("/lists/reach/")
    nia.follows("", inside=nia.page.locator("tbody th").first).follows("Record a try")
    nia.picks("Did you reach them?", "Yes, we spoke").presses("Save").follows("They said yes")
    nia.writes("What did you tell them before they answered?", "Everything on the card.")
    nia.picks("How did they say yes?", "Spoken, by phone")
    nia.writes("What did they say, or where is the paper?", "Yes please")
    nia.dates("When did they say yes?", date.today()).presses("Record the yes and begin")
    nia.sees("Support has begun")


@pytest.mark.parametrize("words", ["Quillfeather", "900 321"])
def test_without_javascript_a_contact_is_logged_and_a_client_found(
    at_browser: Arrive, stage: Stage, lead: str, words: str
) -> None:
    case = stage("client", key=lead, given="Nell", family="Quillfeather")["case"]
    nia = at_browser(lead, on=PHONE, java_script_enabled=False).goes_to("/people/find/")
    nia.page.locator("#q").fill(words)
    nia.presses("Find", inside=nia.page.locator("main")).follows("Nell Quillfeather")
    nia.follows("Record a contact").presses("Save the contact").sees("There is a problem")
    nia.selects("Reached?", "No answer").presses("Save the contact").sees("The contact is saved")
    assert [row["reached"] for row in stage("contacts", case=case)] == ["no_answer"]
    nia.presses("Sign out").sees_heading("signed out")
