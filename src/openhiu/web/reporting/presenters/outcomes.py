"""Does it help? An evaluation's result comes in; the sections of its page go out, in the words and
tables of its printed pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from openhiu.evaluate import tables
from openhiu.evaluate.document import leading
from openhiu.evaluate.interval import Standing
from openhiu.evaluate.outcomes import PRIMARY
from openhiu.paper.blocks import Table
from openhiu.web.reporting.models import Evaluation
from openhiu.web.reporting.presenters.blocks import Drawn, Picture, drawn, pictures

# How a window stands: the words of the mark, its colour, and whether an estimate may be given.
STANDINGS: Final = {
    str(Standing.ENOUGH): ("Enough people to say", "green", True),
    str(Standing.RANGE_ONLY): ("A range only, so far", "yellow", False),
    str(Standing.TOO_FEW): ("Not enough people yet", "yellow", False),
    str(Standing.NO_FOLLOW_UP): ("Nobody has finished yet", "grey", False),
    str(Standing.NO_CLIENTS): ("Nobody has started yet", "grey", False),
    str(Standing.NO_HISTORY): ("Nobody to compare with", "yellow", False),
}
_NOTHING: Final = ("Nothing was counted", "grey", False)
_FIRST: Final = ("clients-against-expected", "avoided-so-far")
_THREE_LINES: Final = 3  # as it looks, what would have happened anyway, the service's own share

# What an evaluation that is laid out otherwise makes of itself.
NOT_DRAWN: Final = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)


@dataclass(frozen=True)
class Window:
    """One window's answer: the mark, the lines in their set order, and the picture.

    `share` is the line that says what is the service's own, where it may be said.
    """

    title: str
    standing: str
    colour: str
    lines: tuple[str, ...]
    share: int
    picture: Picture | None

    @property
    def estimated(self) -> bool:
        """Whether an estimate may be given."""
        return self.share > 0


@dataclass(frozen=True)
class Section:
    """Sentences and tables to read first; what is long opens when it is asked for."""

    lines: tuple[str, ...] = ()
    tables: tuple[Drawn, ...] = ()
    folded: tuple[Drawn, ...] = ()
    in_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """Everything the page shows, section by section."""

    places: str
    windows: list[Window]
    changed: Section
    checks: Section
    reach: Section
    time: Section
    charts: list[Picture]
    more_charts: list[Picture]
    money: Section
    said: tuple[str, ...]
    plan_hash: str
    files: list[tuple[str, str]]


def outcomes_page(
    evaluation: Evaluation, result: Mapping[str, Any], manifest: Mapping[str, Any],
    names: Mapping[str, str],
) -> Page:  # fmt: skip
    """The page of one evaluation. `names`: what the service calls its hospitals."""
    drawings = pictures(manifest, evaluation.files)
    order = _order(result)
    return Page(
        places=_places(evaluation.sites, result, names),
        windows=[_window(result, window, drawings) for window in order],
        changed=_changed(result, order),
        checks=_checks(result),
        reach=_reach(result),
        time=_time(result),
        charts=[drawings[stem] for stem in _FIRST if stem in drawings],
        more_charts=[
            one
            for stem, one in drawings.items()
            if stem not in _FIRST and not stem.startswith("the-picture")
        ],
        money=_money(result, order),
        said=(*evaluation.warnings, *map(str, result.get("findings", ()))),
        plan_hash=evaluation.plan_hash,
        files=_files(evaluation),
    )


def _places(sites: Sequence[str], result: Mapping[str, Any], names: Mapping[str, str]) -> str:
    theirs = {site["site"]: str(site.get("name", "")) for site in result["sites"]}
    return ", ".join(names.get(code) or theirs.get(code) or code for code in sites)


def _order(result: Mapping[str, Any]) -> list[str]:
    """The window that leads first, then the others, the longest first."""
    first = leading(result)
    others = [window for window in reversed(result["windows"]) if window != first]
    return [first, *others] if first else []


def _window(result: Mapping[str, Any], window: str, drawings: Mapping[str, Picture]) -> Window:
    found = result["windows"][window].get(PRIMARY, {})
    words, colour, estimated = STANDINGS.get(str(found.get("standing")), _NOTHING)
    return Window(
        f"After {window} months",
        words,
        colour,
        tuple(found.get("sentences", ())),
        _THREE_LINES if estimated else 0,
        drawings.get(f"the-picture-{window}-months"),
    )


def _changed(result: Mapping[str, Any], order: Sequence[str]) -> Section:
    """Every outcome in the leading window and who is in no estimate; the rest when asked for."""
    counted = [tables.outcomes(result, window) for window in order if _any_number(result, window)]
    sites = [tables.by_site(result, window) for window in order]
    in_words = tuple(
        f"{found['title']}. {' '.join(found['sentences'])}"
        for key, found in result["windows"].get(order[0] if order else "", {}).items()
        if key != PRIMARY and found.get("sentences")
    )
    return Section(
        tuple(result["cohort"].get("sentences", ())),
        _drawn([*counted[:1], tables.cohort(result)]),
        _drawn([*counted[1:], *sites]),
        in_words,
    )


def _any_number(result: Mapping[str, Any], window: str) -> bool:
    """Whether enough people finished a window for any number of it to be told."""
    return any(found["observed"] is not None for found in result["windows"][window].values())


def _checks(result: Mapping[str, Any]) -> Section:
    found = result["checks"]
    look = sum(check["result"] == "look" for check in found)
    if not found:
        return Section(("No check could be made.",))
    line = (
        f"{look} of {len(found)} checks should be looked at. The method is never changed because "
        "of a check."
        if look
        else f"Nothing stands out in {len(found)} checks."
    )
    return Section((line,), _drawn([tables.checks(result)]))


def _reach(result: Mapping[str, Any]) -> Section:
    told = tuple(line for found in result["groups"].values() for line in found["sentences"])
    plus = result["reach"].get("core20plus5", {}).get("plus", ())
    chosen = f"Locally chosen groups (PLUS): {', '.join(plus)}." if plus else ""
    missing = ", ".join(result["reach"].get("not_known", ())).lower()
    unknown = f"Not known in the data: {missing}." if missing else ""
    lines = tuple(line for line in (chosen, unknown, *dict.fromkeys(told)) if line)
    effects = [table for table in tables.groups(result) if _says_something(table)]
    by_group = [*tables.reach(result), *effects]
    return Section(lines, (_everybody(result["reach"]),), _drawn(by_group))


def _says_something(table: Table) -> bool:
    """Whether the effect of any group is told: those of one size or the other are not."""
    return any(isinstance(row[2], int | float) for row in table.rows)


def _everybody(reach: Mapping[str, Any]) -> Drawn:
    people, share = reach["all"]["people"], reach["all"]["of_listed"]
    rows = [
        [step["words"], _count(people[step["key"]]), _percent(share[step["key"]])]
        for step in reach["steps"]
    ]
    return Drawn(
        "From the list to support, everybody", ("Step", "People", "Of the listed"), rows,
        " ".join(reach.get("notes", ())), frozenset({1, 2}),
    )  # fmt: skip


def _count(people: int | str) -> str:
    return f"{people:,}" if isinstance(people, int) else people


def _percent(share: int | str) -> str:
    return f"{share}%" if isinstance(share, int) else share


def _time(result: Mapping[str, Any]) -> Section:
    cohort = result["monitoring"]["cohort"]
    way = {"better": "fewer than expected", "worse": "more than expected"}
    signals = tuple(
        f"{one['month']}: {way.get(one['direction'], one['direction'])}. {one['words']}"
        for one in cohort["signals"]
    )
    unseen = tuple(filter(None, [cohort.get("not_shown")]))
    none = ("The chart of clients shows no signal either way.",) if cohort["months"] else unseen
    return Section(signals or none, (), _drawn([tables.quarters(result)]))


def _money(result: Mapping[str, Any], order: Sequence[str]) -> Section:
    window = next((each for each in order if each in result["money"]), None)
    if window is None:
        return Section(("Nothing could be put into pounds.",))
    lines = tuple(result["money"][window]["sentences"])
    found = [tables.money_lines(result, window), tables.assumptions(result, window)]
    return Section(lines, (), _drawn(found))


def _drawn(found: Iterable[Table | None]) -> tuple[Drawn, ...]:
    return tuple(drawn(table) for table in found if table is not None and table.rows)


def _files(evaluation: Evaluation) -> list[tuple[str, str]]:
    """What can be downloaded: the name and what it is."""
    wanted = (("evaluation.pdf", "Two pages to print (PDF)"),
              ("evaluation.xlsx", "Every table (workbook)"),
              ("evaluation.json", "The result, for a program (JSON)"))  # fmt: skip
    return [(name, words) for name, words in wanted if name in evaluation.files]
