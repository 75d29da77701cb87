"""Numbers of the registers: a table and a picture inside, protected numbers and files to take."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.monitor.registers import by_quarter
from openhiu.tables.delivery import write_csv
from openhiu.web.access.asking import actor_of
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.models import Entry
from openhiu.web.assurance.presenters import registers as words
from openhiu.web.assurance.queries import register_numbers as queries
from openhiu.web.assurance.queries.registers import entries, lines
from openhiu.web.assurance.registers.kinds import KINDS
from openhiu.web.casework.quarter import earlier, in_words
from openhiu.web.design.words import as_day

QUARTERS: Final = 8
_IN_A_TABLE: Final = 4
COLUMNS: Final = (
    "reference", "register", "kind", "severity", "personal_data", "happened_on", "known_on",
    "owed", "overdue", "changes_asked", "changes_ended", "closed_on",
)  # fmt: skip


@allow(Permission.KEEP_REGISTERS)
@require_GET
def numbers(request: HttpRequest) -> HttpResponse:
    """Counts by register and kind: exact for inside, protected for the board and in public."""
    actor = actor_of(request)
    board = request.GET.get("for") == "board"
    quarters = queries.finished(QUARTERS) if board else earlier(QUARTERS)[::-1]
    newest = quarters[-_IN_A_TABLE:]
    registers, kinds = queries.by_register(actor, quarters), queries.by_kind(actor, newest)
    told = {
        "board": board,
        "quarters": [(quarter, in_words(quarter)) for quarter in newest],
        "registers": _cells(registers, protect=board),
        "kinds": _cells(kinds, protect=board),
        "bars": [] if board else _bars(registers, quarters),
    }
    record(actor, Did.LISTED, page="numbers of the registers", protected=board)
    return render(request, "assurance/registers/numbers.html", told)


def _cells(table: queries.Table, *, protect: bool) -> Any:
    return by_quarter(table) if protect else table


def _bars(registers: queries.Table, quarters: list[str]) -> list[dict[str, Any]]:
    """What went wrong or nearly did, quarter by quarter, as heights of at most 60."""
    counted = [
        (quarter, sum(row[quarter] for label, row in registers.items() if label != "Compliment"))
        for quarter in quarters
    ]
    most = max(count for _, count in counted) or 1
    return [
        {"x": place * 40, "height": round(60 * count / most), "count": count,
         "label": f"{quarter[-2:]} {quarter[2:4]}"}
        for place, (quarter, count) in enumerate(counted)
    ]  # fmt: skip


@allow(Permission.KEEP_REGISTERS)
@require_GET
def take_numbers(request: HttpRequest) -> HttpResponse:
    """The protected numbers of the quarters that are over, as a file."""
    actor = actor_of(request)
    quarters = queries.finished(QUARTERS)
    rows = [
        [by, label, *(row[quarter] for quarter in quarters)]
        for by, table in (
            ("Register", queries.by_register(actor, quarters)),
            ("Kind", queries.by_kind(actor, quarters)),
        )
        for label, row in _cells(table, protect=True).items()
    ]
    record(actor, Did.EXPORTED, what="numbers of the registers", rows=len(rows))
    return _file("registers-by-quarter.csv", ["By", "Name", *quarters], rows)


@allow(Permission.KEEP_REGISTERS)
@require_GET
def take_entries(request: HttpRequest) -> HttpResponse:
    """Every entry by reference, with its kinds and clocks: no name and nothing anybody wrote."""
    actor = actor_of(request)
    rows = list(_rows(lines(entries(actor)).prefetch_related("lessons")))
    record(actor, Did.EXPORTED, what="registers", rows=len(rows))
    return _file("registers.csv", COLUMNS, rows)


def _rows(found: Iterable[Entry]) -> Iterator[list[Any]]:
    for entry in found:
        duties, lessons = entry.duties.all(), entry.lessons.all()
        yield [
            entry.reference, entry.get_register_display(), KINDS[entry.kind],
            entry.get_severity_display(), entry.get_data_display(), entry.happened_on,
            as_day(entry.aware_at), sum(not duty.outcome for duty in duties),
            sum(words.is_late(duty) for duty in duties), len(lessons),
            sum(not lesson.open for lesson in lessons),
            as_day(entry.closed_at) if entry.closed_at else None,
        ]  # fmt: skip


@allow(Permission.KEEP_REGISTERS)
@require_GET
def summary(request: HttpRequest) -> HttpResponse:
    """One quarter on a page, in the order in which an inspector asks."""
    actor = actor_of(request)
    quarters = earlier(QUARTERS)
    chosen = request.GET.get("quarter") or quarters[1]
    if chosen not in quarters:
        raise Missing
    told = {
        "found": queries.summary(actor, chosen), "words": in_words(chosen),
        "running": chosen == quarters[0],
        "quarters": [(quarter, in_words(quarter)) for quarter in quarters],
    }  # fmt: skip
    record(actor, Did.LISTED, page="summary of the registers")
    return render(request, "assurance/registers/summary.html", told)


def _file(name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    with tempfile.TemporaryDirectory(prefix="openhiu-registers-") as folder:
        path = Path(folder) / name
        write_csv(path, list(columns), rows)
        answer = HttpResponse(path.read_bytes(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
