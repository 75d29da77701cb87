"""Which duties an entry has and when each is due: facts and a service's settings come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from openhiu.web.assurance.clocks import months_after, thirty_days_after, working_days_after
from openhiu.web.design.words import as_day

HOURS_TO_DECIDE: Final = 72
MOST_MONTHS_TO_ANSWER: Final = 6


@dataclass(frozen=True)
class Deadline:
    """One duty and its day, or its moment."""

    what: str
    on: date | None = None
    at: datetime | None = None


def deadlines(register: str, data: str, aware_at: datetime, settings: Any) -> list[Deadline]:
    """What an entry asks for.

    Args:
        register: a value of Entry.Register.
        data: a value of Entry.Data: whether personal data were lost or seen by the wrong person.
        aware_at: when the service came to know of it.
        settings: RegisterSettings, or anything with its numbers.
    """
    day = as_day(aware_at)
    made: Mapping[str, list[Deadline]] = {
        "incident": [
            Deadline("provider", working_days_after(day, 1)),
            Deadline("commissioner", working_days_after(day, settings.commissioner_working_days)),
            Deadline("person", working_days_after(day, settings.person_working_days)),
            Deadline("review", day + timedelta(days=settings.review_days)),
        ],
        "near_miss": [Deadline("review", day + timedelta(days=settings.review_days))],
        "complaint": [
            Deadline("acknowledge", working_days_after(day, settings.acknowledge_working_days)),
            Deadline("answer", months_after(day, MOST_MONTHS_TO_ANSWER)),
        ],
        "compliment": [
            Deadline("thank", working_days_after(day, settings.thank_working_days)),
            Deadline("pass_on", working_days_after(day, settings.thank_working_days)),
        ],
    }
    return [*_about_data(register, data, aware_at), *made[register]]


def _about_data(register: str, data: str, aware_at: datetime) -> list[Deadline]:
    """Not sure counts as yes: the clock runs while one finds out."""
    if data == "no" or register == "compliment":
        return []
    decide = Deadline("ico", at=aware_at + timedelta(hours=HOURS_TO_DECIDE))
    if register == "complaint":
        return [decide, Deadline("acknowledge_data", thirty_days_after(as_day(aware_at)))]
    return [decide]
