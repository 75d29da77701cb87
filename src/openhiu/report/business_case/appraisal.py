"""Section 5, the economic case: options come in; what each costs and brings, its scores with their
reasons, and whether the ranking hangs on the weights go out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openhiu.paper.blocks import Block, Cell, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.business_case.case import Case
from openhiu.report.business_case.counted import next_year
from openhiu.report.business_case.options import TOP_SCORE, Option
from openhiu.report.business_case.sums.ranking import Weighed, any_weights, each_weight
from openhiu.report.business_case.words import exact, percent, posts, rough, span, times

TITLE: Final = "5. Options appraisal (economic case)"


def section(case: Case) -> list[Block]:
    """The whole section."""
    return [
        Heading(TITLE),
        options_table(case),
        Paragraph(_nothing(case)),
        Heading("How the options score", 3),
        Paragraph(_how(case)),
        scores_table(case),
        Paragraph(_winner(case)),
        reasons_table(case),
        Heading("Does the ranking hang on the weights?", 3),
        Paragraph(_hangs(case)),
    ]


def options_table(case: Case) -> Table:
    """Cost, release, benefits and risks of each."""
    rows = tuple(
        (f"{case.number(one.key)}. {one.name}", _cost(one), _release(one),
         f"{one.words} {one.benefits}".strip(), one.risks)
        for one in case.options
    )  # fmt: skip
    return Table(
        f"The options over {case.settings.months} months",
        ("Option", "Cost", "Released", "What it is and brings", "What may go wrong"), rows,
        widths=(1.3, 1.1, 1, 2.4, 2.4), sheet="Options",
        note="Cost is what has to be found anew. Released is capacity, not cash, at the middle of "
        "the effect; its range is in section 7.",
    )  # fmt: skip


def _cost(one: Option) -> str:
    if one.worth.cost <= 0:
        return "No new money"
    return f"{exact(one.worth.cost)} ({posts(one.plan.leads)})"


def _release(one: Option) -> str:
    if one.plan.leads and not one.worth.expected_gbp:
        return "Not known"
    return rough(one.worth.released) if one.worth.released else "Nothing"


def _nothing(case: Case) -> str:
    """Doing nothing costs no new money and is not free."""
    found = [(tier, next_year(case.tiers.whole, tier.key)) for tier in reversed(case.tiers.tiers)]
    told = [f"{rough(cost[0])} ({span(cost[1], cost[2])}) among those who came {times(tier)}"
            for tier, cost in found if cost]  # fmt: skip
    if not told:
        return "Doing nothing needs no new money, but what it costs next year cannot be forecast."
    return (
        "Doing nothing needs no new money and is not free: next year the attendances and "
        f"admissions of these people are forecast to cost {printed.listed(told)}, people who "
        "leave the tiers by themselves and those who come into them already counted."
    )


def _how(case: Case) -> str:
    words = {one.key: one.words for one in case.criteria}
    own = [f"{_brief(one)}: {printed.listed([words.get(key, key) for key in sorted(one.given)])}"
           for one in case.options if one.given]  # fmt: skip
    whose = f"The place scored by itself: {'; '.join(own)}. " if own else ""
    whose += (
        "Where it says “not yet judged by the panel”, the points are a starting point of this "
        "software's and no local fact: each may be changed in the locality file, with a reason."
    )
    return (
        f"Each option has 0 to {TOP_SCORE:g} points by each criterion. Reach, value and money "
        f"follow from the sums of this document; the others are judgements. {whose}"
    )


def scores_table(case: Case) -> Table:
    """Criteria down, options across, the weighted mean below."""
    rows: list[tuple[Cell, ...]] = [
        (one.words, f"{_share(case, one.weight)}",
         *(f"{option.scores[one.key][0]:.1f}" for option in case.options))
        for one in case.criteria
    ]  # fmt: skip
    means = (f"{case.totals[one.key]:.2f}" for one in case.options)
    rows.append(("Weighted mean", "100%", *means))
    return Table(
        "Scores by criterion",
        ("Criterion", "Weight", *(f"{case.number(o.key)}. {_brief(o)}" for o in case.options)),
        tuple(rows), widths=(3, 0.8, *(1.1 for _ in case.options)), sheet="Scores",
    )  # fmt: skip


def reasons_table(case: Case) -> Table:
    """Why each score is what it is."""
    rows = tuple(
        (one.words, *(_reason(option.scores[one.key]) for option in case.options))
        for one in case.criteria
    )
    names = (f"{case.number(one.key)}. {_brief(one)}" for one in case.options)
    return Table("Reasons for the scores", ("Criterion", *names), rows,
                 widths=(1.5, *(1.6 for _ in case.options)), sheet="Reasons")  # fmt: skip


def _reason(scored: tuple[float, str]) -> str:
    score, why = scored
    return f"{score:.1f}: {why}"


def _share(case: Case, weight: float) -> str:
    whole = sum(case.weights.values())
    return percent(weight / whole) if whole else "–"  # noqa: RUF001


def _brief(one: Option) -> str:
    return one.name.partition(" (")[0]


def _winner(case: Case) -> str:
    if len(case.firsts) > 1:
        names = printed.listed([f"{case.number(key)} ({_brief(case.option(key))})"
                                for key in case.firsts])  # fmt: skip
        own = case.chosen.key
        rest = "is recommended" if own in case.firsts else (
            "is recommended all the same: whoever approves should ask why"
        )  # fmt: skip
        return f"Options {names} share the first place; option {case.number(own)} {rest}."
    first = case.option(case.ranking[0])
    found = f"Option {case.number(first.key)} ({_brief(first)}) comes first{_by(case)}"
    if first.key == case.chosen.key:
        return f"{found}, and is recommended."
    return (
        f"{found}. Option {case.number(case.chosen.key)} ({_brief(case.chosen)}) is recommended "
        "all the same: whoever approves should ask why."
    )


def _by(case: Case) -> str:
    """With how many points it comes before the next."""
    if len(case.ranking) < 2:
        return ""
    first, second = (case.totals[key] for key in case.ranking[:2])
    return f" with {first:.2f} points against {second:.2f}"


def _hangs(case: Case) -> str:
    """One weight at a time, then all weightings there are."""
    if len(case.options) < 2:
        return "There is one option only."
    first = case.ranking[0]
    names = {one.key: _brief(one) for one in case.options}
    turns = [one for one in each_weight(case.scores, case.weights)
             if one.without != (first,) or one.doubled != (first,)]  # fmt: skip
    single = _turned(case, turns, first) or (
        f"{names[first]} stays first when any one criterion is left out, and when any one counts "
        "twice"
    )
    shares = any_weights(case.scores, list(case.weights))
    (best, most), *others = sorted(shares.items(), key=lambda pair: -pair[1])
    rest = [f"{names[key]} in {percent(share)}" for key, share in others]
    return (
        f"{single}. Of 10,000 sets of weights drawn at random, every set as likely "
        f"as another, {names[best]} comes first in {percent(most)}; {printed.listed(rest)}."
    )


def _turned(case: Case, turns: Sequence[Weighed], first: str) -> str:
    """Which other option comes first, and when; empty where none ever does."""
    words = {one.key: one.words for one in case.criteria}
    when: dict[tuple[str, ...], list[str]] = {}
    for turn in turns:
        for options, how in ((turn.without, "does not count"), (turn.doubled, "counts twice")):
            if options != (first,):
                when.setdefault(options, []).append(f"“{words[turn.criterion]}” {how}")
    told = []
    for options, some in when.items():
        who = printed.listed([_brief(case.option(option)) for option in options])
        what = "share the first place" if len(options) > 1 else "comes first"
        told.append(f"{who} {what} if {' or '.join(some)}")
    return "; ".join(told)
