"""Published results are worked out again: a claim follows from its numbers, or it does not."""

from __future__ import annotations

import pytest

from openhiu.evaluate.claims import (
    NATURAL_FALL,
    Percentage,
    Verdict,
    check,
    check_degrees_of_freedom,
    check_product,
    check_same,
    each,
    evidence_of_effect,
    natural_fall,
)

FOLLOWS, NEARLY = Verdict.FOLLOWS, Verdict.NEARLY
DOES_NOT, CANNOT = Verdict.DOES_NOT_FOLLOW, Verdict.CANNOT_CHECK


@pytest.mark.parametrize(
    ("service", "before", "after", "claimed", "found", "verdict"),
    [
        # 1,189 / 1,963 = 0.6057
        ("Somerset 2025, beside the numbers", 1963, 1189, "-48", -39.4, DOES_NOT),
        ("Somerset 2025, headline", 1963, 1189, "-58", -39.4, DOES_NOT),
        ("Somerset 2025, worked out", 1963, 1189, "-39.4", -39.4, FOLLOWS),
        # 6.00 / 19.88 = 0.3018; 2,097.29 / 7,557.58 = 0.2775
        ("Watford, attendances", 19.88, 6.00, "-69.8", -69.8, FOLLOWS),
        ("Watford, cost", 7557.58, 2097.29, "-72.2", -72.2, FOLLOWS),
        # 16.7 / 43.3 = 0.3857; 436.7 / 833.3 = 0.5241
        ("Durham, people", 43.3, 16.7, "-60", -61.4, NEARLY),
        ("Durham, attendances", 833.3, 436.7, "-48", -47.6, FOLLOWS),
        # 1.4 / 2.1 = 0.6667
        ("SHarED 2023", 2.1, 1.4, "-33", -33.3, FOLLOWS),
        # 242 / 667 = 0.3628; 76 / 335 = 0.2269
        ("NWAS 2016, calls", 667, 242, "-64", -63.7, FOLLOWS),
        ("NWAS 2016, conveyed", 335, 76, "-77", -77.3, FOLLOWS),
        # 408 / 947 = 0.4308; 79 / 216 = 0.3657
        ("Hillingdon 2020, A&E", 947, 408, "-56.9", -56.9, FOLLOWS),
        ("Hillingdon 2020, emergency admissions", 216, 79, "-63.4", -63.4, FOLLOWS),
    ],
)
def test_a_change_is_worked_out_again(
    service: str, before: float, after: float, claimed: str, found: float, verdict: Verdict
) -> None:
    checked = check(before, after, claimed)
    assert checked.found == pytest.approx(found, abs=0.05), service
    assert checked.verdict is verdict
    assert str(float(claimed)).rstrip("0").rstrip(".") in checked.sentence


@pytest.mark.parametrize(
    ("service", "claimed"),
    [("BSW, A&E", "-59"), ("BSW, 111", "-34"), ("British Red Cross 2024, admissions", "-59"),
     ("Dudley 2019, A&E", "-33"), ("Blackpool", "-90")],
)  # fmt: skip
def test_a_claim_without_its_counts_cannot_be_checked(service: str, claimed: str) -> None:
    assert check(None, None, claimed).verdict is CANNOT
    assert check(703, None, claimed).verdict is CANNOT
    assert check(0, 3, claimed).verdict is CANNOT
    assert "without the two counts" in check(None, None, claimed).sentence


def test_somerset_is_told_with_everything_that_is_needed_to_follow_it() -> None:
    told = check(1963, 1189, "-48", window="9 months").sentence
    assert told == (
        "-39.4% (from 1,963 to 1,189; 9 months; plain before and after): "
        "the claim of -48% does not follow."
    )


def test_the_digits_of_a_claim_say_how_exact_it_means_to_be() -> None:
    # -47.594 %: "-48" and "-47.6" are the same fall; "-47.9" is another one, if not by much.
    assert check(833.3, 436.7, "-47.6").verdict is FOLLOWS
    assert check(833.3, 436.7, "\N{MINUS SIGN}48%").verdict is FOLLOWS
    assert check(833.3, 436.7, "-47.9").verdict is NEARLY
    # -39.43 % is written -39 %, not -40 %.
    assert check(1963, 1189, "-39").verdict is FOLLOWS
    assert check(1963, 1189, "-40").verdict is NEARLY
    assert check(833.3, 436.7, -50.0).verdict is DOES_NOT
    assert check(100, 110, "10").verdict is FOLLOWS
    assert check(100, 110, "-10").verdict is DOES_NOT


