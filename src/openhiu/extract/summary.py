"""What a file turned out to be, for the terminal and for --json: findings come in, sentences and
plain values go out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from openhiu.extract.findings import Findings
from openhiu.tables.activity import TABLES

_MOST_NAMED: Final = 8
_IN_A_MAPPING: Final = (
    "If one of them holds what is missing, a mapping says so; hiu extract --explain drafts one"
)
_WITHOUT: Final[Mapping[str, Mapping[str, str]]] = {
    "attendances": {
        "department_type": "Note: no row has a department type. The presets count type 01 alone, "
        "so they will list nobody of this file",
        "attendance_category": "Note: no row has an attendance category. Planned follow-ups "
        "cannot be told apart and will be counted",
    },
    "people": {
        "name": "Note: no row has a name, so a list will not have them either",
    },
}


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

    def notes(self) -> list[str]:
        """What a person should know besides the figures, as sentences."""
        return [
            *[f"Held: {reason}" for reason in self.held],
            *[f"Rejected: {_reason(reason)}" for reason in self.reasons],
            *self._gaps(),
            *[f"Left empty: {_counted(n, 'cell')} of {name}" for name, n in self.blanked.items()],
            *[f"Note: {warning}" for warning in self.warnings],
            *self._consequences(),
            *self._unused(),
        ]

    def _consequences(self) -> list[str]:
        """What it does to a list that a whole column is missing."""
        absent = {name for name, share in self.complete.items() if share == 0 and self.accepted}
        return [text for name, text in _WITHOUT.get(self.dataset, {}).items() if name in absent]

    def _unused(self) -> list[str]:
        if not self.unused:
            return []
        named = ", ".join(self.unused[:_MOST_NAMED])
        more = len(self.unused) - _MOST_NAMED
        others = f" and {more} more" if more > 0 else ""
        return [f"Columns not used: {named}{others}. {_IN_A_MAPPING}"]

    def _gaps(self) -> list[str]:
        gaps = [f"{name} {_percent(share)}" for name, share in self.complete.items() if share < 1]
        return [f"Key columns that are not complete: {', '.join(gaps)}"] if gaps else []


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
    return f"{_counted(int(reason['rows']), 'row')}, {place}{reason['rule']}"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _percent(share: float) -> str:
    # 99.96 % is not complete and 0.04 % is not nothing.
    if 0.999 <= share < 1:
        return "99.9%"
    if 0 < share <= 0.001:
        return "0.1%"
    return f"{share:.1%}".replace(".0%", "%")
