"""What each number of people is called in the publication that is attacked, and where it stands in
tiers.json.
"""

from __future__ import annotations

from openhiu.report.tiers.counted import Counted
from openhiu.report.tiers.plain import entries, groups_of

ENTERED = "entered"


def people(unit: Counted, which: str, tier: int) -> str:
    """The people of a tier in a year."""
    return f"{unit.kind} {unit.code} people {which} {tier}"


def moved(unit: Counted, was: int, now: int) -> str:
    """Who went from one tier to another."""
    return f"{unit.kind} {unit.code} moved {was} {now}"


def new(unit: Counted, tier: int) -> str:
    """Who is in a tier and was not."""
    return f"{unit.kind} {unit.code} new {tier}"


def entered(unit: Counted, tier: int) -> str:
    """How many came into a tier in the year."""
    return f"{unit.kind} {unit.code} entered {tier}"


def part(unit: Counted, tier: int, dimension: str, group: str) -> str:
    """The people of a tier in one group, or who came into it in one month."""
    return f"{unit.kind} {unit.code} {dimension} {tier} {group}"


def still(unit: Counted, tier: int, month: int) -> str:
    """Who was in a tier at the start of the year, and still is so many months later."""
    return f"{unit.kind} {unit.code} still {tier} {month}"


def parts(unit: Counted, tier: int, dimension: str) -> dict[str, int]:
    """The groups of a tier with their people."""
    return months(unit, tier) if dimension == ENTERED else groups_of(unit, tier, dimension)


def months(unit: Counted, tier: int) -> dict[str, int]:
    """How many came into a tier in each month."""
    return {f"month {number}": count
            for number, count in enumerate(entries(unit, tier), start=1)}  # fmt: skip
