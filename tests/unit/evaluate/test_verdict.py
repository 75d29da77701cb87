"""What may be printed: every sentence, in its order, for each standing."""

from __future__ import annotations

import re

import pytest

from openhiu.evaluate.estimate import W3, W12, Estimate, Standing
from openhiu.evaluate.outcomes import BY_KEY
from openhiu.evaluate.verdict import about_outcomes, about_people, chance, sentences


def found(**changes: object) -> Estimate:
    """60 people: 955 before, 468 expected, 426 observed."""
    numbers: dict[str, object] = {
        "window": W3, "sites": ("RXX01",), "people": 60, "standing": Standing.ENOUGH,
        "observed": 426.0, "expected": 468.0, "before": 955.0, "ratio": 0.91, "low": 0.62,
        "high": 1.34, "reduction": 9.0, "reduction_low": -34.0, "reduction_high": 38.0,
        "avoided": 42.0, "natural_change": 51.0, "resource_pack": 55.4, "detectable": 43.0,
        "people_needed": 263,
    }  # fmt: skip
    return Estimate(**{**numbers, **changes})  # type: ignore[arg-type]


def test_the_three_lines_stand_in_their_order_with_what_they_come_from() -> None:
    before_after, natural, own, could = sentences(found())
    assert before_after == (
        "A&E attendances of the 60 people fell 55% (426 in the 3 months from the start of support "
        "against 955 in the 3 months before; resource-pack method: assumes they would have stayed "
        "the same)."
    )
    assert natural == (
        "People picked the same way before the service existed fell 51% with no support (468 A&E "
        "attendances expected against 955 before; method: regression on this place's own earlier "
        "lists)."
    )
    assert own == (
        "The service's own share is 9% fewer than expected (95% range: 34% more to 38% fewer) "
        "- cannot yet be told from none (426 observed over 468 expected in 3 months)."
    )
    assert could == (
        "At this size only a true reduction of about 43% or more would be shown reliably."
    )


@pytest.mark.parametrize(("low", "high", "words"), [
    (0.60, 0.90, "more than chance alone would give"),
    (1.05, 1.60, "more than chance alone would give, and in the wrong direction"),
    (0.90, 1.00, "cannot yet be told from none"),
])  # fmt: skip
def test_chance_is_said_by_the_range(low: float, high: float, words: str) -> None:
    assert chance(found(low=low, high=high)) == words


def test_more_than_expected_is_said_as_more() -> None:
    said = sentences(found(ratio=1.2, reduction=-20.0, reduction_low=-60.0, reduction_high=-5.0,
                           low=1.05, high=1.6, natural_change=-3.0))  # fmt: skip
    assert "20% more than expected (95% range: 60% more to 5% more)" in said[2]
    assert "before the service existed rose 3% with no support" in said[1]


def test_a_limit_near_nothing_is_not_rounded_into_nothing() -> None:
    said = sentences(found(reduction_low=0.3, low=0.62, high=0.997))
    assert "95% range: less than 1% fewer to 38% fewer" in said[2]


def test_twelve_months_carry_their_caution() -> None:
    caution = "Unseen selection could move the 12-month figure by about 6 points either way."
    assert caution in sentences(found(window=W12))
    assert caution not in sentences(found())


def test_too_few_is_the_first_thing_said_and_no_effect_is() -> None:
    nothing = dict.fromkeys(
        ("expected", "ratio", "low", "high", "reduction", "reduction_low", "reduction_high",
         "avoided", "natural_change", "detectable"),
    )  # fmt: skip
    said = sentences(found(people=9, standing=Standing.TOO_FEW, **nothing))
    assert said[0] == "Too few people finished 3 months of follow-up to estimate an effect (10)."
    assert said[1] == (
        "An estimate is given from 30 people, and about 260 would show a true reduction of 20% "
        "reliably."
    )
    assert said[2].startswith("A&E attendances of the 10 people fell 55%")
    assert len(said) == 3


def test_below_eight_no_number_of_them_is_printed() -> None:
    said = sentences(found(people=5, standing=Standing.TOO_FEW))
    assert said[0].endswith("to estimate an effect (fewer than 8).")
    assert not re.search(r"\b(5|426|955)\b", " ".join(said))


def test_twelve_to_twenty_nine_have_a_range_and_no_headline() -> None:
    said = sentences(found(people=20, standing=Standing.RANGE_ONLY, ratio=None, reduction=None))
    assert said[0] == (
        "So far anything from -34 to +38% is possible (20 people finished 3 months of follow-up; "
        "a plus is fewer A&E attendances than expected; 95% range)."
    )
    assert "own share" not in " ".join(said)


def test_nobody_yet_no_history_and_old_history() -> None:
    assert "has started support yet" in sentences(found(standing=Standing.NO_CLIENTS))[0]
    assert "has finished 3 months" in sentences(found(standing=Standing.NO_FOLLOW_UP))[0]
    said = sentences(found(standing=Standing.NO_HISTORY))
    assert said[0].startswith("A&E attendances of the 60 people fell 55%")
    assert "500 entries on earlier lists, of 150 people" in said[1]
    old = sentences(found(standing=Standing.NO_HISTORY, notes=("old_history",)))
    assert "more than four years older" in old[1]


def test_borrowed_and_old_and_clustered_are_said() -> None:
    said = " ".join(sentences(found(borrowed=True, clustered=True, notes=("old_history",))))
    assert "Borrowed:" in said
    assert "read with care" in said
    assert "the wider range" in said


def test_none_at_all_has_an_upper_limit_only() -> None:
    said = sentences(found(observed=0.0, ratio=0.0, low=None, high=0.0064, reduction=100.0,
                           reduction_low=99.36, reduction_high=None))  # fmt: skip
    assert "none were observed of 468 A&E attendances expected; at least 99% fewer" in said[2]
    assert "rule of three" in said[2]


def test_the_cautious_check_says_how_far_it_lies() -> None:
    near = sentences(found(), secondary=found(reduction=3.0))
    assert "gives 3% fewer than expected" in near[4]
    assert near[4].endswith("within 10 points of the estimate.")
    far = sentences(found(), secondary=found(reduction=-5.0))
    assert far[4].endswith("14 points from the estimate: look at it.")


def test_other_outcomes_are_named() -> None:
    said = sentences(found(), BY_KEY["bed_days"])
    assert said[0].startswith("Emergency bed days of the 60 people fell")


def test_deaths_and_moves_are_told_and_never_a_saving() -> None:
    [said] = about_people(deaths=10, moves="*", off_list=0)
    assert "10 people died and some people moved away" in said
    assert "never counted as a saving" in said
    assert about_people(deaths=0, moves=0, off_list=0) == []
    assert "Some people started without" in about_people(deaths=0, moves=0, off_list="*")[0]


def test_several_outcomes_were_declared_in_advance() -> None:
    assert "Holm" in about_outcomes(6)
    assert "Holm" not in about_outcomes(0)


def test_nothing_printed_uses_a_banned_word() -> None:
    for standing in Standing:
        text = " ".join(sentences(found(standing=standing, borrowed=True), secondary=found()))
        banned = r"patient|discharge|frequent flyer|refus|relapse|\bDNA\b|non-compliant|abuser"
        assert not re.search(banned, text, re.IGNORECASE)
