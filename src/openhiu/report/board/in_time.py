"""The service in time: quarter cohorts as they mature and the control charts, with rules marked."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from openhiu.evaluate import tables as evaluated
from openhiu.evaluate.monitoring_figures import monitoring_figures
from openhiu.paper.blocks import Block, Figure, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.board.changed import smaller
from openhiu.report.board.source import Source

_PRINTED: Final = "clients-against-expected"
_SCALE: Final = 0.75
_QUARTERS: Final = 8  # the last two years; the workbook has them all


def section(source: Source) -> list[Block]:
    """Cohorts first, then the chart and what its signals are worth."""
    return [Heading("The service in time"), *_quarters(source), *_charts(source)]


def _quarters(source: Source) -> list[Block]:
    found = evaluated.quarters(source.evidence.raw) if source.evidence.items("quarters") else None
    if found is None:
        return [Paragraph("Nobody has started support yet, so there is no cohort to follow.")]
    open_ended = [one["name"] for one in source.evidence.items("quarters") if not one["complete"]]
    late = f" Not over in the data: {printed.listed(open_ended)}." if open_ended else ""
    note = f"{found.note} A&E attendances; people to the nearest 5.{late}"
    caption = "Each quarter's clients as they come to 3 and 12 months; the estimate of all to date"
    return [replace(found, caption=caption, note=note, rows=found.rows[-_QUARTERS:],
                    widths=(2.1, 0.8, 0.9, 1, 1.15, 1.5, 1.15, 1.5))]  # fmt: skip


def _charts(source: Source) -> list[Block]:
    """The chart of clients in print, and what its signals are worth."""
    found = source.evidence.part("monitoring")
    drawn = [figure for figure in _figures(source) if figure.name == _PRINTED]
    blocks: list[Block] = [smaller(figure, _SCALE) for figure in drawn]
    signals = found.get("cohort", {}).get("signals", ())
    told = [f"Signal in {one['month']}, {one['direction']}: {one['words']}" for one in signals]
    if drawn and not signals:
        told = ["The chart shows no signal either way."]
    if found and not drawn:
        told = ["There is no chart of the clients yet: there are too few people to draw one."]
    return [*blocks, Paragraph(" ".join(told))] if told else blocks


def tables(source: Source) -> list[Table]:
    """What every chart shows, month by month, for the workbook."""
    quarters = (
        evaluated.quarters(source.evidence.raw) if source.evidence.items("quarters") else None
    )
    charts = [one.table for one in more_figures(source) if one.table is not None]
    return [*([quarters] if quarters else []), *charts]


def more_figures(source: Source) -> list[Figure]:
    """The charts that are not printed: they lie in the folder with the others."""
    return [figure for figure in _figures(source) if figure.name != _PRINTED]


def _figures(source: Source) -> list[Figure]:
    if not source.evidence.part("monitoring", "cohort"):
        return []
    return list(monitoring_figures(source.evidence.raw))
