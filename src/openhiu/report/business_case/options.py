"""The options and their scores: built-in ones and those of a place come in; each with its plan, its
worth, and a score with its reason by every criterion go out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from openhiu.locality import CaseOption, Criterion, Locality
from openhiu.report.business_case.effect import Effect
from openhiu.report.business_case.planned import Planning, plan_of
from openhiu.report.business_case.sums.plan import MONTHS_A_YEAR, Plan
from openhiu.report.business_case.sums.starts import starts
from openhiu.report.business_case.sums.worth import Worth, work_out
from openhiu.report.business_case.words import number_of, rough
from openhiu.report.tiers.told import Tiers

NOTHING: Final = "do_nothing"
MAKE: Final = "make"
BUY: Final = "buy"
SHARE: Final = "share"
TOP_SCORE: Final = 5.0
_EVEN: Final = 2.5
CRITERIA: Final = (
    Criterion("reach", "Reaches the people who come most, and soon", 25),
    Criterion("inequality", "Narrows inequalities", 20),
    Criterion("value", "Releases more than it costs", 20),
    Criterion("lasting", "Leads who last: cover, peers, supervision", 15),
    Criterion("sure", "Sure to be delivered", 10),
    Criterion("money", "Little new money to find", 10),
)


@dataclass(frozen=True)
class Built:
    """A built-in option in words, with how long it takes to the first person and judged scores."""

    name: str
    words: str
    benefits: str
    risks: str
    mobilise: int
    judged: Mapping[str, tuple[float, str]]


BUILT: Final[Mapping[str, Built]] = {
    NOTHING: Built(
        "Do nothing",
        "No lead is added. What is there now goes on.",
        "No new money, nothing to set up.",
        "The hospitals go on caring for the same needs in the most costly place; those furthest "
        "from help wait longest; leads already in post stay few and alone.",
        0,
        {"inequality": (0, "the people concerned live where need is greatest, and wait"),
         "lasting": (1, "leads in post gain no colleague"),
         "sure": (5, "there is nothing to deliver")},
    ),
    MAKE: Built(
        "Make (leads in a local NHS body or council)",
        "A team that is there already takes the leads on.",
        "Close to existing teams, records and supervision; the skill stays in the area.",
        "Recruiting by NHS rules and learning the approach take time; leads can be drawn into "
        "other work when a department is short; a small team has little cover.",
        6,
        {"inequality": (3, "outreach, but from a statutory body some people keep away from"),
         "lasting": (3, "local peers and supervision, little cover"),
         "sure": (3, "posts and training have to be made first")},
    ),
    BUY: Built(
        "Buy (commission a provider)",
        "An organisation that has run such a service before is commissioned.",
        "Trained leads, peers and supervision from the first day; a start in fewer months; no "
        "clinical staff are taken from the front line.",
        "A procurement comes first; the provider has to gain the trust of hospital teams and "
        "sharing agreements; the skill leaves with the contract.",
        3,
        {"inequality": (4, "community providers reach people who trust no statutory body")
         , "lasting": (4, "leads join a larger team with cover and coaching"),
         "sure": (4, "the approach, training and staff exist")},
    ),
    SHARE: Built(
        "Share leads between the places",
        "Leads are not counted place by place: those there are, and any new one, work wherever "
        "people need them.",
        "The fewest leads for these people; places next to each other cover for one another.",
        "Longer ways, and a lead who is less known in each hospital; providers, hosts and "
        "contracts of the leads in post have to agree.",
        3,
        {"inequality": (3, "people in every place are rung, by somebody who is there less often"),
         "lasting": (3, "cover between places, no larger team"),
         "sure": (2, "those who pay for the leads in post have to agree")},
    ),
}  # fmt: skip
JUDGED: Final = "not yet judged by the panel"


@dataclass(frozen=True)
class Option:
    """One option. `scores` pairs a score with its reason by criterion; `given` names the criteria
    that the place itself scored.
    """

    key: str
    name: str
    words: str
    benefits: str
    risks: str
    plan: Plan
    worth: Worth
    scores: Mapping[str, tuple[float, str]]
    given: frozenset[str]

    @property
    def mobilise(self) -> int:
        """Months until the first person starts."""
        return self.plan.mobilise


def criteria_of(locality: Locality) -> tuple[Criterion, ...]:
    """The place's criteria; of a built-in one what it left unsaid. None entered: all built in."""
    built = {one.key: one for one in CRITERIA}
    said = locality.business_case.criteria
    return tuple(
        Criterion(one.key, one.words or getattr(built.get(one.key), "words", one.key), one.weight)
        for one in said
    ) or CRITERIA  # fmt: skip


