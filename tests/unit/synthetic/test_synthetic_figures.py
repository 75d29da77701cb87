"""The made-up trust behaves like the published ones, and the counting that says so is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from openhiu.synthetic import Trust
from openhiu.synthetic.compare import made_figures, table
from openhiu.synthetic.layout import ATTENDANCE_COLUMNS, PEOPLE_COLUMNS
from openhiu.synthetic.published import FIGURES, Figure
from openhiu.synthetic.trust import write_csv
from unit.synthetic.reading import read_rows

DOCS = Path(__file__).parents[3] / "docs" / "explanation" / "synthetic.md"


@pytest.fixture(scope="session")
def figures(made: Trust) -> dict[str, float]:
    return made_figures(made.truth.parent)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_each_figure_lies_in_the_range_its_source_allows(
    figure: Figure, figures: dict[str, float]
) -> None:
    assert figure.low <= figures[figure.name] <= figure.high, figure.source


def test_the_ranges_hold_the_published_figures_themselves() -> None:
    """A range moved away from its source, to suit the model, would be found here.

    By hand: Greenfield 14,829,519 / 10,062,847 = 1.474; Dr Foster 522,312 / 31,492 = 16.59;
    NHS Digital 3.1 m / 1.6 m = 1.94; Addenbrooke's 1 - 0.76^(1/5) = 5.3 % a year;
    Christchurch 60 % in one year only, so at most 40 % again in any other.
    """
    published = {
        "mean": 14_829_519 / 10_062_847, "once": 73.5, "3_people": 9.5, "3_share": 27.1,
        "6_people": 1.2, "6_share": 7.6, "10_people": 0.4, "10_share": 4.0,
        "10_mean": 522_312 / 31_492, "21_people": 0.05, "4_again": 30.5,
        "deprived_fifth": 27.0, "deprived_tenth": 3.1 / 1.6, "monday": 16.0,
        "within_7_days": 8.7, "ambulance_frequent": 55.3, "ambulance_others": 27.5,
        "mental_frequent": 5.8, "mental_others": 1.1, "admitted_frequent": 37.4,
        "admitted_others": 19.6, "age_frequent": 49.7, "age_others": 44.5,
        "deaths_10": 100 * (1 - 0.76 ** (1 / 5)),
    }  # fmt: skip
    ranges = {figure.name: (figure.low, figure.high) for figure in FIGURES}
    outside = [name for name, value in published.items()
               if not ranges[name][0] <= value <= ranges[name][1]]  # fmt: skip
    assert outside == []
    assert set(ranges) - set(published) == {
        "10_again", "10_attend", "peak_hour", "admitted_20_less"
    }  # fmt: skip


def test_about_as_many_people_attend_in_a_year_as_were_asked_for(made: Trust) -> None:
    first, second = (_people_with_a_major_attendance(path) for path in made.datasets["attendances"])
    assert (first + second) / 2 == pytest.approx(20_000, rel=0.03)


def test_the_documentation_shows_the_table_as_it_is_made(figures: dict[str, float]) -> None:
    wanted = table(figures)
    found = wanted in DOCS.read_text(encoding="utf-8")
    assert found, f"the model has changed: put this table into {DOCS.name}\n\n{wanted}"


def test_counting_by_hand(tmp_path: Path) -> None:
    """Two years of four people, small enough to count with a finger.

    Ann comes 4 times in the first year (2 within a week of the one before), Bob 2 times on one day,
    Cid and Dee once: 8 attendances of 4 people. Not counted: a type 03 row, a row without a number,
    and a second row in Ann's first minute. Ann comes 4 times again the year after.
    """
    ann = [("ann", day) for day in ("01-01", "01-03", "01-08", "06-01")]
    first = [*ann, ("bob", "02-01"), ("bob", "02-01 18:00:00"), ("cid", "02-01"), ("dee", "02-01")]
    rows = [_row(who, f"2024-{day}") for who, day in first]
    ignored = [_row("dee", "2024-05-05", kind="03"), _row("", "2024-05-05"), rows[0]]
    write_csv(tmp_path / "attendances-2024.csv", ATTENDANCE_COLUMNS, rows + ignored)
    later = [_row(who, f"2025-{day}") for who, day in ann]
    write_csv(tmp_path / "attendances-2025.csv", ATTENDANCE_COLUMNS, later)
    write_csv(tmp_path / "people.csv", PEOPLE_COLUMNS, [])

    made = made_figures(tmp_path)

    assert made["mean"] == 8 / 4
    assert made["once"] == 100 * 2 / 4
    assert made["3_people"] == 100 * 1 / 4
    assert made["3_share"] == 100 * 4 / 8
    assert made["4_again"] == 100 * 1 / 1
    # soon after the one before: Ann on 3 January and on 8 January, Bob the same day
    assert made["within_7_days"] == 100 * 3 / 8
    # 1 January 2024 and 8 January 2024 are Mondays
    assert made["monday"] == 100 * 2 / 8


def _row(who: str, arrived: str, kind: str = "01") -> list[str]:
    day, _, time = arrived.partition(" ")
    cells = dict.fromkeys(ATTENDANCE_COLUMNS, "")
    cells |= {
        "NHS NUMBER": who,
        "ORGANISATION SITE IDENTIFIER (OF TREATMENT)": "ZT101",
        "EMERGENCY CARE DEPARTMENT TYPE": kind,
        "EMERGENCY CARE ARRIVAL DATE": day,
        "EMERGENCY CARE ARRIVAL TIME": time or "10:00:00",
        "PERSON BIRTH DATE": "1980-01-01",
        "INDEX OF MULTIPLE DEPRIVATION DECILE": "1" if who == "ann" else "10",
    }
    return list(cells.values())


def _people_with_a_major_attendance(path: Path) -> int:
    return len({row["NHS NUMBER"] for row in read_rows(path)
                if row["EMERGENCY CARE DEPARTMENT TYPE"] == "01"})  # fmt: skip
