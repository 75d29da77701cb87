"""The page a board reads in five minutes: what the service is, whether it helped, one picture, whom
it reached, one voice, and what it needs.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from openhiu.paper.blocks import Block, Bullets, Heading, Paragraph
from openhiu.report import printed
from openhiu.report.board import changed, gaps, reached, voices
from openhiu.report.board.deciding import decision
from openhiu.report.board.source import Source

MOST_ASKS: Final = 3
_RISKS: Final = 2


def section(source: Source) -> list[Block]:
    """The whole page."""
    return [
        Paragraph(about(source)), *_ends_early(source),
        Heading("Did it help?"), *changed.answer(source), *changed.picture(source),
        Heading("Who we reached"), Paragraph(reached.one_line(source)),
        Heading("What clients say"), *voices.one_quote(source),
        Heading("What we need from the board"), *_asks(source),
    ]  # fmt: skip


def about(source: Source) -> str:
    """The service in two sentences."""
    return (
        f"{source.name} rings the people who come to A&E most often, asks what would help, and "
        f"stays beside those who say yes until they are steadier. {_how_many(source)}"
    )


def _how_many(source: Source) -> str:
    facts = source.facts
    if facts is None:
        started = source.evidence.part("cohort").get("started")
        return f"Since it began, {printed.count(started)} people have started support."
    caseload, opened = facts.did.get("caseload_now"), facts.did.get("opened")
    by = "" if facts.leads is None else f" by {printed.leads(facts.leads)}"
    at_end = printed.day(facts.to_exclusive - timedelta(days=1))
    return (
        f"On {at_end} {printed.people(caseload)} were supported{by}; support began for "
        f"{printed.people(opened)} in the quarter."
    )


def _ends_early(source: Source) -> list[Block]:
    """Says that the hospital data end before the quarter does, where they do."""
    facts, cut = source.facts, source.evidence.cut
    if facts is None or cut >= facts.to_exclusive:
        return []
    ends = (printed.day(one - timedelta(days=1)) for one in (cut, facts.to_exclusive))
    data, quarter = ends
    return [
        Paragraph(
            f"The hospital data end on {data}, before the quarter does ({quarter}): what is said "
            "of A&E below stops there.",
            "Please note:",
        )
    ]


def _asks(source: Source) -> list[Block]:
    lines = gaps.asks(source)
    for risk in gaps.risks_of(source)[:_RISKS]:
        owner = f" ({risk.owner})" if risk.owner else ""
        todo = f" {_sentence(risk.mitigation)[:-1]}{owner}." if risk.mitigation else owner
        lines.append(f"Keep in view: {_sentence(risk.risk)}{todo}")
    contact = source.locality.board.contact
    blocks: list[Block] = [Bullets(tuple(lines[:MOST_ASKS]))] if lines else [
        Paragraph("Nothing was entered for this quarter: no risk, and no gap in the system.")
    ]  # fmt: skip
    return [Paragraph(decision(source), "To decide:"), *blocks,
            *([Paragraph(contact, "Questions:")] if contact else [])]  # fmt: skip


def _sentence(words: str) -> str:
    words = words.strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."
