"""What a service has seen of itself: aggregates of a roster, with support that still goes on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from openhiu.errors import InputNotUsable
from openhiu.evaluate.roster import RosterRow
from openhiu.locality import StaffingSettings
from openhiu.report.staffing.inputs import WEEKS_A_MONTH, inputs_of
from openhiu.report.staffing.observed import Observed, observed_from_roster, read_observed
from openhiu.report.staffing.survival import kaplan_meier

AS_OF = date(2026, 4, 1)
START = date(2025, 1, 1)


def row(number: int, start: int | None, end: int | None = None, **more: object) -> RosterRow:
    """A listing offered on 1 January 2025; days from then."""
    day = {key: None if days is None else START + timedelta(days=days)
           for key, days in (("start_date", start), ("step_down_date", end))}  # fmt: skip
    return replace(
        RosterRow(number, "RXX01", f"P{number}", offer_date=START, consent=start is not None,
                  start_date=day["start_date"], step_down_date=day["step_down_date"]),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_kaplan_meier_by_hand() -> None:
    """Five: end at 2, going on at 3, end at 4, end at 4, going on at 6.

    After 2: 4/5. At 4 three are at risk and two end: 4/5 x 1/3 = 4/15.
    """
    curve = kaplan_meier([2, 3, 4, 4, 6], [True, False, True, True, False])
    assert curve.times == (2, 4)
    assert list(curve.still) == pytest.approx([4 / 5, 4 / 15])
    assert curve.quantile(0.5) == 4
    assert curve.quantile(0.75) is None
    assert curve.ended_by(3.9) == pytest.approx(0.2)


def test_support_that_goes_on_is_no_short_support() -> None:
    """Twelve of 120 days that ended, twelve that began ten days ago: the median stays 120 days."""
    ended = [row(n, 5, 125) for n in range(12)]
    fresh = [row(20 + n, (AS_OF - START).days - 10) for n in range(12)]
    found = observed_from_roster([*ended, *fresh], AS_OF)
    assert found.support_months_median == pytest.approx(120 / 30.4375, abs=0.05)
    assert (found.started, found.ended, found.going_on) == (25, 10, 10)  # to the nearest 5


def test_yes_and_no_are_counted_and_no_answer_is_not() -> None:
    rows = [*(row(n, 5) for n in range(30)),
            *(row(50 + n, None, consent=False) for n in range(20)),
            *(row(90 + n, None, consent=None) for n in range(9))]  # fmt: skip
    found = observed_from_roster(rows, AS_OF)
    assert (found.asked, found.said_yes) == (50, 30)
    assert found.start_days == 5


def test_what_happens_on_or_after_the_day_is_not_known_yet() -> None:
    rows = [row(n, 5, (AS_OF - START).days + 3) for n in range(10)]
    found = observed_from_roster(rows, AS_OF)
    assert found.ended == 0
    assert found.going_on == 10
    assert observed_from_roster(rows, START).started == 0


def test_death_and_a_move_end_what_is_known_and_not_support() -> None:
    rows = [row(n, 0, death_date=START + timedelta(days=30)) for n in range(10)]
    found = observed_from_roster(rows, AS_OF)
    assert (found.ended, found.going_on) == (0, 10)


def test_returns_within_the_window_allow_for_those_not_followed_so_long() -> None:
    """Ten ended 300 days before the day, five of them were picked up after 60 days; ten ended the
    day before it and tell nothing: of the first ten, half.
    """
    last = (AS_OF - START).days
    back = START + timedelta(days=last - 240)
    rows = [*(row(n, 0, last - 300, return_date=back) for n in range(5)),
            *(row(10 + n, 0, last - 300) for n in range(5)),
            *(row(20 + n, 0, last - 1) for n in range(10))]  # fmt: skip
    found = observed_from_roster(rows, AS_OF)
    assert found.return_share == pytest.approx(0.5)


def test_few_people_tell_no_average_and_no_count() -> None:
    found = observed_from_roster([row(n, 5, 60) for n in range(7)], AS_OF)
    assert found.asked == "*"
    assert found.ended == "*"
    assert (found.support_months_median, found.return_share, found.start_days) == (None,) * 3


def test_it_is_plain_data_that_reads_back_and_names_nobody() -> None:
    found = observed_from_roster([row(n, 5, 60 + n) for n in range(30)], AS_OF)
    kept = json.loads(json.dumps(found.as_data()))
    assert read_observed(kept) == found
    assert "P3" not in json.dumps(kept)
    with pytest.raises(InputNotUsable):
        read_observed({**kept, "asked": -1})
    with pytest.raises(InputNotUsable):
        read_observed({**kept, "what": "other"})


FULL = Observed(AS_OF, asked=100, said_yes=75, started=75, ended=60, going_on=15, picked_up=15,
                start_days=14.0, support_months_quarter=2.6, support_months_median=4.0,
                support_months_three_quarters=5.8, return_share=0.3)  # fmt: skip
USUAL = StaffingSettings()


def test_enough_of_its_own_record_takes_the_place_of_the_settings() -> None:
    found = inputs_of(USUAL, FULL)
    assert found.acceptance.value == pytest.approx(75.5 / 101)
    assert found.acceptance.of == 100
    assert found.returns.value == 0.3
    assert found.start == 2
    # A gamma length with these quartiles has a mean a little above its median.
    assert 4.0 < found.support.value / WEEKS_A_MONTH < 4.5
    assert 0.4 < found.spread < 0.7
    sources = {one.key: one.source for one in found.words}
    assert sources["acceptance"] == sources["support_months"] == "roster"
    assert sources["leave_weeks"] == "default"


def test_too_little_falls_back_and_says_so() -> None:
    few = replace(FULL, asked=15, said_yes=10, started=10, ended="*")
    found = inputs_of(USUAL, few)
    assert found.acceptance.value == USUAL.acceptance
    assert found.support.value == pytest.approx(USUAL.support_months * WEEKS_A_MONTH)
    assert found.spread == USUAL.support_spread
    (note,) = found.notes
    assert "fewer than 20" in note
    assert "who says yes" in note


def test_a_median_without_quartiles_keeps_the_usual_spread() -> None:
    found = inputs_of(USUAL, replace(FULL, support_months_three_quarters=None))
    assert found.spread == USUAL.support_spread
    assert found.support.observed


def test_without_a_roster_it_says_whose_numbers_they_are() -> None:
    assert "No roster was given" in inputs_of(USUAL).notes[0]
    given = inputs_of(replace(USUAL, acceptance=0.7, given=frozenset({"acceptance"})))
    assert next(one for one in given.words if one.key == "acceptance").source == "setting"
