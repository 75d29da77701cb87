"""Which numbers of a publication must be hidden together: true counts and how they add up come in;
the names of those to hide go out.

The small counts are hidden, then a second one wherever one alone is hidden in a sum. Then the
publication is attacked by linear programming, with more knowledge than any reader has: it is told
which hidden numbers are small. As long as it narrows one of them to fewer than three values, or
somebody who takes every star for 1 to 7 would hit on one, a further number is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from openhiu.disclosure.counts import ROUND_TO, SMALLEST_SHOWN, disclose

_TWO_VALUES: Final = 1.999  # a range of 2 holds three
_ONE_VALUE: Final = 0.999
Floats = NDArray[np.float64]
Bounds = list[tuple[float, float]]


@dataclass(frozen=True)
class Publication:
    """True counts by name. `sums`: the name of a total and those of its parts. `nested`: pairs of
    names of which the first counts some of the people of the second. `standing`: totals that are
    told elsewhere too, so that hiding them here would hide nothing. `exact`: numbers that are told
    to the last digit where they are told. `limits`: so many times each of some counts, and what
    that comes to at most, where something else that is told says so.
    """

    counts: Mapping[str, int]
    sums: Sequence[tuple[str, Sequence[str]]]
    nested: Sequence[tuple[str, str]] = ()
    standing: AbstractSet[str] = frozenset()
    exact: AbstractSet[str] = frozenset()
    limits: Sequence[tuple[Mapping[str, float], float]] = ()

    @property
    def totals(self) -> frozenset[str]:
        """The names of the totals."""
        return frozenset(total for total, _ in self.sums)

    def small(self, name: str) -> bool:
        """Whether a count is one that the rule hides."""
        return 0 < self.counts[name] < SMALLEST_SHOWN


def hidden_names(given: Publication) -> frozenset[str]:
    """The names of every count to hide, so that no small one can be worked out."""
    hidden = {name for name in given.counts if given.small(name)}
    _never_alone(given, hidden)
    if not hidden:
        return frozenset()
    attack = _Attack(given)
    while exposed := attack.exposed(hidden):
        more = _next_to_hide(given, hidden, exposed)
        if more is None:
            break
        hidden.add(more)
        _never_alone(given, hidden)
    return frozenset(hidden)


def exposed_names(given: Publication, hidden: AbstractSet[str]) -> frozenset[str]:
    """The small counts that a reader could still work out, were these names hidden."""
    return frozenset(_Attack(given).exposed(hidden))


def _never_alone(given: Publication, hidden: set[str]) -> None:
    """Hide a second number of every sum in which one alone is hidden, until there is none."""
    changed = True
    while changed:
        changed = False
        for total, parts in given.sums:
            line = [total, *parts]
            if sum(name in hidden for name in line) != 1:
                continue
            others = [name for name in line if name not in hidden and given.counts[name]]
            second = _first_choice(given, others, frozenset(line))
            if second is not None:
                hidden.add(second)
                changed = True


def _next_to_hide(
    given: Publication, hidden: AbstractSet[str], exposed: AbstractSet[str]
) -> str | None:
    beside = {
        name
        for total, parts in given.sums
        if not exposed.isdisjoint(parts) or total in exposed
        for name in (total, *parts)
    }
    shown = [name for name in given.counts if name not in hidden]
    return _first_choice(given, shown, beside)


def _first_choice(given: Publication, names: Iterable[str], beside: AbstractSet[str]) -> str | None:
    """The number whose hiding costs the reader least: in the same sum, not a zero, not a total,
    the smallest.
    """
    return min(
        (name for name in names if name not in given.standing),
        key=lambda name: (
            name not in beside, given.counts[name] == 0, name in given.totals,
            given.counts[name], name,
        ),
        default=None,
    )  # fmt: skip


class _Attack:
    """A reader with a linear program: which small counts are pinned down by all that is shown."""

    def __init__(self, given: Publication) -> None:
        self._given = given
        self._names = list(given.counts)
        self._at = {name: number for number, name in enumerate(self._names)}
        self._truth = np.array([given.counts[name] for name in self._names], float)
        self._equal = self._matrix(
            [{total: 1.0} | dict.fromkeys(parts, -1.0) for total, parts in given.sums]
        )
        nested = [({few: 1.0, many: -1.0}, 0.0) for few, many in given.nested]
        self._below = self._matrix([line for line, _ in [*nested, *given.limits]])
        self._most = np.array([most for _, most in [*nested, *given.limits]])

    def exposed(self, hidden: AbstractSet[str]) -> set[str]:
        """The hidden small counts that a reader can narrow down too far."""
        small = [self._at[n] for n in self._names if n in hidden and self._given.small(n)]
        found = self._narrowed(small, self._told(hidden), _TWO_VALUES)
        found |= self._narrowed(small, self._believed(hidden), _ONE_VALUE)
        return {self._names[number] for number in found}

    def _narrowed(self, targets: list[int], bounds: Bounds, width: float) -> set[int]:
        """The targets that lie, truly, within a range of at most this width."""
        alone = len(self._given.sums) == 1 and not self._given.nested and not self._given.limits
        found = self._of_one_sum(bounds) if alone else self._of_several(targets, bounds, width)
        low, high = found
        return {n for n in targets if low[n] <= self._truth[n] <= high[n] <= low[n] + width}

    def _of_one_sum(self, bounds: Bounds) -> tuple[Floats, Floats]:
        """What each number may be where there is a single sum: plain interval arithmetic."""
        total, parts = self._given.sums[0]
        whole, among = self._at[total], [self._at[part] for part in parts]
        least, most = (np.array(ends) for ends in zip(*bounds, strict=True))
        low, high = least.copy(), most.copy()
        low[whole] = max(least[whole], least[among].sum())
        high[whole] = min(most[whole], most[among].sum())
        if low[whole] > high[whole]:
            return high + np.inf, low - np.inf  # no table is as this reader believes
        for part in among:
            others = [other for other in among if other != part]
            low[part] = max(least[part], least[whole] - most[others].sum())
            high[part] = min(most[part], most[whole] - least[others].sum())
        return low, high

    def _of_several(
        self, targets: list[int], bounds: Bounds, width: float
    ) -> tuple[Floats, Floats]:
        """What each number may be at least, as far as needed: by linear programming."""
        low, high = np.full(len(bounds), np.inf), np.full(len(bounds), -np.inf)
        together = np.zeros(len(bounds))
        together[targets] = 1.0
        self._widen(together, bounds, low, high)
        for target in targets:
            if low[0] <= high[0] and high[target] - low[target] <= width:
                self._widen(np.eye(1, len(bounds), target)[0], bounds, low, high)
        return low, high

    def _widen(self, goal: Floats, bounds: Bounds, low: Floats, high: Floats) -> None:
        """Every table found that could have been published widens what is possible of each cell."""
        # Loaded here: it takes a second, and most commands hide nothing in a table.
        from scipy.optimize import linprog

        for sign in (1.0, -1.0):
            found = linprog(
                sign * goal, A_eq=self._equal, b_eq=_zeros(self._equal),
                A_ub=self._below, b_ub=None if self._below is None else self._most,
                bounds=bounds, method="highs",
            )  # fmt: skip
            if found.success:
                values = np.round(found.x, 6)
                np.minimum(low, values, out=low)
                np.maximum(high, values, out=high)

    def _told(self, hidden: AbstractSet[str]) -> Bounds:
        """What each number may be to somebody who was told which of the hidden ones are small."""
        least = 0.0 if any(self._given.counts[name] == 0 for name in hidden) else 1.0
        few = least, SMALLEST_SHOWN - 1.0
        many = float(SMALLEST_SHOWN), np.inf
        return [
            self._seen(name) if name not in hidden else many if count >= SMALLEST_SHOWN else few
            for name, count in self._given.counts.items()
        ]

    def _believed(self, hidden: AbstractSet[str]) -> Bounds:
        """The same to somebody who believes, rightly or not, that every star is 1 to 7."""
        return [
            (1.0, SMALLEST_SHOWN - 1.0) if name in hidden else self._seen(name)
            for name in self._given.counts
        ]

    def _seen(self, name: str) -> tuple[float, float]:
        """The least and the most that is shown as this number is."""
        if name in self._given.exact:
            return float(self._given.counts[name]), float(self._given.counts[name])
        shown = float(disclose(self._given.counts[name]))
        spread = ROUND_TO // 2 if shown else 0
        return shown - spread, shown + spread

    def _matrix(self, lines: Sequence[Mapping[str, float]]) -> Any:
        from scipy.sparse import csr_array

        if not lines:
            return None
        rows = [row for row, line in enumerate(lines) for _ in line]
        columns = [self._at[name] for line in lines for name in line]
        values = [value for line in lines for value in line.values()]
        return csr_array((values, (rows, columns)), shape=(len(lines), len(self._names)))


def _zeros(matrix: Any) -> Any:
    return None if matrix is None else np.zeros(matrix.shape[0])
