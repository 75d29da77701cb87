"""The regression behind `expected`, against statsmodels and against leaving people out for real."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm

from openhiu.evaluate.estimate import W3, W12, estimate, finished
from openhiu.evaluate.expected import at_risk, clean, features, fit, learn, lend, poisson
from openhiu.evaluate.rows import Rows, day_number
from support.made_rows import made_site
from support.simulated import small_site

KEY = "attendances"


def one(**changes: object) -> Rows:
    """The made site's first row, with something about it changed."""
    rows = made_site({KEY: (4.0, [[1, 1, 1, 1]])})
    return replace(rows, **changes)  # type: ignore[arg-type]


def test_the_coefficients_are_those_of_statsmodels() -> None:
    rows = small_site()
    among = clean(rows, 0)
    design = features(rows, among, has_flag=True)
    seen, offset = rows.outcomes[KEY][among, 0], np.log(at_risk(rows)[among, 0])
    oracle = sm.GLM(seen, design, sm.families.Poisson(), offset=offset).fit()
    assert poisson(design, seen, offset) == pytest.approx(oracle.params, abs=2e-3)
    mu = np.exp(design @ poisson(design, seen, offset) + offset)
    assert mu == pytest.approx(oracle.fittedvalues, rel=2e-3)


def test_features_are_what_was_known_on_the_list_date() -> None:
    size = one().size
    history = np.tile([1.0, 2.0, 3.0, 4.0], (size, 1))
    volume = np.tile([0.5, 1.0, 2.0, 0.1], (size, 1))
    rows = one(history=history, history_volume=volume, age=np.full(size, 81.0),
               female=np.ones(size, bool), flag=np.ones(size, bool))  # fmt: skip
    [found] = features(rows, np.arange(size) == 0, has_flag=True)
    # Counts over volume: 1/0.5 = 2, 2/1 = 2, 3/2 = 1.5, 4/0.2 = 20 (the floor); together 25.5.
    total = np.log1p(25.5)
    expected = [1, *np.log1p([2, 2, 1.5, 20]), total, total**2, 1, 1, 1, 1]
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(("age", "over"), [(64, (0, 0)), (65, (1, 0)), (79, (1, 0)), (80, (1, 1)),
                                           (np.nan, (0, 0))])  # fmt: skip
def test_age_counts_from_the_birthday_and_unknown_age_as_young(
    age: float, over: tuple[int, int]
) -> None:  # fmt: skip
    size = one().size
    [found] = features(one(age=np.full(size, age)), np.arange(size) == 0, has_flag=False)
    assert tuple(found[7:9]) == over
    assert len(found) == 10  # no social flag, no column for it


def test_a_row_is_clean_up_to_the_day_on_which_its_segment_ends_with_the_old_world() -> None:
    rows = one()
    start = day_number(rows.service_start)
    at = np.full(rows.size, start - 90, np.int32)
    assert clean(one(index=at), 0)[0]
    assert not clean(one(index=at + 1), 0)[0]
    assert not clean(one(index=at), 1)[0]
    assert not clean(one(index=at), 0)[-1]  # a client's row never is


def test_a_row_with_nobody_there_teaches_nothing() -> None:
    gone = one().exposure.copy()
    gone[0, 0] = 0.0
    assert not clean(one(exposure=gone), 0)[0]


def test_too_few_rows_or_people_are_no_history() -> None:
    enough = made_site({KEY: (4.0, [[1] * 4])}, comparison=500)
    assert learn(enough, enough.outcomes[KEY]).reaches(4)
    few = made_site({KEY: (4.0, [[1] * 4])}, comparison=499)
    assert not learn(few, few.outcomes[KEY]).reaches(1)
    # 600 rows, but of 149 people.
    same = replace(one(), person=np.concatenate([np.arange(600) % 149, [10_000]]))
    assert not learn(same, same.outcomes[KEY]).reaches(1)
    just = replace(one(), person=np.concatenate([np.arange(600) % 150, [10_000]]))
    assert learn(just, just.outcomes[KEY]).reaches(1)


