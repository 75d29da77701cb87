"""One made-up trust for every test here: made once, two calendar years, three sites."""

from __future__ import annotations

from datetime import date

import pytest

from openhiu.synthetic import Trust, make_trust
from unit.synthetic.reading import Table, read_rows


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    """20,000 people a year: large enough that about 75 of them come ten times or more."""
    out = tmp_path_factory.mktemp("synthetic")
    return make_trust(out, people=20_000, first=date(2024, 1, 1), last=date(2026, 1, 1), seed=1)


@pytest.fixture(scope="session")
def table(made: Trust) -> Table:
    """The rows of one dataset, read once."""
    read: dict[str, list[dict[str, str]]] = {}

    def rows(dataset: str) -> list[dict[str, str]]:
        if dataset not in read:
            read[dataset] = [row for path in made.datasets[dataset] for row in read_rows(path)]
        return read[dataset]

    return rows


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    """600 people a year, one year, with the damaged files."""
    out = tmp_path_factory.mktemp("small")
    return make_trust(
        out, people=600, first=date(2024, 1, 1), last=date(2025, 1, 1), seed=7, dirty=True
    )
