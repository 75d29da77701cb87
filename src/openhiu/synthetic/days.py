"""When people come: a stretch of days in, moments with the rhythm of week and day out.

A moment is a whole number of minutes since midnight of the first day, in local time as a hospital
would record it; the hour that does not exist when clocks go forward is never used.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from openhiu.synthetic.dice import Dice, Weighted

DAY: Final = 24 * 60
YEAR: Final = 365.25

# Monday is the busiest (16 % of attendances, NHS Digital 2019/20); winter a little busier.
_WEEKDAYS: Final = (1.13, 1.01, 0.98, 0.97, 0.97, 0.96, 0.98)
_MONTHS: Final = (1.0, 1.02, 1.03, 0.98, 1.01, 1.0, 1.0, 0.96, 1.0, 1.02, 1.03, 1.03)
_DAYTIME: Final = Weighted(
    dict(enumerate((18, 13, 11, 10, 10, 11, 16, 28, 48, 68, 78, 77, 70, 66, 63, 62, 63, 64, 64, 60,
                    52, 44, 36, 26)))
)  # fmt: skip
_EVENING: Final = Weighted(
    dict(enumerate((52, 46, 38, 30, 24, 20, 18, 20, 26, 32, 36, 38, 38, 40, 42, 46, 50, 56, 62, 66,
                    70, 70, 68, 62)))
)  # fmt: skip


class Calendar:
    """The days from `first` up to, not including, `last`."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first
        self.last = last
        self.days = (last - first).days
        self.end = self.days * DAY
        self._midnight = datetime.combine(first, time())
        shares = [_share(first + timedelta(days=day)) for day in range(self.days)]
        most = max(shares)
        self._accept = [share / most for share in shares]

    @property
    def years(self) -> float:
        """How long it is."""
        return self.days / YEAR

    def minute(self, day: date) -> int:
        """Midnight at the beginning of `day`."""
        return (day - self.first).days * DAY

    def moment(self, dice: Dice, since: float, until: float, evening: bool) -> int:
        """A minute between two days (as numbers from the first), busy days the likelier."""
        day = int(dice.between(since, until))
        for _ in range(8):
            if dice.random() < self._accept[day]:
                break
            day = int(dice.between(since, until))
        hour = dice.draw(_EVENING if evening else _DAYTIME)
        return self.existing(day * DAY + hour * 60 + dice.whole(0, 59))

    def existing(self, minute: int) -> int:
        """The minute itself, or an hour later where clocks had just gone forward over it."""
        within = minute % DAY
        if not 60 <= within < 120:
            return minute
        day = self.first + timedelta(days=minute // DAY)
        forward = day.month == 3 and day.day >= 25 and day.weekday() == 6
        return minute + 60 if forward else minute

    def earlier(self, minute: int) -> int:
        """The minute itself, or an hour before where it never was: for what came before a visit."""
        return minute if self.existing(minute) == minute else minute - 60

    def stamp(self, minute: int) -> datetime:
        """The date and time at which `minute` begins."""
        return self._midnight + timedelta(minutes=self.existing(minute))


def _share(day: date) -> float:
    return _WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1]
