"""A reach and the locality it is of come in; the document of two to four pages goes out."""

from __future__ import annotations

from importlib import metadata
from typing import Final

from openhiu.locality import Locality
from openhiu.paper.blocks import (
    Block,
    Bullets,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Verdict,
)
from openhiu.report import printed
from openhiu.report.folder import Missing, missing_note
from openhiu.report.reach import inequalities, words
from openhiu.report.reach.picture import Outlines, picture
from openhiu.report.reach.shape import YES, Reach
from openhiu.report.reach.tables import printed_table
from openhiu.report.tiers.shape import SITE

TITLE: Final = "Who is reached, and where nobody is"
METHOD: Final = """
The year is {reach.year}. A person counts in one place by where they live, in each hospital by their
attendances there, and in the area by all of them: the numbers do not add up.

{reach.capacity.words} Beyond reach are the people of the top tier whom the leads of their own place
cannot ask within a year: leads of one place do not count in another. Not everybody says yes, and
some leave the tier by themselves: it is a measure of size, no forecast.

Where it was not said whether there is a service, none is counted and the row says so.

The lines put the places in the order of how deprived their people in the tiers are, each as wide as
those people are many, and are fitted with that weight (slope index of inequality). The range says
how well these places lie on a line; it does not say why.

Where a number by deprivation is hidden, an even share of what is left of its total stands for it in
shares and rates.
"""


def document(
    reach: Reach, locality: Locality, outlines: Outlines, missing: tuple[Missing, ...]
) -> Document:
    """What a commissioner reads: the answer, the picture, the gaps, deprivation, the method."""
    return Document(
        title=TITLE,
        subtitle=f"{reach.area}, {reach.year}",
        organisation=reach.area,
        made_for=reach.as_of,
        summary=f"Reach of high intensity use services in {reach.area}, {reach.year}: hospitals "
        "with and without a service, leads against need, and deprivation.",
        facts=(
            f"OpenHIU {metadata.version('openhiu')}",
            f"hospital data up to {printed.day(reach.cut_off or reach.as_of)}",
            "small numbers protected",
        ),
        blocks=(
            *missing_note(missing), *_answer(reach), *_where(reach, locality, outlines),
            *(inequalities.without(reach, 2) if reach.sites else ()), *_deprivation(reach),
            *_method(reach),
        ),
    )  # fmt: skip


def _answer(reach: Reach) -> list[Block]:
    return [
        Heading("In short"),
        Verdict(
            tuple(filter(None, (words.covered(reach), words.carried(reach), words.beyond(reach))))
        ),
        KeyFigures(tuple(_figures(reach))),
    ]


def _figures(reach: Reach) -> list[KeyFigure]:
    whole = reach.whole
    yes = f"{reach.site_count(YES)} of {len(reach.sites)}"
    said = f"as the locality says, {printed.day(reach.as_of)}"
    made = [KeyFigure(yes, "hospitals have a service", said)] if reach.sites else []
    if whole.leads_per_100_top is not None:
        made.append(KeyFigure(f"{whole.leads_per_100_top:.1f}", "leads per 100 of the top tier",
                              f"{whole.leads:g} for {printed.people(whole.top)}"))  # fmt: skip
    if whole.leads_per_1000 is not None and whole.in_tiers:
        made.append(KeyFigure(f"{whole.leads_per_1000:.2f}", "leads per 1,000 in the tiers",
                              f"{whole.leads:g} for {whole.in_tiers.words} people"))  # fmt: skip
    if whole.within_reach is not None:
        each = f"a lead asks about {reach.capacity.asked} people a year"
        about = "about " if whole.reached and whole.reached < 100 else ""
        made.append(KeyFigure(f"{about}{whole.within_reach}%", "of the top tier within a year",
                              each))  # fmt: skip
    return made


def _where(reach: Reach, locality: Locality, outlines: Outlines) -> list[Block]:
    tables = [
        printed_table(units, f"{name} by people beyond reach", locality.reach.rows)
        for name, units in (("Places", reach.places), ("Hospitals", reach.sites))
        if units
    ]
    if reach.level == SITE:
        tables.reverse()
    if not tables:
        return []
    drawn = picture(reach, locality, outlines, tables[0])
    return [Heading("Where need and leads stand"), *tables, *([drawn] if drawn else [])]


def _deprivation(reach: Reach) -> list[Block]:
    return [Heading("Deprivation, need and leads"), *inequalities.deprivation(reach),
            *inequalities.alignment(reach)]  # fmt: skip


def _method(reach: Reach) -> list[Block]:
    waiting = any(one.waiting for one in (*reach.places, *reach.sites))
    method = METHOD.format(reach=reach)
    lines = [*reach.counting, *(" ".join(said.split()) for said in method.split("\n\n"))]
    if waiting:
        lines.append(
            "Waiting is simulated: weeks until half of those who stay in the tier are asked, with "
            "the leads in post, and its 95% range. The report on staffing has the rest."
        )
    return [Heading("How this was worked out"), Bullets(tuple(lines)), Paragraph(
        "Leads and services are what the locality file says; nobody checked them against "
        "contracts.", small=True)]  # fmt: skip
