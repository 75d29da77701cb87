"""Numbers of tiers in words: shown counts come in, stars among them; what a sentence says of them
goes out.
"""

from __future__ import annotations

from openhiu.report import printed
from openhiu.report.tiers.shape import Count, Number, Range, Tier, Year

_HIDDEN = "a small number of"


def many(count: Count | float, one: str = "", more: str = "") -> str:
    """A count with its noun: "120 people", "1 person", "a small number of people", "no people"."""
    plural = more or (f"{one}s" if one else "")
    match count:
        case None:
            return f"an unknown number of {plural}".removesuffix(" of ")
        case str():
            return f"{_HIDDEN} {plural}".removesuffix(" of ")
        case 0:
            return f"no {plural}" if plural else "none"
    return f"{count:,.0f} {one if count == 1 and one else plural}".strip()


def is_or_are(count: Count) -> str:
    """The verb of so many."""
    return "is" if count == 1 else "are"


def amount(pounds: Number) -> str:
    """Pounds as a report says them: to the thousand from 10,000 upwards."""
    if pounds is None:
        return "a cost that is not known"
    if isinstance(pounds, str):
        return "*"
    return printed.pounds(round(pounds, -3) if abs(pounds) >= 10_000 else round(pounds, -2))


def range_of(found: Range) -> str:
    """Such as "about 122 (102 to 144)"."""
    if isinstance(found.expected, str) or found.expected is None:
        return "only a small number of"
    return f"about {found.expected:,.0f} ({_whole(found.low)} to {_whole(found.high)})"


def _whole(number: Number) -> str:
    return f"{number:,.0f}" if isinstance(number, int | float) else "*"


def times(tier: Tier) -> str:
    """How often the people of a tier came."""
    if tier.most is not None:
        return f"{tier.label} times"
    return f"{tier.least} times or more"


def year_of(year: Year) -> str:
    """A year in a sentence."""
    return f"the {year.name}" if year.name.startswith("12 months") else year.name
