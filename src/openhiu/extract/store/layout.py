"""Where everything in a store stands: a dataset, month or identifier comes in; a path goes out.

Paths are relative to the store's folder and written with `/`, as they stand in commits.
"""

from __future__ import annotations

from typing import Final

FORMAT: Final = 1
MARKER: Final = "store.json"
LOCK: Final = ".lock"
COMMITS: Final = "commits"
PEOPLE: Final = "people"
REJECTS: Final = "rejects"
SWEPT: Final = ("submissions", "prepared", PEOPLE, COMMITS)


def submission(dataset: str, identifier: str) -> str:
    """The rows of one submission; the manifest stands beside it."""
    folder = f"{PEOPLE}/submissions" if dataset == PEOPLE else f"submissions/{dataset}"
    return f"{folder}/{identifier}.parquet"


def manifest(dataset: str, identifier: str) -> str:
    """The manifest of one submission."""
    return submission(dataset, identifier).removesuffix("parquet") + "json"


def prepared(dataset: str, part: str, generation: int) -> str:
    """What is true now for one month (`YYYY-MM`), or the records that are `gone`."""
    if dataset == PEOPLE:
        return f"{PEOPLE}/{part}-{generation}.parquet"
    return f"prepared/{dataset}/{part}-{generation}.parquet"


def persons(generation: int) -> str:
    """Which number stands for which person."""
    return f"prepared/persons-{generation}.parquet"


def commit(number: int) -> str:
    """The one small file whose name makes a commit."""
    return f"{COMMITS}/{number:08d}.json"
