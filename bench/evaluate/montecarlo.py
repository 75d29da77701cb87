"""The evaluation on many simulated services: scenarios and seeds come in; every estimate beside its
truth goes out, site by site and for sites put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bench.evaluate.rivals import RIVALS
from bench.evaluate.rows import rows_of, until
from bench.evaluate.scenario import SCENARIOS, World
from bench.evaluate.simulator import simulate
from openhiu.evaluate.estimate import W3, W12, Estimate, Window, estimate, finished, pool
from openhiu.evaluate.expected import learn
from openhiu.evaluate.natural_change import natural_change
from openhiu.evaluate.rows import Rows

KEY = "attendances"
EFFECTS = (0.0, 0.20, 0.36, 0.50)


@dataclass(frozen=True, eq=False)
class Try:
    """One estimate of one service (or group of them), and the truth, both in percent. Rivals have
    a plain figure and no `estimate`.
    """

    method: str
    window: str
    effect: float
    truth: float
    reduction: float
    estimate: Estimate | None = None


def tries(
    world: World, seed: int, effects: Sequence[float] = EFFECTS, *, flag: bool = True
) -> list[Try]:  # fmt: skip
    """One site, everything: each effect and both windows; rivals where nothing was taken away."""
    whole = replace(rows_of(simulate(world, seed)), has_flag=flag)
    fitted = learn(whole, whole.outcomes[KEY])
    found = []
    for effect in effects:
        rows, own = thinned(whole, effect, seed, mixed=world.mixed_effect)
        for window in (W3, W12):
            at = until(rows, world.cut(window.name))
            both = at.outcomes[KEY], at.before[KEY]
            truth = _truth(whole, at, window, own)
            one = estimate(at, *both, window, fitted=fitted)
            found.append(_try("primary", window, effect, truth, one))
            if effect == 0:
                second, _ = natural_change(at, *both, window)
                found.append(_try("natural-change table", window, effect, truth, second))
                found += [Try(name, window.name, effect, truth, method(at, window))
                          for name, method in RIVALS.items()]  # fmt: skip
    return found


def thinned(
    rows: Rows, reduction: float, seed: int, *, mixed: bool = False
) -> tuple[Rows, np.ndarray]:
    """The same rows where clients' attendances after the start are taken away at random, and the
    share taken of each row. Clean rows lie before the service: nothing of them changes.
    """
    draw = np.random.default_rng([seed, round(reduction * 1000)])
    own = np.full(rows.size, reduction)
    if mixed:
        kind = draw.random(rows.size)
        own = np.where(kind < 1 / 3, 0.0, np.minimum(reduction * (1.35 + 0.3 * rows.flag), 0.95))
    counts = rows.outcomes[KEY]
    kept = draw.binomial(counts.astype(np.int64), (1 - own)[:, None]).astype(np.float64)
    changed = np.where(rows.client[:, None], kept, counts)
    return replace(rows, outcomes={**rows.outcomes, KEY: changed}), own


def _truth(whole: Rows, at: Rows, window: Window, own: np.ndarray) -> float:
    """The share taken away of what the clients of the window would have had (percent)."""
    done = finished(at, window)
    would = whole.outcomes[KEY][done, : window.segments].sum(axis=1)
    return 100 * float(would @ own[done]) / max(float(would.sum()), 1.0)


def _try(method: str, window: Window, effect: float, truth: float, found: Estimate) -> Try:
    seen, expected = (sum(getattr(part, name) for part in found.sums) for name in ("y", "m"))
    reduction = 100 * (1 - seen / expected) if expected else np.nan
    return Try(method, window.name, effect, truth, reduction, found)


def many(
    scenario: str, seeds: Iterable[int], effects: Sequence[float] = EFFECTS, *,
    flag: bool = True, told: Callable[[int], None] = lambda _: None,
) -> list[list[Try]]:  # fmt: skip
    """So many sites of a scenario, each with all its estimates."""
    found = []
    for seed in seeds:
        found.append(tries(SCENARIOS[scenario], seed, effects, flag=flag))
        told(seed)
    return found


def together(sites: Sequence[Sequence[Try]], size: int) -> list[Try]:
    """The same sites in groups of so many, pooled; the truth is weighted by what was expected."""
    found = []
    for start in range(0, len(sites) - size + 1, size):
        group = sites[start : start + size]
        for number, first in enumerate(group[0]):
            parts = [site[number] for site in group]
            estimates = [part.estimate for part in parts if part.estimate is not None]
            if len(estimates) < size:
                continue
            weight = [sum(part.m for part in one.sums) for one in estimates]
            truth = float(np.average([part.truth for part in parts],
                                     weights=weight if sum(weight) else None))  # fmt: skip
            window = W3 if first.window == W3.name else W12
            found.append(_try(first.method, window, first.effect, truth, pool(estimates)))
    return found


@dataclass(frozen=True)
class Score:
    """How a method did: in points of reduction, or percent of tries. None without intervals."""

    tries: int
    clients: float
    reduction: float
    bias: float
    median: float
    rmse: float
    covers: float | None
    benefit: float | None
    harm: float | None
    half_width: float | None


def score(found: Sequence[Try], method: str, window: str, effect: float) -> Score | None:
    """Bias, coverage and false alarms of the tries named; None where there are none."""
    chosen = [t for t in found if (t.method, t.window, t.effect) == (method, window, effect)
              and np.isfinite(t.reduction)]  # fmt: skip
    if not chosen:
        return None
    error = np.array([t.reduction - t.truth for t in chosen])
    rows = [(t.estimate, t.truth) for t in chosen if t.estimate and t.estimate.high is not None]
    limits = [(e.reduction_low or 0.0, 100.0 if e.reduction_high is None else e.reduction_high)
              for e, _ in rows]  # fmt: skip
    return Score(
        len(chosen), float(np.mean([e.people for e, _ in rows])) if rows else np.nan,
        float(np.mean([t.reduction for t in chosen])), float(error.mean()),
        float(np.median(error)), float(np.sqrt((error**2).mean())),
        *_interval_scores(limits, [truth for _, truth in rows]),
    )  # fmt: skip


def pack(found: Sequence[Try], window: str) -> Score:
    """How the resource-pack figure did where nothing happened."""
    wanted = ("primary", window, 0.0)
    chosen = [t.estimate for t in found
              if (t.method, t.window, t.effect) == wanted and t.estimate]  # fmt: skip
    falls = np.array([e.resource_pack for e in chosen], dtype=float)
    limits = [e.resource_pack_interval for e in chosen if e.resource_pack_interval]
    return Score(
        len(falls), float(np.mean([e.people for e in chosen])), float(falls.mean()),
        float(falls.mean()), float(np.median(falls)), float(np.sqrt((falls**2).mean())),
        *_interval_scores(limits, [0.0] * len(limits)),
    )  # fmt: skip


def _interval_scores(
    limits: Sequence[tuple[float, float]], truth: Sequence[float]
) -> tuple[float | None, float | None, float | None, float | None]:
    if not limits:
        return None, None, None, None
    low, high = np.array(limits, dtype=float).T
    within = (low <= np.array(truth)) & (np.array(truth) <= high)
    return (100 * float(within.mean()), 100 * float(np.mean(low > 0)),
            100 * float(np.mean(high < 0)), float(np.mean((high - low) / 2)))  # fmt: skip
