"""Plans in time and maps of people: all is named where it stands; no name hides another."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from openhiu.paper import quadrant, timeline
from openhiu.paper.blocks import Drawing
from openhiu.paper.quadrant import Placed
from openhiu.paper.timeline import Milestone, Task

PLAN = [
    Task("Recruit two leads", date(2026, 3, 2), date(2026, 5, 29), "13 weeks"),
    Task("Agree what is shared", date(2026, 3, 2), date(2026, 6, 12), light=True),
    Milestone("Go-live", date(2026, 7, 1), line=True),
    Task("First cohort", date(2026, 7, 1), date(2026, 9, 30)),
]
PEOPLE = [
    Placed("Commissioner", 0.9, 0.95), Placed("A&E matrons", 0.8, 0.9), Placed("Press", 0.1, 0.1),
    Placed("Trust board", 0.2, 0.9), Placed("Voluntary and community groups", 0.9, 0.2),
]  # fmt: skip


def words(drawing: Drawing) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)<", drawing.svg)


def test_each_task_and_milestone_is_named_and_so_are_the_months() -> None:
    said = words(timeline.gantt(PLAN))
    assert {"Recruit two leads, 13 weeks", "Agree what is shared", "Go-live", "First cohort"} <= (
        set(said)
    )
    assert [one for one in said if re.fullmatch(r"\w{3} 26", one)][:3] == [
        "Mar 26", "May 26", "Jul 26",
    ]  # fmt: skip


def test_a_bar_is_as_long_as_its_days() -> None:
    """1 July to 30 September is 92 days of 214 (1 March to 1 October); 2 March to 29 May is 89."""
    row = timeline._row(PLAN[3], date(2026, 3, 1), 214, 0.0)
    assert (row["x"], row["x2"]) == (122, 214)
    assert (row["align"], row["at"]) == ("left", 122.0)


def test_a_name_that_has_no_room_to_its_right_ends_at_the_edge() -> None:
    late = Milestone("A name of quite some length", date(2026, 9, 20))
    row = timeline._row(late, date(2026, 3, 1), 214, 0.0)
    assert (row["align"], row["at"]) == ("right", 214.0)


def test_no_name_crosses_the_line_of_going_live() -> None:
    """The line stands 122 days in. 63 letters have no room before it: they take two lines."""
    long = "Name controllers, data protection officer, Caldicott Guardian"
    rows, height = timeline._placed(
        [Task(long, date(2026, 6, 1), date(2026, 6, 5)), *PLAN], date(2026, 3, 1), 214
    )
    letter = timeline._LETTER * 214 / (timeline.WIDTH - timeline._EDGES)
    for row in rows:
        wide = max(map(len, row["lines"])) * letter
        left, right = (
            (row["at"], row["at"] + wide)
            if row["align"] == "left"
            else (row["at"] - wide, row["at"])
        )
        assert right <= 122 + 1e-9 or left >= 122
        assert left <= row["x2"] and right >= row["x"]  # above its own bar
    assert len(rows[0]["lines"]) == 2
    assert height == timeline._ROW * 5 + timeline._LINE


def test_parts_of_a_plan_can_share_one_scale() -> None:
    span = (date(2026, 3, 1), date(2027, 2, 28))
    parts = [words(timeline.gantt(part, span)) for part in (PLAN[:2], PLAN[2:])]
    months = [[one for one in part if re.fullmatch(r"\w{3} \d\d", one)] for part in parts]
    assert months[0] == months[1]
    assert len(months[0]) > 3


def test_pictures_are_the_same_every_time_and_have_no_script() -> None:
    for drawn, again in (
        (timeline.gantt(PLAN), timeline.gantt(PLAN)),
        (quadrant.quadrant(PEOPLE), quadrant.quadrant(PEOPLE)),
    ):
        assert drawn == again
        assert "<script" not in drawn.svg
        assert "style=" not in drawn.svg
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawn.svg)]
        assert min(sizes) * 350 / drawn.width >= 9


def test_everybody_is_named_in_the_field_they_belong_to() -> None:
    said = " ".join(words(quadrant.quadrant(PEOPLE)))
    for name in ("Commissioner", "A&amp;E matrons", "Press", "Trust board", "Voluntary and"):
        assert name in said
    assert "Work with closely" in said
    rows = quadrant._in_a_field(quadrant._of(PEOPLE, right=True, high=True), 200.0, 0.0, 200.0)
    assert [row["text"] for row in rows] == ["Commissioner", "A&E matrons"]


names = st.text("abcdefgh ", min_size=1, max_size=60).filter(str.strip)
shares = st.floats(0, 1)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.builds(Placed, names, shares, shares), min_size=1, max_size=30))
def test_no_name_ever_covers_another_or_leaves_its_field(placed: list[Placed]) -> None:
    half = 203.0
    tall = max(quadrant._tall(placed, half), 1)
    for right in (False, True):
        rows = quadrant._in_a_field(
            [*quadrant._of(placed, right=right, high=True)], half * right, 0.0, half
        )
        for one, other in combinations(rows, 2):
            assert abs(one["y"] - other["y"]) >= quadrant._LINE
        for row in rows:
            assert 0 < row["y"] < tall
            assert half * right <= row["x"]
            end = row["x"] + quadrant._DOT + len(row["text"]) * quadrant._LETTER
            assert end <= half * (right + 1)
