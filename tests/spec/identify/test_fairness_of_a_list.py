"""Fairness: a group that a rule leaves out stands out beside the list, and only that group."""

from __future__ import annotations

from typing import Any

from openhiu.engines import Engine
from openhiu.identify.fairness import fairness
from support.drawn import expected
from support.listing import criteria, make_list

# Forty people come twice each in the window. The twenty White people come twice in one month, the
# twenty Asian people in two: a rule about a month leaves out every one of the second twenty.
DAYS = {"A": ("2026-03-01", "2026-03-20"), "J": ("2026-02-20", "2026-03-01")}
HEADER = "person_id | site_code | arrival_datetime | age | sex | ethnic_category | imd_decile"


def visits() -> str:
    """Ten women and ten men of each group; ten of the White people live in the best-off fifth."""
    drawn = [HEADER]
    for group, days in DAYS.items():
        for nth in range(20):
            sex, decile = ("1", "2")[nth % 2], "9" if group == "A" and nth < 10 else "1"
            drawn += [f"{group}{nth} | RXX01 | {day} 10:00:00 | 40 | {sex} | {group} | {decile}"
                      for day in days]  # fmt: skip
    return "\n".join(drawn)


def beside(engine: Engine, rule: dict[str, Any]) -> list[tuple[str, ...]]:
    """Every group's counts and shares of the list that a rule makes."""
    ranked = make_list(engine, visits(), criteria(rule))
    return [
        (row.dimension, row.group, str(row.listed), row.listed_share, str(row.attenders),
         row.attenders_share)
        for row in fairness(engine, ranked)
    ]  # fmt: skip


def test_a_group_that_a_rule_leaves_out_stands_out(engine: Engine) -> None:
    assert beside(engine, {"kind": "month", "at_least": 2}) == expected("""
        dimension         | group              | listed | share | attenders | share
        Age               | 35 to 49           | 20     | 100%  | 40        | 100%
        Sex               | Female             | 10     | 50%   | 20        | 50%
        Sex               | Male               | 10     | 50%   | 20        | 50%
        Ethnic group      | Asian or Asian British | 0      | 0%    | 20        | 50%
        Ethnic group      | White              | 20     | 100%  | 20        | 50%
        Deprivation fifth | 1 (most deprived)  | 10     | 50%   | 30        | 75%
        Deprivation fifth | 5 (least deprived) | 10     | 50%   | 10        | 25%
    """)


def test_where_nobody_is_left_out_the_shares_are_the_same(engine: Engine) -> None:
    rows = beside(engine, {"kind": "window", "at_least": 2})
    assert len(rows) == 7
    assert all(row[2:4] == row[4:6] for row in rows), rows
