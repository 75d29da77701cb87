"""Clocks by hand: each expected day was counted on a calendar and says how."""

from __future__ import annotations

from datetime import date

import pytest

from openhiu.web.assurance.clocks import (
    Clock,
    Pause,
    days_paused,
    months_after,
    one_month_after,
    thirty_days_after,
    working_days_after,
)

D = date


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (D(2026, 9, 3), D(2026, 10, 5)),  # 3 Oct is a Saturday: Monday 5
        (D(2026, 1, 31), D(2026, 3, 2)),  # no 31 Feb: 28 Feb, a Saturday: Monday 2 Mar
        (D(2025, 1, 31), D(2025, 2, 28)),  # 28 Feb 2025 is a Friday
        (D(2028, 1, 31), D(2028, 2, 29)),  # a leap year; 29 Feb 2028 is a Tuesday
        (D(2026, 8, 31), D(2026, 9, 30)),  # September has 30 days; a Wednesday
        (D(2026, 11, 25), D(2026, 12, 29)),  # Fri 25 and Mon 28 Dec are bank holidays
        (D(2026, 12, 1), D(2027, 1, 4)),  # Fri 1 Jan is a bank holiday: Monday 4
        (D(2026, 3, 3), D(2026, 4, 7)),  # Good Friday 3 April to Easter Monday 6 April
        (D(2026, 12, 31), D(2027, 2, 1)),  # 31 Jan 2027 is a Sunday
    ],
)
def test_one_calendar_month_ends_on_a_working_day(received: date, due: date) -> None:
    assert one_month_after(received) == due == Clock(received).due(received)


def test_months_keep_the_day_where_the_month_has_it() -> None:
    assert months_after(D(2026, 11, 30), 3) == D(2027, 2, 28)
    assert months_after(D(2026, 12, 15), 12) == D(2027, 12, 15)


def test_two_more_months_make_three_from_the_day_of_receipt() -> None:
    clock = Clock(D(2026, 6, 10), extended=True)
    assert clock.due(D(2026, 6, 20)) == D(2026, 9, 10)  # a Thursday
    # It can be told only within the first month: 10 July 2026, a Friday.
    assert clock.tell_extension_by(D(2026, 6, 20)) == D(2026, 7, 10)


def test_the_month_begins_when_proof_of_identity_comes() -> None:
    clock = Clock(D(2026, 6, 10), identity=Pause(D(2026, 6, 11), D(2026, 6, 18)))
    assert clock.due(D(2026, 6, 20)) == D(2026, 7, 20)  # 18 July is a Saturday


def test_days_of_waiting_for_clarification_are_added_up() -> None:
    # 12 to 15 June: 3 days; 20 to 24 June: 4 days. 10 July + 7 = 17 July 2026, a Friday.
    pauses = (Pause(D(2026, 6, 12), D(2026, 6, 15)), Pause(D(2026, 6, 20), D(2026, 6, 24)))
    clock = Clock(D(2026, 6, 10), clarification=pauses)
    assert days_paused(pauses, D(2026, 7, 1)) == 7
    assert clock.due(D(2026, 7, 1)) == D(2026, 7, 17)
    assert clock.tell_extension_by(D(2026, 7, 1)) == D(2026, 7, 17)


def test_two_pauses_at_once_count_once_and_those_before_the_month_do_not_count() -> None:
    # 12-16 and 14-18 June: 12 to 18 June, 6 days.
    twice = (Pause(D(2026, 6, 12), D(2026, 6, 16)), Pause(D(2026, 6, 14), D(2026, 6, 18)))
    assert days_paused(twice, D(2026, 7, 1)) == 6
    # Proof came on 16 June: only 16 and 17 June still count. 16 July + 2 = 18 July, a Saturday.
    clock = Clock(D(2026, 6, 10), Pause(D(2026, 6, 10), D(2026, 6, 16)), twice)
    assert clock.due(D(2026, 7, 1)) == D(2026, 7, 20)


def test_the_clock_stands_still_while_an_answer_is_awaited() -> None:
    clock = Clock(D(2026, 6, 10), clarification=(Pause(D(2026, 6, 12)),))
    assert clock.stopped
    # Each further day of waiting moves the end by a day: 12 to 22 June are 10: 20 July, a Monday.
    assert clock.due(D(2026, 6, 22)) == D(2026, 7, 20)
    assert clock.due(D(2026, 6, 23)) == D(2026, 7, 21)
    assert clock.days_left(D(2026, 6, 22)) == clock.days_left(D(2026, 6, 23)) == 28
    assert not Clock(D(2026, 6, 10)).stopped
    proof = Clock(D(2026, 6, 10), identity=Pause(D(2026, 6, 11)))
    assert proof.stopped
    assert proof.due(D(2026, 6, 22)) == D(2026, 7, 22)


def test_late_is_a_negative_number_of_days_left() -> None:
    assert Clock(D(2026, 6, 10)).days_left(D(2026, 7, 13)) == -3


def test_a_complaint_about_data_is_acknowledged_within_thirty_days() -> None:
    assert thirty_days_after(D(2026, 6, 10)) == D(2026, 7, 10)  # June has 30 days; a Friday
    assert thirty_days_after(D(2026, 11, 25)) == D(2026, 12, 29)  # 25 Dec: a holiday, to Tuesday


def test_working_days_leave_out_weekends_and_bank_holidays() -> None:
    # Thursday 24 Dec 2026: Fri 25 and Mon 28 are holidays, so Tue 29, Wed 30, Thu 31.
    assert working_days_after(D(2026, 12, 24), 3) == D(2026, 12, 31)
    assert working_days_after(D(2026, 6, 12), 1) == D(2026, 6, 15)  # Friday to Monday
