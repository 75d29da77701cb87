"""Staffing comes in; the plain data of staffing.json, which `read_staffing` reads again, go out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from openhiu.report.staffing.shape import VERSION, Staffing


def as_data(staffing: Staffing) -> dict[str, Any]:
    """Everything, in the shape that docs/reference/staffing.md tells of."""
    told: dict[str, Any] = {"what": "staffing", "version": VERSION, "openhiu": staffing.openhiu}
    found = asdict(staffing) | {"as_of": staffing.as_of.isoformat()}
    return told | {key: _plain(value) for key, value in found.items()}


def _plain(value: Any) -> Any:
    """Lists for tuples, so that what was read again is the same."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
