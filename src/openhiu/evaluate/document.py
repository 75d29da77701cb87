"""The two pages of an evaluation: its result and figures come in; a document that answers "did it
help?" goes out: the answer, the picture and the outcomes in front; who was left out, the checks,
the money and the method on the back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from openhiu.evaluate import tables
from openhiu.evaluate.outcomes import PRIMARY
from openhiu.evaluate.words import day_words
from openhiu.paper.blocks import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Verdict,
)

Result = Mapping[str, Any]
TITLE: Final = "Did the service make a difference?"
_ORDER: Final = ("enough", "range only")  # of standings: what may lead
_ANSWER: Final = 3  # sentences: as it looks, what would have happened, the service's own share
_MOST_NOTES: Final = 4
METHOD: Final = (
    (
        "People come on to the list in their worst months, so most come less often afterwards "
        "whatever anybody does. A fall since support started therefore proves nothing by "
        "itself."
    ),
    (
        "So we looked at people who were on the same kind of list before the service existed, "
        "and at how often they came afterwards without support. From them a formula (a Poisson "
        "regression) says how often each client would have come anyway, from how often they "
        "came in the year before, their age and sex, and how busy the department was."
    ),
    (
        "The service's own share is what happened compared with what was expected. Its 95% "
        "range says how far chance alone could have moved it."
    ),
    "Someone who died or moved counts up to that day. A death is never counted as a success.",
    (
        "The method, and the checks beside it, were fixed before any result was seen; their "
        "mark is in the footer. What it cannot see: a change at the hospital that touches these "
        "people alone, and how clients live."
    ),
)


def document(result: Result, drawn: Sequence[Figure]) -> Document:
    """The document. `drawn` are the figures; the picture of the leading window is shown."""
    window = leading(result)
    return Document(
        title=TITLE,
        subtitle=_subtitle(result),
        organisation=result["place"],
        summary="What changed, against what would have happened anyway",
        made_for=date.fromisoformat(result["as_of"]),
        facts=facts(result),
        compact=True,
        blocks=(*_front(result, window, drawn), *_back(result, window)),
    )


def leading(result: Result) -> str | None:
    """The window that leads: the longest of which an estimate may be given, else a range."""
    for standing in _ORDER:
        for window in reversed(result["windows"]):
            if result["windows"][window].get(PRIMARY, {}).get("standing") == standing:
                return str(window)
    return next(iter(result["windows"]), None)


def facts(result: Result) -> tuple[str, ...]:
    """The footer: what made this, from what."""
    return (
        f"OpenHIU {result['openhiu']}",
        f"as of {day_words(date.fromisoformat(result['as_of']))}",
        f"data up to {day_words(date.fromisoformat(result['cut']) - timedelta(days=1))}",
        f"analysis plan {result['plan']['hash'][:12]}",
    )


def _subtitle(result: Result) -> str:
    sites = [site["name"] for site in result["sites"]]
    starts = sorted(site["service_start"] for site in result["sites"])
    if not sites:
        return "No hospital with a list"
    where = ", ".join(sites) if len(sites) <= 3 else f"{len(sites)} hospitals"
    return f"{where}; supporting people since {day_words(date.fromisoformat(starts[0]))}"


def _front(result: Result, window: str | None, drawn: Sequence[Figure]) -> list[Block]:
    if window is None:
        return [Note("Nothing can be said", ("No hospital has a list and a service.",), True)]
    lead = result["windows"][window][PRIMARY]
    blocks: list[Block] = [
        Heading(f"In short: {lead['title'].replace(' of support', '')}"),
        Verdict(tuple(lead["sentences"][:_ANSWER])),
    ]
    if lead["sentences"][_ANSWER:]:
        blocks.append(Paragraph(" ".join(lead["sentences"][_ANSWER:])))
    for other, outcomes in result["windows"].items():
        if other != window:
            blocks.append(Paragraph(_other(outcomes[PRIMARY]), lead=f"Over {other} months."))
    blocks += [figure for figure in drawn if figure.name == f"the-picture-{window}-months"]
    return [*blocks, Heading("Every outcome"), tables.outcomes(result, window)]


def _other(outcome: Mapping[str, Any]) -> str:
    """The window that does not lead, in its own share where there is one."""
    told = outcome["sentences"]
    if outcome["standing"] == "enough":
        return f"{outcome['people']} people. {told[_ANSWER - 1]}"
    return " ".join(told[:2])


def _back(result: Result, window: str | None) -> list[Block]:
    blocks: list[Block] = [Heading("Who was counted"), tables.cohort(result)]
    told = [*result["cohort"]["sentences"], result["monitoring"]["cohort"].get("not_shown", "")]
    blocks += [Paragraph(" ".join(filter(None, told)), small=True)]
    if window is not None and result["money"]:
        blocks += _money(result["money"][window])
    if result["checks"]:
        blocks += [Heading("Checks declared in advance"), tables.checks(result)]
    blocks += [Heading("How it was worked out"), Bullets(METHOD)]
    return [*blocks, *_notes(result)]


def _money(worth: Mapping[str, Any]) -> list[Block]:
    small = {*worth["notes"], *(line["why_not"] for line in worth["lines"])}
    told = [sentence for sentence in worth["sentences"] if sentence not in small]
    rest = [sentence for sentence in worth["sentences"] if sentence in small]
    blocks: list[Block] = [Heading("Money"), Bullets(tuple(told))] if told else []
    return [*blocks, Paragraph(" ".join(rest), small=True)] if rest else blocks


def _notes(result: Result) -> list[Block]:
    """What a reader should know of the data; the rest is in the result."""
    told = [*result["warnings"][:_MOST_NOTES]]
    more = len(result["warnings"]) - len(told)
    if more > 0:
        told.append(f"And {more} more, in evaluation.json and the workbook.")
    if result["findings"]:
        told.append("Some rows of the roster could not be used as they stand; findings.csv names "
                    "them.")  # fmt: skip
    return [Note("About the data", tuple(told))] if told else []
