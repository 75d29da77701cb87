"""Section 1, population needs: tiers of an area come in; why a service is needed here, Table One
and whom it concerns most go out.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Bullets, Cell, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.service_specification.source import Source
from openhiu.report.tiers.shape import AREA, Count, InTier, Number, Tier, Unit

_IN_PLACE: Final = 3  # tables of hospitals beyond these stand in the annex
_MEASURES: Final = (
    ("People", "people"), ("Attendances", "attendances"),
    ("Emergency admissions", "emergency_admissions"), ("Bed days", "bed_days"),
)  # fmt: skip
_HIDDEN: Final = (
    " Small counts, and those that would give one away, are shown as *; others are rounded to the "
    "nearest 5."
)
_WHY: Final = (
    (
        "Most people who come to A&E often do so for a while and then stop by themselves. A small "
        "number keep coming. Behind the visits stand reasons that a hospital cannot treat: no home "
        "or a bad one, debt, loneliness, violence, pain nobody has explained, drink or drugs, a "
        "mind in distress. They meet many services and belong to none."
    ),
    (
        "The national High Intensity Use model answers with one person, the HIU lead, who phones, "
        "listens, finds out what would really help and stays alongside until it holds. The lead "
        "need not be a clinician. The support is free of blame: nobody is warned off, and nothing "
        "is taken away from anybody because of how often they came."
    ),
)
_NATIONAL: Final = (
    (
        "NHS planning guidance for 2019/20 asked every health system in England to set up such a "
        "service; the winter plan of 2022 and the planning guidance for 2023/24 named it again, as "
        "a way to meet demand and to narrow inequalities."
    ),
    (
        "Each acute hospital is to have a service of this kind, in the community and by telephone "
        "and outreach, not as a ward at home. No lead holds more than 50 people."
    ),
    (
        "It serves Core20PLUS5: the most deprived fifth of the population, the groups an area has "
        "chosen itself, and the priority wards."
    ),
)
_EVIDENCE: Final = (
    "What it achieves has to be measured with care. Most published results count before and after, "
    "and tell of a third to nine in ten attendances fewer; but people chosen at their worst come "
    "less often afterwards in any case. Where there was a comparison the difference was smaller: a "
    "randomised trial of a comparable programme in the United States found none (Finkelstein and "
    "others, 2020, 800 people); an English study with controls found 14% fewer attendances, where "
    "anything from 37% fewer to 16% more would fit its numbers (BMC Health Services Research, "
    "2022, 808 people). This specification therefore asks for results against a comparison "
    "(section 5)."
)
_INEQUALITY: Final = (
    "The British Red Cross (Nowhere else to turn, November 2021) found frequent use of A&E "
    "concentrated where deprivation is greatest, and with it homelessness, unemployment, poor "
    "mental health and an early death."
)


def section(source: Source) -> list[Block]:
    """The whole section."""
    tiers = source.tiers
    found: list[Block] = [
        Heading("1 Population needs"),
        Heading("1.1 National and local context and evidence base", 3),
        *[Paragraph(words) for words in _WHY],
        Paragraph(_here(source)),
        table_one(source, tiers.whole, one=True),
        *_hospitals(source),
        Paragraph(_EVIDENCE, lead="What is known of its effect."),
        Heading("1.2 Fit with local and national strategies", 3),
        Bullets((*_NATIONAL, *_already(source))),
        Heading("1.3 Inequalities", 3),
        Paragraph(_INEQUALITY),
        *[Paragraph(words) for words in _unequal(source)],
    ]
    return found


def by_hospital_in_annex(source: Source) -> list[Table]:
    """Table One of each hospital where there are too many for the section."""
    sites = source.tiers.sites
    return [table_one(source, unit) for unit in sites] if len(sites) > _IN_PLACE else []


def table_one(source: Source, unit: Unit, *, one: bool = False) -> Table:
    """Table One in the shape of the national model, the highest tier first."""
    tiers = source.tiers
    rows = tuple(row for tier in reversed(tiers.tiers) for row in _rows(tier, unit.tiers[tier.key]))
    people = (
        "Minimum, maximum and average of people are over the hospitals"
        if any(_of_people(unit.tiers[tier.key]) for tier in tiers.tiers)
        else "Of people there is a total alone"
    )
    uncounted = all(unit.tiers[tier.key].bed_days.total is None for tier in tiers.tiers)
    beds = " Bed days were not counted: the store holds no admissions." if uncounted else ""
    hidden = _HIDDEN * tiers.publishable
    which = " (Table One of the national model)" * one
    return Table(
        f"People with 5 or more A&E attendances in {tiers.year.name}, {_name(source, unit)}{which}",
        ("Attendances in the year", "What is counted", "Minimum", "Maximum", "Average", "Total"),
        rows, widths=(1.5, 1.6, 1, 1, 1, 1), sheet=f"Table One {unit.code}",
        note=f"{people}; of contacts they are per person. Source: the hospitals' records as read "
        f"into the activity store, counted as of {printed.day(tiers.as_of)}.{beds}{hidden}",
    )  # fmt: skip


def _name(source: Source, unit: Unit) -> str:
    """As the locality file calls it, which may have been written after the tiers were counted."""
    if unit.kind == AREA:
        return source.area
    return source.locality.site_name(unit.code) if unit.name == unit.code else unit.name


def times(tier: Tier) -> str:
    """How often those of a tier came, in a sentence."""
    return f"{tier.least} times or more" if tier.most is None else f"{tier.label} times"


def _rows(tier: Tier, found: InTier) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for name, key in _MEASURES:
        spread = getattr(found, key)
        cells = (_whole(spread.least), _whole(spread.most), spread.mean, spread.total)
        rows.append((printed.capital(tier.label), name, *cells))
    return rows


def _whole(number: Number) -> Cell:
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _of_people(found: InTier) -> bool:
    return found.people.least is not None or found.people.mean is not None


def _hospitals(source: Source) -> list[Block]:
    sites = source.tiers.sites
    if len(sites) <= 1:
        return []
    if len(sites) > _IN_PLACE:
        return [Paragraph("The same table for each hospital stands in annex B.")]
    return [table_one(source, unit) for unit in sites]


def _here(source: Source) -> str:
    """How much of it there is here, in words."""
    tiers = source.tiers
    told = [_of_a_tier(source, tier, tiers.whole.tiers[tier.key]) for tier in reversed(tiers.tiers)]
    return f"In {source.area}, in {tiers.year.name}, {'; '.join(told)}."


def _of_a_tier(source: Source, tier: Tier, found: InTier) -> str:
    if isinstance(found.people.total, str):
        return f"some people came {times(tier)} (how many is protected)"
    return (
        f"{_people(found.people.total, source)} came {times(tier)}, with "
        f"{_count(found.attendances.total, source)} attendances and "
        f"{_count(found.emergency_admissions.total, source)} emergency admissions"
    )


def _people(count: Count, source: Source) -> str:
    if source.tiers.publishable or isinstance(count, str) or count is None:
        return printed.people(count)
    return "1 person" if count == 1 else f"{count:,} people"


def _count(count: Count, source: Source) -> str:
    if source.tiers.publishable or isinstance(count, str) or count is None:
        return printed.count(count)
    return f"{count:,}"


def _already(source: Source) -> tuple[str, ...]:
    """What is there already, place by place and hospital by hospital."""
    there = [
        f"{place.name}: {place.service.rstrip('.')}"
        for place in source.locality.places
        if place.service
    ]
    there += [
        f"{site.name}: {site.service.rstrip('.')}" for site in source.locality.sites if site.service
    ]
    return (f"There already: {'; '.join(there)}.",) if there else ()


def _unequal(source: Source) -> list[str]:
    """What the tiers themselves say of deprivation, and whom the area puts first."""
    top = source.tiers.top
    found = source.tiers.whole.tiers[top.key]
    told = []
    share = _most_deprived(found)
    if share is not None:
        told.append(
            f"Here {share:.0%} of the people who came {times(top)} in "
            f"{source.tiers.year.name} live in the most deprived fifth of neighbourhoods in "
            "England (of those whose neighbourhood is known); a fifth would be an equal share."
        )
    if isinstance(found.priority, int) and found.priority:
        told.append(
            f"Of those who came {times(top)}, {_people(found.priority, source)} live in the area's "
            "priority wards."
        )
    if source.locality.plus:
        told.append(f"The area puts first: {printed.listed(source.locality.plus)}.")
    return told


def _most_deprived(found: InTier) -> float | None:
    """The share of the most deprived fifth; None where a count it rests on is hidden or missing."""
    known = [found.imd.get(str(fifth)) for fifth in range(1, 6)]
    counts = [count for count in known if isinstance(count, int)]
    if len(counts) < len(known) or not sum(counts):
        return None
    return counts[0] / sum(counts)
