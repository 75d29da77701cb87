"""A field's value as somebody reads it: a row and a field's name come in, words go out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Model

from openhiu.web.access.models import Membership, Organisation, User
from openhiu.web.design.words import clock, day, nhs_number


def plain(row: Any, name: str) -> str:
    """A field's value as a person reads it; empty where there is nothing."""
    show = getattr(row, f"get_{name}_display", None)
    value = show() if show and getattr(row, name) is not None else getattr(row, name, None)
    if name == "nhs_number":
        return nhs_number(str(value or ""))
    return said(value)


def said(value: Any) -> str:
    """Any value in words."""
    if value in (None, "", [], {}):
        return ""
    match value:
        case bool():
            return "Yes" if value else "No"
        case datetime():
            return f"{day(value)}, {clock(value)}"
        case date():
            return day(value)
        case Membership():
            return f"{value.user.name}, {value.get_role_display()}"
        case User() | Organisation():
            return str(value.name)
        case Model():
            return str(getattr(value, "name", "") or "")
        case list() | tuple():
            return ", ".join(filter(None, (said(one) for one in value)))
        case dict():
            return "; ".join(f"{key}: {said(inner)}" for key, inner in value.items() if said(inner))
    return str(value).replace("_", " ") if _is_code(str(value)) else str(value)


def _is_code(text: str) -> bool:
    return text.islower() and "_" in text and text.replace("_", "").isalnum()
