"""Where things stand in the picture: every visit is in a bar, every bar on the sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from openhiu.web.monitoring import picture
from support.web_monitoring import at


def story(events: list[dict[str, Any]], **more: Any) -> picture.Story:
    told: dict[str, Any] = {
        "first": date(2024, 4, 1), "last": date(2026, 4, 3), "events": events, "contacts": [],
        "phases": [("working_together", "Working together", date(2025, 8, 1))],
        "cut_off": date(2026, 4, 2), "known_from": date(2024, 4, 3), "started": date(2025, 8, 1),
    } | more  # fmt: skip
    return picture.Story(**told)


def visit(day: str, *, ambulance: bool = False) -> dict[str, Any]:
    return {"kind": "attendance", "began_at": at(f"{day} 10:00"), "ended_at": None,
            "by_ambulance": ambulance}  # fmt: skip


@pytest.mark.parametrize("sheet", [picture.PHONE, picture.DESKTOP], ids=lambda sheet: sheet.key)
def test_a_month_is_one_column_of_two_parts_as_high_as_its_visits(sheet: picture.Sheet) -> None:
    drawn = picture.draw(
        story([visit("2026-01-05"), visit("2026-01-06"), visit("2026-01-30", ambulance=True),
               visit("2026-02-01", ambulance=True)]), sheet,
    )  # fmt: skip
    january, february = drawn.bars
    # The busiest month has 3 visits, so the scale ends at 3: one visit is a third of it.
    one = sheet.bars / 3
    assert (january.other_height, january.ambulance_height) == (round(2 * one, 1), round(one, 1))
    assert january.ambulance_y == round(january.other_y - one, 1) == drawn.bars_top
    assert (february.other_height, february.ambulance_height) == (0, round(one, 1))
    assert [value for _, value in drawn.steps] == [0, 1, 2, 3]


@pytest.mark.parametrize("sheet", [picture.PHONE, picture.DESKTOP], ids=lambda sheet: sheet.key)
def test_nothing_leaves_the_sheet(sheet: picture.Sheet) -> None:
    stay = {"kind": "admission", "began_at": at("2024-01-01 10:00"), "ended_at": None}
    calls = [{"kind": "ambulance", "began_at": at("2026-04-03 23:00"), "ended_at": None}]
    drawn = picture.draw(story([visit("2024-04-01"), visit("2026-04-03"), stay, *calls]), sheet)
    spans = [*drawn.phases, *(span for lane in drawn.lanes for span in lane.spans)]
    assert all(drawn.left <= span.x <= span.x + span.width <= drawn.right + 0.11 for span in spans)
    assert all(drawn.left <= x <= drawn.right for lane in drawn.lanes for x in lane.marks)
    assert all(drawn.left <= bar.x <= drawn.right - 1 for bar in drawn.bars)
    assert drawn.right < sheet.width


def test_a_short_stay_can_still_be_seen() -> None:
    stay = {"kind": "admission", "began_at": at("2026-01-01 10:00"),
            "ended_at": at("2026-01-01 15:00")}  # fmt: skip
    lane = picture.draw(story([stay]), picture.PHONE).lanes[0]
    assert lane.spans[0].width >= 2


def test_a_stay_that_goes_on_ends_where_the_data_end() -> None:
    stay = {"kind": "admission", "began_at": at("2026-03-01 10:00"), "ended_at": None}
    drawn = picture.draw(story([stay], cut_off=date(2026, 3, 20)), picture.DESKTOP)
    span = drawn.lanes[0].spans[0]
    day = (drawn.right - drawn.left) / 733  # 1 April 2024 to 3 April 2026, both included
    assert span.width == pytest.approx(20 * day, abs=0.15)


def test_a_phase_too_short_for_its_name_keeps_its_number() -> None:
    phases = [("working_together", "Working together", date(2024, 6, 1)),
              ("picked_up_again", "Picked up again", date(2026, 4, 1))]  # fmt: skip
    drawn = picture.draw(story([], phases=phases), picture.DESKTOP)
    assert [span.label for span in drawn.phases] == ["1 Working together", "2"]


def test_reached_and_tried_contacts_are_different_signs() -> None:
    contacts = [{"at": at("2026-01-01 10:00"), "reached": "yes"},
                {"at": at("2026-01-02 10:00"), "reached": "voicemail"}]  # fmt: skip
    lane = picture.draw(story([], contacts=contacts), picture.DESKTOP).lanes[-1]
    assert (len(lane.marks), len(lane.tried), lane.count) == (1, 1, 2)


@pytest.mark.parametrize(
    ("most", "top"), [(0, 1), (1, 1), (4, 4), (5, 6), (9, 10), (17, 20), (93, 100), (900, 900)]
)
def test_the_scale_is_whole_numbers_and_few(most: int, top: int) -> None:
    peak, steps = picture._steps(most)
    assert (peak, steps[0], steps[-1]) == (top, 0, top)
    assert len(steps) <= 6