def test_rows_of_which_nothing_is_known_teach_nothing() -> None:
    rows = one()
    counts = rows.outcomes[KEY].copy()
    counts[:100] = np.nan
    counts[100:200] = 40.0  # 500 remain: 100 of them with 40 each
    found = learn(rows, counts)
    # 100 x 40 and 400 x 4 over 500 rows: 11.2 each.
    assert found.mu(rows, rows.client)[0] == pytest.approx([11.2] * 4, rel=1e-3)


def test_expected_follows_exposure_and_volume() -> None:
    rows = made_site({KEY: (4.0, [[1] * 4])})
    exposure, volume = rows.exposure.copy(), rows.volume.copy()
    exposure[-1] = [1, 0.5, 0, 0]
    volume[-1] = [1.25, 1, 1, 1]
    found = learn(rows, rows.outcomes[KEY])
    mu = found.mu(replace(rows, exposure=exposure, volume=volume), rows.client)[0]
    # 4 each: 4 x 1.25, 4 x 0.5, and nothing where nobody was there.
    assert mu == pytest.approx([5.0, 2.0, 0.0, 0.0], rel=1e-3)


def test_leaving_a_person_out_is_the_formula_written_out() -> None:
    draw = np.random.default_rng(5)
    design = np.column_stack([np.ones(60), draw.normal(size=(60, 2))])
    risk, who = (
        draw.uniform(0.5, 1, 60),
        np.repeat(np.arange(12), [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 5]),
    )
    seen = draw.poisson(risk * 2).astype(float)
    found = fit(design, seen, risk, who)
    mu = risk * np.exp(design @ found.beta)
    whole = design.T @ (design * mu[:, None]) + 1e-3 * np.eye(3)
    for place, person in enumerate(found.people):
        mine = who == person
        own = design[mine].T @ (design[mine] * mu[mine][:, None])
        score = design[mine].T @ (seen - mu)[mine]
        assert found.shift[place] == pytest.approx(np.linalg.solve(whole - own, score))


def test_leaving_a_person_out_is_close_to_learning_again_without_them() -> None:
    rows = small_site()
    among = clean(rows, 0)
    design, risk = features(rows, among, has_flag=True), at_risk(rows)[among, 0]
    seen, who = rows.outcomes[KEY][among, 0], rows.person[among]
    found = fit(design, seen, risk, who)
    size = np.abs(found.shift).sum(axis=1)
    for place in np.argsort(-size)[5:25]:  # people who weigh much
        left = who != found.people[place]
        without = poisson(design[left], seen[left], np.log(risk[left]))
        assert found.shift[place] == pytest.approx(found.beta - without, abs=0.25 * size[place])


def test_regressions_lent_by_two_sites_keep_their_people_apart() -> None:
    first, second = small_site(1), small_site(2)
    lent = lend([(rows, rows.outcomes[KEY]) for rows in (first, second)])
    assert lent.borrowed
    alone = [learn(rows, rows.outcomes[KEY]).segments[0] for rows in (first, second)]
    assert lent.segments[0] is not None
    assert len(lent.segments[0].people) == sum(len(one.people) for one in alone if one)
    assert lent.segments[0].rows == sum(one.rows for one in alone if one)


def test_only_finished_windows_count() -> None:
    rows = made_site({KEY: (4.0, [[1] * 4] * 3)})
    cut = day_number(rows.cut)
    index = rows.index.copy()
    index[-3:] = [cut - 360, cut - 359, cut - 89]
    rows = replace(rows, index=index)
    assert finished(rows, W3)[-3:].tolist() == [True, True, False]
    assert finished(rows, W12)[-3:].tolist() == [True, False, False]
    found = estimate(rows, rows.outcomes[KEY], rows.before[KEY], W12)
    assert found.people == 1