def test_north_east_essex_adds_up_and_is_not_evidence_of_effect() -> None:
    # 46 x 1,577.80 = 72,578.80
    sum_of_it = check_product(46, "1577.80", "72578.80")
    assert sum_of_it.verdict is FOLLOWS
    assert "£1,577.80 = £72,578.80" in sum_of_it.sentence
    assert "not evidence of effect" in sum_of_it.sentence
    assert check_product(46, "1577.80", "72579").verdict is DOES_NOT
    # On average 5 months on the list, and 36 % fewer: people fall by about 40 % in six months.
    told = evidence_of_effect(36, months=5)
    assert told.startswith("Not evidence of effect: a fall of 36%")
    assert "natural fall of about 40%" in told


def test_the_natural_fall_is_that_of_the_nearest_window_at_least_as_long() -> None:
    assert [natural_fall(months) for months in (1, 3, 5, 6, 9, 12, 24)] == (
        [50.0, 50.0, 40.0, 40.0, 33.0, 33.0, 33.0]
    )
    assert set(NATURAL_FALL) == {3, 6, 12}
    told = evidence_of_effect(90, months=3)
    assert told.startswith("Cannot be told from before and after alone: about 50 of the 90 points")
    assert evidence_of_effect(50, months=3).startswith("Not evidence")
    assert "simulated services without any effect" in told


def test_a_fall_is_held_against_this_places_own_natural_change_where_it_is_known() -> None:
    told = evidence_of_effect(48, 12, 41.0, "645 expected against 1,093 before")
    assert told.startswith("Cannot be told from before and after alone: about 41 of the 48 points")
    assert "people picked the same way here before the service" in told
    assert "(645 expected against 1,093 before)" in told
    assert "nobody was compared" in evidence_of_effect(20, 12, -3.0)


def test_a_fall_that_rounds_to_the_natural_one_is_no_more_than_it() -> None:
    # 33.3 against 33: "about 33 of the 33 points" would say nothing.
    assert evidence_of_effect(33.3, 12).startswith("Not evidence of effect: a fall of 33%")


def test_watford_counts_40_people_and_40_degrees_of_freedom() -> None:
    checked = check_degrees_of_freedom(40, 40)
    assert (checked.verdict, checked.found) == (DOES_NOT, 39)
    assert "which people were counted?" in checked.sentence
    assert check_degrees_of_freedom(40, 39).verdict is FOLLOWS


def test_dudley_has_two_figures_for_one_result() -> None:
    assert check_same(492_995, 500_000, "what was saved").verdict is DOES_NOT
    assert check_same(492_995, 492_995, "what was saved").verdict is FOLLOWS


@pytest.mark.parametrize(
    ("what", "total", "people", "one"),
    [
        ("Blackpool, attendances a quarter each", 703, 23, 30.6),
        # 947 - 408 = 539 attendances, 216 - 79 = 137 admissions
        ("Hillingdon, pounds an attendance", 46_348, 539, 86.0),
        ("Hillingdon, pounds an admission", 207_047, 137, 1511.3),
        ("Cambridgeshire and Peterborough, pounds each", 28_000_000, 4_500, 6222.2),
    ],
)
def test_the_base_of_a_claim(what: str, total: float, people: int, one: float) -> None:
    assert each(total, people) == pytest.approx(one, abs=0.05), what


def test_a_percentage_carries_what_it_is_made_of() -> None:
    change = Percentage(1189, 1963, "9 months", "plain before and after")
    assert change.value == pytest.approx(-39.43, abs=0.01)
    share = Percentage(12.5, 50, "12 months", "of those listed", kind="share")
    assert share.sentence == "25.0% (12.5 of 50; 12 months; of those listed)"
    assert Percentage(3, 0, "w", "m").sentence.startswith("no percentage (from 0 to 3")
