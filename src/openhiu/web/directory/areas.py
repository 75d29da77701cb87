"""Where a service works: its places and districts and a place sought come in; yes or no."""

from __future__ import annotations

import re
from typing import Final

from openhiu.web.directory.models import Listing
from openhiu.web.people.fold import fold

# A postcode district ("co1", "sw1a"), and a whole postcode with its district in front.
_DISTRICT: Final = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?")
_POSTCODE: Final = re.compile(r"([a-z]{1,2}[0-9][a-z0-9]?)[0-9][a-z]{2}")


def covers(listing: Listing, area: str) -> bool:
    """Whether a service works in a place or postcode district; one that names none does.

    "CO1 2AB" is in "CO1"; "CO1" is not in "CO10".
    """
    wanted = fold(area)
    if not wanted or not listing.areas:
        return True
    return any(_within(wanted, fold(place)) for place in listing.areas)


def _within(wanted: str, place: str) -> bool:
    if _DISTRICT.fullmatch(place):
        postcode = _POSTCODE.fullmatch(wanted.replace(" ", ""))
        return place == (postcode[1] if postcode else wanted)
    return bool(place) and f" {wanted}" in f" {place}"
