"""Options judged by weighted criteria: scores and weights come in; the ranking, and how much of it
hangs on the weights, go out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

SEED: Final = 2026
DRAWS: Final = 10_000
_A_HAIR: Final = 1e-9
Scores = Mapping[str, Mapping[str, float]]  # by option, then by criterion
Weights = Mapping[str, float]


@dataclass(frozen=True)
class Weighed:
    """One criterion left out, and counted twice: who comes first then, perhaps together."""

    criterion: str
    without: tuple[str, ...]
    doubled: tuple[str, ...]


def totals(scores: Scores, weights: Weights) -> dict[str, float]:
    """The weighted mean score of each option, on the scale of the scores."""
    whole = sum(weights.values())
    if whole <= 0:
        return dict.fromkeys(scores, 0.0)
    return {option: sum(weights[key] * of.get(key, 0.0) for key in weights) / whole
            for option, of in scores.items()}  # fmt: skip


def ranked(scores: Scores, weights: Weights) -> list[str]:
    """The options, the best first; of equals the one that was named first."""
    found = totals(scores, weights)
    return sorted(found, key=lambda option: -round(found[option], 9))


def firsts(scores: Scores, weights: Weights) -> tuple[str, ...]:
    """The option that comes first, or those that share the first place."""
    found = totals(scores, weights)
    best = max(found.values(), default=0.0)
    return tuple(option for option, score in found.items() if score > best - _A_HAIR)


def each_weight(scores: Scores, weights: Weights) -> list[Weighed]:
    """The first option when one criterion does not count, and when it counts twice."""
    return [
        Weighed(key, *(firsts(scores, {**weights, key: by * weights[key]}) for by in (0.0, 2.0)))
        for key in weights
    ]


def any_weights(
    scores: Scores, criteria: Sequence[str], seed: int = SEED, draws: int = DRAWS
) -> dict[str, float]:
    """The share of all weightings, each as likely as another, in which an option comes first; those
    who share the first place share the weighting.
    """
    options = list(scores)
    dice = np.random.default_rng(seed)
    weights: NDArray[np.float64] = dice.dirichlet(np.ones(len(criteria)), size=draws)
    table = np.array([[scores[option].get(key, 0.0) for key in criteria] for option in options])
    found = weights @ table.T
    first = found > found.max(axis=1, keepdims=True) - _A_HAIR
    shares = (first / first.sum(axis=1, keepdims=True)).mean(axis=0)
    return {option: float(share) for option, share in zip(options, shares, strict=True)}
