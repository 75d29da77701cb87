"""Claims somebody wants printed: words and the counts they come from go in; what the counts really
say goes out beside them, and a warning where the claim does not follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from openhiu.disclosure import SMALLEST_SHOWN
from openhiu.evaluate.claims import Verdict, check, evidence_of_effect
from openhiu.locality import Claim
from openhiu.paper.blocks import Block, Heading, Note
from openhiu.report.board.source import Source

_MONTHS: Final = re.compile(r"(\d+)[ -]months?\b")
_SMALL: Final = "its counts are below 8 and are not printed, so it cannot be checked here."


@dataclass(frozen=True)
class Checked:
    """A claim with what was found."""

    claim: Claim
    sentence: str
    right: bool


def checked(source: Source) -> list[Checked]:
    """Every claim of the facts and of the place, checked."""
    told = source.facts.claims if source.facts else ()
    return [_check(source, claim) for claim in (*told, *source.locality.board.claims)]


def section(source: Source) -> list[Block]:
    """The claims with what the counts say; nothing where there are none."""
    found = checked(source)
    if not found:
        return []
    lines = tuple(f"“{one.claim.words}”: {one.sentence}" for one in found)
    wrong = any(not one.right for one in found)
    return [Heading("Claims that were checked"), Note("What the counts say", lines, warning=wrong)]


def warnings(source: Source) -> list[str]:
    """A sentence for each claim that does not follow from its counts."""
    return [f"A claim does not add up. “{one.claim.words}”: {one.sentence}"
            for one in checked(source) if not one.right]  # fmt: skip


def _check(source: Source, claim: Claim) -> Checked:
    if any(count is not None and 0 < count < SMALLEST_SHOWN
           for count in (claim.before, claim.after)):  # fmt: skip
        return Checked(claim, _SMALL, right=True)
    fall = claim.before is not None and claim.after is not None and claim.after < claim.before
    said = claim.claimed_percent
    if fall and not said.startswith("-") and float(said):
        said = f"-{said}"  # "a fall of 48%" is a change of -48%
    found = check(claim.before, claim.after, said, window=claim.window, method=claim.method)
    worth = "" if found.found is None else _worth(source, -found.found, claim.window)
    return Checked(claim, found.sentence + worth, found.verdict is not Verdict.DOES_NOT_FOLLOW)


def _worth(source: Source, fall: float, window: str) -> str:
    """What a fall is worth beside the natural change of the same months: this place's own, where
    it is known.
    """
    months = _MONTHS.search(window)
    if not months or fall <= 0:
        return ""
    here = source.evidence.outcome(months[1])
    own, expected, before = (here.get(k) for k in ("natural_change", "expected", "before"))
    if own is None or expected is None or before is None:
        return f" {evidence_of_effect(fall, float(months[1]))}"
    counts = f"{expected:,.0f} A&E attendances expected against {before:,.0f} before"
    return f" {evidence_of_effect(fall, float(months[1]), own, counts)}"
