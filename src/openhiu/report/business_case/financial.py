"""Section 7, the financial case: a case comes in; what it costs, whom it reaches and what it would
release, each with its range, go out. What hangs on what is in `uncertain`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openhiu.paper import charts
from openhiu.paper.blocks import Block, Cell, Figure, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.business_case import uncertain
from openhiu.report.business_case.answer import answer
from openhiu.report.business_case.case import Case
from openhiu.report.business_case.effect import ENTERED, EVALUATED
from openhiu.report.business_case.risks import ends_before
from openhiu.report.business_case.said import tell, values
from openhiu.report.business_case.words import exact, posts, rough, span, times

TITLE: Final = "7. Financial case"
PICTURE: Final = "cost-and-release"
_WORDS: Final = {"attendances": "A&E attendances", "emergency_admissions": "emergency admissions"}
_FUNDING: Final = (
    "It is to be paid from {funding_source}.",
    "{funding} is set aside for it there.",
)


def section(case: Case) -> list[Block]:
    """The whole section."""
    funding = tell(values(case), *_FUNDING)
    return [
        Heading(TITLE),
        Paragraph(" ".join(part for part in (funding, _funds(case)) if part)),
        Heading("Leads for each place", 3),
        Paragraph(_sized(case)),
        places_table(case),
        Paragraph(_leads(case)),
        Heading("What it costs, and what it would release", 3),
        *(_released(case) if case.valued else [Paragraph(answer(case))]),
    ]


def _released(case: Case) -> list[Block]:
    return [
        Paragraph(_effect(case)),
        picture(case),
        tiers_table(case),
        Paragraph(naive(case), lead="Why not more?"),
        years_table(case),
        Paragraph(f"{answer(case)} {cash(case)}"),
        *uncertain.blocks(case),
    ]


def _funds(case: Case) -> str:
    """Where such money has come from, where the place names no source of its own."""
    if case.settings.funding_source:
        return ""
    return (
        "System allocations have held money for health inequalities and unmet need (£200 million "
        "in 2022/23 with no condition upon it), and an area may direct such money to this "
        "service."
    )


def _sized(case: Case) -> str:
    used = case.staffing.used
    what = (
        f"{used.least:g}" if used.least == used.most else f"{used.least:g} to {used.most:g}"
    )  # fmt: skip
    return (
        f"The number of leads follows from the people who came {times(case.tiers.top)} and from "
        f"what one lead can carry, {what} people {used.per}. The reading is “{used.words}”."
    )


def places_table(case: Case) -> Table:
    """People of the top tier with their attendances, and leads, for each place."""
    rows = [_place(case, one.code) for one in case.staffing.places]
    total = case.staffing.total
    if len(rows) > 1:
        top = case.tiers.whole.tiers[case.tiers.top.key]
        rows.append((case.area, top.people.total, top.attendances.total, total.in_post,
                     float(total.recommended), total.extra))  # fmt: skip
    return Table(
        f"Leads for the people who came {times(case.tiers.top)}, {case.tiers.year.name}",
        ("Place", "People", "A&E attendances", "Leads in post", "Leads needed", "Leads to add"),
        tuple(rows), widths=(2, 1, 1.4, 1, 1, 1), sheet="Leads", decimals=1,
        note="Source: hiu report staffing, from the same tiers; the document of that name has the "
        "working.",
    )  # fmt: skip


def _place(case: Case, code: str) -> tuple[Cell, ...]:
    place = next(one for one in case.staffing.places if one.code == code)
    unit = next((one for one in case.tiers.units if one.code == code), None)
    tier = unit.tiers.get(case.tiers.top.key) if unit else None
    counts = (tier.people.total, tier.attendances.total) if tier else (None, None)
    return (place.name, *counts, place.in_post, float(place.recommended), place.extra)  # fmt: skip


def _leads(case: Case) -> str:
    if not case.asks:
        return "This case pays for no lead."
    told = values(case)
    asked = case.chosen.plan.leads
    other = "" if asked == case.staffing.total.extra else (
        f" Staffing works out {posts(case.staffing.total.extra)} to add; this case asks for "
        f"{posts(asked)}, as entered."
    )  # fmt: skip
    there = tell(told, "That is in addition to {existing_leads} in post in {existing_places}.")
    return (
        f"This case pays for {told['leads']}: {case.settings.months} months at {told['lead_cost']} "
        f"a lead and year{told['besides']} are {told['contract_total']}. {there}{other}"
        f"{_ends(case)}{_shared(told)}"
    )


def _shared(told: Mapping[str, str | None]) -> str:
    return f" {told['spare']}" if told["spare"] else ""


def _ends(case: Case) -> str:
    """What is there only for a part of the contract, and what it would cost to keep."""
    found = ends_before(case)
    if not found:
        return ""
    each = [f"{posts(one.leads or 0)} in {one.name} until {printed.day(one.funded_until)}"
            for one in found if one.funded_until]  # fmt: skip
    cost = sum(one.leads or 0.0 for one in found) * case.locality.money.lead_cost_a_year
    return (
        f" Paid for are {printed.listed(each)}: from then on no sum here counts them as there. To "
        f"keep them would be {exact(cost)} a year more."
    )


def _effect(case: Case) -> str:
    """What is planned with, from where, and what it rests on."""
    each = [f"{_change(*case.effect.fewer(kind))} {words}" for kind, words in _WORDS.items()
            if kind in case.ratios]  # fmt: skip
    whose = {EVALUATED: "It is measured here:", ENTERED: "It is the area's own planning figure:"}
    begin = whose.get(case.effect.basis, "It is a planning figure until this area has its own:")
    months = case.chosen.plan.lasts
    told = (
        "The effect used is the corrected one, what a service changes beyond what would have "
        f"happened anyway: {printed.listed(each)}. {begin} {case.effect.source}. "
        f"It is counted for {months} months after each start and never after the contract ends."
    )
    return " ".join(part for part in (told, _short(case), _uncounted(case), case.effect.beside)
                    if part)  # fmt: skip


def _short(case: Case) -> str:
    """Says that a short evaluation counts little, where it does."""
    if case.effect.basis != EVALUATED or case.effect.months >= case.settings.benefit_months:
        return ""
    return "An evaluation over a longer time would let more be counted."


def _uncounted(case: Case) -> str:
    """Kinds of contact with a price of which no effect is known."""
    left = [_WORDS.get(kind, kind) for kind in case.chosen.plan.prices if kind not in case.ratios]
    if not left:
        return ""
    return f"Nothing is counted for {printed.listed(left)}: their effect is not known."


def _change(middle: float, worse: float, better: float) -> str:
    ends = f"95% range: {printed.change_range(worse, better)}"
    return f"{printed.change(middle)} ({ends})"


def picture(case: Case) -> Figure:
    """Cost, corrected release with its range, and what a plain before and after would claim."""
    low, middle, high = (case.scenarios[name] for name in ("low", "central", "high"))
    bars = [
        charts.Bar("What the contract costs", middle.cost, exact(middle.cost), "expected"),
        charts.Bar("Released: the service's own share", middle.released,
                   f"{rough(middle.released)}", "happened", low.released, high.released),
        charts.Bar("A plain before and after would claim", middle.naive, rough(middle.naive),
                   "past"),
    ]  # fmt: skip
    return Figure(
        PICTURE, charts.ranges(bars, f"Pounds over {case.settings.months} months"),
        f"Three bars. The contract costs {exact(middle.cost)}. The service's own share of what is "
        f"released is {rough(middle.released)}, with a 95% range from "
        f"{span(low.released, high.released)}. A plain before and after would claim "
        f"{rough(middle.naive)}.",
        f"Cost and release over {case.settings.months} months; the line is the 95% range",
        Table("Cost and release", ("What", "Pounds"),
              (("Cost", round(middle.cost)), ("Released, middle", round(middle.released)),
               ("Released, worse end", round(low.released)),
               ("Released, better end", round(high.released)),
               ("Plain before and after", round(middle.naive))), sheet="Cost and release"),
        data_in_print=False,
    )  # fmt: skip


def tiers_table(case: Case) -> Table:
    """People, contacts and pounds, tier by tier."""
    low, high = (case.scenarios[name].tiers for name in ("low", "high"))
    rows: list[tuple[Cell, ...]] = []
    for place, tier in enumerate(case.chosen.worth.tiers):
        if round(tier.people) == 0:
            continue
        rows.append(
            (f"Came {tier.label}", round(tier.people),
             round(tier.expected.get("attendances", 0)), round(tier.avoided.get("attendances", 0)),
             round(tier.avoided.get("emergency_admissions", 0)),
             rough(tier.released_gbp), span(low[place].released_gbp, high[place].released_gbp))
        )  # fmt: skip
    return Table(
        f"What is released, by tier, over {case.settings.months} months",
        ("Tier", "People starting", "A&E visits expected anyway", "A&E visits avoided",
         "Admissions avoided", "Released", "95% range"),
        tuple(rows), widths=(1.5, 1, 1.2, 1.1, 1.4, 1.1, 2.1), sheet="Released by tier",
        note=f"Only people who are reached count, from the month after they start. "
        f"{case.capacity.words} Leads reach people of their own place, the top tier first; those "
        f"already in post reach people before them and are not counted.{_not_reached(case)} A "
        f"contact costs what it did in its tier: {tier_prices(case)}.",
    )  # fmt: skip


def tier_prices(case: Case) -> str:
    """What a contact costs: one price for attendances, the tier's own mean for admissions."""
    plan = case.chosen.plan
    visit = plan.prices.get("attendances")
    inside = [(f"£{plan.price(group, 'emergency_admissions'):,.0f} ({group.label})")
              for group in plan.groups if "emergency_admissions" in plan.prices]  # fmt: skip
    told = [f"an attendance £{visit:,.2f}"] if visit else []
    if inside:
        told.append(f"an emergency admission on average {printed.listed(inside)}")
    return "; ".join(told) or "no price is known"


