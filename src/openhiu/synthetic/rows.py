"""Visits, stays and calls become the rows of files: codes and minutes in, text cells out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from openhiu.synthetic.days import DAY, Calendar
from openhiu.synthetic.person import Person
from openhiu.synthetic.visits import Visit

UPSERT: Final = "9"
_UNKNOWN_ACCOMMODATION: Final = "1064831000000106"
_HOUSED, _HOMELESS = "160734000", "32911000"


@dataclass(frozen=True)
class Stay:
    """One hospital spell, in minutes; `still_there` when the files were taken."""

    person: Person
    provider: str
    site: str
    since: int
    until: int
    method: str
    diagnosis: str
    died: bool = False
    day_case: bool = False
    still_there: bool = False


def stamp(calendar: Calendar, minute: int) -> str:
    """A minute as ISO text."""
    return calendar.stamp(minute).isoformat(sep=" ")


def attendance(calendar: Calendar, visit: Visit, extracted: datetime) -> list[str]:
    """One row of the attendance file, in the order of `layout.ATTENDANCE_COLUMNS`.

    The identifier is still empty, because those are given in the order of arrival.
    """
    person, home = visit.person, visit.person.home_at(visit.arrived)
    arrived, left = calendar.stamp(visit.arrived), calendar.stamp(visit.left)
    return [
        person.nhs_number, "", visit.site.provider, visit.site.code,
        visit.department, visit.category,
        arrived.date().isoformat(), arrived.time().isoformat(),
        left.date().isoformat(), left.time().isoformat(),
        person.born.isoformat(), person.sex, person.ethnic_category,
        home.practice, home.area.code, str(home.area.imd_decile),
        visit.mode, visit.complaint.complaint, visit.acuity, visit.complaint.intent,
        "25702006" if visit.complaint.alcohol else "", visit.complaint.diagnosis,
        _accommodation(visit), visit.safeguarding, visit.status, visit.destination, visit.incident,
        extracted.date().isoformat(), extracted.time().isoformat(), UPSERT,
    ]  # fmt: skip


def _accommodation(visit: Visit) -> str:
    if visit.person.homeless:
        return _HOMELESS
    return _UNKNOWN_ACCOMMODATION if visit.arrived % 9 == 0 else _HOUSED


def stay(calendar: Calendar, made: Stay, extracted: str) -> list[str]:
    """One row of the admission file, without its identifier."""
    ended, days, method = "", "", ""
    if not made.still_there:
        ended, method = stamp(calendar, made.until), "4" if made.died else "1"
        days = str(made.until // DAY - made.since // DAY)
    return [
        "", made.provider, made.person.nhs_number, made.site, stamp(calendar, made.since),
        ended, made.method, days, made.person.born.isoformat(),
        made.person.sex, "2" if made.day_case else "1", method, made.diagnosis, extracted,
    ]  # fmt: skip


def person(calendar: Calendar, who: Person, extracted: str) -> list[str]:
    """One row of the people file: who they are at the end."""
    home = who.home_at(calendar.end)
    died = "" if who.died is None else calendar.stamp(who.died).date().isoformat()
    return [
        who.nhs_number, who.nhs_number, who.name, who.phone, home.address, home.postcode,
        who.warning_flags, who.born.isoformat(), died, who.sex, who.ethnic_category, home.practice,
        home.area.code, str(home.area.imd_decile), extracted,
    ]  # fmt: skip


def truth(calendar: Calendar, who: Person) -> list[list[str]]:
    """What nobody could know: the latent rate and the spells behind one person's visits."""
    life = who.life
    known = [who.nhs_number, _day(calendar, life.since), _day(calendar, life.until)]
    rows = [[*known, "", f"{life.visits_a_year:.4f}", "", "", ""]]
    for spell in life.spells:
        ends = [_day(calendar, spell.since), _day(calendar, spell.until)]
        rows.append([*known, spell.story.name, "", *ends, f"{spell.visits_a_year:.4f}"])
    return rows


def _day(calendar: Calendar, day: float) -> str:
    found: date = calendar.stamp(int(day) * DAY).date()
    return found.isoformat()
