"""Annex: where every number comes from. A case comes in; its assumptions with their sources, and
how people were counted, go out.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Bullets, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.business_case.case import Case
from openhiu.report.business_case.counted import is_counted, prices_used
from openhiu.report.business_case.effect import EVALUATED
from openhiu.report.business_case.planned import MADE_UP, assumed
from openhiu.report.business_case.words import exact, posts, times
from openhiu.report.tiers.priced import ADMISSIONS

TITLE: Final = "Annex: where every number comes from"
_DEFAULT: Final = "OpenHIU's planning assumption, for the place to change"
_PLACES: Final = "places for new people, length of support and leave, as staffing has them"
_REMAIN: Final = (("attendances", "A&E attendances"),
                  ("emergency_admissions", "Emergency admissions"))  # fmt: skip
_SEED: Final = "the national programme's model documents"


def section(case: Case) -> list[Block]:
    """Assumptions with sources, counting, background."""
    return [
        Heading(TITLE),
        assumptions_table(case),
        *_counting(case),
        Paragraph(
            "Contains public sector information licensed under the Open Government Licence v3.0. "
            "Background: NHS England's High Intensity Use programme; British Red Cross, Nowhere "
            "else to turn, November 2021. Shared between effect and range: kinds of contact are "
            "taken to move together, which is the widest range.",
            small=True,
        ),
    ]  # fmt: skip


def _counting(case: Case) -> list[Block]:
    if not case.tiers.counting:
        return []
    return [Paragraph("How people were counted:"), Bullets(case.tiers.counting)]


def assumptions_table(case: Case) -> Table:
    """Every assumption, its value and who says so."""
    rows = (*_money(case), *_reach(case), *_effect(case), *_time(case))
    return Table("Assumptions", ("What", "Value", "Source"), rows, widths=(1.5, 1.5, 3),
                 sheet="Assumptions")  # fmt: skip


def _money(case: Case) -> list[tuple[str, str, str]]:
    money, plan = case.locality.money, case.chosen.plan
    lead = f"this place, {money.price_year}" if money.lead_cost_given else _SEED
    rows = [("Cost of a lead a year", exact(plan.lead_cost), lead)]
    rows += [(printed.capital(one.words), f"£{one.gbp:,.2f}", f"{one.source}, {one.price_year}")
             for one in prices_used(case.tiers)]  # fmt: skip
    means = [f"£{group.prices[ADMISSIONS]:,.0f} ({group.label})" for group in plan.groups
             if ADMISSIONS in group.prices]  # fmt: skip
    if means:
        rows.append(("An emergency admission, mean of its tier", printed.listed(means),
                     "what the tier's admissions cost, divided by their number"))  # fmt: skip
    if plan.other_cost:
        scaled = "this place, in proportion to leads" if case.planning.in_post else "this place"
        rows.append(("Other cost a year (management, supervision, phones)",
                     exact(plan.other_cost), scaled))  # fmt: skip
    return rows


def _reach(case: Case) -> list[tuple[str, str, str]]:
    given = case.locality.staffing.given
    planning = case.planning
    leads = "this place" if case.settings.leads is not None else "hiu report staffing"
    return [
        ("Leads to pay for", posts(case.chosen.plan.leads), leads),
        ("Begun with, a lead and year", f"{case.capacity.begins}", _PLACES),
        ("Of those asked, say yes", f"{100 * planning.accept:.0f}%",
         "this place" if "acceptance" in given else _DEFAULT),
    ]  # fmt: skip


def _effect(case: Case) -> list[tuple[str, str, str]]:
    words = {"attendances": "Effect on A&E attendances",
             "emergency_admissions": "Effect on emergency admissions"}  # fmt: skip
    rows: list[tuple[str, str, str]] = []
    for kind in case.ratios:
        middle, worse, better = case.effect.fewer(kind)
        value = f"{printed.change(middle)} ({printed.change_range(worse, better)})"
        source = "the same" if rows else case.effect.source
        rows.append((words.get(kind, kind), value, source))
    plan = case.chosen.plan
    for kind, word in _REMAIN:
        shares = [f"{100 * group.stays_of.get(kind, group.stays):.0f}% ({group.label})"
                  for group in plan.groups]  # fmt: skip
        if shares and kind in plan.prices:
            rows.append((f"{word} that remain a year later with no new service",
                         printed.listed(shares), _remain(case)))  # fmt: skip
    return rows


def _remain(case: Case) -> str:
    """Whose what happens by itself is: measured here, entered, or assumed."""
    unknown, before = assumed(case.tiers), case.tiers.year_before
    other = "this place" if case.settings.natural_fall is not None else MADE_UP
    if not before or len(unknown) == len(case.tiers.tiers):
        return other
    whole = case.tiers.whole
    counted = all(is_counted(whole, tier.key) for tier in case.tiers.tiers
                  if times(tier) not in unknown)  # fmt: skip
    here = f"this area's people of {before.name}, a year later"
    here += ": counted" if counted else (
        ": each at the mean of the tier they came to; admissions are taken to fall alike"
    )  # fmt: skip
    return f"{here}; {printed.listed(unknown)}: {other}" if unknown else here


def _time(case: Case) -> list[tuple[str, str, str]]:
    plan = case.chosen.plan
    lasts = "as long as it was measured" if case.effect.basis == EVALUATED else _DEFAULT
    return [
        ("Months until the first person starts", f"{plan.mobilise}", _DEFAULT),
        ("Months to build up", f"{plan.ramp}", _DEFAULT),
        ("Effect counted after a start", f"{plan.lasts} months", lasts),
        ("Discount rate", f"{100 * plan.discount:g}% a year", "HM Treasury, the Green Book"),
    ]