def _not_reached(case: Case) -> str:
    """The tiers for whom these leads have no room."""
    found = [tier.label for tier in case.chosen.worth.tiers if round(tier.people) == 0]
    return f" They have no room for people who came {printed.listed(found)}." if found else ""


def naive(case: Case) -> str:
    """The plain before and after, only ever beside what happens by itself."""
    worth = case.chosen.worth
    fell = sum(tier.fell_anyway_gbp for tier in worth.tiers)
    share = [f"{100 * (1 - group.stays):.0f}% among those who came {group.label}"
             for group in case.chosen.plan.groups]  # fmt: skip
    how = (
        "with the leads already in post and whatever else was there"
        if case.staffing.total.in_post
        else "with no new service"
    )
    return (
        f"A plain before and after would claim {rough(worth.naive)}. Of that, {rough(fell)} would "
        f"have happened anyway, {how}: people come most when life is worst, and A&E attendances "
        f"fall within a year by {printed.listed(share)}. Only the rest, {rough(worth.released)}, "
        "may be put to the service."
    )


def years_table(case: Case) -> Table:
    """Cost and release by contract year, as they are and at today's worth."""
    worth, plan = case.chosen.worth, case.chosen.plan
    rows: list[tuple[Cell, ...]] = [
        (f"Year {year + 1} ({plan.months_in(year)} months)", exact(cost), rough(released),
         rough(released - cost))
        for year, (cost, released) in enumerate(
            zip(worth.cost_by_year, worth.released_by_year, strict=True))
    ]  # fmt: skip
    rows.append(("Whole contract", exact(worth.cost), rough(worth.released), rough(worth.net)))
    rows.append(("At today's worth", rough(worth.present_cost), rough(worth.present_released),
                 rough(worth.present_net)))  # fmt: skip
    return Table(
        "Cost and release by contract year", ("When", "Cost", "Released", "Released less cost"),
        tuple(rows), widths=(2, 1, 1, 1.2), sheet="By year",
        note=f"Today's worth: each later year discounted at {100 * plan.discount:g}% a year (HM "
        "Treasury's Green Book). The first year releases less: a service has to be set up first.",
    )  # fmt: skip


def cash(case: Case) -> str:
    """What of it is cash."""
    worth = case.chosen.worth
    if not worth.cash:
        return (
            "It is capacity, not cash: no bill falls when one person stays at home. It is time of "
            "staff, cubicles and beds that others get."
        )
    kinds = printed.listed([kind.replace("_", " ") for kind in sorted(case.chosen.plan.cash)])
    return (
        f"Of it, {rough(worth.cash)} is cash, since this place pays for each contact of these "
        f"kinds: {kinds}. The rest is capacity: time of staff, cubicles and beds that others get."
    )
