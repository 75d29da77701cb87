"""More than usual for them: the rule worked out by hand, and what it does where little is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from scipy.stats import nbinom, poisson

from openhiu.monitor.baseline import Prior, judge, prior_of
from openhiu.monitor.signals import Event, Rules, Signal, Watched, raise_signals
from support.early_warning import START, attended

DAY = timedelta(days=1)
# Day 208 is the first with 180 days of baseline before its four weeks.
TODAY = START + 208 * DAY
UNTIL = {"attendances": datetime(2030, 1, 1)}


def client(ref: str, *days: int, **more: object) -> Watched:
    events = tuple(attended(day, n) for n, day in enumerate(days))
    return Watched(ref, supported_since=START, last_contact_on=TODAY, events=events, **more)  # type: ignore[arg-type]


def individual(watched: list[Watched], rules: Rules | None = None, days: int = 1) -> list[Signal]:
    """What the individual rule tells up to and with day 207 and some more."""
    found = raise_signals(
        watched, rules or Rules(), TODAY + (days - 1) * DAY, data_until=UNTIL, data_since=START
    )
    return [one for one in found if one.rule == "individual"]


def caseload(*now: int) -> list[Watched]:
    """Four clients with 2, 4, 6 and 20 attendances in the 180 days; the second has these too."""
    spread = [range(1, 1 + 8 * n, 8) for n in (2, 4, 6, 20)]
    return [client(f"c{n}", *days, *(now if n == 1 else ())) for n, days in enumerate(spread)]


def test_the_moments_of_a_caseload_give_the_prior() -> None:
    """m = 32 / 4 = 8; v = (36 + 16 + 4 + 144) / 4 = 50; a = 64 / (50 - 8); b = 180 a / 8."""
    prior = prior_of([2, 4, 6, 20], [180] * 4)
    assert prior == Prior(pytest.approx(64 / 42), pytest.approx(180 * 64 / 42 / 8))


def test_three_in_four_weeks_worked_out_by_hand() -> None:
    """Shape 1.524 + 4 = 5.524, rate 34.29 + 180 = 214.29; in 28 days 5.524 / 214.29 * 28 = 0.72.

    p = 214.29 / 242.29 = 0.88443. P(0) = p^5.524 = 0.5074; P(1) = 5.524 * 0.11557 * P(0) = 0.3239;
    P(2) = 5.524 * 6.524 / 2 * 0.11557^2 * P(0) = 0.1221. Three or more: 1 - 0.9535 = 0.0465.
    """
    prior = prior_of([2, 4, 6, 20], [180] * 4)
    found = judge(3, 4, 180, prior, 28)
    assert found.usual == pytest.approx(0.722, abs=0.001)
    assert found.chance == pytest.approx(0.0465, abs=0.0001)
    assert found.chance == pytest.approx(nbinom.sf(2, 5.5238, 214.2857 / 242.2857), abs=1e-5)
    [signal] = individual(caseload(190, 200, 207))
    assert (signal.ref, signal.level, signal.day) == ("c1", "amber", START + 207 * DAY)
    assert signal.why == (
        "3 A&E attendances in the 28 days to 27 July 2025. About 0.7 would be usual for them: "
        "4 attendances in the 180 days before. By chance alone that happens once in about 22 such "
        "times."
    )
    assert individual(caseload(200, 207)) == []  # two: 0.169


def test_five_are_red() -> None:
    """P(3) = 0.0354, P(4) = 0.0087: five or more are 0.0465 - 0.0354 - 0.0087 = 0.0024."""
    assert judge(5, 4, 180, prior_of([2, 4, 6, 20], [180] * 4), 28).chance == pytest.approx(
        0.0024, abs=0.0001
    )
    [signal] = individual(caseload(203, 204, 205, 206, 207))
    assert signal.level == "red"


def test_one_attendance_is_never_an_alert_of_this_rule() -> None:
    quiet = [client(f"c{n}") for n in range(3)]
    assert individual([client("x", 207), *quiet]) == []
    assert [one.ref for one in individual([client("x", 206, 207), *quiet])] == ["x"]


def test_clients_alike_are_judged_by_the_rate_of_the_caseload() -> None:
    """Everybody came 6 times: v = 0 is below m = 6, so Poisson with 6 / 180 * 28 = 0.93."""
    prior = prior_of([6, 6, 6], [180] * 3)
    assert prior == Prior(None, pytest.approx(6 / 180))
    assert judge(3, 6, 180, prior, 28).chance == pytest.approx(poisson.sf(2, 6 / 180 * 28))


def test_a_warning_is_followed_by_four_quiet_weeks() -> None:
    everyone = caseload(*range(203, 250))
    found = individual(everyone, Rules(late_days=700), days=60)
    days = sorted(one.day for one in found)
    assert [(day - days[0]).days for day in days] == [0, 28, 56]


def test_a_warning_that_gets_worse_turns_red_and_stays_the_same_warning() -> None:
    [amber] = individual(caseload(190, 200, 207))
    [red] = individual(caseload(190, 200, 207, 209, 210, 211), days=6)
    assert (amber.level, red.level) == ("amber", "red")
    assert (amber.key, amber.day) == (red.key, red.day)
    assert red.latest == START + 209 * DAY


def test_own_time_before_support_is_no_baseline() -> None:
    """Ten visits a month before support do not make four in a month usual afterwards."""
    steady = [client(f"c{n}", *range(n, 180, 40)) for n in range(6)]
    busy = client("x", *range(1, 120, 3), 185, 192, 199, 206)
    since = replace(busy, supported_since=START + 120 * DAY)
    assert [one.ref for one in individual([*steady, busy])] == []
    [signal] = individual([*steady, since])
    assert "0 attendances in the 59 days before" in signal.why


@pytest.mark.parametrize(("own_days", "speaks"), [(27, False), (28, True)])
def test_less_than_four_weeks_of_their_own_are_too_few_to_judge_by(
    own_days: int, speaks: bool
) -> None:
    steady = [client(f"c{n}", *range(n, 180, 40)) for n in range(6)]
    began = START + (180 - own_days) * DAY
    young = replace(client("x", 200, 202, 204, 206), supported_since=began)
    assert bool(individual([*steady, young])) is speaks
    # The same where it is the data that begin late.
    found = raise_signals(
        [client("x", 200, 202, 204, 206)], Rules(), TODAY, data_until=UNTIL, data_since=began
    )
    assert bool([one for one in found if one.rule == "individual"]) is speaks


def test_days_that_the_data_do_not_reach_are_not_judged() -> None:
    """Nothing can be more unusual for being unknown: the last day judged is the last one known."""
    everyone = caseload(190, 200, 207)
    found = raise_signals(
        everyone, Rules(late_days=700), TODAY + 40 * DAY,
        data_until={"attendances": datetime(2025, 7, 27, 23)}, data_since=START,
    )  # fmt: skip
    assert max(one.day for one in found if one.rule == "individual") == START + 207 * DAY


def test_nobody_whom_the_data_do_not_know_or_who_died_is_judged() -> None:
    known = caseload(203, 204, 205, 206, 207)
    unknown = [replace(one, known=one.ref != "c1") for one in known]
    assert individual(unknown) == []
    last = Event("admission", datetime(2025, 7, 27), outcome="2 nights, died in hospital")
    died = [replace(one, events=(*one.events, last)) if one.ref == "c1" else one for one in known]
    assert individual(died) == []


def test_the_limits_are_those_of_the_place() -> None:
    assert individual(caseload(190, 200, 207), Rules(amber=0.04)) == []
    assert individual(caseload(203, 204, 205, 206, 207), Rules(individual=False)) == []
    assert individual(caseload(203, 204, 205, 206, 207), Rules(least=6)) == []


def test_a_time_with_a_zone_falls_on_the_day_that_london_shows() -> None:
    from zoneinfo import ZoneInfo

    late = datetime(2025, 7, 26, 23, 30, tzinfo=ZoneInfo("UTC"))  # half past midnight on the 27th
    one = Watched("x", "at_a_distance", START, date(2025, 7, 1), (Event("attendance", late),))
    found = raise_signals([one], Rules(), date(2025, 7, 29), data_until=UNTIL)
    assert [s.day for s in found if s.rule == "at_a_distance"] == [date(2025, 7, 27)]
