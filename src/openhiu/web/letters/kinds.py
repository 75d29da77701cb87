"""Which letters there are, as data: for whom each is, what is asked first, what the record adds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from openhiu.web.letters.models import Outgoing

POST, HAND, MAIL, SIGN_IN = (str(way) for way in Outgoing.Way.values)


class For(StrEnum):
    """Who receives a letter."""

    CLIENT = "client"
    PRACTICE = "practice"
    PARTNER = "partner"


@dataclass(frozen=True)
class Ask:
    """One thing the record does not know: asked before the letter is drawn up."""

    name: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of letter.

    `about` is what the page says it is for. `record`: names of casework.sharing.ITEMS that are put
    in where an organisation may see them. `plan`: it carries words of the client's plan, and so a
    version and a day after which a newer one is asked for. `always`: goes out with the words for
    nights and weekends.
    """

    key: str
    label: str
    title: str
    about: str
    reader: For
    ways: tuple[str, ...]
    asks: tuple[Ask, ...] = ()
    record: tuple[str, ...] = ()
    plan: bool = False
    agreed: bool = False  # it carries the plan agreed at the meeting
    always: bool = True

    @property
    def to_client(self) -> bool:
        """Whether the client receives it."""
        return self.reader is For.CLIENT


_IN_PERSON: Final = (POST, HAND)
_TO_SERVICES: Final = (MAIL, SIGN_IN, POST)
_WHO: Final = ("name", "birth_date", "nhs_number")
_WHEN: Final = (
    Ask("day", "Which day?", "As it is said: Tuesday 24 November"),
    Ask("clock", "At what time?", "As it is said: 10 in the morning"),
    Ask("place", "Where?", "The place, and how to find the door"),
)

_ALL: Final = (
    Kind("hello", "Hello", "A letter for you", "Who we are and how to reach us, for someone who "
         "has just said yes.", For.CLIENT, _IN_PERSON),
    Kind("appointment", "A time to meet", "A time to meet",
         "Day, time and place of a meeting or a call.", For.CLIENT, _IN_PERSON, asks=_WHEN),
    Kind("not_reached", "We could not reach you", "We would like to hear from you",
         "When calls found nobody: no blame, and an easy way back.", For.CLIENT, _IN_PERSON),
    Kind("stepping_back", "Stepping back", "How we go on from here",
         "Things are steadier: what stays the same, and how to come back.",
         For.CLIENT, _IN_PERSON),
    Kind("goodbye", "Goodbye for now", "Goodbye for now",
         "When somebody moves on: thanks, and the open door.", For.CLIENT, _IN_PERSON),
    Kind("card", "Out-of-hours card", "When we are not there",
         "Who answers at night and at weekends, and when to come to A&E.",
         For.CLIENT, (HAND, POST), plan=True, always=False),
    Kind("crisis_plan", "Crisis plan", "My plan for when it gets hard",
         "Signs, what helps, whom to call: in their words.",
         For.CLIENT, (HAND, POST), plan=True, always=False),
    Kind("gp_working", "To the GP: working with your patient", "Working with your patient",
         "Tells the practice that we support someone, and how to reach us.",
         For.PRACTICE, _TO_SERVICES, record=(*_WHO, "phase"), always=False),
    Kind("gp_plan", "To the GP: plan agreed", "A plan was agreed with your patient",
         "The plan agreed, with its early-warning signs and who does what.",
         For.PRACTICE, _TO_SERVICES, record=(*_WHO, "phase", "agreed_plan"), plan=True, agreed=True,
         always=False),
    Kind("gp_stepping_back", "To the GP: stepping back", "Stepping back from your patient",
         "We are in touch less often; how to bring us back at once.",
         For.PRACTICE, _TO_SERVICES, record=(*_WHO, "phase"), always=False),
    Kind("partner_summary", "Summary for a partner", "A summary for your organisation",
         "What one organisation may see, on paper: exactly what is shared with it.",
         For.PARTNER, _TO_SERVICES, plan=True, always=False),
)  # fmt: skip
KINDS: Final = {kind.key: kind for kind in _ALL}
