"""Small numbers of people are never shown, and cannot be worked out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openhiu.disclosure import disclose, share


def test_1_to_7_are_hidden_and_the_rest_rounded_to_the_nearest_5() -> None:
    # The boundary of the rule: 0 stays, 7 is the last hidden, 8 the first shown.
    assert [disclose(n) for n in (0, 1, 7, 8, 12, 13, 17, 18, 100)] == (
        [0, "*", "*", 10, 10, 15, 15, 20, 100]
    )


def test_a_share_is_worked_out_from_shown_counts() -> None:
    assert share(360, 731) == "49%"  # 360 of 730
    assert share(3, 731) == "*"
    assert share(0, 0) == "*"


@given(st.lists(st.integers(0, 400), min_size=2, max_size=6), st.integers(1, 7))
def test_a_hidden_count_cannot_be_worked_out_from_the_others(
    others: list[int], hidden: int
) -> None:
    # What an attacker sees: the others and the total, rounded. Every hidden count that fits them
    # is possible; one that fitted alone would be known.
    shown = [disclose(n) for n in others]
    total = disclose(sum(others) + hidden)
    if any(isinstance(n, str) for n in shown):
        return

    def possible(count: int) -> bool:
        # Each shown n stands for n-2 to n+2, so their sum lies within 2 for each of them.
        slack = 2 * sum(1 for n in shown if n)
        low, high = sum(map(int, shown)) - slack + count, sum(map(int, shown)) + slack + count
        return any(disclose(t) == total for t in range(max(low, 0), high + 1))

    assert sum(possible(count) for count in range(1, 8)) > 1
