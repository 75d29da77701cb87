"""Fixtures that every test may use, and how the tests are shared out."""

from __future__ import annotations

import pytest

pytest_plugins = ["support.engines", "support.proof"]


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes make poor names: they differ from run to run and cannot be read."""
    return f"{len(val)} bytes" if isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need the same server run one after the other, on one of the processes."""
    for item in items:
        for mark in ("spark", "postgres"):
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.xdist_group(mark))
