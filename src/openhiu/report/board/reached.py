"""Who was reached and who was not: the disclosed tables of the evaluation come in; one line for the
first page, and tables, go out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot, sqrt
from typing import Any, Final

from openhiu.evaluate import tables as evaluated
from openhiu.paper.blocks import Block, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.board.source import Source

_CORE20: Final = "Core20PLUS5"
_COLUMNS: Final = ("Group", "On the lists", "Asked", "Started", "Started, % of listed",
                   "% of the lists", "% of the started")  # fmt: skip
_ALIKE: Final = "No group stands out beyond chance as reached less than its share of the lists."
_Z: Final = 1.96  # of a 95% range


def one_line(source: Source) -> str:
    """The first page's line on reach."""
    everybody = source.evidence.part("reach", "all", "people")
    if not everybody:
        return "The evaluation holds no journey of anybody, so reach cannot be told."
    told = (
        f"Since the service began {printed.people(everybody.get('listed'))} stood on the lists, "
        f"{printed.count(everybody.get('offered'))} were asked and "
        f"{printed.count(everybody.get('started'))} started support."
    )
    core = _core20(source)
    if core is None:
        return told
    people = (core["people"], everybody)
    if not all(isinstance(one.get(key), int) and (one[key] or one is core["people"])
               for one in people for key in ("listed", "started")):  # fmt: skip
        return told
    return (
        f"{told} From the most deprived fifth of areas (Core20) came "
        f"{_of_both(core['people'], everybody)}."
    )


def section(source: Source) -> list[Block]:
    """The table of Core20PLUS5, with what stands out in a sentence."""
    found = source.evidence.part("reach")
    heading = Heading("Who we reached, and who we did not")
    if not found.get("all"):
        return [heading, Paragraph(one_line(source))]
    return [heading, Paragraph(f"{_journey(found)} {_standing_out(found)}"),
            Paragraph(_core20_words(found)), *_effects(source)]  # fmt: skip


def table(source: Source) -> list[Block]:
    """How far people of each part of Core20PLUS5 came, for the page of figures."""
    found = source.evidence.part("reach")
    if not found.get("all"):
        return []
    named = [one for one in found["by"] if one.get("core20plus5")] or found["by"]
    return [_table(found, named, f"Who was reached: {_CORE20}")]


def tables(source: Source) -> list[Table]:
    """Every group of every dimension, for the workbook."""
    found = source.evidence.part("reach")
    if not found.get("all"):
        return []
    effects = evaluated.groups(source.evidence.raw) if source.evidence.part("groups") else []
    return [_table(found, found["by"], "How far people came, by group"), *effects]


def _journey(found: Mapping[str, Any]) -> str:
    people, share = found["all"]["people"], found["all"]["of_listed"]
    parts = []
    for step in found["steps"]:
        count, percent = people.get(step["key"]), share.get(step["key"])
        rate = f" ({percent}% of the listed)" if isinstance(percent, int) else ""
        if step["key"] == "listed":
            rate = ""
        parts.append(f"{step['words'].lower()}: {printed.count(count)}{rate}")
    return (
        "Everybody on the lists since the service began. " + printed.capital("; ".join(parts)) + "."
    )


def _table(
    found: Mapping[str, Any], dimensions: Sequence[Mapping[str, Any]], caption: str
) -> Table:
    rows = [
        (
            f"{dimension['dimension']}: {group['group']}",
            *(printed.cell(group["people"].get(key)) for key in ("listed", "offered", "started")),
            printed.cell(group["of_listed"].get("started")),
            *(printed.cell(group["share"].get(key)) for key in ("listed", "started")),
        )
        for dimension in dimensions
        for group in dimension["groups"]
    ]
    return Table(caption, _COLUMNS, tuple(rows), note=" ".join(found.get("notes", ())),
                 widths=(3.4, 1, 0.9, 0.9, 1.1, 1.1, 1.1), sheet=caption)  # fmt: skip


def _standing_out(found: Mapping[str, Any]) -> str:
    """Groups whose share of those who started is below their share of the lists beyond chance."""
    everybody = found["all"]["people"]
    told = [
        f"{dimension['dimension']}: {group['group']} ({_of_both(group['people'], everybody)})."
        for dimension in found["by"]
        for group in dimension["groups"]
        if _falls_short(group["people"], everybody)
    ]
    if not told:
        return _ALIKE
    return "Reached less than their share of the lists, beyond chance: " + " ".join(told)


def _falls_short(people: Mapping[str, Any], everybody: Mapping[str, Any]) -> bool:
    """Whether the 95% range of the difference of two proportions (Newcombe's, which holds where
    nobody started too), from the numbers as they are shown, lies wholly on one side.
    """
    counts = [one.get(key) for key in ("listed", "started") for one in (people, everybody)]
    known = [count for count in counts if isinstance(count, int)]
    if len(known) < len(counts) or not known[1] or not known[3]:
        return False
    listed, started = known[0] / known[1], known[2] / known[3]
    least, most = _wilson(listed, known[1])[0], _wilson(started, known[3])[1]
    return listed - started > hypot(listed - least, most - started)


def _wilson(share: float, people: int) -> tuple[float, float]:
    """The 95% range of a proportion."""
    squared = _Z**2 / people
    half = _Z * sqrt(share * (1 - share) / people + squared / (4 * people))
    middle = share + squared / 2
    return (middle - half) / (1 + squared), (middle + half) / (1 + squared)


def _of_both(people: Mapping[str, Any], everybody: Mapping[str, Any]) -> str:
    """Two shares with the numbers they come from, as those are shown."""
    both = []
    for key, whole in (("listed", "on the lists"), ("started", "who started")):
        part, of = people[key], everybody[key]
        both.append(f"{printed.count(part)} of {of:,} {whole}, {100 * part / of:.0f}%")
    return "; ".join(both)


def _core20(source: Source) -> Mapping[str, Any] | None:
    groups = (group for dimension in source.evidence.items("reach", "by")
              for group in dimension["groups"])  # fmt: skip
    return next((group for group in groups if group.get("core20")), None)


def _core20_words(found: Mapping[str, Any]) -> str:
    parts = [f"{one['dimension']} ({one['core20plus5']})" for one in found["by"]
             if one.get("core20plus5")]  # fmt: skip
    plus = found.get("core20plus5", {}).get("plus") or []
    told = f"{_CORE20}: nothing that the store knows of people shows any part of it."
    if parts:
        told = (
            f"{_CORE20}, in the table after the chart: {printed.listed(parts)}; every other group "
            "is in the workbook."
        )
    chosen = (
        f" The groups chosen here are: {printed.listed(plus)}." if plus else
        " No locally chosen PLUS group was named ([priority] plus in the locality file)."
    )  # fmt: skip
    unknown = found.get("not_known") or []
    missing = f" Not known in the store: {printed.listed(unknown).lower()}." if unknown else ""
    return told + chosen + missing


def _effects(source: Source) -> list[Block]:
    found = source.evidence.part("groups", source.evidence.headline)
    told = [
        f"{dimension['dimension']}, {group['sentence']}"
        for dimension in found.get("by", ())
        for group in dimension["groups"]
        if group.get("told") and not group.get("by_chance")
    ]
    lines = [*found.get("sentences", ()), *told]
    return [Paragraph(" ".join(lines), lead="Did it help some more than others?")] if lines else []
