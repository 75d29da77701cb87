"""1. A trust's files become activity tables, or say which row and column would not."""

from __future__ import annotations

from pathlib import Path

from openhiu.extract.receive import (
    Options,
    Progress,
    Received,
    draft,
    no_progress,
    receive,
    refused,
)
from openhiu.extract.store import Store
from openhiu.tables.handover import Activity

__all__ = [
    "Options", "Progress", "Received", "draft", "no_progress", "open_activity", "receive",
    "refused",
]  # fmt: skip


def open_activity(store: Path) -> Activity:
    """What the store in that folder holds as true now. Raises InputNotUsable when it is none."""
    return Store.open(store).activity()
