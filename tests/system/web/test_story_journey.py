"""A quote from a client's yes to the vault and out of it again, on telephones, read by two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openhiu.web.casework.story_details import DETAILS
from support.someone import PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]
WORDS = "Nobody lectured me. I think that is why I turned up."
IN_REPORTS = "The service's reports, for the board and those who pay for it"


def says_yes(lead: Someone, case: str) -> Someone:
    """They let their story be used in reports, and the lead writes that down."""
    lead.goes_to(f"/clients/{case}/consent/").follows("Record an answer about their story")
    lead.picks("What for?", IN_REPORTS).picks("What did they say?", "Yes, they agree")
    lead.picks("How did they answer?", "Spoken, in person")
    lead.writes("What they said, or where the paper is", "Yes, if nobody can tell.")
    return lead.presses("Save").sees("Saved")


def writes_it(lead: Someone) -> Someone:
    """The quote, with every detail changed or not told."""
    lead.follows("Write a story or a quote").picks("What is it?", "Quote")
    lead.writes("The words", WORDS)
    for detail in DETAILS.values():
        lead.ticks(detail)
    return lead.presses("Save").sees("Now read it to them")


def test_a_quote_is_told_only_after_their_yes_and_two_readers(
    at_browser: Arrive, stage: Stage, lead: str
) -> None:
    made = stage("client", key=lead, given="Wilf", family="Quillfeather")
    nia = at_browser(lead, on=PHONE).goes_to(f"/clients/{made['case']}/stories/new/")
    nia.sees("They have not said yes to their story in reports")
    says_yes(nia, made["case"])
    writes_it(nia).follows("Record their yes to the words").sees(WORDS)
    nia.ticks("They read it, or heard it read out").writes("What they said", "That is me, and not.")
    nia.picks("How did they say it?", "Spoken, in person")
    nia.presses("Save").sees("Those who read before it is told are asked now")
    where = nia.page.url.removeprefix(stage.address)
    for reader in ("idris", "esther"):
        someone = at_browser(reader, on=PHONE).goes_to("/").sees("Words for a report wait")
        someone.goes_to("/stories/").sees("Waiting for you to read", WORDS)
        someone.goes_to(where).follows("Say whether it is safe").never_sees("Quillfeather")
        someone.picks("Could nobody tell who this is?", "Nobody could tell")
        someone.presses("Save what I found").sees("Thank you for reading it")
    nia.goes_to(where).sees("Two readers found it safe", "Esther Oyelaran", "Idris Cole")


def test_taken_back_it_is_gone_from_the_vault_in_the_same_breath(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any]
) -> None:
    given = "Wanda" if device is PHONE else "Walter"
    made = stage("client", key=lead, given=given, family="Quillfeather")
    nia = at_browser(lead, on=device)
    writes_it(says_yes(nia, made["case"]))
    where = nia.page.url.removeprefix(stage.address)
    nia.goes_to(f"/clients/{made['case']}/consent/")
    card = nia.page.locator(".nhsuk-card", has_text="Using their story")
    nia.follows("They take it back", inside=card).sees("leave everything that is not published yet")
    nia.presses("Yes, they take it back").sees("Taken back. It counts from now.")
    nia.goes_to(where).sees("Taken out", "The words were emptied").never_sees(WORDS)


def test_someone_says_that_they_do_not_want_to_be_counted(
    at_browser: Arrive, stage: Stage, lead: str
) -> None:
    made = stage("client", key=lead, given="Wren", family="Quillfeather")
    nia = at_browser(lead, on=PHONE).goes_to(f"/clients/{made['case']}/consent/")
    nia.follows("They do not want to be counted").writes("What they said", "I am no number.")
    nia.presses("Save").sees("They are left out from now", "Not counted")
    nia.presses("They do not mind any more").sees("They may be counted again")


def test_the_analyst_finds_the_roster_and_the_supervisor_the_facts(
    at_browser: Arrive, device: dict[str, Any]
) -> None:
    frank = at_browser("frank", on=device).goes_to("/roster/")
    frank.sees_heading("Roster for the evaluation").sees("Began support")
    esther = at_browser("esther", on=device).goes_to("/facts/")
    esther.sees_heading("Facts for reports").goes_to("/stories/").sees_heading("Stories and quotes")
