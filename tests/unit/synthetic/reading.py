"""How the tests here read what was written."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

Table = Callable[[str], list[dict[str, str]]]
"""The rows of one dataset, by name."""


def read_rows(path: Path) -> list[dict[str, str]]:
    """Every row of a comma-separated file, as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
