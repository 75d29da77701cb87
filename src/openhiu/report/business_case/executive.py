"""Section 3, the executive summary on one page: a case comes in; blocks go out."""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import (
    Block,
    Bullets,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
)
from openhiu.report import printed
from openhiu.report.business_case.answer import answer, not_only_money
from openhiu.report.business_case.case import Case
from openhiu.report.business_case.counted import most_deprived, next_year
from openhiu.report.business_case.planned import assumed
from openhiu.report.business_case.said import tell, values
from openhiu.report.business_case.schemes import lines as schemes
from openhiu.report.business_case.timeline import short, wanted
from openhiu.report.business_case.words import exact, rough, span

TITLE: Final = "3. Executive summary"
_ABOUT: Final = (
    "The first HIU service began in Blackpool in 2015; it won the Kate Granger award for "
    "compassionate care in 2018, and the NHS planning guidance for 2019/20 asked every system for "
    "one. Use is highest where deprivation is deepest, and goes with homelessness, worklessness, "
    "mental illness, drugs and alcohol, crime and loneliness. People who come often also die "
    "earlier: between 30 and 49 their mortality is over seven times that of others (British Red "
    "Cross, 2021)."
)
_APPROVAL: Final = (
    (
        "Approval is sought for a contract of {cost_a_year} a year, and no more than "
        "{contract_total} in all ({leads} at {lead_cost} a year, {months} months)."
    ),
    "It runs from {contract_from} to {contract_to}.",
    "{approval_body} is asked to decide.",
    "The decision is needed by {approval_by}.",
)


def section(case: Case) -> list[Block]:
    """No longer than one page, wherever it begins."""
    told = values(case)
    return [
        Heading(TITLE),
        Paragraph(_ABOUT),
        _figures(case, told),
        Paragraph(" ".join(part for part in (answer(case), not_only_money(case)) if part)),
        Bullets(_why(case)),
        *_schemes(case),
        Paragraph(_asked(case, told), lead="What is asked:"),
        *([Table("Draft timeline", ("When", "What"), short(case), widths=(1.2, 3),
                 sheet="Timeline in short")] if wanted(case) else []),
    ]  # fmt: skip


def _figures(case: Case, told: dict[str, str | None]) -> Block:
    return KeyFigures((
        KeyFigure(str(told["top_people"]), f"people came {told['top_label']}",
                  f"{told['top_attendances']} attendances, {told['year']}"),
        *([_cost(case, told)] if case.asks else []),
        *([_released(case)] if case.valued else []),
    ))  # fmt: skip


def _cost(case: Case, told: dict[str, str | None]) -> KeyFigure:
    return KeyFigure(exact(case.chosen.worth.cost), f"for {told['leads']}",
                     f"{case.settings.months} months")  # fmt: skip


def _released(case: Case) -> KeyFigure:
    low, high = case.scenarios["low"].released, case.scenarios["high"].released
    cash = "" if case.chosen.worth.cash else "; no cash"
    return KeyFigure(rough(case.chosen.worth.released), "of capacity released",
                     f"95% range {span(low, high)}{cash}")  # fmt: skip


def _asked(case: Case, told: dict[str, str | None]) -> str:
    if not case.asks:
        return "No new money."
    return tell(told, *_APPROVAL)


def _why(case: Case) -> tuple[str, ...]:
    """Why now: what waits, where people live, and who has nothing."""
    told = values(case)
    cost = next_year(case.tiers.whole, case.tiers.top.key)
    share = most_deprived(case.tiers.whole.tiers[case.tiers.top.key])
    anyway = f"With nothing changed the people who come {told['top_label']} cost "
    deprived = "of the people in the top tier are known to live in the most deprived fifth of areas"
    return tuple(
        line for line in (
            f"{anyway}{rough(cost[0])} next year ({span(cost[1], cost[2])})." if cost else "",
            f"{share}% {deprived}." if share is not None else "",
            tell(told, "There is no service in {uncovered}."),
            _assumed(case),
            "Each person gets somebody who rings, listens, and stays until life is steadier.",
        ) if line
    )  # fmt: skip


def _assumed(case: Case) -> str:
    """Says it here too where what happens by itself was not measured."""
    unknown = assumed(case.tiers)
    if not unknown or not case.valued:
        return ""
    return (
        "What would have happened anyway is an assumption here, not measured, for people who came "
        f"{printed.listed(unknown)}: the sums hang on it."
    )


def _schemes(case: Case) -> list[Block]:
    found = schemes(case)
    if not found:
        return []
    return [Paragraph("What is there already:"), Bullets(found)]
