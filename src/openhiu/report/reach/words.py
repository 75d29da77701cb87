"""Parts of a reach come in; the sentences that tell of them go out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openhiu.report import printed
from openhiu.report.reach.shape import NO, NOT_SAID, YES, Fifth, Line, Reach, Standing

NONE_KNOWN: Final = "It is not known where the people in the tiers live."
FEW: Final = 3


def noun(reach: Reach, *, many: bool = True) -> str:
    """What the ranks are of."""
    one = "place" if reach.level == "place" else "hospital"
    return f"{one}s" if many else one


def service(one: Standing) -> str:
    """Whether there is a service, for a table."""
    if one.service == YES:
        return f"Yes, through {one.through}" if one.through else "Yes"
    return {NO: "No", NOT_SAID: "Not said"}[one.service]


def covered(reach: Reach) -> str:
    """How many of the hospitals have a service."""
    if not reach.sites:
        return ""
    whole, yes, no = len(reach.sites), reach.site_count(YES), reach.site_count(NO)
    silent = reach.site_count(NOT_SAID)
    of = "the one hospital" if whole == 1 else f"{whole} hospitals"
    one = "None" if not yes else str(yes)
    if whole == 1 and yes:
        return "The one hospital has a service."
    said = f"{one} of {of} {'has' if yes < 2 else 'have'} a service."
    if whole == 1:
        said = "The one hospital has no service."
        return said if no else "Of the one hospital nobody has said; it counts here as without one."
    if no:
        said += f" {no} {'has' if no == 1 else 'have'} none."
    if silent:
        counts = "it counts" if silent == 1 else "they count"
        said += f" Of {silent} nobody has said; {counts} here as without one."
    return said


def carried(reach: Reach) -> str:
    """How far the leads in post go."""
    whole = reach.whole
    people = printed.capital(printed.people(whole.top))
    came = f"{people} came often enough for the top tier ({reach.top_words} attendances"
    if whole.leads is None or whole.takes_on is None:
        return f"{came} in {reach.year}). How many leads there are was not said."
    if not whole.leads:
        return f"{came} in {reach.year}). No lead is in post, so nobody asks them."
    begins = f"{printed.leads(whole.leads)} can ask about {whole.takes_on:,.0f} a year"
    part = whole.within_reach
    share = "" if part is None else ", all of them" if part == 100 else f", {part}% of them"
    if whole.reached is not None:
        share = f", each in their own place: that is {share[2:].replace('them', 'the tier')}"
    wait = f" Half of those who stay in it wait {whole.waiting.words}." if whole.waiting else ""
    return f"{came} in {reach.year}); {begins}{share}.{wait}"


def beyond(reach: Reach) -> str:
    """Where most people are beyond reach, and where some are whose number is hidden."""
    known = [one for one in reach.ranked if one.unmet is not None]
    found = [one for one in known if one.unmet]
    hidden = [one for one in reach.ranked if one.hidden_unmet]
    told = []
    if found:
        first = printed.listed([f"{one.name} (about {one.unmet:,})" for one in found[:FEW]])
        told.append(f"Most people beyond reach, by {noun(reach, many=False)}: {first}.")
    elif known:
        whole = f"{len(known)} {noun(reach, many=len(known) != 1)}"
        told.append(f"Leads can ask the whole top tier of {whole} within a year.")
    if hidden:
        told.append(
            f"In {_some(hidden)} nobody is known to work: all of the top tier there is beyond "
            f"reach, {_how_many(hidden)}."
        )
    rest = len(reach.ranked) - len(known) - len(hidden)
    if rest and (known or hidden):
        told.append(f"Of {rest} {noun(reach, many=rest != 1)} it is not known.")
    return " ".join(told)


def _how_many(hidden: Sequence[Standing]) -> str:
    if not all(one.few for one in hidden):
        return "how many is hidden"
    return f"up to 7 people{' each' if len(hidden) > 1 else ''}"


def _some(found: Sequence[Standing]) -> str:
    names = [one.name for one in found]
    left = len(names) - FEW
    return printed.listed(names if left <= 0 else [*names[:FEW], f"{left} more"])


def by_deprivation(reach: Reach) -> str:
    """Which share of the people in the tiers lives in the most and the least deprived fifth."""
    if not reach.fifths:
        return NONE_KNOWN
    most, least = reach.fifths[0], reach.fifths[-1]
    return (
        f"Of the people in the tiers whose neighbourhood is known, {most.share}% live in the most "
        f"deprived fifth of England's neighbourhoods and {least.share}% in the least deprived "
        "fifth. If it made no difference where people live, each fifth would have as many as its "
        "share of the people of this area; in England as a whole that is 20%."
    )


def beside(reach: Reach) -> str:
    """How many leads stand beside the people of the most and the least deprived fifth."""
    if not reach.fifths:
        return ""
    most, least = reach.fifths[0], reach.fifths[-1]
    if most.leads_per_1000 is None or least.leads_per_1000 is None:
        return ""
    return (
        f"For every thousand people in the tiers there are {_rate(most)} leads in the most "
        f"deprived fifth and {_rate(least)} in the least deprived, over the {noun(reach)} whose "
        "leads are known. A lead is shared out over the fifths as the people are in whose place "
        "the lead works."
    )


def _rate(fifth: Fifth) -> str:
    return f"{fifth.leads_per_1000:.2f}"


def line(found: Line, what: str, many: str, decimals: int) -> str:
    """A line through the places, with its range and what the range allows to be said."""
    verdict = {
        "more": "so it is higher where deprivation is greater",
        "fewer": "so it is lower where deprivation is greater",
        "unclear": "so these places alone do not show whether it rises or falls with deprivation",
    }[found.told]
    least, most = _number(found.least_end, decimals), _number(found.most_end, decimals)
    ends = f"{least} at the least deprived end and {most} at the most deprived"
    return (
        f"{what}: a line through {found.places} {many} stands at {ends}. The difference is "
        f"{_signed(found.slope, decimals)} (95% range {_signed(found.low, decimals)} to "
        f"{_signed(found.high, decimals)}), {verdict}."
    )


def _number(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def _signed(value: float, decimals: int) -> str:
    rounded = round(value, decimals)
    return f"{rounded:+,.{decimals}f}".replace("-", "\N{MINUS SIGN}") if rounded else "0"


def lines(reach: Reach) -> Sequence[str]:
    """Need and leads against deprivation, or why there is no line."""
    told, many = [], noun(reach)
    if reach.need_line:
        of = reach.ranked[0].need_of
        told.append(line(reach.need_line, f"People in the tiers for every {of}", many, 1))
    if reach.leads_line:
        what = "Leads for every 1,000 people in the tiers"
        told.append(line(reach.leads_line, what, many, 2))
    if reach.no_line:
        told.append(reach.no_line)
    return told


def moved(reach: Reach) -> str:
    """How far the leads stand from the need."""
    if reach.mismatch is None:
        return ""
    if reach.mismatch == 0:
        return "The leads are shared out over the places exactly as the top tier is."
    return (
        f"For the leads to be shared out over the {noun(reach)} as the top tier is, "
        f"{reach.mismatch}% of their time would have to move to another."
    )
