"""How reach is shown: [reach] comes in; where the outlines of places lie, and how many rows are
printed, go out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.locality.reading import refuse_unknown_keys, words

_SECTION: Final = "reach"
_ROWS: Final = (3, 40)


@dataclass(frozen=True)
class ReachSettings:
    """`boundaries` is a GeoJSON file with the outlines of places or hospitals' catchments (None:
    dots are drawn instead of a map), `key` the property of each outline that holds the code of its
    place. `rows`: how many places stand in a printed table before the rest moves to the workbook.
    """

    boundaries: Path | None = None
    key: str = "code"
    rows: int = 10


def read_reach_settings(entry: Any, path: Path) -> ReachSettings:
    """Read [reach]. The file is looked for only where it is drawn. Raises ConfigurationFault."""
    refuse_unknown_keys(entry, ("boundaries_file", "key", "rows"), path.name, _SECTION)
    name = words(entry, "boundaries_file", path.name, _SECTION)
    rows = entry.get("rows", ReachSettings.rows)
    if isinstance(rows, bool) or not isinstance(rows, int) or not _ROWS[0] <= rows <= _ROWS[1]:
        raise ConfigurationFault(
            f"[{_SECTION}] rows is no whole number from {_ROWS[0]} to {_ROWS[1]}", file=path.name,
            remedy=f"write rows = {ReachSettings.rows}",
        )  # fmt: skip
    return ReachSettings(
        boundaries=path.parent / name if name else None,
        key=words(entry, "key", path.name, _SECTION) or ReachSettings.key,
        rows=rows,
    )
