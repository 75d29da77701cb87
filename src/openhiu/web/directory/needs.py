"""What services may help with: rooms above name the reasons they know; keys and words go out.

    offer({"housing": Need("Housing", ("tenancy", "eviction"))})

The directory itself knows no client; it only keeps the keys that it was told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Need:
    """One reason: what people call it, and words by which services speak of it."""

    label: str
    sought_as: tuple[str, ...] = ()


_KNOWN: Final[dict[str, Need]] = {}


def offer(needs: Mapping[str, Need]) -> None:
    """Name the reasons; called once by a room above when Django is ready."""
    _KNOWN.update(needs)


def choices() -> list[tuple[str, str]]:
    """Keys and words, in the order they were named."""
    return [(key, need.label) for key, need in _KNOWN.items()]


def known(keys: Iterable[str]) -> list[str]:
    """Those of the keys that are known here, in order and once."""
    wanted = set(keys)
    return [key for key in _KNOWN if key in wanted]


def labels(keys: Iterable[str]) -> list[str]:
    """What the keys are called."""
    return [_KNOWN[key].label for key in known(keys)]


def sought_as(key: str) -> tuple[str, ...]:
    """Words that speak of a reason in a service's own description."""
    return _KNOWN[key].sought_as if key in _KNOWN else ()
