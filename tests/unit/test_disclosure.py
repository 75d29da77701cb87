"""Small numbers of people are never shown, and nothing that is shown depends on them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openhiu.disclosure import disclose, disclose_groups


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
