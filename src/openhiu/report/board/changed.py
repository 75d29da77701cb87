"""What changed, beside what would have changed anyway: estimates come in; the lines that answer
"did it help?", one picture and a table for each window go out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from openhiu.evaluate import tables, verdict
from openhiu.evaluate.before_after import LABEL
from openhiu.evaluate.figures import the_picture
from openhiu.evaluate.interval import Standing
from openhiu.evaluate.outcomes import OUTCOMES, PRIMARY
from openhiu.evaluate.plan import LEVEL
from openhiu.paper.blocks import Block, Figure, Heading, Note, Paragraph, Table, Verdict
from openhiu.report import printed
from openhiu.report.board.source import Source

LINES: Final = 3
_SCALE: Final = 0.8  # of the picture: the first page is one page
SAME_WAY: Final = "People picked the same way"
_STANDINGS: Final = {
    Standing.ENOUGH: "nothing can be said",
    Standing.RANGE_ONLY: "a range only",
    Standing.TOO_FEW: "too few people yet",
    Standing.NO_HISTORY: "no earlier lists to compare with",
    Standing.NO_CLIENTS: "no clients on the lists",
    Standing.NO_FOLLOW_UP: "nobody has finished",
}
_NOTHING: Final = "The evaluation holds no window: nothing can be said about what changed."
_METHOD: Final = (
    "Before: as many days before support. Expected anyway: what people picked the same way before "
    "the service existed went on to do. The range is a 95% range. The plain before and after is "
    "the resource-pack method, which assumes that people would have stayed the same: no evidence "
    "of effect by itself."
)


def answer(source: Source) -> list[Block]:
    """The lines that answer "did it help?", in their set order, and what must be known of them."""
    window = source.evidence.headline
    lines = in_order(source, window)
    if not lines:
        return [Verdict((_NOTHING,))]
    strong = -1 if _stands(source, window) else 0
    return [Verdict(lines[:LINES], strong), *_more(lines[LINES:]), *repeated(source, window)]


def in_order(source: Source, window: str) -> tuple[str, ...]:
    """What may be said of a window. With an estimate: the plain fall, what happens with no support,
    the service's own share. Without one: first that there is none, so that no fall speaks alone.
    """
    found = tuple(source.evidence.outcome(window).get("sentences", ()))
    if _stands(source, window):
        return (*sorted(found[:LINES], key=_place), *found[LINES:])
    return tuple(sorted(found, key=lambda line: LABEL in line and line == found[0]))


def _stands(source: Source, window: str) -> bool:
    return bool(source.evidence.outcome(window).get("standing") == Standing.ENOUGH)


def _place(line: str) -> int:
    return 0 if LABEL in line else 1 if line.startswith(SAME_WAY) else 2


def _more(lines: Sequence[str]) -> list[Block]:
    return [Paragraph(" ".join(lines), small=True)] if lines else []


def repeated(source: Source, window: str) -> list[Block]:
    """Says that a window's numbers are those of the last report, where they are."""
    if window not in source.evidence.repeated or source.last is None:
        return []
    return [
        Paragraph(
            f"The {window}-month figures are those of {source.last.period}: fewer than 8 people "
            "have finished since, and new figures beside the old would be about those few alone.",
            small=True,
        )
    ]


def picture(source: Source) -> list[Block]:
    """Before, expected anyway, and what happened: the one picture of the first page."""
    window = source.evidence.headline
    outcome = source.evidence.outcome(window)
    found = the_picture(source.evidence.raw, window, PRIMARY) if _compared(outcome) else None
    if found is None:
        return [Paragraph(no_picture(source))]
    return [smaller(found, _SCALE)]


def smaller(figure: Figure, scale: float) -> Figure:
    """A picture so much smaller, its data in the workbook."""
    drawing = figure.drawing
    width, height = (round(scale * side) for side in (drawing.width, drawing.height))
    small = replace(drawing, width=width, height=height)
    return replace(figure, drawing=small, data_in_print=False)


