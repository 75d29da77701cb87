"""What a simulated year ends with when a promise of the product does not hold."""

from __future__ import annotations


class Broken(AssertionError):
    """An invariant does not hold: which one, in words; the year adds seed, day and what led."""

    def __init__(self, invariant: str, words: str) -> None:
        self.invariant, self.words = invariant, words
        super().__init__(f"{invariant}: {words}")


def hold(invariant: str, wrong: object, words: str) -> None:
    """Break when there is anything wrong; what it is goes into the sentence."""
    if wrong:
        raise Broken(invariant, f"{words}: {wrong!r:.600}")
