"""An evaluation as the report reads it: the parsed evaluation.json comes in; its parts go out.

The file has passed the disclosure room where it was made. Nothing is worked out from it here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openhiu.errors import InputNotUsable
from openhiu.evaluate.interval import Standing
from openhiu.evaluate.outcomes import BY_KEY, PRIMARY

FILE: Final = "evaluation.json"
_NEEDED: Final[dict[str, type]] = {"as_of": str, "cut": str, "plan": dict, "sites": list,
                                   "windows": dict}  # fmt: skip
# How much each standing lets be said, the most first.
_RANKED: Final = (Standing.ENOUGH, Standing.RANGE_ONLY, Standing.TOO_FEW)


@dataclass(frozen=True)
class Evidence:
    """One evaluation. `repeated` names the windows whose numbers are those of the last report."""

    raw: Mapping[str, Any]
    repeated: tuple[str, ...] = ()

    @property
    def cut(self) -> date:
        """The first day that is not fully known."""
        return date.fromisoformat(self.raw["cut"])

    @property
    def plan_hash(self) -> str:
        """The hash of the analysis plan."""
        return str(self.raw["plan"].get("hash", ""))

    @property
    def windows(self) -> list[str]:
        """The windows, the longest first."""
        return sorted(self.raw["windows"], key=float, reverse=True)

    @property
    def headline(self) -> str:
        """The window the first page speaks of: the one that lets most be said, then the longest."""
        return min(
            self.windows, key=lambda window: _rank(self.outcome(window)), default=""
        )  # min keeps the first, which is the longest

    def outcome(self, window: str, key: str = PRIMARY) -> Mapping[str, Any]:
        """One outcome in one window; empty where it was not counted."""
        found = self.raw["windows"].get(window, {}).get(key)
        return found if isinstance(found, Mapping) else {}

    def outcomes(self, window: str) -> list[tuple[str, Mapping[str, Any]]]:
        """Every outcome that was counted, the primary first."""
        return [(key, found) for key in BY_KEY if (found := self.outcome(window, key))]

    def part(self, *keys: str) -> Mapping[str, Any]:
        """An object inside; empty where there is none."""
        found: Any = self.raw
        for key in keys:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found if isinstance(found, Mapping) else {}

    def items(self, *keys: str) -> Sequence[Any]:
        """A list inside; empty where there is none."""
        found: Any = self.raw
        for key in keys:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found if isinstance(found, list | tuple) else ()


def read_evidence(raw: Any) -> Evidence:
    """Check that it is an evaluation. Raises InputNotUsable."""
    if not isinstance(raw, Mapping) or raw.get("what") != "evaluation":
        raise _fault('is not an evaluation ("what" is not "evaluation")')
    for key, kind in _NEEDED.items():
        if not isinstance(raw.get(key), kind):
            raise _fault(f"has no {key}")
    try:
        [date.fromisoformat(raw[key]) for key in ("cut", "as_of")]
        [float(window) for window in raw["windows"]]
    except ValueError:
        raise _fault("has a date or a window that cannot be read") from None
    return Evidence(raw)


def _fault(what: str) -> InputNotUsable:
    return InputNotUsable(what, file=FILE, remedy="give the folder that hiu evaluate wrote")


def _rank(outcome: Mapping[str, Any]) -> int:
    standing = outcome.get("standing")
    return _RANKED.index(Standing(standing)) if standing in set(_RANKED) else len(_RANKED)
