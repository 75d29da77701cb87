"""What a file turned out to be, for the terminal and for --json: findings come in, lines and plain
values go out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from openhiu.extract.findings import Findings
from openhiu.tables.activity import TABLES


@dataclass(frozen=True)
class Summary:
    """One file's account. `complete` is the share of accepted rows with something in each key
    column (0 to 1); `cut_off` the latest moment something happened, as ISO text.
    """

    file: str
    dataset: str
    dialect: str
    rows: int
    accepted: int
    rejected: int
    deletions: int
    months: Mapping[str, int]
    cut_off: str | None
    complete: Mapping[str, float]
    blanked: Mapping[str, int]
    reasons: Sequence[Mapping[str, str | int]]
    held: Sequence[str]
    warnings: Sequence[str]
    unused: Sequence[str]

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values for `--json`."""
        return asdict(self)

    def lines(self) -> list[str]:
        """The same as lines for the terminal."""
        return [
            f"{self.file}: {self.rows} rows read as {self.dataset} ({self.dialect})",
            f"  {self.accepted} accepted, {self.rejected} rejected" + self._deletions(),
            *self._covered(),
            f"  Complete: {self._completeness()}",
            *[f"  {note}" for note in self.notes()],
        ]

    def notes(self) -> list[str]:
        """What a person should know besides the figures, as sentences."""
        return [
            *[f"Held: {reason}" for reason in self.held],
            *[f"Rejected: {_reason(reason)}" for reason in self.reasons],
            *self._gaps(),
            *[f"Left empty: {count} cells of {name}" for name, count in self.blanked.items()],
            *[f"Note: {warning}" for warning in self.warnings],
            *([f"Columns not used: {len(self.unused)}"] if self.unused else []),
        ]

    def _gaps(self) -> list[str]:
        gaps = [f"{name} {_percent(share)}" for name, share in self.complete.items() if share < 1]
        return [f"Key columns that are not complete: {', '.join(gaps)}"] if gaps else []

    def _deletions(self) -> str:
        return f" (of the accepted, {self.deletions} deletions)" if self.deletions else ""

    def _covered(self) -> list[str]:
        if not self.months:
            return []
        months = list(self.months)
        gaps = len(_between(months[0], months[-1])) - len(months)
        missing = f", {gaps} months between them empty" if gaps else ""
        return [
            f"  Months: {months[0]} to {months[-1]}{missing}; "
            + ", ".join(f"{month} {rows}" for month, rows in list(self.months.items())[-12:]),
            f"  Cut-off: {self.cut_off}",
        ]

    def _completeness(self) -> str:
        return ", ".join(f"{name} {_percent(share)}" for name, share in self.complete.items())


def summarise(file: str, findings: Findings, held: Sequence[str] = ()) -> Summary:
    """The summary of one file; `held` are the reasons of `hold_reasons`."""
    keys = [column.name for column in TABLES[findings.dataset].columns if column.key]
    rows = findings.accepted
    return Summary(
        file=file,
        dataset=findings.dataset,
        dialect=findings.dialect,
        rows=findings.rows,
        accepted=rows,
        rejected=findings.rejected,
        deletions=findings.deletions,
        months=dict(findings.months),
        cut_off=findings.last.isoformat(sep=" ") if findings.last else None,
        complete={name: findings.filled.get(name, 0) / rows if rows else 0.0 for name in keys},
        blanked=dict(findings.blanked),
        reasons=[
            {"column": column, "rule": rule, "rows": count}
            for (column, rule), count in sorted(findings.reasons.items(), key=lambda r: -r[1])
        ],
        held=list(held),
        warnings=list(findings.warnings),
        unused=list(findings.unused),
    )


def _reason(reason: Mapping[str, str | int]) -> str:
    place = f"{reason['column']}: " if reason["column"] else ""
    return f"{reason['rows']} rows, {place}{reason['rule']}"


def _percent(share: float) -> str:
    # 99.96 % is not complete and 0.04 % is not nothing.
    if 0.999 <= share < 1:
        return "99.9%"
    if 0 < share <= 0.001:
        return "0.1%"
    return f"{share:.1%}".replace(".0%", "%")


def _between(first: str, last: str) -> range:
    ends = [int(month[:4]) * 12 + int(month[5:]) for month in (first, last)]
    return range(ends[0], ends[1] + 1)
