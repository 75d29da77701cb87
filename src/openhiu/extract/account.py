"""The books of one file while it is checked: cells, rows and rejects of batch after batch come in;
the findings on the whole file go out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from openhiu.extract import findings
from openhiu.extract.cells import EMPTY_WORDS
from openhiu.extract.findings import Findings, Tally
from openhiu.extract.layout import Layout, Source
from openhiu.extract.profile import Profile, unknown_codes
from openhiu.tables.schema import OnFault, Type

EMPTY: Final = pa.array([*EMPTY_WORDS, "NaN", "nan", "NaT", "null"])
_DATED: Final = (Type.DATE, Type.TIMESTAMP)


class Account:
    """Counts what becomes of every cell and row of one file."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._told: list[str] = []
        self._slashed: frozenset[str] = frozenset()
        self._accepted = 0
        self._rejected = 0
        self._reasons: Counter[tuple[str, str]] = Counter()
        self._counts: Counter[str] = Counter()
        self._days: Counter[date] = Counter()
        self._filled: Counter[str] = Counter()
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._tallies = {
            source.column.name: Tally()
            for source in layout.sources
            if source.headers
            and (source.column.type not in (Type.TEXT, Type.CODE) or source.column.closed)
        }

    def begin(self, profile: Profile) -> None:
        """Take over what the first batch has shown."""
        self._told.extend(profile.notes)
        self._slashed = profile.slashed

    def add_cells(
        self, computed: Iterable[str], batch: pa.RecordBatch, readings: list[pa.Table]
    ) -> list[Source]:
        """Count what was written and read in a batch; the date columns with unread cells come
        back.
        """
        unread = []
        for source in self.layout.sources:
            tally = self._tallies.get(source.column.name)
            if tally is None or source.column.name not in computed:
                continue
            given = [batch.column(name) for name in source.headers[0]]
            before = tally.unreadable
            written = _filled(given[0])
            read = sum(_filled(table.column(source.column.name)) for table in readings)
            tally.written += written
            tally.read += min(written, read)
            if len(given) > 1 and source.column.required:
                bare = pc.and_(pc.is_valid(given[0]), pc.is_null(given[1]))
                tally.undated_times += pc.sum(bare).as_py() or 0
            if tally.unreadable > before:
                tally.empties += pc.sum(pc.is_in(given[0], EMPTY)).as_py() or 0
                unread.append(source)
        return [source for source in unread if source.column.type in _DATED]

    def unsettled(self) -> list[Source]:
        """The date columns of which it is not yet known whether days come first."""
        return [
            source
            for source in self.layout.sources
            if source.column.name in self._slashed
            and not self._tallies[source.column.name].day_first
        ]

    def look_closer(self, source: Source, counts: Mapping[str, int]) -> None:
        """Add how the cells of a date column are written, by the names of `Tally`."""
        tally = self._tallies[source.column.name]
        for name, count in counts.items():
            setattr(tally, name, getattr(tally, name) + count)

    def add(self, accepted: pa.Table, rejects: pa.Table) -> None:
        """Count the rows of one batch."""
        if not self._accepted:
            self._told.extend(unknown_codes(self.layout, accepted))
        self._accepted += accepted.num_rows
        self._rejected += rejects.num_rows
        for column in self.layout.table.columns:
            if column.key:
                self._filled[column.name] += _filled(accepted.column(column.name))
        self._count_codes(accepted)
        self._count_days(accepted)
        by_reason = rejects.group_by(["column", "rule"]).aggregate([([], "count_all")])
        for group in by_reason.to_pylist():
            self._reasons[(group["column"] or "", group["rule"])] += group["count_all"]

    def _count_codes(self, accepted: pa.Table) -> None:
        given = {source.column.name for source in self.layout.sources}
        counted: dict[str, dict[str, object]] = {
            "deletions": {"record_action": "delete"},
            "same_day_care": {"department_type": "05"},
            "follow_up": {"attendance_category": "2"},
            "planned_follow_up": {"attendance_category": "2", "is_unplanned": False},
        }
        for name, wanted in counted.items():
            if given.issuperset(wanted):
                self._counts[name] += _how_many(accepted, wanted)

    def _count_days(self, accepted: pa.Table) -> None:
        happened = self.layout.table.happened
        if happened is None:
            return
        moments = accepted.column(happened)
        edges = pc.min_max(moments).as_py()
        if edges["min"] is None:
            return
        self._first = min(filter(None, (self._first, edges["min"])))
        self._last = max(filter(None, (self._last, edges["max"])))
        for count in moments.cast(pa.date32(), safe=False).drop_null().value_counts():
            self._days[count["values"].as_py()] += count["counts"].as_py()

    def close(self, file: str | None) -> Findings:
        """The findings. Raises InputNotUsable where the file as a whole will not do."""
        findings.refuse_whole_file(self.layout, self._tallies, self._reasons, file)
        months: Counter[str] = Counter()
        for day, count in self._days.items():
            months[f"{day:%Y-%m}"] += count
        return Findings(
            dataset=self.layout.table.name,
            dialect=self.layout.mapping.name,
            rows=self._accepted + self._rejected,
            accepted=self._accepted,
            rejected=self._rejected,
            deletions=self._counts["deletions"],
            reasons=dict(self._reasons),
            months=dict(sorted(months.items())),
            first=self._first,
            last=self._last,
            filled={c.name: self._filled[c.name] for c in self.layout.table.columns if c.key},
            blanked=self._blanked(),
            warnings=(
                *self._told,
                *findings.date_warnings(self.layout, self._tallies),
                *findings.code_warnings(self._counts),
            ),
            unused=self.layout.unused,
        )

    def _blanked(self) -> dict[str, int]:
        return {
            source.label: tally.unreadable
            for source in self.layout.sources
            if (tally := self._tallies.get(source.column.name))
            and tally.unreadable
            and source.column.on_fault is OnFault.BLANK
        }


def _filled(cells: pa.Array | pa.ChunkedArray) -> int:
    filled: int = len(cells) - cells.null_count
    return filled


def _how_many(table: pa.Table, wanted: Mapping[str, object]) -> int:
    hits = pa.repeat(True, table.num_rows)
    for name, value in wanted.items():
        hits = pc.and_(hits, pc.equal(table.column(name), pa.scalar(value)))
    found: int = pc.sum(hits).as_py() or 0
    return found
