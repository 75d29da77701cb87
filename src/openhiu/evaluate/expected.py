"""How often people picked the same way would have come anyway: the rows of one or more sites come
in; a Poisson regression on their lists of before the service goes out, with what each person of
those lists contributed to it.

Clean rows (evaluation plan, step 6) are comparison rows whose follow-up segment ended before the
service began: nobody in them can have been supported. One regression a segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openhiu.evaluate.plan import CLEAN_PEOPLE, CLEAN_ROWS, RIDGE, VOLUME_FLOOR
from openhiu.evaluate.rows import DAYS_IN_SEGMENT, SEGMENTS, Rows, day_number

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

_STEPS: Final = 100
_SMALL: Final = 1e-10
_BATCH: Final = 4096


@dataclass(frozen=True, eq=False)
class Segment:
    """The regression of one segment: `beta` (p), and by how much it moves when a person leaves.

    `shift[k]` (p) is (A - A_k)^-1 s_k of `people[k]`: leaving that person out takes it off `beta`.
    """

    beta: Floats
    people: Ints
    shift: Floats
    rows: int


@dataclass(frozen=True, eq=False)
class Expected:
    """The regressions of a site, one a segment; None where history does not suffice.

    `borrowed`: learnt from other sites, so its people are not the people of the site.
    """

    segments: tuple[Segment | None, ...]
    has_flag: bool
    borrowed: bool = False

    def reaches(self, segments: int) -> bool:
        """Whether the first so many segments could all be learnt."""
        return all(segment is not None for segment in self.segments[:segments])

    def rate(self, rows: Rows, among: Bools) -> Floats:
        """(k, segments) expected counts in a whole segment at volume 1; nan where not learnt."""
        design = features(rows, among, has_flag=self.has_flag)
        found = np.full((len(design), len(self.segments)), np.nan)
        for number, segment in enumerate(self.segments):
            if segment is not None:
                found[:, number] = np.exp(design @ segment.beta)
        return found

    def mu(self, rows: Rows, among: Bools) -> Floats:
        """(k, segments) expected counts at what was observed of each segment and its volume."""
        return self.rate(rows, among) * at_risk(rows)[among][:, : len(self.segments)]


def features(rows: Rows, among: Bools, *, has_flag: bool) -> Floats:
    """(k, p) what is known at the list date, of the rows named; unknown age counts as under 65."""
    counts = rows.history[among] / np.maximum(rows.history_volume[among], VOLUME_FLOOR)
    total = np.log1p(counts.sum(axis=1))
    age = rows.age[among]
    columns = [np.ones(len(total)), *np.log1p(counts).T, total, total**2,
               age >= 65, age >= 80, rows.female[among]]  # fmt: skip
    if has_flag:
        columns.append(rows.flag[among])
    return np.column_stack(columns).astype(np.float64)


def at_risk(rows: Rows) -> Floats:
    """(n, 4) observed share of each segment times its mean volume index (never below the floor)."""
    return np.asarray(rows.exposure * np.maximum(rows.volume, VOLUME_FLOOR), dtype=np.float64)


def clean(rows: Rows, segment: int) -> Bools:
    """The comparison rows whose segment was over when the service began, somebody being there."""
    over = rows.index + DAYS_IN_SEGMENT * (segment + 1) <= day_number(rows.service_start)
    return np.asarray(~rows.client & over & (rows.exposure[:, segment] > 0))


def learn(rows: Rows, counts: Floats, segments: int = SEGMENTS) -> Expected:
    """The regressions from a site's own clean rows. `counts` (n, 4) by segment may be weighted, and
    are nan where nothing is known: such rows are left out.
    """
    return _learn([(rows, counts)], segments, borrowed=False)


def lend(lenders: Sequence[tuple[Rows, Floats]], segments: int = SEGMENTS) -> Expected:
    """The regressions from the clean rows of other sites together, for one without history."""
    return _learn(lenders, segments, borrowed=True)


def _learn(
    sources: Sequence[tuple[Rows, Floats]], segments: int, *, borrowed: bool
) -> Expected:  # fmt: skip
    has_flag = bool(sources) and all(rows.has_flag for rows, _ in sources)
    found = tuple(_segment(sources, number, has_flag) for number in range(segments))
    return Expected(found, has_flag, borrowed)


def _segment(
    sources: Sequence[tuple[Rows, Floats]], number: int, has_flag: bool
) -> Segment | None:  # fmt: skip
    designs, seen, risks, people, first = [], [], [], [], 0
    for rows, counts in sources:
        among = clean(rows, number) & np.isfinite(counts[:, number])
        designs.append(features(rows, among, has_flag=has_flag))
        seen.append(counts[among, number])
        risks.append(at_risk(rows)[among, number])
        people.append(rows.person[among] + first)
        first += int(rows.person.max(initial=-1)) + 1
    who = np.concatenate(people) if people else np.zeros(0, np.int64)
    if len(who) < CLEAN_ROWS or np.count_nonzero(np.bincount(who)) < CLEAN_PEOPLE:
        return None
    return fit(np.concatenate(designs), np.concatenate(seen), np.concatenate(risks), who)


def fit(design: Floats, seen: Floats, risk: Floats, who: Ints) -> Segment:
    """Poisson regression of `seen` on `design` with offset log `risk`, ridge included, and by how
    much each person moves it.
    """
    beta = poisson(design, seen, np.log(risk))
    mu = risk * np.exp(design @ beta)
    people, shift = _leave_one_out(design, mu, seen - mu, who)
    return Segment(beta, people, shift, len(who))


def poisson(design: Floats, seen: Floats, offset: Floats) -> Floats:
    """(p) coefficients by iteratively reweighted least squares; a step that would make the fit
    worse is halved.
    """
    beta = np.zeros(design.shape[1])
    beta[0] = np.log(max(seen.sum(), 0.5) / np.exp(offset).sum())
    penalty = RIDGE * np.eye(len(beta))
    best = _likelihood(design, seen, offset, beta)
    for _ in range(_STEPS):
        mu = np.exp(design @ beta + offset)
        slope = design.T @ (seen - mu) - RIDGE * beta
        step = np.linalg.solve((design * mu[:, None]).T @ design + penalty, slope)
        value = _likelihood(design, seen, offset, beta + step)
        while not value >= best - _SMALL * (1 + abs(best)) and np.abs(step).max() > _SMALL:
            step = step / 2
            value = _likelihood(design, seen, offset, beta + step)
        beta, best = beta + step, value
        if np.abs(step).max() < _SMALL:
            break
    return beta


def _likelihood(design: Floats, seen: Floats, offset: Floats, beta: Floats) -> float:
    line = design @ beta + offset
    if line.max(initial=0.0) > 50:
        return -np.inf
    return float(seen @ line - np.exp(line).sum() - RIDGE / 2 * beta @ beta)


def _leave_one_out(
    design: Floats, mu: Floats, left: Floats, who: Ints
) -> tuple[Ints, Floats]:  # fmt: skip
    """(A - A_p)^-1 s_p for every person p: their information A_p and score s_p taken out at once.

    Rows are whitened by A, so that A becomes the identity; people with the same number of rows are
    solved together, in the smaller of the two dimensions (matrix inversion lemma).
    """
    order = np.argsort(who, kind="stable")
    people, first, rows = np.unique(who[order], return_index=True, return_counts=True)
    information = (design * mu[:, None]).T @ design + RIDGE * np.eye(design.shape[1])
    root = np.linalg.inv(np.linalg.cholesky(information))
    white = (design[order] * np.sqrt(mu[order])[:, None]) @ root.T
    score = np.add.reduceat(design[order] * left[order][:, None], first) @ root.T
    found = np.empty_like(score)
    for number in np.unique(rows):
        same = np.flatnonzero(rows == number)
        for start in range(0, len(same), _BATCH):
            batch = same[start : start + _BATCH]
            theirs = white[first[batch][:, None] + np.arange(number)]
            found[batch] = _solve_without(theirs, score[batch])
    return people, found @ root


def _solve_without(theirs: Floats, score: Floats) -> Floats:
    """(I - Z'Z)^-1 s for a batch of Z (k, r, p) and s (k, p)."""
    _, rows, width = theirs.shape
    across = theirs.transpose(0, 2, 1)
    if rows >= width:
        whole = np.eye(width) - across @ theirs
        return np.asarray(np.linalg.solve(whole, score[:, :, None])[:, :, 0])
    small = np.eye(rows) - theirs @ across
    inner = np.linalg.solve(small, theirs @ score[:, :, None])
    return np.asarray(score + (across @ inner)[:, :, 0])
