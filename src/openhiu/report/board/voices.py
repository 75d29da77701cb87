"""What clients say and what changed for them: quotes, stories, outcomes they chose and well-being.

Only what two different people read and found safe is told. Words stand as they were approved.
"""

from __future__ import annotations

from openhiu.paper.blocks import Block, Heading, Note, Paragraph, Quote, Table
from openhiu.report import printed
from openhiu.report.board.did import ROUNDED, missing
from openhiu.report.board.source import Source
from openhiu.report.facts import READERS, Facts, Measure, Named, Story

NO_QUOTE = "No client has let us quote them in this report."


def one_quote(source: Source) -> list[Block]:
    """The quote of the first page."""
    facts = source.facts
    if facts is None or not facts.quotes:
        return [Paragraph(NO_QUOTE if facts else missing("what clients say"))]
    first = facts.quotes[0]
    return [Quote(first.words, _who(first.quarter))]


def section(source: Source) -> list[Block]:
    """Stories and the other quotes."""
    heading = Heading("What clients say")
    facts = source.facts
    if facts is None:
        return [heading, Paragraph(missing("what clients say"))]
    told = facts.stories
    blocks: list[Block] = [heading]
    blocks += [Quote(one.words, _who(one.quarter)) for one in facts.quotes[1:]]
    for story in told:
        blocks += [Heading(story.title or "A story", 3), Paragraph(story.words),
                   Paragraph(_read_by(story), small=True)]  # fmt: skip
    if not told and len(facts.quotes) < READERS:
        blocks.append(Paragraph("No story was told for this report." if not facts.quotes else
                                "No further story or quote was told for this report."))  # fmt: skip
    left_out = withheld(facts)
    if left_out:
        blocks.append(Note("Left out", (left_out,)))
    return blocks


def withheld(facts: Facts) -> str:
    """How many stories were not told, and why; empty where there are none."""
    if not facts.withheld:
        return ""
    stories = "1 story is" if facts.withheld == 1 else f"{facts.withheld} stories are"
    return (
        f"{stories} not told: two different people have to read a story and find it safe before it "
        "stands in a report."
    )


def outcomes(source: Source) -> list[Block]:
    """What clients reached, as they chose it, and how they answered about their lives."""
    heading = Heading("What changed for clients themselves")
    facts = source.facts
    if facts is None:
        return [heading, Paragraph(missing("what clients reached"))]
    blocks: list[Block] = [heading]
    counted = tuple(one for one in facts.outcomes if isinstance(one.people, int))
    few = [one.words for one in facts.outcomes if not isinstance(one.people, int)]
    if counted:
        blocks.append(_events(source, counted))
    if few:  # rows of stars say nothing that a sentence does not say better
        told = printed.listed(few)
        blocks.append(Paragraph(f"Also reached, by too few clients each to give a number: {told}."))
    if not facts.outcomes:
        blocks.append(Paragraph("No outcome was noted in these months."))
    return [*blocks, *_wellbeing(facts.wellbeing)]


def _events(source: Source, found: tuple[Named, ...]) -> Table:
    rows = tuple((one.words, printed.cell(one.people), printed.cell(one.events)) for one in found)
    return Table(
        f"Outcomes clients chose and reached, {source.period}", ("Outcome", "Clients", "Times"),
        rows, note=f"A client can be in several lines. {ROUNDED}", widths=(3, 1, 1),
        sheet="Personal outcomes",
    )  # fmt: skip


def _wellbeing(found: tuple[Measure, ...]) -> list[Block]:
    if not any(isinstance(one.people, int) and one.people for one in found):
        return [
            Paragraph(
                "Well-being: fewer than 8 clients answered the same question twice, so there is no "
                "figure. Nobody is pressed to answer."
            )
        ]
    rows = tuple((one.words, printed.cell(one.people), one.first, one.last) for one in found)
    return [
        Table(
            "Well-being, 0 to 10: the same clients, asked twice",
            ("Question", "Clients", "First answer, mean", "Latest answer, mean"), rows,
            note="Only clients who answered twice; for the question on feeling anxious a lower "
            "answer is better. There is no comparison group: people asked at a hard time feel "
            "better later anyway, so this says how clients are, not what the service caused.",
            widths=(2, 1, 1, 1), sheet="Well-being",
        )
    ]  # fmt: skip


def _who(quarter: str) -> str:
    return f"A client, {quarter}" if quarter else "A client"


def _read_by(story: Story) -> str:
    roles = printed.listed(story.reviewers)
    when = f" on {printed.day(story.reviewed_on)}" if story.reviewed_on else ""
    return (
        "Told with the client's consent, details changed. Read before it was told by "
        f"{roles}, the last of them{when}."
    )
