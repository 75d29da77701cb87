"""One coming to a department becomes what the department records: a moment in, a `Visit` out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from openhiu.synthetic.days import DAY, Calendar
from openhiu.synthetic.dice import Dice, Weighted
from openhiu.synthetic.life import Moment
from openhiu.synthetic.person import Person
from openhiu.synthetic.places import Site
from openhiu.synthetic.stories import BACKGROUND_LEFT_EARLY, Complaint, background_at

MAJOR, MINOR, SAME_DAY = "01", "03", "05"
TREATED: Final = "182992009"
DEAD_ON_ARRIVAL: Final = "63238001"
STREAMED_TO_MINOR: Final = "1077031000000103"
STREAMED_TO_SAME_DAY: Final = "1077081000000104"
STREAMED_TO_MAJOR: Final = "1077781000000101"
HOME, WARD, SHORT_STAY, MORTUARY = "306689006", "306706006", "1066331000000109", "305398007"

_LEFT = Weighted({"1066301000000103": 6.0, "1066311000000101": 2.0, "1066321000000107": 2.0})
_STREAMED = Weighted(
    {STREAMED_TO_MINOR: 6.0, STREAMED_TO_SAME_DAY: 2.5, "1077021000000100": 1.5}
)  # fmt: skip
_STREAMED_SHARE: Final = 0.05
_MINOR_SENT_ON: Final = 0.03
_ADMITTED_TO = Weighted({WARD: 90.0, "1066361000000104": 5.0, "1066391000000105": 3.0,
                         "1066371000000106": 2.0})  # fmt: skip
_NOT_ADMITTED = Weighted({HOME: 91.0, SHORT_STAY: 5.0, "306691003": 1.5, "306694006": 1.5,
                          "306705005": 0.5, "19712007": 0.5})  # fmt: skip
_AMBULANCES = Weighted({"1048031000000100": 95.0, "1048041000000109": 3.0,
                        "1048021000000102": 1.5, "1048051000000107": 0.5})  # fmt: skip
_OTHER_MODES = Weighted({"1048071000000103": 76.0, "1048061000000105": 20.0,
                         "1048001000000106": 3.0, "1047991000000102": 0.4, "": 0.6})  # fmt: skip
_ACUITY_ADMITTED = Weighted({"1064891000000107": 4.0, "1064911000000105": 30.0,
                             "1064901000000108": 50.0, "1077241000000103": 16.0})  # fmt: skip
_ACUITY = Weighted({"1064911000000105": 7.0, "1064901000000108": 30.0, "1077241000000103": 50.0,
                    "1077251000000100": 10.0, "": 3.0})  # fmt: skip
_FOLLOW_UP = Weighted({"2": 65.0, "4": 28.0, "1": 7.0})
_FIRST = Weighted({"1": 95.5, "": 1.5, "2": 1.0, "4": 1.6, "3": 0.4})
_SAFEGUARDING = Weighted({"417430008": 5.0, "401233007": 3.0, "761571000000106": 2.0})


@dataclass
class Visit:
    """One row to be, in minutes and codes."""

    person: Person
    site: Site
    arrived: int
    left: int
    complaint: Complaint
    department: str = MAJOR
    category: str = "1"
    mode: str = ""
    by_ambulance: bool = False
    acuity: str = ""
    safeguarding: str = ""
    status: str = TREATED
    destination: str = HOME
    admitted: bool = False
    incident: str = ""


def visit(
    dice: Dice, calendar: Calendar, person: Person, moment: Moment, site: Site, elsewhere: bool
) -> Visit:
    """The visit that comes of a moment; `elsewhere`: the one before was at another site."""
    age = person.age_at(calendar.stamp(moment.minute).date())
    background, story = background_at(age), moment.story
    complaint = dice.draw(story.complaints if story else background.complaints)
    ambulance = story.ambulance if story else background.ambulance
    made = Visit(person, site, moment.minute, moment.minute, complaint)
    made.category = _category(dice, moment, elsewhere)
    made.department = MINOR if moment.minor_unit else MAJOR
    made.by_ambulance = not moment.minor_unit and dice.chance(ambulance)
    made.mode = dice.draw(_AMBULANCES if made.by_ambulance else _OTHER_MODES)
    if dice.chance(0.03 if story and age >= 18 else 0.005):
        made.safeguarding = dice.draw(_SAFEGUARDING)
    _end(dice, made, _admitted_share(made, story.admitted if story else background.admitted),
         story.left_early if story else BACKGROUND_LEFT_EARLY)  # fmt: skip
    made.left = calendar.existing(_leaving(dice, made))
    return made


def _category(dice: Dice, moment: Moment, elsewhere: bool) -> str:
    if not moment.follow_up:
        return dice.draw(_FIRST)
    return "3" if elsewhere else dice.draw(_FOLLOW_UP)


def _admitted_share(visit: Visit, share: float) -> float:
    """Those who came by ambulance are admitted more often, the others less; the mean stays near."""
    if visit.department != MAJOR:
        return 0.0
    return min(share * (1.35 if visit.by_ambulance else 0.82), 0.9)


def _end(dice: Dice, visit: Visit, admitted: float, left_early: float) -> None:
    """How it ended: admitted, gone early, streamed elsewhere, or treated and home."""
    visit.admitted = dice.chance(admitted)
    visit.acuity = dice.draw(_ACUITY_ADMITTED if visit.admitted else _ACUITY)
    if visit.admitted:
        visit.destination = dice.draw(_ADMITTED_TO)
    elif dice.chance(left_early):
        visit.status, visit.destination = dice.draw(_LEFT), ""
    elif visit.department == MINOR and dice.chance(_MINOR_SENT_ON):
        visit.status, visit.destination = STREAMED_TO_MAJOR, ""
    elif visit.department == MAJOR and not visit.by_ambulance and dice.chance(_STREAMED_SHARE):
        visit.status, visit.destination = dice.draw(_STREAMED), ""
    else:
        visit.destination = dice.draw(_NOT_ADMITTED)


def _leaving(dice: Dice, visit: Visit) -> int:
    if visit.status != TREATED:
        return visit.arrived + dice.whole(6, 95)
    median = 270.0 if visit.admitted else 150.0 if visit.department == MAJOR else 80.0
    minutes = median * math.exp(0.6 * dice.normal())
    return visit.arrived + int(min(max(minutes, 8.0), 2.5 * DAY))


def streamed_on(dice: Dice, calendar: Calendar, visit: Visit) -> Visit | None:
    """The second row of one coming: the unit that someone was streamed to."""
    to = {STREAMED_TO_MINOR: MINOR, STREAMED_TO_SAME_DAY: SAME_DAY, STREAMED_TO_MAJOR: MAJOR}
    department = to.get(visit.status)
    if department is None:
        return None
    arrived = calendar.existing(visit.left + dice.whole(1, 12))
    second = Visit(visit.person, visit.site, arrived, arrived, visit.complaint, department,
                   visit.category, visit.mode, visit.by_ambulance, visit.acuity)  # fmt: skip
    second.left = calendar.existing(arrived + dice.whole(25, 240))
    return second


def brought_in_dead(
    dice: Dice, person: Person, minute: int, site: Site, complaint: Complaint
) -> Visit:
    """The last row of someone who died on the way, written in the minute of death."""
    return Visit(person, site, minute, minute + dice.whole(20, 90), complaint, by_ambulance=True,
                 mode=dice.draw(_AMBULANCES), acuity="1064891000000107", status=DEAD_ON_ARRIVAL,
                 destination=MORTUARY)  # fmt: skip
