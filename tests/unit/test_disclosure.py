"""Small numbers of people are never shown, and nothing that is shown depends on them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openhiu.disclosure import (
    disclose,
    disclose_groups,
    disclose_parts,
    disclose_steps,
    disclose_table,
    mean_of,
    median_of,
    shown_count,
    shown_share,
    too_close,
)


def test_1_to_7_are_hidden_and_the_rest_rounded_to_the_nearest_5() -> None:
    # The boundary of the rule: 0 stays, 7 is the last hidden, 8 the first shown.
    assert [disclose(n) for n in (0, 1, 7, 8, 12, 13, 17, 18, 100)] == (
        [0, "*", "*", 10, 10, 15, 15, 20, 100]
    )


def test_shares_are_of_what_is_shown() -> None:
    # 360 and 370 of 730; the three people are neither shown nor part of the whole.
    assert disclose_groups({"m": 361, "f": 368, "x": 3, "u": 0}) == {
        "m": (360, "49%"),
        "f": (370, "51%"),
        "x": ("*", "*"),
        "u": (0, "0%"),
    }
    assert disclose_groups({"m": 3}) == {"m": ("*", "*")}


@given(st.lists(st.integers(0, 400), max_size=6), st.integers(1, 7), st.integers(1, 7))
def test_what_is_shown_is_the_same_whatever_the_hidden_count_is(
    others: list[int], hidden: int, other_hidden: int
) -> None:
    groups = {str(number): count for number, count in enumerate(others)}
    assert disclose_groups({**groups, "few": hidden}) == (
        disclose_groups({**groups, "few": other_hidden})
    )


def test_a_second_part_is_hidden_where_one_alone_could_be_worked_out() -> None:
    # 3 is hidden; without the 14 beside it, 3 = 60 - 40 - 15, give or take the rounding.
    assert disclose_parts({"a": 41, "b": 14, "c": 3, "d": 0}) == (
        {"a": 40, "b": "*", "c": "*", "d": 0}, 60,
    )  # fmt: skip
    assert disclose_parts({"a": 41, "b": 14, "d": 0}) == ({"a": 40, "b": 15, "d": 0}, 55)


def test_a_whole_told_to_the_last_digit_gives_more_away() -> None:
    # 48 told as 50 (48 to 52) less 38 to 42 leaves 6 to 14 for two, one of them 8 or more: the
    # other is 1 to 6. 48 itself leaves 6 to 10: it is 1 or 2, so the 39 is hidden as well.
    parts = {"a": 39, "b": 8, "c": 1}
    assert disclose_parts(parts) == ({"a": 40, "b": "*", "c": "*"}, 50)
    assert disclose_parts(parts, total_exact=True) == ({"a": "*", "b": "*", "c": "*"}, 48)


def test_totals_are_added_up_first_and_rounded_afterwards() -> None:
    # 12 + 12 + 12 = 36, shown as 35; the rounded parts would have made 30.
    assert disclose_parts({"a": 12, "b": 12, "c": 12}) == ({"a": 10, "b": 10, "c": 10}, 35)


def test_few_people_in_many_groups_do_not_show_themselves_by_the_number_of_stars() -> None:
    # Seven stars of a whole of 1 to 7 would be seven times 1; so a zero is hidden among them.
    assert disclose_parts({"a": 2, "b": 0, "c": 3}) == ({"a": "*", "b": 0, "c": "*"}, "*")
    ones = dict.fromkeys("abcdefg", 1) | {"h": 0, "i": 0}
    shown, whole = disclose_parts(ones)
    assert whole == "*"
    assert {shown[group] for group in "abcdefg"} == {"*"}
    assert "*" in (shown["h"], shown["i"])


def test_a_table_hides_in_both_directions() -> None:
    # 3 needs company in its row (the 20) and in its column (the 30), and each of those in turn.
    table = disclose_table(
        {"x": {"p": 3, "q": 20}, "y": {"p": 30, "q": 40}, "z": {"p": 50, "q": 60}}
    )
    assert table.cells == {
        "x": {"p": "*", "q": "*"}, "y": {"p": "*", "q": "*"}, "z": {"p": 50, "q": 60},
    }  # fmt: skip
    assert table.row_totals == {"x": 25, "y": 70, "z": 110}
    assert table.column_totals == {"p": 85, "q": 120}
    assert table.total == 205
    assert disclose_table({}).total == 0


def test_steps_share_their_totals_between_dimensions() -> None:
    steps, totals = disclose_steps(
        {"sex": {"f": [60, 30], "m": [40, 3]}, "age": {"young": [50, 20], "old": [50, 13]}},
        [100, 33],
    )
    assert totals == [100, 35]
    assert steps["sex"] == {"f": [60, "*"], "m": [40, "*"]}
    assert steps["age"] == {"young": [50, 20], "old": [50, 15]}


def test_shares_want_a_whole_of_8_and_only_what_is_shown() -> None:
    assert [shown_share(10, 40), shown_share(0, 40), shown_share("*", 40)] == [25, 0, "*"]
    assert [shown_share(10, "*"), shown_share(0, 0)] == ["*", "*"]


def test_averages_want_8_people() -> None:
    assert (mean_of([1.0] * 7), median_of([1.0] * 7)) == ("*", "*")
    # 0 to 7: (0 + ... + 7) / 8 = 3.5
    assert (mean_of(range(8)), median_of(range(8))) == (3.5, 3.5)
    assert mean_of([1, 1, 1, 1, 1, 1, 1, 3], digits=2) == 1.25


def test_the_size_of_an_estimate_stands_from_8() -> None:
    assert [shown_count(n) for n in (0, 1, 7, 8, 52)] == [0, "*", "*", 8, 52]


def test_two_publications_must_not_differ_by_a_few_people() -> None:
    # What is told is to the nearest 5: the difference of the two may be about a few people.
    # 49 and 42 are told as 50 and 40; 35 for certain is 8 away from 50.
    assert too_close({"W3": 50, "W12": 60, "new": 10}, {"W3": 40, "W12": 45}) == ("W3",)
    assert too_close({"W3": 50}, {"W3": 50}) == ("W3",)
    assert too_close({"W3": 50}, {"W3": 35}) == ()
    assert too_close({"W3": "*", "W12": 12}, {"W3": 12, "W12": "*"}) == ()
