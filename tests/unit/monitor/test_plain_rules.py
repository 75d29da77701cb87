"""The rules that a place sets, one by one: when each speaks, what it says, and when it must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from openhiu.monitor.signals import (
    RULES,
    Event,
    Kept,
    Rules,
    Signal,
    Watched,
    raise_signals,
    settle,
    stands,
)

TODAY = date(2026, 4, 1)  # the first day that does not count
OFF = Rules(individual=False)
KNOWN = {"attendances": datetime(2026, 3, 31, 23)}
SINCE = date(2024, 4, 1)


def came(on: str, **more: object) -> Event:
    return Event("attendance", datetime.fromisoformat(on), source_ref=on, **more)  # type: ignore[arg-type]


def called(on: str) -> Event:
    return Event("ambulance", datetime.fromisoformat(on), source_ref=f"call {on}")


def robin(*events: Event, **more: object) -> Watched:
    given = {"phase": "working_together", "supported_since": date(2025, 1, 1),
             "last_contact_on": date(2026, 3, 30)} | more  # fmt: skip
    return Watched("robin", events=events, **given)  # type: ignore[arg-type]


def told(client: Watched, rule: str, rules: Rules = OFF, **more: object) -> list[Signal]:
    given = {"data_until": KNOWN, "data_since": SINCE} | more
    found = raise_signals([client], rules, TODAY, **given)  # type: ignore[arg-type]
    return [one for one in found if one.rule == rule]


def test_every_rule_has_words_for_a_lead() -> None:
    assert set(RULES) == {"individual", "at_a_distance", "first_after_quiet", "self_harm",
                          "left_before_seen", "ambulance_twice", "silence"}  # fmt: skip
    assert all(all(words) for words in RULES.values())


def test_any_attendance_while_open_at_a_distance_is_told() -> None:
    client = robin(came("2026-03-20 02:10"), came("2026-03-31 23:50"), phase="at_a_distance")
    assert [(one.day.day, one.level) for one in told(client, "at_a_distance")] == [
        (31, "amber"), (20, "amber"),
    ]  # fmt: skip
    assert told(client, "at_a_distance")[1].why == (
        "Came to A&E on 20 March 2026 while open at a distance."
    )
    assert told(replace(client, phase="walking_backwards"), "at_a_distance") == []
    assert told(client, "at_a_distance", replace(OFF, at_a_distance=False)) == []


def test_what_they_did_before_they_were_at_a_distance_is_no_return() -> None:
    client = robin(came("2026-03-20 02:10"), phase="at_a_distance")
    assert told(replace(client, phase_since=date(2026, 3, 21)), "at_a_distance") == []
    assert told(replace(client, phase_since=date(2026, 3, 20)), "at_a_distance")


def test_what_they_did_before_they_said_yes_raises_nothing() -> None:
    client = robin(
        came("2026-03-20 02:10", complaint="self-harm", outcome="left before being seen"),
        called("2026-03-19 01:00"), called("2026-03-20 01:50"),
        phase="at_a_distance", supported_since=date(2026, 3, 21),
    )  # fmt: skip
    found = raise_signals([client], OFF, TODAY, data_until=KNOWN, data_since=SINCE)
    assert found == []


@pytest.mark.parametrize(("before", "speaks"), [("2026-02-02 09:00", True),
                                                ("2026-02-03 09:00", False)])  # fmt: skip
def test_the_first_visit_after_eight_weeks_is_told(before: str, speaks: bool) -> None:
    client = robin(came(before), came("2026-03-30 08:00"))
    found = [one for one in told(client, "first_after_quiet") if one.day == date(2026, 3, 30)]
    assert bool(found) is speaks
    if speaks:
        assert found[0].why == "Came to A&E on 30 March 2026, for the first time in 8 weeks."


def test_weeks_of_which_there_are_no_data_are_not_quiet_weeks() -> None:
    client = robin(came("2026-03-30 08:00"))
    assert told(client, "first_after_quiet", data_since=date(2026, 2, 3)) == []
    assert told(client, "first_after_quiet", data_since=None) == []
    [signal] = told(client, "first_after_quiet", data_since=date(2026, 2, 2))
    assert "since the data begin" in signal.why


@pytest.mark.parametrize(
    ("complaint", "speaks"),
    [("self-harm", True), ("overdose", True), ("thoughts of suicide", True),
     ("wound (self-harm)", True), ("chest pain", False), (None, False)],
)  # fmt: skip
def test_self_harm_is_red(complaint: str | None, speaks: bool) -> None:
    found = told(robin(came("2026-03-20 02:10", complaint=complaint)), "self_harm")
    assert [one.level for one in found] == (["red"] if speaks else [])


def test_a_complaint_group_that_was_given_decides() -> None:
    harm = came("2026-03-20 02:10", complaint="wound", complaint_group="self_harm")
    other = came("2026-03-21 02:10", complaint="overdose", complaint_group="other")
    assert [one.day.day for one in told(robin(harm, other), "self_harm")] == [20]


def test_leaving_before_being_seen_is_told_and_leaving_later_is_not() -> None:
    client = robin(
        came("2026-03-20 02:10", outcome="left before being seen"),
        came("2026-03-21 02:10", outcome="left before treatment"),
        came("2026-03-22 02:10", outcome="left before treatment was completed"),
    )
    assert [one.day.day for one in told(client, "left_before_seen")] == [21, 20]


def test_two_ambulances_in_seven_days_are_told_once_in_a_week() -> None:
    client = robin(*(called(f"2026-03-{day:02d} 10:00") for day in (1, 8, 14, 15, 21, 31)))
    # 1 and 8 lie seven days apart; 14 with 8; 15 in the quiet week; 21 with 15.
    assert [one.day.day for one in told(client, "ambulance_twice")] == [21, 14]
    assert told(client, "ambulance_twice")[1].why == (
        "2 ambulances in the seven days to 14 March 2026."
    )


def test_a_call_and_the_attendance_it_ends_in_are_one_ambulance() -> None:
    one_night = [called("2026-03-20 23:40"), came("2026-03-21 01:10", by_ambulance=True)]
    assert told(robin(*one_night), "ambulance_twice") == []
    # Without data of the ambulance service the attendances alone count.
    twice = [
        came("2026-03-20 01:10", by_ambulance=True),
        came("2026-03-21 01:10", by_ambulance=True),
    ]
    assert len(told(robin(*twice), "ambulance_twice")) == 1


def test_silence_is_told_after_28_days_and_after_as_many_again() -> None:
    def silent(last: date) -> list[Signal]:
        return told(robin(last_contact_on=last), "silence")

    assert silent(date(2026, 3, 4)) == []  # 5 to 31 March: 27 days
    [signal] = silent(date(2026, 3, 3))
    assert (signal.day, signal.level) == (date(2026, 3, 31), "look")
    assert signal.why == (
        "Nothing heard for 28 days: the last contact was on 3 March 2026. No A&E attendance in "
        "that time either."
    )
    [later] = silent(date(2026, 2, 3))
    assert later.key == "silence:2026-02-03:2"


def test_an_attendance_a_stay_or_a_rhythm_agreed_upon_ends_the_looking_for_silence() -> None:
    quiet = robin(last_contact_on=date(2026, 2, 1))
    assert told(quiet, "silence")
    assert not told(replace(quiet, events=(came("2026-03-10 10:00"),)), "silence")
    stay = Event("admission", datetime(2026, 2, 5), None)
    assert not told(replace(quiet, events=(stay,)), "silence")
    assert not told(replace(quiet, rhythm_days=60), "silence")
    assert not told(replace(quiet, phase="at_a_distance"), "silence")
    assert told(replace(quiet, phase="at_a_distance", rhythm_days=42), "silence")
    assert not told(replace(quiet, last_contact_on=None, supported_since=None), "silence")


def test_no_data_is_never_told_as_no_attendance() -> None:
    quiet = robin(last_contact_on=date(2026, 2, 1))
    no_data = "There are no A&E data about them: that is not the same as no attendance."
    for more in ({"data_until": {}}, {"data_until": {"attendances": None}}):
        [signal] = told(quiet, "silence", **more)
        assert signal.why.endswith(no_data)
    [unknown] = told(replace(quiet, known=False), "silence")
    assert unknown.why.endswith(no_data)
    [short] = told(quiet, "silence", data_until={"attendances": datetime(2026, 3, 5, 9)})
    assert "A&E is known up to 5 March 2026 only: no data after that" in short.why
    for part in ("attendances", "RXX01"):
        [unsure] = told(quiet, "silence", unhealthy={part})
        assert "not certain" in unsure.why
        assert "either" not in unsure.why
    [sure] = told(quiet, "silence", unhealthy={"ambulance"})
    assert sure.why.endswith("No A&E attendance in that time either.")


def test_what_lies_too_far_back_is_history() -> None:
    client = robin(came("2026-03-03 10:00"), came("2026-03-04 10:00"), phase="at_a_distance")
    assert [one.day.day for one in told(client, "at_a_distance")] == [4]
    longer = replace(OFF, late_days=29)
    assert [one.day.day for one in told(client, "at_a_distance", longer)] == [4, 3]


def test_the_same_event_corrected_keeps_its_key_and_another_does_not() -> None:
    first = came("2026-03-20 02:10")
    corrected = first._replace(began_at=first.began_at - timedelta(minutes=15))
    [one] = told(robin(first, phase="at_a_distance"), "at_a_distance")
    [same] = told(robin(corrected, phase="at_a_distance"), "at_a_distance")
    assert one.key == same.key
    [other] = told(robin(came("2026-03-20 02:11"), phase="at_a_distance"), "at_a_distance")
    assert other.key != one.key


def test_a_signal_whose_event_was_taken_out_no_longer_stands() -> None:
    client = robin(came("2026-03-20 02:10"), phase="at_a_distance")
    [signal] = told(client, "at_a_distance")
    assert stands(signal.key, client)
    assert not stands(signal.key, replace(client, events=()))
    assert told(replace(client, events=()), "at_a_distance") == []


def test_a_warning_that_a_late_event_moves_is_not_told_again() -> None:
    kept = [Kept("robin", "ambulance_twice", date(2026, 3, 14), "ambulance_twice:was")]
    client = robin(called("2026-03-10 10:00"), called("2026-03-12 10:00"))
    raised = told(client, "ambulance_twice")
    assert settle(raised, kept, OFF) == ([], [])
    assert settle(raised, [], OFF) == (raised, [])
    again = [Kept(one.ref, one.rule, one.day, one.key) for one in raised]
    assert settle(raised, again, OFF) == ([], raised)


def test_somebody_who_died_raises_nothing() -> None:
    client = robin(
        came("2026-03-20 02:10", complaint="self-harm", outcome="died"),
        phase="at_a_distance", last_contact_on=date(2026, 1, 1),
    )  # fmt: skip
    assert raise_signals([client], Rules(), TODAY, data_until=KNOWN, data_since=SINCE) == []
