"""The most an uploaded list may cost: sizes, counts and time, and the names it may hold."""

from __future__ import annotations

from typing import Final

_MIB: Final = 1024**2

MOST_UPLOADED: Final = 50 * _MIB  # a list of 20,000 people takes about 12 MB
MOST_UNPACKED: Final = 200 * _MIB
MOST_RATIO: Final = 100
RATIO_COUNTS_FROM: Final = 10 * _MIB  # a short, repetitive file packs well
MOST_ENTRIES: Final = 40
MOST_ROWS: Final = 50_000
MOST_CELL: Final = 10_000
MOST_MANIFEST: Final = 2 * _MIB
MOST_FAULTS: Final = 20
MOST_ANSWER: Final = 100 * _MIB

CHILD_MEMORY: Final = 2 * 1024 * _MIB
CHILD_CPU_SECONDS: Final = 60
WALL_SECONDS: Final = 120

# What the folder of `hiu identify` may hold. The last two are let pass and not read.
READ: Final = frozenset({
    "list.csv", "list.parquet", "flow.csv", "changes.csv", "suggestions.csv", "fairness.csv",
    "manifest.json",
})  # fmt: skip
NOT_READ: Final = frozenset({"list.xlsx", "history.parquet"})
# What computers put beside files on their own.
LITTER: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
