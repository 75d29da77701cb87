"""The clock of these tests can be moved on by days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine


@pytest.fixture
def travel() -> Iterator[Callable[..., Any]]:
    """Move the clock on: `travel(days=3)`."""
    with time_machine.travel(datetime(2026, 11, 11, 10, tzinfo=UTC), tick=True) as traveller:
        yield lambda **more: traveller.shift(timedelta(**more))
