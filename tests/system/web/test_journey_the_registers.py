"""Something goes wrong: a lead notes it on a telephone, a supervisor sees to it and closes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from support.someone import DESK, PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]
DATA = "Was information about people lost, or seen by somebody who should not?"
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


def fits(someone: Someone) -> bool:
    """Whether nothing is wider than the screen."""
    return not someone.page.evaluate(WIDER)


def test_an_incident_is_noted_in_a_minute_on_a_telephone(
    at_browser: Arrive, stage: Stage, lead: str
) -> None:
    nia = at_browser(lead, on=PHONE).goes_to("/assurance/events/")
    nia.sees("You have not noted anything yet.").follows("Note one")
    nia.presses("Note it").sees("There is a problem")
    nia.picks("What do you want to note?", "Something went wrong")
    nia.selects("What is it about?", "Information and privacy")
    nia.writes("What happened?", "A letter for one client went to another house.")
    nia.picks(DATA, "Yes").presses("Note it")
    nia.sees("Noted. Whoever keeps the registers was told.", "INC-")
    assert fits(nia)
    nia.follows("INC-").sees("A letter for one client", "Whoever keeps the registers sees to it.")
    nia.never_sees("What it asks for", "Tell the commissioner")
    assert fits(nia)


def test_a_supervisor_hears_a_reference_and_sees_the_clocks(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any]
) -> None:
    nia = at_browser(lead, on=DESK)
    _notes(
        nia, "Something went wrong", "Lone working and violence", "A dog bit me at a gate.", "Yes"
    )
    esther = at_browser("esther", on=device).goes_to("/assurance/registers/")
    esther.sees("Lone working and violence", "Tell the provider organisation")
    esther.never_sees("A dog bit me")
    assert fits(esther)
    size = "phone" if device is PHONE else "desk"
    esther.takes_picture(f"registers-{size}")
    esther.follows("INC-").sees("Decide whether to tell the Information Commissioner", "left)")
    assert fits(esther)
    esther.goes_to("/assurance/").sees("Soon due", "decide whether to tell")
    assert fits(esther)
    for page in ("registers/numbers/", "registers/numbers/?for=board", "registers/summary/",
                 "registers/clocks/", "staff/"):  # fmt: skip
        esther.goes_to(f"/assurance/{page}")
        assert fits(esther), page
    esther.takes_picture(f"staff-{size}")


def test_a_complaint_is_acknowledged_answered_learned_from_and_closed(
    at_browser: Arrive, stage: Stage, device: dict[str, Any]
) -> None:
    name = "Ulf Bowen" if device is PHONE else "Ula Bowen"
    stage("hire", key=name, name=name)
    nia = at_browser(name, on=PHONE)
    words = "Nobody rang back for two weeks."
    _notes(nia, "A complaint", "How somebody was treated", words, "No")
    reference = nia.page.get_by_role("link", name="COMP-").first.inner_text()
    esther = at_browser("esther", on=device).goes_to("/assurance/registers/?standing=open")
    esther.follows(reference).sees(words, "Acknowledge the complaint")
    esther.opens("Before it can be closed").sees("What was learned has not been written.")
    assert fits(esther)
    _answers(esther, "Acknowledge the complaint").picks("How does it stand?", "Done")
    esther.writes("How, or why not", "By telephone").presses("Save").sees("By telephone")
    esther.follows("Agree the day").dates("By when is it answered?", _in_days(20))
    esther.writes("How was this agreed?", "With her on the telephone").presses("Save")
    _answers(esther, "Answer the complaint")
    esther.picks("How does it stand?", "The complaint was answered").presses("Save")
    esther.follows("Write").writes("What did we learn?", "A missed call is rung back the next day.")
    esther.presses("Save").follows("Change something")
    esther.writes("What is to be changed?", "Look at missed calls every morning.")
    esther.selects("By whom?", f"{name}, HIU lead").dates("By when?", _in_days(10)).presses(
        "Save"
    ).sees("Asked.")
    assert esther.page.get_by_role("button", name="Close it").count() == 0
    nia.goes_to("/assurance/events/").sees("What you are asked to change")
    nia.follows("Say what was done").writes("What was done?", "I look at them at nine each day.")
    nia.presses("Save")
    esther.goes_to(esther.page.url.removeprefix(stage.address)).presses("Close it")
    esther.sees(f"{reference} is closed.", "Open it again")
    assert fits(esther)
    nia.follows(reference).sees("A missed call is rung back the next day.")


def _notes(nia: Someone, register: str, kind: str, words: str, data: str) -> None:
    nia.goes_to("/assurance/events/note/").picks("What do you want to note?", register)
    nia.selects("What is it about?", kind).writes("What happened?", words)
    nia.picks(DATA, data).presses("Note it").sees("Noted.")


def _answers(someone: Someone, duty: str) -> Someone:
    line = someone.page.locator("li", has=someone.page.get_by_text(duty, exact=True))
    return someone.follows("Answer", inside=line)


def _in_days(days: int) -> date:
    return date.today() + timedelta(days=days)
