"""What an estimate lets us say, in plain English: an estimate comes in; sentences go out, in the
order of the evaluation plan (section 6). Every percentage stands beside what it came from.

Numbers of people are given by the caller as they may be shown; nothing here works them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openhiu.evaluate.before_after import LABEL
from openhiu.evaluate.estimate import W12, Estimate, Standing
from openhiu.evaluate.outcomes import BY_KEY, PRIMARY, Outcome
from openhiu.evaluate.plan import (
    CLEAN_PEOPLE,
    CLEAN_ROWS,
    CLUSTER_FROM_SITES,
    HEADLINE_PEOPLE,
    UNSEEN_SELECTION_POINTS,
    WORTH_HAVING,
)
from openhiu.evaluate.shown import people_shown

Shown = int | str
HIDDEN: Final = "*"
_CLOSE: Final = 10.0


def sentences(
    found: Estimate, outcome: Outcome = BY_KEY[PRIMARY], *, people: Shown | None = None,
    secondary: Estimate | None = None,
) -> list[str]:  # fmt: skip
    """What may be said of one outcome in one window, in the order of the plan.

    `people` is the number of clients as it may be shown (default: to the nearest 5, hidden below
    8); `secondary` the natural-change table's estimate of the same.
    """
    words = outcome.words
    who = people_shown(found.people) if people is None else people
    match found.standing:
        case Standing.NO_CLIENTS:
            return [("Nobody who stood on a list has started support yet: there is nothing to "
                    "estimate.")]  # fmt: skip
        case Standing.NO_FOLLOW_UP:
            return [(f"Nobody has finished {found.window.months} months of follow-up yet: there is "
                    "nothing to estimate.")]  # fmt: skip
        case Standing.NO_HISTORY:
            return [*_plain_fall(found, words, who), *_no_history(found)]
        case Standing.TOO_FEW:
            return [*_too_few(found, who), *_plain_fall(found, words, who)]
        case Standing.RANGE_ONLY:
            return [_so_far(found, words, who), *_plain_fall(found, words, who),
                    *_natural(found, words), _needed(found), *_cautions(found)]  # fmt: skip
    return [
        *_plain_fall(found, words, who), *_natural(found, words), _own_share(found, words),
        _could_be_shown(found), *_cautious_check(found, secondary), *_cautions(found),
    ]  # fmt: skip


def about_people(
    *, deaths: Shown, moves: Shown, off_list: Shown, left_out: Sequence[str] = ()
) -> list[str]:  # fmt: skip
    """What is told of people beside any estimate. Counts as they may be shown."""
    said = []
    if deaths or moves:
        said.append(
            f"Of those who started, {_count(deaths)} died and {_count(moves)} moved away. Their "
            "time counts up to that day only: a fall because somebody died or moved is never "
            "counted as a saving."
        )
    if off_list:
        said.append(
            f"{_count(off_list, start=True)} started without standing on a list that month. They "
            "are supported like everybody else, but nobody was picked the same way before: they "
            "are not in the estimate."
        )
    if left_out:
        said.append(f"Not enough history, so not in the estimate: {', '.join(left_out)}.")
    return said


def about_outcomes(others: int) -> str:
    """How several outcomes stand beside each other, as declared in advance."""
    if not others:
        return "A&E attendances were declared the main outcome before anything was counted."
    several = "outcome is" if others == 1 else f"{others} outcomes are"
    return (
        "A&E attendances were declared the main outcome before anything was counted, and stand "
        f"alone. The other {several} read together: the more outcomes, the likelier that one "
        "differs by chance, so what is called more than chance is adjusted for their number "
        "(Holm's method)."
    )


def chance(found: Estimate) -> str:
    """Whether the interval tells the estimate from no effect."""
    if found.high is not None and found.high < 1:
        return "more than chance alone would give"
    if found.low is not None and found.low > 1:
        return "more than chance alone would give, and in the wrong direction"
    return "cannot yet be told from none"


def _plain_fall(found: Estimate, words: str, who: Shown) -> list[str]:
    if found.resource_pack is None or who == HIDDEN:
        return []
    months, seen, before = found.window.months, _whole(found.observed), _whole(found.before)
    counts = f"{seen} in the {months} months from the start of support against {before} in the "
    return [
        (
            f"{words[0].upper()}{words[1:]} of the {who} people {_moved(found.resource_pack)} "
            f"({counts}{months} months before; {LABEL})."
        )
    ]


def _natural(found: Estimate, words: str) -> list[str]:
    if found.natural_change is None:
        return []
    moved = _moved(found.natural_change)
    counts = f"{_whole(found.expected)} {words} expected against {_whole(found.before)} before"
    return [
        (
            f"People picked the same way before the service existed {moved} with no support "
            f"({counts}; method: regression on this place's own earlier lists)."
        )
    ]


def _own_share(found: Estimate, words: str) -> str:
    if found.observed == 0 and found.high is not None:
        return (
            f"The service's own share: none were observed of {_whole(found.expected)} {words} "
            f"expected; at least {_percent(100 * (1 - found.high))} fewer than expected (rule of "
            "three) - " + chance(found) + "."
        )
    return (
        f"The service's own share is {_beside(found.reduction)} than expected (95% range: "
        f"{_range(found)}) - {chance(found)} ({_whole(found.observed)} observed over "
        f"{_whole(found.expected)} expected in {found.window.months} months)."
    )


def _range(found: Estimate) -> str:
    return f"{_beside(found.reduction_low)} to {_beside(found.reduction_high)}"


def _could_be_shown(found: Estimate) -> str:
    return (
        f"At this size only a true reduction of about {_percent(found.detectable)} or more would "
        "be shown reliably."
    )


def _so_far(found: Estimate, words: str, who: Shown) -> str:
    low, high = found.reduction_low, found.reduction_high
    ends = f"{_signed(low)} to {_signed(high)}%" if high is not None else f"{_signed(low)}% on"
    return (
        f"So far anything from {ends} is possible ({who} people finished {found.window.months} "
        f"months of follow-up; a plus is fewer {words} than expected; 95% range)."
    )


def _too_few(found: Estimate, who: Shown) -> list[str]:
    number = "fewer than 8" if who == HIDDEN else who
    months = found.window.months
    few = f"Too few people finished {months} months of follow-up to estimate an effect ({number})."
    return [few, _needed(found)]


def _needed(found: Estimate) -> str:
    about = ""
    if found.people_needed:
        about = (
            f", and about {_tens(found.people_needed)} would show a true reduction of "
            f"{WORTH_HAVING:.0f}% reliably"
        )
    return f"An estimate is given from {HEADLINE_PEOPLE} people{about}."


def _no_history(found: Estimate) -> list[str]:
    months = found.window.months
    if "old_history" in found.notes:
        return [
            (
                "The lists of before the service are more than four years older than the newest of "
                f"these people: too old to say what would have happened anyway in {months} months."
            )
        ]
    needed = f"{CLEAN_ROWS} entries on earlier lists, of {CLEAN_PEOPLE} people"
    return [
        (
            "There is not enough history of before the service to say what would have happened "
            f"anyway: at least {needed}, followed for {months} months, are needed. No effect is "
            "estimated."
        )
    ]


def _cautious_check(found: Estimate, secondary: Estimate | None) -> list[str]:
    if secondary is None or secondary.reduction is None or found.reduction is None:
        return []
    gap = abs(secondary.reduction - found.reduction)
    close = f"within {_CLOSE:.0f} points of the estimate"
    if gap > _CLOSE:
        close = f"{gap:.0f} points from the estimate: look at it"
    counts = f"{_whole(secondary.observed)} observed over {_whole(secondary.expected)} expected"
    return [
        (
            "The cautious check, a plain table of natural change, gives "
            f"{_beside(secondary.reduction)} than expected (95% range: {_range(secondary)}; "
            f"{counts}), {close}."
        )
    ]


def _cautions(found: Estimate) -> list[str]:
    said = []
    if found.window == W12:
        said.append(f"Unseen selection could move the 12-month figure by about "
                    f"{UNSEEN_SELECTION_POINTS} points either way.")  # fmt: skip
    if found.borrowed:
        said.append("Borrowed: at a place with under two years of history the expectation was "
                    "learnt from the lists of other places.")  # fmt: skip
    if "old_history" in found.notes:
        said.append("The lists of before the service are more than four years older than the "
                    "newest of these people: read with care.")  # fmt: skip
    if found.clustered:
        said.append(f"With {CLUSTER_FROM_SITES} places or more the places were compared with each "
                    "other too; that gave the wider range, which stands here.")  # fmt: skip
    return said


def _moved(fall: float) -> str:
    if round(fall) == 0:
        return "stayed the same (0%)"
    return f"{'fell' if fall > 0 else 'rose'} {_percent(abs(fall))}"


def _beside(reduction: float | None) -> str:
    """A reduction as so many fewer or more; nothing left at all where there is no upper limit."""
    if reduction is None:
        return "100% fewer"
    size = "less than 1%" if 0 < abs(reduction) < 0.5 else _percent(abs(reduction))
    return f"{size} {'more' if reduction < 0 else 'fewer'}"


def _percent(value: float | None) -> str:
    return "0%" if value is None else f"{round(value)}%"


def _signed(value: float | None) -> str:
    return f"{round(value or 0.0):+d}".replace("+0", "0")


def _whole(value: float | None) -> str:
    return "none" if value is None else f"{round(value):,}"


def _tens(people: int | None) -> str:
    return f"{round(people or 0, -1):,}"


def _count(shown: Shown, *, start: bool = False) -> str:
    if shown == HIDDEN:
        return "Some people" if start else "some people"  # a star can hide a larger number too
    return f"{shown} people"
