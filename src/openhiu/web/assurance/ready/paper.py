"""The readiness of a service on paper, for a board: what stands comes in, a document goes out."""

from __future__ import annotations

from datetime import date

from openhiu.paper.blocks import (
    Block,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Note,
    Table,
)
from openhiu.web.assurance.models import Beginning
from openhiu.web.assurance.ready.lines import State
from openhiu.web.assurance.ready.standing import Readiness
from openhiu.web.design.words import day

_TITLE = "Readiness to begin"


def document(service: str, found: Readiness, begun: Beginning | None, made_for: date) -> Document:
    """Every line with its evidence. The day is given: nothing here asks the clock."""
    blocks: list[Block] = [
        KeyFigures((
            KeyFigure(str(found.good), f"of {len(found.lines)} in place"),
            KeyFigure(str(_count(found, State.WRONG)), "do not hold"),
            KeyFigure(str(_count(found, State.MISSING)), "missing"),
            KeyFigure(str(_count(found, State.TO_CONFIRM)), "to be confirmed"),
        )),
        _verdict(found, begun),
    ]  # fmt: skip
    for name, lines in found.groups():
        rows = tuple(
            (one.line.words, one.standing.state.capitalize(), one.standing.evidence,
             one.line.source)
            for one in lines
        )  # fmt: skip
        blocks += [
            Heading(name),
            Table(f"{name}: {len(rows)} lines", ("What", "Now", "On what it rests", "Asked for in"),
                  rows, widths=(1.6, 0.8, 2.2, 1.3)),
        ]  # fmt: skip
    return Document(
        title=_TITLE, subtitle=f"As it stood on {day(made_for)}", organisation=service,
        summary="What has to be in place before the service begins, and what shows that it is.",
        made_for=made_for, blocks=tuple(blocks),
    )  # fmt: skip


def _count(found: Readiness, state: State) -> int:
    return len([one for one in found.open if one.standing.state is state])


def _verdict(found: Readiness, begun: Beginning | None) -> Note:
    if begun and begun.agreed_by_id:
        words = f"The service began on {day(begun.begins_on)}."
        if begun.open_lines:
            words += f" Open then: {'; '.join(begun.open_lines)}. Why: {begun.reason}"
        return Note("Begun", (words,))
    if found.ready:
        return Note("Everything is in place", ("The service can begin.",))
    return Note("Not yet", ("The lines that are not in place say why.",), warning=True)
