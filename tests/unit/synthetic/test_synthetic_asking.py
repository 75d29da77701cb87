"""What may be asked for, and what is said when it may not; and the draws behind it all."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from openhiu.errors import ExitCode, WrongUsage
from openhiu.synthetic import Trust, make_trust
from openhiu.synthetic.dice import Dice, Weighted

FIRST, LAST = date(2024, 1, 1), date(2024, 3, 1)


@pytest.mark.parametrize(
    ("people", "sites", "first", "last"),
    [
        (0, 3, FIRST, LAST),
        (5_000_000, 3, FIRST, LAST),
        (100, 0, FIRST, LAST),
        (100, 21, FIRST, LAST),
        (100, 3, LAST, FIRST),
        (100, 3, FIRST, FIRST),
    ],
)
def test_a_size_that_cannot_be_made_is_refused_before_anything_is_written(
    tmp_path: Path, people: int, sites: int, first: date, last: date
) -> None:
    with pytest.raises(WrongUsage) as refusal:
        make_trust(tmp_path / "out", people=people, sites=sites, first=first, last=last)
    assert refusal.value.exit_code is ExitCode.WRONG_USAGE
    assert refusal.value.remedy
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("sites", "trusts"), [(1, {"ZT1"}), (2, {"ZT1"}), (20, {"ZT1", "ZT2"})])
def test_from_three_sites_on_the_last_belongs_to_a_neighbour(
    tmp_path: Path, sites: int, trusts: set[str]
) -> None:
    made = make_trust(tmp_path, people=50, sites=sites, first=FIRST, last=LAST)
    text = made.locality.read_text(encoding="utf-8")
    assert text.count("[[sites]]") == sites
    assert {line.split('"')[1] for line in text.splitlines() if "provider" in line} == trusts


def test_a_day_is_the_shortest_time(tmp_path: Path) -> None:
    made = make_trust(tmp_path, people=2_000, first=FIRST, last=date(2024, 1, 2))
    assert made.counts["attendances"] > 0


def test_the_result_names_the_files_and_their_rows(small: Trust) -> None:
    assert list(small.counts) == ["attendances", "admissions", "ambulance", "calls_111", "people"]
    for dataset, paths in small.datasets.items():
        lines = sum(path.read_text(encoding="utf-8").count("\n") - 1 for path in paths)
        assert lines == small.counts[dataset], dataset
    assert small.as_dict()["counts"] == dict(small.counts)
    assert [path.name for path in small.files][:2] == ["attendances-2024.csv", "admissions.csv"]


def test_progress_is_told_in_sentences(tmp_path: Path) -> None:
    said: list[str] = []
    make_trust(tmp_path, people=50, first=FIRST, last=LAST, progress=said.append)
    assert said and all("of" in sentence for sentence in said)


def test_draws_come_from_the_one_method_python_promises_to_keep() -> None:
    """random() of seed 1 is 0.13436424411240122, in every Python since 2.3."""
    assert Dice(1).random() == random.Random(1).random() == 0.13436424411240122


def test_weights_are_drawn_in_their_shares() -> None:
    """Weights 1, 2 and 1: a quarter, a half, a quarter."""
    weighted = Weighted({"a": 1.0, "b": 2.0, "c": 1.0})
    shares = [0.0, 0.2499, 0.25, 0.7499, 0.75, 0.9999]
    assert [weighted.at(share) for share in shares] == ["a", "a", "b", "b", "c", "c"]


def test_a_pareto_tail_falls_as_it_should() -> None:
    """Least 2, slope 1.5: one in 2^1.5 = 2.83 lies above 4, so 35.4 %."""
    dice = Dice(1)
    drawn = [dice.pareto(2.0, 1.5, 1e9) for _ in range(20_000)]
    assert min(drawn) >= 2.0
    assert sum(value > 4.0 for value in drawn) / len(drawn) == pytest.approx(0.3536, abs=0.012)


def test_counts_and_waits_have_the_mean_asked_for() -> None:
    dice = Dice(1)
    counts = [dice.poisson(3.0) for _ in range(20_000)]
    waits = [dice.exponential(3.0) for _ in range(20_000)]
    assert sum(counts) / 20_000 == pytest.approx(3.0, abs=0.05)  # standard error 0.012
    assert sum(waits) / 20_000 == pytest.approx(3.0, abs=0.09)  # standard error 0.021
