"""The library's door: whichever kind of frame comes in, the same evaluation goes out."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import numpy as np
import polars
import pyarrow as pa
import pytest

import openhiu
from openhiu.errors import InputNotUsable
from openhiu.evaluate.frames import prepare_frames
from openhiu.evaluate.roster import Roster, RosterRow
from openhiu.evaluate.steps import CATEGORIES, DEPARTMENTS, LEFT_OUT, YOUNGEST
from openhiu.identify.criteria_file import load_preset
from support.evaluating import listed, prepared, visits


def made_up(seed: int = 3) -> tuple[pa.Table, pa.Table]:
    """Three years of forty people, and a roster of four of them."""
    chance = random.Random(seed)
    begin = datetime(2022, 1, 1)
    came = [(f"p{min(int(chance.expovariate(0.1)), 39)}", begin + timedelta(hours=hour))
            for hour in range(0, 3 * 365 * 24, 9)]  # fmt: skip
    attendances = pa.table({
        "person_id": [who for who, _ in came], "site_code": ["RXX01"] * len(came),
        "arrival_datetime": pa.array([when for _, when in came], pa.timestamp("us")),
        "department_type": ["01"] * len(came),
    })  # fmt: skip
    roster = pa.table({
        "site": ["RXX01"] * 4, "person_id": ["p0", "p1", "p2", "p3"],
        "list_date": [date(2024, month, 1) for month in (2, 3, 4, 5)],
        "offer_date": [date(2024, month, 3) for month in (2, 3, 4, 5)],
        "consent": ["Y", "Y", "N", None],
        "start_date": pa.array([date(2024, 2, 10), date(2024, 3, 10), None, None], pa.date32()),
    })  # fmt: skip
    return attendances, roster


KINDS: dict[str, Any] = {
    "pandas": lambda table: table.to_pandas(),
    "polars": polars.from_arrow,
    "lazy polars": lambda table: polars.from_arrow(table).lazy(),
    "duckdb": duckdb.from_arrow,
}


@pytest.mark.parametrize("turn", KINDS.values(), ids=KINDS)
def test_every_kind_of_frame_prepares_the_same(turn: Any) -> None:
    attendances, roster = made_up()
    day, expected = prepare_frames({"attendances": attendances}, roster)
    assert day == date(2024, 12, 31)
    assert expected.cohort.on_list == 2
    _, found = prepare_frames({"attendances": turn(attendances)}, turn(roster))
    assert found.journeys == expected.journeys
    assert found.lists == expected.lists
    assert found.warnings == expected.warnings
    for name in ("person", "client", "anchor", "index", "end", "history", "exposure", "said_no"):
        theirs = getattr(found.sites[0], name)
        assert np.array_equal(theirs, getattr(expected.sites[0], name))
    assert np.array_equal(found.sites[0].outcomes["attendances"],
                          expected.sites[0].outcomes["attendances"])  # fmt: skip


def test_the_result_is_that_of_the_command_line() -> None:
    attendances, roster = made_up()
    result = openhiu.evaluate(
        attendances, roster, as_of=date(2025, 1, 1), service_start=date(2024, 2, 1),
        volumes=pa.table({"site": ["RXX01"], "month": ["2024-01"], "ed_attendances": [80]}),
        social_flag=pa.table({"person_id": ["p0"], "flag": ["yes"]}),
    )  # fmt: skip
    assert result["what"] == "evaluation"
    assert result["as_of"] == "2025-01-01"
    assert result["sites"][0]["service_start"] == "2024-02-01"
    assert any("volumes given for RXX01 lack" in said for said in result["warnings"])


def test_a_frame_without_a_needed_column_is_refused() -> None:
    attendances, roster = made_up()
    with pytest.raises(InputNotUsable, match="the attendances have no column arrival_datetime"):
        prepare_frames({"attendances": attendances.drop_columns(["arrival_datetime"])}, roster)
    with pytest.raises(InputNotUsable, match="the ambulance have no column call_datetime"):
        prepare_frames({"attendances": attendances, "ambulance": pa.table({"person_id": ["a"]})},
                       roster)  # fmt: skip


def test_without_any_attendance_that_counts_there_is_a_result_and_a_sentence() -> None:
    attendances, roster = made_up()
    elsewhere = attendances.set_column(1, "site_code", pa.array(["RYY01"] * len(attendances)))
    _, found = prepare_frames({"attendances": elsewhere}, roster)
    assert found.sites == ()
    assert found.cohort.on_roster == 4
    assert any("no attendance at RXX01" in said for said in found.warnings)


def test_the_counting_rules_are_those_of_the_live_list() -> None:
    live = load_preset("spec-top-250")
    assert (DEPARTMENTS, set(CATEGORIES), set(LEFT_OUT), YOUNGEST) == (
        live.department_types, set(live.categories or ()), set(live.leave_out_statuses),
        live.youngest,
    )  # fmt: skip


def test_a_rebuilt_list_holds_the_people_of_the_live_list(duckdb_engine: Any) -> None:
    attendances, _ = made_up()
    roster = Roster((RosterRow(2, "RXX01", "nobody", start_date=date(2024, 11, 1)),))
    adults = attendances.append_column("age", pa.array([40] * len(attendances), pa.int32()))
    prepared(duckdb_engine, adults, roster, data_from="2022-01-01", as_of="2025-01-01")
    live = openhiu.identify(adults, "spec-top-250", as_of=date(2024, 6, 1), sites=("RXX01",))
    counts = {(row["person_id"], row["attendances"]) for row in live.to_pylist()
              if row["attendances"] >= 2}  # fmt: skip
    assert len(counts) > 15
    assert {(who, count) for who, count, _ in listed(duckdb_engine, "2024-06-01")} == counts


def test_times_with_a_zone_are_the_clock_on_the_wall() -> None:
    # 23:30 in UTC on 31 May is half past midnight of 1 June in London.
    _, found = prepare_frames(
        {"attendances": visits("person | site | days\na | RXX01 | 2022-01-01, 2024-01-02")},
        Roster((RosterRow(2, "RXX01", "a", start_date=date(2023, 6, 1)),)),
    )
    assert found.as_of == date(2024, 1, 3)
    zoned = pa.table({
        "person_id": ["a", "a"], "site_code": ["RXX01"] * 2, "department_type": ["01"] * 2,
        "arrival_datetime": pa.array([datetime(2022, 1, 1), datetime(2024, 5, 31, 23, 30)],
                                     pa.timestamp("us", "UTC")),
    })  # fmt: skip
    nobody = Roster((RosterRow(2, "RXX01", "a", start_date=date(2023, 6, 1)),))
    assert prepare_frames({"attendances": zoned}, nobody)[0] == date(2024, 6, 2)


def test_days_may_be_given_as_text() -> None:
    attendances, roster = made_up()
    frames = {"attendances": attendances}
    days = {"service_start": date(2024, 2, 5), "cut": date(2024, 12, 1), "as_of": date(2024, 12, 9)}
    _, expected = prepare_frames(frames, roster, **days)  # type: ignore[arg-type]
    as_text: Any = {name: day.isoformat() for name, day in days.items()}
    _, found = prepare_frames(frames, roster, **as_text)
    assert found.sites[0].service_start == expected.sites[0].service_start == date(2024, 2, 5)
    assert (found.cut, found.as_of) == (expected.cut, expected.as_of)
    by_site = prepare_frames(frames, roster, service_start={"RXX01": "2024-02-05"})[1]
    assert by_site.sites[0].service_start == date(2024, 2, 5)


@pytest.mark.parametrize("given", ["1 January 2024", {"RXX01": "05/02/2024"}, 2024])
def test_what_is_no_day_is_turned_away(given: Any) -> None:
    attendances, roster = made_up()
    with pytest.raises(InputNotUsable, match="service_start is not a day"):
        prepare_frames({"attendances": attendances}, roster, service_start=given)
