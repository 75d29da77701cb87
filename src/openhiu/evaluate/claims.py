"""Claims that can be checked: numbers and what is said of them come in; whether the one follows
from the other goes out, in a sentence.

A percentage never stands alone here: it carries its numerator, denominator, window and method.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

# By how much uncontrolled before-and-after counts fall when a service does nothing, in percent, by
# months of window: simulated services of no effect, and published control groups (6 months).
NATURAL_FALL: Final = {3: 50.0, 6: 40.0, 12: 33.0}
NEAR_POINTS: Final = 2.0


class Verdict(StrEnum):
    """What became of a claim."""

    FOLLOWS = "follows"
    NEARLY = "nearly follows"
    DOES_NOT_FOLLOW = "does not follow"
    CANNOT_CHECK = "cannot be checked"


@dataclass(frozen=True)
class Percentage:
    """A share or a change, with everything needed to work it out again.

    `kind` "share": `numerator` of `denominator`. `kind` "change": from `denominator` (before) to
    `numerator` (after), negative for a fall.
    """

    numerator: float
    denominator: float
    window: str
    method: str
    kind: str = "change"

    @property
    def value(self) -> float | None:
        """Percent; None where nothing is divided by."""
        if not self.denominator:
            return None
        share = 100 * self.numerator / self.denominator
        return share if self.kind == "share" else share - 100

    @property
    def sentence(self) -> str:
        """Such as "-39.4% (from 1,963 to 1,189; 12 months; resource-pack method)"."""
        value = "no percentage" if self.value is None else f"{self.value:.1f}%"
        over = (f"{number(self.numerator)} of {number(self.denominator)}" if self.kind == "share"
                else f"from {number(self.denominator)} to {number(self.numerator)}")  # fmt: skip
        return f"{value} ({over}; {self.window}; {self.method})"


@dataclass(frozen=True)
class Check:
    """What was claimed, what the numbers give, and whether the claim follows."""

    verdict: Verdict
    claimed: float | None
    found: float | None
    sentence: str


def check(
    before: float | None, after: float | None, claimed: str | float, *,
    window: str = "window not stated", method: str = "plain before and after",
) -> Check:  # fmt: skip
    """Whether a claimed change in percent (a fall is negative) follows from the two counts.

    It follows when the counts give the claim at the digits the claim was written with: pass it as
    text to keep them ("-48", "-33.3"). Within 2 points it nearly follows.
    """
    said = Decimal(str(claimed).rstrip("%").replace("\N{MINUS SIGN}", "-"))
    if before is None or after is None or not before:
        return Check(
            Verdict.CANNOT_CHECK, float(said), None,
            f"A change of {said}% is claimed without the two counts it comes from: it cannot be "
            "checked.",
        )  # fmt: skip
    change = Percentage(after, before, window, method)
    found = change.value or 0.0
    verdict = _judge(Decimal(str(found)), said)
    answer = {
        Verdict.FOLLOWS: f"the claim of {said}% follows.",
        Verdict.NEARLY: f"the claim of {said}% is a little off.",
        Verdict.DOES_NOT_FOLLOW: f"the claim of {said}% does not follow.",
    }[verdict]
    return Check(verdict, float(said), found, f"{change.sentence}: {answer}")


def _judge(found: Decimal, said: Decimal) -> Verdict:
    digit = Decimal(1).scaleb(min(int(said.as_tuple().exponent), 0))
    off = abs(found - said)
    if off <= digit / 2:
        return Verdict.FOLLOWS
    return Verdict.NEARLY if off <= Decimal(str(NEAR_POINTS)) else Verdict.DOES_NOT_FOLLOW


def check_product(people: int, each: str, total: str, what: str = "saving") -> Check:
    """Whether so many people at so much each make the total, to the penny it was written with."""
    made, said = people * Decimal(each), Decimal(total)
    verdict = Verdict.FOLLOWS if made == said else Verdict.DOES_NOT_FOLLOW
    return Check(
        verdict, float(said), float(made),
        f"{number(people)} \N{MULTIPLICATION SIGN} £{Decimal(each):,} = £{made:,}: a total {what} "
        f"of £{said:,} {verdict}. That the sum is right is not evidence of effect.",
    )  # fmt: skip


def check_degrees_of_freedom(people: int, stated: int) -> Check:
    """Whether a paired t test over so many people has the stated degrees of freedom (n - 1)."""
    verdict = Verdict.FOLLOWS if stated == people - 1 else Verdict.DOES_NOT_FOLLOW
    return Check(
        verdict, stated, people - 1,
        f"A paired test of {number(people)} people has {people - 1} degrees of freedom; {stated} "
        f"{'is' if verdict is Verdict.FOLLOWS else 'are'} stated"
        f"{'.' if verdict is Verdict.FOLLOWS else ': which people were counted?'}",
    )  # fmt: skip


def check_same(one: float, other: float, what: str) -> Check:
    """Whether two published figures for one result are the same."""
    verdict = Verdict.FOLLOWS if one == other else Verdict.DOES_NOT_FOLLOW
    same = "agree" if one == other else "differ: at most one can be right"
    return Check(verdict, one, other,
                 f"Two figures for {what}, {number(one)} and {number(other)}, {same}.")  # fmt: skip


def natural_fall(months: float) -> float:
    """The fall, in percent, that such a window shows of itself: the nearest window measured that is
    at least as long.
    """
    longer = [known for known in NATURAL_FALL if known >= months]
    return NATURAL_FALL[min(longer)] if longer else NATURAL_FALL[max(NATURAL_FALL)]


def evidence_of_effect(
    fall: float, months: float, own: float | None = None, counts: str = ""
) -> str:  # fmt: skip
    """What an uncontrolled fall (percent, positive) over so many months is worth, in a sentence.

    `own`: the natural fall of this place's own earlier lists over the same months, where it is
    known (negative for a rise), and `counts` the two numbers it comes from.
    """
    alone = natural_fall(months) if own is None else own
    who = "simulated services without any effect show"
    if own is not None:
        known = f" ({counts})" if counts else ""
        who = f"people picked the same way here before the service showed with no support{known}"
    if round(alone) <= 0:
        return (
            "Cannot be told from before and after alone: nobody was compared. The count did not "
            f"fall that {who}."
        )
    if round(fall) <= round(alone):
        return (
            f"Not evidence of effect: a fall of {fall:.0f}% is no more than the natural fall of "
            f"about {alone:.0f}% that {who}."
        )
    return (
        f"Cannot be told from before and after alone: about {alone:.0f} of the {fall:.0f} points "
        f"are what {who}."
    )


def each(total: float, people: int) -> float:
    """The base of a claim: how much of a total is each person's."""
    return total / people


def number(value: float) -> str:
    """A number as it is read: thousands apart, no idle decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")