def options_of(
    tiers: Tiers, planning: Planning, effect: Effect, locality: Locality
) -> tuple[Option, ...]:
    """Every option: those built in that differ, then those of the place. With no lead to add, to
    make and to buy are to do nothing; sharing is one where it needs fewer leads.
    """
    said = {one.key: one for one in locality.business_case.options}
    built = [key for key in BUILT if key in said or _differs(key, planning)]
    keys = [*built, *(key for key in said if key not in BUILT)]
    drafts = [_draft(key, said.get(key), tiers, planning, effect, locality) for key in keys]
    dearest = max(draft.worth.cost for draft in drafts)
    return tuple(_scored(draft, said.get(draft.key), dearest, locality) for draft in drafts)


def _differs(key: str, planning: Planning) -> bool:
    if key == SHARE:
        return planning.shared is not None and planning.extra > planning.shared
    return key == NOTHING or planning.extra > 0


def _leads(key: str, planning: Planning, lead_cost: float) -> tuple[float, float]:
    """Leads of a built-in option, and what one of them costs anew: those who move are paid for."""
    if key == NOTHING:
        return 0.0, lead_cost
    if key != SHARE or planning.shared is None:
        return planning.extra, lead_cost
    moved = min(planning.spare, max(0.0, planning.extra - planning.shared))
    there = planning.shared + moved
    return there, lead_cost * planning.shared / there if there else lead_cost


def _draft(
    key: str, said: CaseOption | None, tiers: Tiers, planning: Planning, effect: Effect,
    locality: Locality,
) -> Option:  # fmt: skip
    built, own = BUILT.get(key), said or CaseOption(key)
    lead_cost = _or(own.lead_cost_a_year, locality.money.lead_cost_a_year)
    usual, each = _leads(key, planning, lead_cost)
    usual_months = built.mobilise if built else BUILT[BUY].mobilise
    plan = plan_of(
        tiers, planning, effect, locality,
        leads=usual if own.leads is None else own.leads,
        lead_cost=each if own.leads is None else lead_cost,
        mobilise=usual_months if own.mobilise_months is None else own.mobilise_months,
        shared=key == SHARE,
    )  # fmt: skip
    said_or_built = {part: getattr(own, part) or getattr(built, part, "")
                     for part in ("name", "words", "benefits", "risks")}  # fmt: skip
    words = {**said_or_built, "name": said_or_built["name"] or key}
    return Option(
        key=key, **words, plan=plan, worth=work_out(plan), scores={}, given=frozenset(own.scores)
    )


def _or(said: float | None, usual: float) -> float:
    return usual if said is None else said


def _scored(draft: Option, said: CaseOption | None, dearest: float, locality: Locality) -> Option:
    own = said or CaseOption(draft.key)
    built = BUILT[draft.key].judged if draft.key in BUILT else {}
    judged = {key: (score, f"{why} ({JUDGED})") for key, (score, why) in built.items()}
    found = {"reach": _reach(draft), "value": _value(draft), "money": _money(draft, dearest),
             **judged}  # fmt: skip
    for key, score in own.scores.items():
        found[key] = (score, own.reasons.get(key, "scored by the panel"))
    unscored = (0.0, "not scored yet")
    scores = {one.key: found.get(one.key, unscored) for one in criteria_of(locality)}
    return replace(draft, scores=scores)


def _reach(draft: Option) -> tuple[float, str]:
    """Of those in the top tier who would say yes, how many start within the first year."""
    top = next(iter(draft.plan.groups), None)
    began = starts(draft.plan).get(top.key, []) if top else []
    first = sum(began[:MONTHS_A_YEAR])
    if not top or top.first_year <= 0:
        return 0.0, "nobody in the top tier is left to reach"
    share = min(1.0, first / top.first_year)
    return _round(TOP_SCORE * share), (
        f"{number_of(first)} of about {number_of(top.first_year)} in the top tier who would say "
        "yes start in the first year"
    )


def _value(draft: Option) -> tuple[float, str]:
    """Pounds released for each pound spent, today's worth: even is in the middle of the scale."""
    worth = draft.worth
    if worth.present_cost <= 0:
        if worth.released > 0:
            return TOP_SCORE, "releases something for no new money"
        return _EVEN, "spends nothing and releases nothing"
    if not worth.expected_gbp:
        return 0.0, "what it releases cannot be worked out"
    ratio = worth.present_released / worth.present_cost
    return _round(min(TOP_SCORE, _EVEN * max(0.0, ratio))), f"£{ratio:.2f} released for each £1"


def _money(draft: Option, dearest: float) -> tuple[float, str]:
    if draft.worth.cost <= 0 or dearest <= 0:
        return TOP_SCORE, "no new money"
    share = draft.worth.cost / dearest
    return _round(TOP_SCORE * (1 - share)), f"{rough(draft.worth.cost)} over the contract"


def _round(score: float) -> float:
    return round(score, 1)
