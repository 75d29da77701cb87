"""Whether a service may be here already: names come in, services much like it go out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from openhiu.web.directory.models import Listing
from openhiu.web.directory.night import dial
from openhiu.web.people.fold import fold

# Words that half of all services have in their name say nothing about being the same one.
_SAYING_LITTLE: Final = frozenset(
    ["the", "and", "of", "for", "in", "service", "services", "team", "project", "support", "group",
     "centre", "local", "nhs", "trust", "community"]
)  # fmt: skip
_ENOUGH: Final = 0.75


def likely(
    rows: Iterable[Listing], *, name: str, organisation: str = "", phone: str = "", web: str = ""
) -> list[Listing]:
    """Those of the rows that may be the same service, for a person to look at."""
    words, number, page = _words(name), dial(phone), _page(web)
    return [
        row
        for row in rows
        if fold(name) == fold(row.name)
        or (
            _alike(words, _words(row.name))
            and (
                _same(fold(organisation), fold(row.organisation))
                or _same(number, dial(row.phone))
                or _same(page, _page(row.web))
            )
        )
    ]


def _words(name: str) -> frozenset[str]:
    every = frozenset(fold(name).split())
    return every - _SAYING_LITTLE or every


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether most words of both names are the same."""
    return bool(one) and len(one & other) / len(one | other) >= _ENOUGH


def _same(one: str, other: str) -> bool:
    return bool(one) and one == other


def _page(web: str) -> str:
    return web.lower().split("://")[-1].removeprefix("www.").rstrip("/")
