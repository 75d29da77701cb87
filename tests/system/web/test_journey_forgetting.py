"""A record's time has come: two people look at it, one takes it back, an inquiry holds another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from support.someone import DESK, PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


def fits(someone: Someone) -> bool:
    """Whether nothing is wider than the screen."""
    return not someone.page.evaluate(WIDER)


def test_two_people_decide_and_one_of_them_takes_it_back(
    at_browser: Arrive, stage: Stage, device: dict[str, Any]
) -> None:
    size = "phone" if device is PHONE else "desk"
    name = "Ottoline Vance" if device is PHONE else "Ottilie Harrow"
    reference = stage("time_has_come", key="asha", name=name)
    esther = at_browser("esther", on=device).goes_to("/assurance/").sees("Keeping and forgetting")
    esther.follows("Open keeping and forgetting").sees(reference, name, "Asked, and no yes")
    assert fits(esther)
    esther.takes_picture(f"retention-queue-{size}")
    esther.follows(reference).sees("stand in no text that would stay").follows("Decide")
    esther.presses("Decide").sees("There is a problem")
    esther.picks("What becomes of this record?", "Remove it")
    esther.writes("Why?", "Nothing was heard for two years.").presses("Decide")
    esther.sees("You decided first. Somebody else has to confirm.")
    joan = at_browser("joan", on=device).goes_to("/assurance/retention/")
    joan.follows(reference).sees("Shown to who may open the record").never_sees(name)
    assert fits(joan)
    joan.presses("Confirm: remove it").sees("Until then either of you can take it back")
    joan.takes_picture(f"retention-agreed-{size}")
    esther.goes_to("/assurance/retention/").follows(reference)
    esther.follows("Take the decision back").writes("Why is it taken back?", "A letter came.")
    esther.presses("Take it back").sees("waits for a first decision again")


def test_schedules_and_holds_on_both_screens(
    at_browser: Arrive, stage: Stage, device: dict[str, Any]
) -> None:
    size = "phone" if device is PHONE else "desk"
    joan = at_browser("joan", on=device).goes_to("/assurance/retention/schedules/")
    joan.sees("8 years", "20 years", "the last contact, try, letter", "Records Management Code")
    assert fits(joan)
    joan.takes_picture(f"retention-schedules-{size}")
    joan.goes_to("/assurance/retention/holds/").follows("Hold records")
    joan.picks("What is held?", "Every record of one kind")
    joan.selects("Which records?", "On a list, never chosen")
    joan.writes("Reference of the court, inquiry or claim", f"INQ-{size}")
    joan.writes("Why?", "An inquiry asked for the lists.")
    joan.dates("When is it looked at again?", date.today() + timedelta(days=90))
    joan.presses("Hold").sees("Held. Nothing it covers is removed until it is lifted.")
    assert fits(joan)
    joan.follows(f"INQ-{size}").sees("On a list, never chosen").follows("Lift it")
    joan.writes("Why can it be lifted?", "The inquiry is over.").presses("Lift it")
    joan.sees("Lifted.")
    joan.goes_to("/assurance/retention/certificates/").sees("Nothing has been removed yet.")
    assert fits(joan)


def test_the_command_says_what_it_did(at_browser: Arrive, stage: Stage) -> None:
    esther = at_browser("esther", on=DESK).goes_to("/assurance/retention/schedules/")
    esther.follows("Change").sees("mental health records, 20 years, or 10 years after death")
    assert fits(esther)
