"""Commands run by the clock: at most once in their interval, and never twice at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.management import get_commands

from openhiu.web.config.timetable import COMMANDS, Timetable

HOUR = 3600


@dataclass
class Run:
    ended: bool = True

    def poll(self) -> int | None:
        return 0 if self.ended else None


@dataclass
class Day:
    """A clock that is set by hand, and what was started."""

    seconds: float = 0
    started: list[str] = field(default_factory=list)
    ended: bool = True

    def start(self, command: str) -> Run:
        self.started.append(command)
        return Run(self.ended)

    def timetable(self) -> Timetable:
        return Timetable(self.start, lambda: self.seconds)


def test_nothing_runs_in_the_first_two_minutes() -> None:
    day = Day()
    table = day.timetable()
    day.seconds = 119
    table.run_due()
    assert day.started == []


def test_in_a_day_the_hourly_one_runs_twenty_four_times_and_the_daily_ones_once() -> None:
    day = Day()
    table = day.timetable()
    for minute in range(24 * 60):
        day.seconds = minute * 60
        table.run_due()
    assert day.started.count("tell_overdue") == 24
    assert day.started.count("purge_unchosen") == 1
    assert day.started.count("clearsessions") == 1


def test_a_run_that_goes_on_is_not_joined_by_another() -> None:
    day = Day(ended=False)
    table = day.timetable()
    for hour in range(4):
        day.seconds = hour * HOUR + 200
        table.run_due()
    assert day.started.count("tell_overdue") == 1


def test_every_command_exists() -> None:
    assert set(COMMANDS) <= set(get_commands())