def _compared(outcome: Mapping[str, Any]) -> bool:
    """Whether it is known what was to be expected without the service."""
    expected = (outcome.get("rates") or {}).get("expected") or {}
    return expected.get("mean") is not None or expected.get("low") is not None


def no_picture(source: Source) -> str:
    """Why there is no picture: before and after alone is none of what the service did."""
    standing = str(source.evidence.outcome(source.evidence.headline).get("standing", ""))
    why = (
        "there are not enough earlier lists to say what would have happened anyway"
        if standing == Standing.NO_HISTORY
        else "too few people have been followed to say what would have happened anyway"
    )
    return f"There is no picture: {why}, and before and after alone would mislead."


def section(source: Source) -> list[Block]:
    """The table of the headline window, the other windows in words, deaths and moves."""
    blocks: list[Block] = [Heading("What changed, and what would have changed anyway")]
    headline = source.evidence.headline
    if source.evidence.outcomes(headline):
        blocks += [Paragraph(_METHOD), tables.outcomes(source.evidence.raw, headline)]
    for window in source.evidence.windows:
        if window != headline:
            blocks += _in_words(source, window)
    return [*blocks, *_others(source), _people_told(source), _arriving(source)]


def in_full(source: Source) -> list[Table]:
    """Every outcome of every window, every hospital and the cohort, for the workbook."""
    evidence = source.evidence
    found: list[Table | None] = []
    for window in evidence.windows:
        if evidence.outcomes(window):
            found.append(tables.outcomes_in_full(evidence.raw, window))
        if evidence.part("by_site"):
            found.append(tables.by_site(evidence.raw, window))
    if evidence.part("cohort"):
        found.append(tables.cohort(evidence.raw))
    return [table for table in found if table is not None]


def _in_words(source: Source, window: str) -> list[Block]:
    lines = in_order(source, window)[:LINES]
    if not lines:
        return []
    return [Paragraph(" ".join(lines), f"Over {window} months."), *repeated(source, window)]


def change_of(found: Mapping[str, Any]) -> str:
    """The change from expected with its range and its two numbers, or why there is none."""
    low, high = found.get("reduction_low"), found.get("reduction_high")
    seen, expected = found.get("observed"), found.get("expected")
    counts = (
        f"; {seen:,.0f} observed over {expected:,.0f} expected"
        if seen is not None and expected is not None else ""
    )  # fmt: skip
    if found.get("reduction") is not None:
        return f"{printed.change(found['reduction'])} ({printed.change_range(low, high)}{counts})"
    if low is not None and high is not None:
        basis = f" ({counts[2:]})" if counts else ""
        return f"anything from {printed.change_range(low, high)}{basis}"
    standing = str(found.get("standing", ""))
    return _STANDINGS[Standing(standing)] if standing in set(Standing) else ""


def _others(source: Source) -> list[Block]:
    """How the outcomes stand beside each other, and which differ by more than chance."""
    window = source.evidence.headline
    others = [found for key, found in source.evidence.outcomes(window) if key != PRIMARY]
    if not others:
        return []
    beyond = [
        str(found["words"]) for found in others
        if found.get("p_adjusted") is not None and found["p_adjusted"] < 1 - LEVEL
    ]  # fmt: skip
    told = (
        f"Over {window} months {printed.listed(beyond)} differ from what was expected by more than "
        "chance alone would give." if beyond else
        f"Over {window} months none of the other outcomes can yet be told from what was expected."
    )  # fmt: skip
    return [Paragraph(f"{verdict.about_outcomes(len(others))} {told}")]


def _people_told(source: Source) -> Note:
    declared = {verdict.about_outcomes(number) for number in range(len(OUTCOMES))}
    lines = source.evidence.items("cohort", "sentences")
    told = tuple(line for line in lines if line not in declared)
    nobody = ("Nobody who started is known to have died or moved away.",)
    return Note("Deaths, moves and people outside the estimate", told or nobody)


def _arriving(source: Source) -> Paragraph:
    return Paragraph(
        f"Data count up to {printed.day(source.evidence.cut)}, the first day not yet fully "
        "received. Later months are not used, and nobody enters a window before it is over.",
        small=True,
    )
