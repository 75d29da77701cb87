"""What if it were otherwise: a plan and the range of each assumption come in; what is left over at
either end goes out, the widest first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from openhiu.report.business_case.sums.plan import Plan, Ratio, Willing
from openhiu.report.business_case.sums.worth import Worth, work_out

SHARE = 0.2
MONTHS = 3


@dataclass(frozen=True)
class Otherwise:
    """One assumption at its two ends, the others as planned. `net` is released less cost."""

    key: str
    words: str
    worse: str
    better: str
    net_worse: float
    net_better: float

    @property
    def width(self) -> float:
        """How much hangs on it."""
        return abs(self.net_better - self.net_worse)


def scenarios(plan: Plan, effect: Mapping[str, Ratio]) -> dict[str, Worth]:
    """The plan at the worse end, the middle and the better end of the effect."""
    ends = {"low": "high", "central": "central", "high": "low"}
    return {name: work_out(with_effect(plan, effect, end)) for name, end in ends.items()}


def with_effect(plan: Plan, effect: Mapping[str, Ratio], end: str) -> Plan:
    """The same plan at one end of the effect; the kinds of contact move together."""
    return replace(plan, ratios={kind: getattr(ratio, end) for kind, ratio in effect.items()})


def one_at_a_time(plan: Plan, effect: Mapping[str, Ratio]) -> list[Otherwise]:
    """Each assumption over its range."""
    found = [
        _effect(plan, effect),
        _scaled("reach", "People who say yes and are reached", plan, _reach),
        _scaled("stays", "Contacts there would be with no service", plan, _contacts),
        _scaled("prices", "What one contact costs", plan, _prices),
        _scaled("cost", "What a lead costs a year", plan, _cost, dearer=True),
        _months("lasts", "How long the effect lasts after a start", plan, -MONTHS, MONTHS),
        _months("mobilise", "Months until the first person starts", plan, MONTHS, -MONTHS),
    ]
    return sorted(found, key=lambda one: -one.width)


def _effect(plan: Plan, effect: Mapping[str, Ratio]) -> Otherwise:
    ends = [work_out(with_effect(plan, effect, end)).net for end in ("high", "low")]
    return Otherwise("effect", "The effect, over its 95% range", "worse end", "better end", ends[0],
                     ends[1])  # fmt: skip


def _scaled(
    key: str, words: str, plan: Plan, scale: Callable[[Plan, float], Plan], *, dearer: bool = False
) -> Otherwise:  # fmt: skip
    ends = [work_out(scale(plan, 1 + sign * SHARE)).net for sign in (-1, 1)]
    marks = [f"{100 * sign * SHARE:+.0f}%".replace("-", "\N{MINUS SIGN}") for sign in (-1, 1)]
    if dearer:
        ends, marks = ends[::-1], marks[::-1]
    return Otherwise(key, words, marks[0], marks[1], ends[0], ends[1])


def _reach(plan: Plan, by: float) -> Plan:
    groups = tuple(replace(group, first_year=by * group.first_year,
                           each_later_year=by * group.each_later_year)
                   for group in plan.groups)  # fmt: skip
    teams = tuple(replace(team, people={key: _more(some, by) for key, some in team.people.items()})
                  for team in plan.teams)  # fmt: skip
    return replace(plan, groups=groups, teams=teams, a_quarter=by * plan.a_quarter)


def _more(some: Willing, by: float) -> Willing:
    moved = {key: by * count for key, count in some.moved.items()}
    return Willing(by * some.first_year, by * some.fresh, moved)


def _contacts(plan: Plan, by: float) -> Plan:
    return replace(plan, groups=tuple(
        replace(one, stays=by * one.stays, stays_of=_times(one.stays_of, by))
        for one in plan.groups
    ))  # fmt: skip


def _prices(plan: Plan, by: float) -> Plan:
    groups = tuple(replace(one, prices=_times(one.prices, by)) for one in plan.groups)
    return replace(plan, groups=groups, prices=_times(plan.prices, by))


def _times(each: Mapping[str, float], by: float) -> dict[str, float]:
    return {kind: by * number for kind, number in each.items()}


def _cost(plan: Plan, by: float) -> Plan:
    return replace(plan, lead_cost=by * plan.lead_cost)


def _months(key: str, words: str, plan: Plan, worse: int, better: int) -> Otherwise:
    stated = getattr(plan, key)
    ends = [max(0, stated + change) for change in (worse, better)]
    nets = [work_out(replace(plan, **{key: end})).net for end in ends]
    marks = [f"{end} months" for end in ends]
    return Otherwise(key, words, marks[0], marks[1], nets[0], nets[1])
