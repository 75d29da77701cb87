"""Why people came, what was missing in the system and what may go wrong: disclosed facts and the
place's standing risks come in; tables go out.
"""

from __future__ import annotations

from dataclasses import replace

from openhiu.paper.blocks import Block, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.board.did import ROUNDED, missing
from openhiu.report.board.source import Source
from openhiu.report.facts import Named, Risk

_MOST = 8


def section(source: Source) -> list[Block]:
    """Reasons and gaps, in words."""
    heading = Heading("What people needed, and what was missing in the system")
    facts = source.facts
    if facts is None:
        return [heading, Paragraph(missing("reasons and gaps"))]
    blocks: list[Block] = [heading]
    if facts.needs:
        blocks.append(Paragraph(_in_words(facts.needs), "What lay behind coming to A&E:"))
    if facts.missing:
        blocks.append(Paragraph(_services(facts.missing), "Needed, and not to be found:"))
    else:
        blocks.append(Paragraph("No service was noted as needed and not found."))
    return blocks


def tables(source: Source) -> list[Table]:
    """Every reason and gap, for the workbook."""
    facts = source.facts
    if facts is None:
        return []
    found = (
        ("What lay behind coming to A&E, as clients told it", "Reason", facts.needs, "Reasons"),
        ("Services that were needed and could not be found", "Service",
         _services_to_list(facts.missing), "Missing in the system"),
    )  # fmt: skip
    return [_table(*one) for one in found if one[2]]


def risks_of(source: Source) -> tuple[Risk, ...]:
    """The place's standing risks first, then those the service sees in its own records."""
    own = tuple(Risk(one.risk, one.mitigation, one.owner) for one in source.locality.board.risks)
    return (*own, *(source.facts.risks if source.facts else ()))


def risks(source: Source) -> list[Block]:
    """Every risk with what is done about it, whose it is and how it stands."""
    found = risks_of(source)
    heading = Heading("Risks")
    if not found:
        return [heading, Paragraph("No risk was entered: write [board] risks in the locality "
                                   "file, or give the facts of the service.")]  # fmt: skip
    rows = tuple((one.risk, one.mitigation, one.owner, one.standing) for one in found)
    return [heading, Table("Risks, and what is done about them",
                           ("Risk", "What is done", "Whose", "How it stands"), rows,
                           widths=(3, 3, 1.4, 2.2), sheet="Risks")]  # fmt: skip


def asks(source: Source) -> list[str]:
    """What the gaps ask of a board: help with the one most people needed and nobody found."""
    shown = [one for one in (source.facts.missing if source.facts else ())
             if isinstance(one.people, int) and one.people]  # fmt: skip
    if not shown:
        return []
    most = max(shown, key=lambda one: int(one.people or 0))
    who = printed.people(most.people)
    return [f"Help to close a gap: {who} needed “{most.words}”, and nobody could find it."]


def _in_words(found: tuple[Named, ...]) -> str:
    """Each with its count; those of fewer than 8 clients together at the end."""
    told = [f"{one.words} ({printed.count(one.people)})" for one in found[:_MOST]
            if isinstance(one.people, int)]  # fmt: skip
    few = [one.words for one in found if isinstance(one.people, str)][:_MOST]
    lines = [f"{printed.listed(told)}."] if told else []
    if few:
        lines.append(f"For fewer than 8 clients each: {printed.listed(few)}.")
    return " ".join(lines)


def _services(found: tuple[Named, ...]) -> str:
    """The same of services: their words were typed freely and can name somebody, so they are told
    only where 8 or more clients needed the service.
    """
    told, others = _by_number(found)
    lines = [f"{_in_words(told)}"] if told else []
    if others:
        kinds = "other kind" if told else "kind"
        many = f"{others} {kinds}{'s' if others > 1 else ''} of service"
        lines.append(f"{'And ' if told else ''}{many}{', each' if others > 1 else ''} for fewer "
                     "than 8 clients; their words are in the workspace.")  # fmt: skip
    return " ".join(lines)


def _services_to_list(found: tuple[Named, ...]) -> tuple[Named, ...]:
    told, others = _by_number(found)
    if not others:
        return told
    rest = f"{'Other services' if told else 'Services'}, each for fewer than 8 clients: {others}"
    few = next(one for one in found if isinstance(one.people, str))
    return (*told, replace(few, words=rest))


def _by_number(found: tuple[Named, ...]) -> tuple[tuple[Named, ...], int]:
    """Those that 8 or more clients needed, and how many others there are."""
    told = tuple(one for one in found if isinstance(one.people, int) and one.people)
    return told, sum(1 for one in found if isinstance(one.people, str))


def _table(caption: str, name: str, found: tuple[Named, ...], sheet: str) -> Table:
    rows = tuple((one.words, printed.cell(one.people)) for one in found)
    note = f"A client can be in several lines. {ROUNDED}"
    return Table(caption, (name, "Clients"), rows, note=note, widths=(4, 1), sheet=sheet)
