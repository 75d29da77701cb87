"""The tables of an evaluation: its result comes in; tables for paper and workbook go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from openhiu.evaluate.cohort_shown import PARTS, STEPS, WORDS
from openhiu.evaluate.outcomes import BY_KEY
from openhiu.paper.blocks import MINUS, Cell, Table

Result = Mapping[str, Any]
_RESULTS: Final = {"pass": "Pass", "look": "Look at this", "cannot": "Cannot be said"}
_WORKED_OUT: Final = (
    "Fewer than expected = 100 × (expected − happened) ÷ expected. "  # noqa: RUF001
    "Plain before and after = 100 × (before − happened) ÷ before. "  # noqa: RUF001
    "A minus sign means more, not fewer."
)


def outcomes(result: Result, window: str) -> Table:
    """What was counted before, expected and happened: one row an outcome, for paper."""
    found = result["windows"][window]
    return Table(
        f"Before, expected and happened, over {window} months",
        ("Outcome", "People", "Before", "Expected anyway", "Happened", "Fewer than expected",
         "95% range", "Plain before and after"),
        tuple(
            (_capital(o["words"]), o["people"], _whole(o["before"]),
             _whole(o["expected"] if o["ratio"] is not None else None), _whole(o["observed"]),
             percent(o["reduction"]), span(o["reduction_low"], o["reduction_high"]),
             percent(o["resource_pack"]))
            for o in found.values()
        ),
        widths=(2.6, 0.9, 0.9, 1.1, 1.1, 1.15, 1.5, 1.25),
        note=_WORKED_OUT, sheet=f"Outcomes {window} months",
    )  # fmt: skip


def outcomes_in_full(result: Result, window: str) -> Table:
    """The same with every number, for the workbook."""
    found = result["windows"][window]
    return Table(
        f"Every outcome, {window} months",
        ("Outcome", "What is counted", "People", "Standing", "Before", "Expected", "Happened",
         "Happened over expected", "from", "to", "Fewer than expected, %", "at least, %",
         "at most, %", "Avoided", "at least", "at most", "Natural change, %",
         "Plain before and after, %", "Could be shown from, %", "p, adjusted for several outcomes"),
        tuple(
            (_capital(o["words"]), o["counted"], o["people"], o["standing"], o["before"],
             o["expected"], o["observed"], o["ratio"], o["low"], o["high"], o["reduction"],
             o["reduction_low"], o["reduction_high"], o["avoided"], o["avoided_low"],
             o["avoided_high"], o["natural_change"], o["resource_pack"], o["detectable"],
             o["p_adjusted"])
            for o in found.values()
        ),
        note=_WORKED_OUT, decimals=2, sheet=f"Outcomes {window} months",
    )  # fmt: skip


def by_site(result: Result, window: str) -> Table | None:
    """Attendances at each hospital, where there are several."""
    names = {site["site"]: site["name"] for site in result["sites"]}
    rows = [
        (names[site], o["people"], o["standing"], o["before"], o["expected"], o["observed"],
         o["reduction"], o["reduction_low"], o["reduction_high"])
        for site, windows in result["by_site"].items()
        for key, o in windows[window].items() if BY_KEY[key].primary
    ]  # fmt: skip
    if not rows:
        return None
    return Table(
        f"A&E attendances by hospital, {window} months",
        ("Hospital", "People", "Standing", "Before", "Expected", "Happened",
         "Fewer than expected, %", "at least, %", "at most, %"),
        tuple(rows), sheet=f"Hospitals {window} months",
        note="Each hospital is compared with its own earlier lists. One hospital alone shows large "
        "effects only.",
    )  # fmt: skip


def natural_change(result: Result, window: str) -> Table | None:
    """The table behind the cautious check, for whoever wants to work it out by hand."""
    names = {site["site"]: site["name"] for site in result["sites"]}
    kept = result["windows"].get(window, {})
    primary: Result = next((o for o in kept.values() if o["primary"]), {})
    rows = [
        (names[site], cell["last_3_months"], cell["9_months_before"], cell["entries"],
         cell["for_each"])
        for site, cells in primary.get("secondary", {}).get("tables", {}).items()
        for cell in cells
    ]  # fmt: skip
    if not rows:
        return None
    return Table(
        f"Natural change: people on lists before the service, {window} months",
        ("Hospital", "Attended in the last 3 months", "In the 9 months before",
         "Entries on lists", "Attendances for each of the last 3 months"),
        tuple(rows), decimals=2, sheet=f"Natural change {window} months",
        note="Expected of a client = the last column × own attendances of the last 3 months, "  # noqa: RUF001
        "for how busy the department was and the time at risk.",
    )  # fmt: skip


def cohort(result: Result) -> Table:
    """Who was on the roster, and who is in no estimate."""
    shown = result["cohort"]
    return Table(
        "People of the roster, and who is in the estimate",
        ("People", "Number"),
        tuple((WORDS[key], shown[key]) for key in (STEPS[0], "not_in_store", *STEPS[1:], *PARTS)),
        widths=(4.0, 1.0), sheet="People",
        note="* stands for 1 to 7 people, or for a number that would give one away; other numbers "
        "are to the nearest 5.",
    )  # fmt: skip


def checks(result: Result) -> Table:
    """The checks of the plan. None of them changes the method."""
    return Table(
        "Each check, what was found and its limits",
        ("Check", "Found", "Limits", "Result"),
        tuple((c["what"], _value(c["value"]), _limits(c["limits"]), _RESULTS[c["result"]])
              for c in result["checks"]),
        widths=(4.3, 0.95, 2.5, 1.05), sheet="Checks",
    )  # fmt: skip


def money_lines(result: Result, window: str) -> Table | None:
    """Each kind of contact with its price, year and source."""
    found = result["money"][window]["lines"]
    if not found:
        return None
    return Table(
        f"Contacts and their prices, {window} months",
        ("Contact", "Unit cost, £", "Price year", "Expected", "Happened", "Avoided", "at least",
         "at most", "Worth, £", "at least, £", "at most, £", "In the sum", "Source"),
        tuple(
            (_capital(line["words"]), line["unit_cost"], line["price_year"], line["expected"],
             line["observed"], line["avoided"], line["avoided_low"], line["avoided_high"],
             line["worth"]["gbp"], line["worth"]["low"], line["worth"]["high"],
             "yes" if line["counted"] else line["why_not"], line["source"])
            for line in found
        ),
        decimals=2, sheet=f"Money {window} months",
        note="Capacity released, not cash, unless the place pays for each contact.",
    )  # fmt: skip


def assumptions(result: Result, window: str) -> Table | None:
    """Under which assumptions the service releases what it costs."""
    found = result["money"][window]["assumptions"]
    if not found:
        return None
    return Table(
        f"What if it were otherwise, {window} months",
        ("Assumption", "As stated", "from", "to", "Net at the least, £", "Net at the most, £",
         "Pays for itself"),
        tuple((_capital(a["words"]), a["stated"], a["least"], a["most"], a["net_at_least"],
               a["net_at_most"], a["pays"]) for a in found),
        decimals=2, sheet=f"What if {window} months",
    )  # fmt: skip


def reach(result: Result) -> list[Table]:
    """The way from the list to support, by group: one table a dimension."""
    found = result["reach"]
    steps = found["steps"]
    return [
        Table(
            f"From the list to support, by {part['dimension'].lower()}",
            ("Group", *(step["words"] for step in steps),
             *(f"{step['words']}, % of listed" for step in steps[1:])),
            tuple(
                (group["group"], *(group["people"][step["key"]] for step in steps),
                 *(group["of_listed"][step["key"]] for step in steps[1:]))
                for group in (*part["groups"], found["all"])
            ),
            sheet=f"Reach {part['dimension']}", note=" ".join(found["notes"]),
        )
        for part in found["by"]
    ]  # fmt: skip


def groups(result: Result) -> list[Table]:
    """Whether it helped some more than others: one table a window and dimension."""
    return [
        Table(
            f"Fewer A&E attendances than expected, by {part['dimension'].lower()}, {window} months",
            ("Group", "People", "Fewer than expected, %", "at least, %", "at most, %",
             "Beyond chance"),
            tuple(_group(group) for group in part["groups"]),
            sheet=f"Groups {window} {part['dimension']}", note=" ".join(found["sentences"]),
        )
        for window, found in result["groups"].items()
        for part in found["by"]
    ]  # fmt: skip


def _group(group: Mapping[str, Any]) -> tuple[Cell, ...]:
    if not group["told"]:
        return group["group"], group["people"], "too few to say", None, None, None
    beyond = "no" if group["by_chance"] else "yes"
    return (group["group"], group["people"], group["reduction"], group["reduction_low"],
            group["reduction_high"], beyond)  # fmt: skip


def quarters(result: Result) -> Table | None:
    """Who started in each quarter, and the estimate over everybody to date."""
    if not result["quarters"]:
        return None
    return Table(
        "Quarter by quarter, everybody so far",
        ("Quarter", "Started", "Reached 3 months", "Reached 12 months",
         "3 months: fewer than expected", "95% range", "12 months: fewer than expected",
         "95% range (12 months)"),
        tuple(
            (quarter["name"], quarter["started"], quarter["reached_3"], quarter["reached_12"],
             *_so_far(quarter["so_far"]["3"]), *_so_far(quarter["so_far"]["12"]))
            for quarter in result["quarters"]
        ),
        sheet="Quarters", note="One quarter alone is never estimated.",
    )  # fmt: skip


def _so_far(found: Mapping[str, Any]) -> tuple[str, str]:
    return percent(found["reduction"]), span(found["reduction_low"], found["reduction_high"])


def percent(value: float | None) -> str:
    """A whole percentage, or that nothing may be said."""
    return "not said" if value is None else f"{value:.0f}%".replace("-", MINUS)


def span(low: float | None, high: float | None) -> str:
    """A range of whole percentages."""
    if low is None:
        return "not said"
    if high is None:
        return f"{percent(low)} or more"
    return f"{percent(low)} to {percent(high)}"


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _value(value: float | str | None) -> Cell:
    return "–" if value is None else value if isinstance(value, str) else f"{value:.2f}"  # noqa: RUF001


def _limits(limits: str | Sequence[float]) -> str:
    return limits if isinstance(limits, str) else f"{limits[0]:g} to {limits[1]:g}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
