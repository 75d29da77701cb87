"""What happens behind the pages of the journey to a business case (see support.backstage)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openhiu.web.commissioning.models import AreaVersion, Document
from support.web_commissioning import tiers_files, zipped_tiers


def count_tiers(path: str, publishable: bool = True) -> None:
    """A zip of what `hiu report tiers` might write."""
    Path(path).write_bytes(zipped_tiers(tiers_files(publishable)).read())


def area_versions() -> list[dict[str, Any]]:
    """What was set, oldest first."""
    rows = AreaVersion.objects.order_by("number")
    return [{"number": one.number, "settings": one.settings} for one in rows]


def documents_made() -> list[dict[str, Any]]:
    """Which documents were made, oldest first, each with how often it was compared."""
    rows = Document.objects.order_by("made_at")
    return [{"what": one.what, "by": one.made_by.user.name, "files": len(one.files),
             "differing": [each.differing for each in one.comparisons.all()]}
            for one in rows]  # fmt: skip


DOES: tuple[Callable[..., Any], ...] = (count_tiers, area_versions, documents_made)
