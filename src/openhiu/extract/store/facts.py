"""What is known of one submission: the reader's facts come in; the manifest goes out.

Nothing here holds a row or a cell: manifests may be shown, logged and kept.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Period:
    """Whole days from `start` up to, not including, `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("a period ends after it starts")


@dataclass(frozen=True)
class SubmissionFacts:
    """What the reader of a file knows when it has read it.

    `read` and `rejected` count rows; the staged rows are the difference. `received_at` is naive
    local time and stands in for `submitted_at` where a row has none. With `replaces` the file is
    a bulk replacement: the whole truth of its providers for that period.
    """

    file: str
    sha256: str
    dialect: str
    mapping_digest: str
    who: str
    received_at: datetime
    read: int
    rejected: int
    replaces: Period | None = None
    accepted_held: str | None = None

    def __post_init__(self) -> None:
        if self.received_at.tzinfo is not None:
            raise ValueError("received_at is naive local time, like every time in the store")


@dataclass(frozen=True)
class ControlTotal:
    """What became of every row read: the four outcomes add up to `read`."""

    read: int
    accepted: int
    superseded: int
    duplicate: int
    rejected: int


@dataclass(frozen=True)
class Manifest:
    """One submission as the store remembers it.

    `rows` were kept (everything but rejected); `weak` of them had no record identifier; `owners`
    are the providers in the file. `stored_sha256` and `stored_bytes` are of the Parquet file
    beside the manifest, `sha256` of the file as it was received. `forgotten` counts how often it
    was written anew without somebody; the totals are then still those of the file received.
    """

    id: str
    dataset: str
    facts: SubmissionFacts
    total: ControlTotal
    rows: int
    weak: int
    owners: tuple[str, ...]
    stored_sha256: str
    stored_bytes: int
    forgotten: int = 0

    def to_json(self) -> bytes:
        """The manifest as it is written, the same bytes for the same facts."""
        told = asdict(self)
        if not self.forgotten:  # as it always was: an older OpenHIU can read it
            del told["forgotten"]
        return as_json(told)

    @classmethod
    def from_json(cls, data: bytes) -> Manifest:
        """Read back what `to_json` wrote."""
        raw = json.loads(data)
        return cls(
            **{
                **raw,
                "facts": _facts(raw["facts"]),
                "total": ControlTotal(**raw["total"]),
                "owners": tuple(raw["owners"]),
            }
        )


def as_json(value: object) -> bytes:
    """Indented, sorted JSON with ISO dates, ending in a newline."""
    text = json.dumps(value, indent=1, sort_keys=True, default=_iso, ensure_ascii=False)
    return f"{text}\n".encode()


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _facts(raw: dict[str, Any]) -> SubmissionFacts:
    replaces = raw["replaces"]
    period = replaces and Period(
        date.fromisoformat(replaces["start"]), date.fromisoformat(replaces["end"])
    )
    return SubmissionFacts(
        **{
            **raw,
            "received_at": datetime.fromisoformat(raw["received_at"]),
            "replaces": period or None,
        }
    )
