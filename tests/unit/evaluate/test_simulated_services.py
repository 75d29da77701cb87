"""Simulated services with known truth: the quick version of `make bench-evaluate`, and both roads
from a service to its rows.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from bench.evaluate import files
from bench.evaluate.acceptance import acceptance
from bench.evaluate.montecarlo import Try, score, together, tries
from bench.evaluate.published import PUBLISHED, like_published
from bench.evaluate.rows import rows_of
from bench.evaluate.scenario import MAIN, SCENARIOS
from bench.evaluate.simulator import NEVER, simulate, with_effect

from openhiu.evaluate.frames import prepare_frames
from support.simulated import SMALL

SERVICES = 20


@cache
def services() -> list[list[Try]]:
    return [tries(MAIN, 70_000 + seed, (0.0, 0.36)) for seed in range(SERVICES)]


@pytest.mark.parametrize("window", ["3", "12"])
@pytest.mark.parametrize("effect", [0.0, 0.36])
def test_the_corrected_estimate_finds_the_truth(window: str, effect: float) -> None:
    """Twenty services: the mean is known to about 4 points (RMSE 17 over the root of 20)."""
    found = score([one for site in services() for one in site], "primary", window, effect)
    assert found is not None
    assert abs(found.bias) < 12
    assert found.rmse < 30
    assert found.covers is not None and found.covers >= 75


def test_before_and_after_would_have_claimed_a_saving_of_a_service_that_does_nothing() -> None:
    flat = [one for site in services() for one in site]
    for window, least in (("3", 40), ("12", 20)):
        falls = [one.estimate.resource_pack for one in flat
                 if (one.method, one.window, one.effect) == ("primary", window, 0.0)
                 and one.estimate]  # fmt: skip
        assert np.mean(np.array(falls, dtype=float)) > least


def test_ten_sites_together_are_nearer_than_one() -> None:
    flat = [one for site in services() for one in site]
    one = score(flat, "primary", "12", 0.36)
    ten = score(together(services(), 10), "primary", "12", 0.36)
    assert one is not None and ten is not None
    assert ten.tries == SERVICES // 10
    assert ten.rmse < one.rmse
    assert ten.half_width is not None and one.half_width is not None
    assert ten.half_width < one.half_width / 2


def test_an_estimator_that_forgets_the_natural_change_would_be_noticed() -> None:
    """The bound above has teeth: before and after, put in the place of the estimate, breaks it."""
    flat = [one for site in services() for one in site if one.method == "primary"]
    naive = [replace(one, reduction=one.estimate.resource_pack or 0.0)
             for one in flat if one.estimate]  # fmt: skip
    found = score(naive, "primary", "3", 0.0)
    assert found is not None
    assert abs(found.bias) > 12


def test_the_simulated_department_is_like_the_published_ones() -> None:
    found = like_published([simulate(MAIN, seed) for seed in (1, 2)])
    for what in ("attend once a year, of those who attend (%)", "attendances a person",
                 "3 or more (%)", "share of attendances of 10 or more (%)"):  # fmt: skip
        assert found[what] == pytest.approx(PUBLISHED[what][0], rel=0.15)
    assert found["10 or more (%)"] == pytest.approx(0.37, abs=0.06)


def test_a_service_is_the_same_for_the_same_seed() -> None:
    one, other = simulate(SMALL, 3), simulate(SMALL, 3)
    assert np.array_equal(one.day, other.day)
    assert np.array_equal(one.started, other.started)
    assert not np.array_equal(one.started, simulate(SMALL, 4).started)


def test_support_takes_away_what_was_asked_and_only_of_clients_after_their_start() -> None:
    service = simulate(replace(SMALL, starts=20), 3)
    changed, truth = with_effect(service, 0.5, 1)
    assert truth == pytest.approx(50)
    started = service.started < NEVER

    def counted(one: object, after: bool) -> int:
        return int(np.sum((one.day >= service.started[one.person]) == after))  # type: ignore[attr-defined]

    assert counted(changed, after=False) == counted(service, after=False)
    assert counted(changed, after=True) == pytest.approx(
        0.5 * counted(service, after=True), rel=0.1
    )
    assert started.sum() > 100


@pytest.mark.parametrize(("scenario", "effect", "cut"), [("main", 0.2, 24), ("shock", 0.36, 12)])
def test_the_files_of_a_service_give_the_rows_of_its_memory(
    scenario: str, effect: float, cut: int
) -> None:
    world = replace(SCENARIOS[scenario], people=60_000, list_size=60, chosen_from=40)
    service, _ = with_effect(simulate(world, 8), effect, 8)
    mine = rows_of(service, cut_months=cut)
    given = files.tables(service, cut_months=cut)
    _, prepared = prepare_frames(
        {"attendances": given["attendances"], "people": given["people"]}, given["roster"],
        as_of=files.last_day(service, cut), service_start=mine.service_start, cut=mine.cut,
        social_flag=given["social_flag"], list_size=60,
    )  # fmt: skip
    [theirs] = prepared.sites
    for field in fields(mine):
        one, other = getattr(mine, field.name), getattr(theirs, field.name)
        if field.name in ("person", "event_row", "event_day"):
            one, other = (
                np.unique(one, return_counts=True)[1],
                np.unique(other, return_counts=True)[1],
            )
            one, other = np.sort(one), np.sort(other)
        if isinstance(one, np.ndarray):
            assert one.shape == other.shape, field.name
            assert np.allclose(one, other), field.name
        elif isinstance(one, dict):
            for key, value in one.items():
                assert np.allclose(value, other[key]), (field.name, key)
        else:
            assert one == other, field.name


def test_files_can_be_written(tmp_path: Path) -> None:
    files.write(simulate(replace(SMALL, people=20_000), 1), tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"attendances.csv", "people.csv", "roster.csv", "social_flag.csv",
                     "service.toml"}  # fmt: skip
    header = (tmp_path / "roster.csv").read_text().splitlines()[0].replace('"', "")
    assert header == ("site,person_id,list_date,list_rank,offer_date,consent,start_date,"
                      "step_down_date")  # fmt: skip


def test_a_missed_limit_is_said_to_be_missed() -> None:
    good = {"bias": 1.0, "median": 1.0, "covers": 95.0, "rmse": 10.0, "benefit": 2.0, "harm": 2.0,
            "tries": 20}  # fmt: skip
    found = {
        "sizes": {
            "1 site, 1 year": {"3/0.00": good},
            "10 sites, 1 year": {"3/0.00": {**good, "rmse": 5.0}},
        },
        "robust": {"shock: quieter": {"site": {"3/0.00": {**good, "bias": -5.1}}}},
        "methods": {"resource pack, 3 months": {"reduction": 50.0}},
    }
    met = {line["what"]: line["met"] for line in acceptance(found)}
    assert met.pop("shock, 3 months: bias") is False
    assert all(met.values())
    assert len(met) == 10
