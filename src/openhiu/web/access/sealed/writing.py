"""The same new values on several rows, for columns that `update` cannot write: sealed ones."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet


def update_each(rows: QuerySet[Any], **values: Any) -> int:
    """As `rows.update(**values)`, a row at a time; how many there were. Runs in a transaction."""
    held = list(rows.select_for_update(of=("self",)))
    for row in held:
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
    return len(held)
