"""What goes with visits: hospital stays, ambulance calls and calls to 111; draws in, facts out."""

from __future__ import annotations

import math
from typing import Final

from openhiu.synthetic.days import DAY, Calendar
from openhiu.synthetic.dice import Dice, Weighted
from openhiu.synthetic.person import Person
from openhiu.synthetic.places import AMBULANCE_SERVICE, SERVICE_111
from openhiu.synthetic.rows import Stay, stamp
from openhiu.synthetic.visits import Visit

Busy = list[tuple[int, int]]
"""The stretches, in minutes, in which one person is in a department or a bed."""

_METHODS = Weighted({"21": 93.0, "22": 4.0, "2A": 1.5, "24": 1.0, "2D": 0.5})
_PRIORITIES = Weighted({"C1": 8.0, "C2": 60.0, "C3": 26.0, "C4": 6.0})
_NOT_CONVEYED = Weighted({"scene": 70.0, "phone": 30.0})
_OUTCOMES = Weighted({("Dx02", "emergency department"): 14.0, ("Dx010", "ambulance"): 12.0,
                      ("Dx05", "primary care"): 50.0, ("Dx09", "self care"): 24.0})  # fmt: skip
_SENT_IN = Weighted({("Dx02", "emergency department"): 70.0, ("Dx05", "primary care"): 30.0})
_SYMPTOMS = Weighted({"SG1011": 20.0, "SG1052": 20.0, "SG1071": 20.0, "SG1198": 20.0,
                      "SG1205": 20.0})  # fmt: skip
_SAME_DAY_STAY: Final = 0.3
_CALLS_NOT_CONVEYED: Final = 0.25
_CALLS_111: Final = 0.15
_RANG_111_FIRST: Final = 0.12
_ELECTIVE_A_YEAR: Final = 0.05


def emergency_stay(dice: Dice, visit: Visit, age: int) -> Stay:
    """The stay that follows an attendance; a third go home within the day, some stay for weeks."""
    person, since = visit.person, visit.left
    if dice.chance(_SAME_DAY_STAY):
        until = since + dice.whole(120, 900)
    else:
        days = math.exp(1.0 + 0.008 * min(age, 90) + 0.9 * dice.normal())
        until = since + int(min(days, 120.0) * DAY)
        until = until - until % DAY + dice.whole(9 * 60, 19 * 60)
        if until <= since:
            until += DAY
    died = person.died is not None and person.died <= until
    if died and person.died is not None:
        until = person.died
    return Stay(person, visit.site.provider, visit.site.code, since, until,
                dice.draw(_METHODS), visit.complaint.icd10, died)  # fmt: skip


def elective_stays(dice: Dice, calendar: Calendar, visit: Visit, busy: Busy) -> list[Stay]:
    """Planned stays of someone who attends, mostly day cases, entered in `busy` too."""
    stays = []
    for _ in range(dice.poisson(_ELECTIVE_A_YEAR * calendar.years)):
        since = dice.whole(0, calendar.days - 1) * DAY + 8 * 60
        day_case = dice.chance(0.8)
        until = since + (420 if day_case else dice.whole(1, 4) * DAY + 240)
        if here(visit.person, since, until) and free(busy, since, until):
            stays.append(Stay(visit.person, visit.site.provider, visit.site.code, since, until,
                              "11", "Z099", day_case=day_case))  # fmt: skip
            busy.append((since, until))
    return stays


def here(person: Person, since: int, until: int) -> bool:
    """Whether someone lives here, and lives, over the whole stretch."""
    return person.life.since * DAY <= since and until <= person.life.until * DAY


def free(busy: Busy, since: int, until: int) -> bool:
    """Whether a stretch touches none of the busy ones."""
    return all(until < begin or end < since for begin, end in busy)


def conveyance(dice: Dice, calendar: Calendar, visit: Visit, number: str) -> list[str]:
    """The call behind an arrival by ambulance."""
    scene = calendar.earlier(visit.arrived - dice.whole(25, 80))
    call = calendar.earlier(scene - dice.whole(6, 60))
    return [
        number, AMBULANCE_SERVICE, visit.person.nhs_number, stamp(calendar, call),
        stamp(calendar, scene), "ED", visit.site.code, visit.complaint.complaint,
        dice.draw(_PRIORITIES),
    ]  # fmt: skip


def calls_not_conveyed(
    dice: Dice, calendar: Calendar, visits: list[Visit], busy: Busy
) -> list[tuple[int, Visit, bool]]:
    """Calls of people who were then treated where they were (True) or over the phone (False)."""
    calls = []
    for near in visits:
        for _ in range(dice.poisson(_CALLS_NOT_CONVEYED * (2.0 if near.by_ambulance else 0.6))):
            minute = calendar.existing(near.arrived + dice.whole(-20 * DAY, 20 * DAY))
            if inside(calendar, near.person, minute, busy):
                calls.append((minute, near, dice.draw(_NOT_CONVEYED) == "scene"))
    return calls


def inside(calendar: Calendar, person: Person, minute: int, busy: Busy) -> bool:
    """Whether a call can be made then: in the time covered, living here, not in hospital."""
    covered = 0 <= minute < calendar.end
    return covered and here(person, minute, minute) and free(busy, minute, minute)


def treated_there(
    dice: Dice, calendar: Calendar, call: tuple[int, Visit, bool], number: str
) -> list[str]:
    """The row of a call that did not end at a hospital."""
    minute, near, on_scene = call
    scene = stamp(calendar, minute + dice.whole(6, 90)) if on_scene else ""
    return [
        number, AMBULANCE_SERVICE, near.person.nhs_number, stamp(calendar, minute), scene, "", "",
        near.complaint.complaint, dice.draw(_PRIORITIES),
    ]  # fmt: skip


def calls_to_111(
    dice: Dice, calendar: Calendar, visits: list[Visit], busy: Busy
) -> list[tuple[int, Person, bool]]:
    """Calls to 111: some before a visit (True: sent in), some on other days."""
    calls = []
    for near in visits:
        if not near.by_ambulance and dice.chance(_RANG_111_FIRST):
            calls.append((near.arrived - dice.whole(40, 1200), near.person, True))
        if dice.chance(_CALLS_111):
            calls.append((near.arrived + dice.whole(-40 * DAY, 40 * DAY), near.person, False))
    return [
        (calendar.earlier(minute), person, sent)
        for minute, person, sent in calls
        if inside(calendar, person, minute, busy)
    ]


def call_111(dice: Dice, calendar: Calendar, call: tuple[int, Person, bool]) -> list[str]:
    """One row of the 111 file, without its identifier."""
    minute, person, sent_in = call
    outcome, group = dice.draw(_SENT_IN if sent_in else _OUTCOMES)
    age = person.age_at(calendar.stamp(minute).date())
    return [
        "", SERVICE_111, person.nhs_number, stamp(calendar, minute), outcome, group,
        dice.draw(_SYMPTOMS), str(max(age, 0)), person.sex, person.home_at(minute).practice,
    ]  # fmt: skip
