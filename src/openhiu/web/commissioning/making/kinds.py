"""What a document is made from, and what a kind of document is: plain data that the rooms of making
share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from openhiu.locality import Locality
from openhiu.report.tiers.shape import Tiers

if TYPE_CHECKING:
    from openhiu.report.folder import Folder


@dataclass(frozen=True)
class Gathered:
    """Everything that a document may be made of, proved. `settings` and the files `beside` them
    make the locality; `given` is everything as bytes, by name.
    """

    as_of: date
    settings: Mapping[str, Any] = field(default_factory=dict)
    beside: Mapping[str, bytes] = field(default_factory=dict)
    tiers: Tiers | None = None
    evaluation: Mapping[str, Any] | None = None
    observed: Mapping[str, Any] | None = None
    given: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """One kind of document. `key` is the name of its folder and of its result."""

    key: str
    title: str
    needs_tiers: bool
    words: str
    make: Callable[[Gathered, Locality], Folder]
