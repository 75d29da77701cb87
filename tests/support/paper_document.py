"""One document with every kind of block in it, with words that try to be markup."""

from __future__ import annotations

from datetime import date
from functools import cache

from openhiu.paper import charts
from openhiu.paper.blocks import (
    Bullets,
    Document,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    Verdict,
)

HOSTILE = '#panic() $x$ *b* <script>alert(1)</script> {{ 7*7 }} =1+1 "quoted" & \\ end'


@cache
def made_table() -> Table:
    return Table(
        "What was expected",
        ("Outcome", "Expected", "Happened", "Range"),
        (
            ("A&E attendances", 704.16, 560, "3 to 40"),
            (HOSTILE, 1234.0, None, "*"),
            ("=HYPERLINK(1)", -2.0, 1200, "none"),
        ),
        note="Counted from the store.",
    )


@cache
def made_figure() -> Figure:
    drawing = charts.ranges(
        [charts.Bar("Before", 4.0, "4.0", "past"), charts.Bar("Now", 2.0, "2.0", "happened", 1, 3)],
        "Attendances a month",
    )
    return Figure("picture", drawing, f"Two bars. {HOSTILE}", "Before and now", made_table())


@cache
def made_document() -> Document:
    return Document(
        title="Did it help?",
        subtitle="July to September 2026",
        organisation="Example HIU service",
        made_for=date(2026, 10, 1),
        facts=("OpenHIU", "data up to 30 September 2026"),
        blocks=(
            Heading("In short"),
            Verdict(("One line.", "Another line.", HOSTILE)),
            KeyFigures((KeyFigure("60", "people", "since April"), KeyFigure("9%", "fewer"))),
            Paragraph(HOSTILE, lead="Lead."),
            made_table(),
            made_figure(),
            PageBreak(),
            Heading("Method"),
            Heading("In detail", 3),
            Paragraph("Small print.", small=True),
            Bullets(("one", HOSTILE)),
            Bullets(("first", "second"), numbered=True),
            Note("Read this first", (HOSTILE,), warning=True),
            Quote("It helped.", "a client, in July"),
        ),
    )
