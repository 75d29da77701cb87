"""What `hiu report tiers` wrote comes in as named bytes; checked tiers, or why not, go out.

Only what may be handed on is taken in, and nothing but the two files that tell it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from hashlib import sha256
from typing import Any, Final

from openhiu.errors import InputNotUsable
from openhiu.report.entries import refuse_identifiers
from openhiu.report.tiers import told
from openhiu.web.reporting.faults import NotUsable

MANIFEST: Final = "manifest.json"
_INSIDE: Final = "publishable/"
_AGAIN: Final = "Send the folder of hiu report tiers again, whole."
_MOST: Final = 20 * 1024**2
_HIDDEN: Final = "*"
_SMALLEST: Final = 8
_STEP: Final = 5
_MOST_LEADS: Final = 1000


@dataclass(frozen=True)
class Delivery:
    """Tiers as they were delivered: what they tell, and the files that are kept."""

    tiers: told.Tiers
    files: Mapping[str, bytes]
    left_out: tuple[str, ...]

    @property
    def content_hash(self) -> str:
        """The hash of what they tell."""
        return sha256(self.files[told.FILE]).hexdigest()


def read_delivery(files: Mapping[str, bytes]) -> Delivery:
    """Check tiers against the manifest that was written with them.

    Raises:
        NotUsable: a file is missing or changed, it is not made to be handed on, or it cannot be
            read.
    """
    files = _to_hand_on(files)
    for name in (told.FILE, MANIFEST):
        if name not in files:
            raise NotUsable(f"{name} is missing. {_AGAIN}")
        if len(files[name]) > _MOST:
            raise NotUsable(f"{name} is too large for a file of tiers. {_AGAIN}")
    manifest = _json(MANIFEST, files[MANIFEST])
    _must_be_as_made(manifest, files[told.FILE])
    tiers = _told(files[told.FILE], manifest)
    kept = {name: files[name] for name in (told.FILE, MANIFEST)}
    return Delivery(tiers, kept, tuple(sorted(set(files) - set(kept))))


def _to_hand_on(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Of a whole folder only the part that was made to be handed on; the rest is not looked at."""
    inside = {name.removeprefix(_INSIDE): data for name, data in files.items()
              if name.startswith(_INSIDE)}  # fmt: skip
    return inside or files


def _json(name: str, data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise NotUsable(f"{name} cannot be read. {_AGAIN}") from None


def _must_be_as_made(manifest: Any, data: bytes) -> None:
    hashes = manifest.get("sha256") if isinstance(manifest, dict) else None
    if not isinstance(hashes, dict) or manifest.get("what") != "tiers":
        raise NotUsable(f"{MANIFEST} is not of the tiers. {_AGAIN}")
    if hashes.get(told.FILE) != sha256(data).hexdigest():
        raise NotUsable(f"{told.FILE} is not as it was made: it was changed afterwards. {_AGAIN}")


def _told(data: bytes, manifest: Any) -> told.Tiers:
    try:
        refuse_identifiers(manifest, MANIFEST)
        tiers = told.read_tiers(_json(told.FILE, data))
    except InputNotUsable as fault:
        raise NotUsable(f"{fault.sentence}. {fault.remedy}.") from None
    if not tiers.publishable:
        raise NotUsable(
            "These tiers are for use inside the hospital: small numbers in them are not hidden. "
            "Deliver those that hiu report tiers wrote to be handed on."
        )
    if any(_tells_too_much(unit) for unit in tiers.units):
        raise NotUsable(
            "It holds a number of people that is not hidden or rounded as it should be. Make it "
            "again with hiu report tiers."
        )
    _must_be_believable(tiers)
    return tiers


def _tells_too_much(unit: told.Unit) -> bool:
    """Every whole number of a tier counts people or their contacts; the fewest and most people of
    a hospital are counts too. Those expected are rounded. Beside hidden people nothing stands.
    """
    counts: list[Any] = [unit.people_seen, unit.attendances_seen]
    for found in unit.tiers.values():
        counts += _whole_numbers(astuple(found))
        counts += [found.people.least, found.people.most]
    inside = list(unit.tiers.values())
    return any(map(_is_bare, counts)) or any(_stands_alone(x) or _is_exact(x) for x in inside)


def _whole_numbers(found: Iterable[Any]) -> Iterator[int]:
    for one in found:
        if isinstance(one, Mapping):
            yield from _whole_numbers(one.values())
        elif isinstance(one, list | tuple):
            yield from _whole_numbers(one)
        elif isinstance(one, int):
            yield one


def _is_bare(count: Any) -> bool:
    """Whether a count is neither hidden nor rounded."""
    return isinstance(count, int | float) and (0 < count < _SMALLEST or count % _STEP != 0)


def _is_exact(found: told.InTier) -> bool:
    """Whether what is expected is not rounded: those of this year could be told from it."""
    ranges = (found.forecast.people, found.forecast.attendances) if found.forecast else ()
    numbers = [number for each in ranges for number in astuple(each)]
    return any(isinstance(number, float) and number % _STEP != 0 for number in numbers)


def _stands_alone(found: told.InTier) -> bool:
    """Whether people are hidden while what they did can be read."""
    beside: list[Any] = []
    if found.people.total == _HIDDEN:
        did = (found.attendances, found.emergency_admissions, found.bed_days, found.cost)
        beside += [number for each in did for number in astuple(each)]
    if found.before and found.before.people == _HIDDEN:
        beside += astuple(found.before)
    return any(number not in (None, _HIDDEN) for number in beside)


def _must_be_believable(tiers: told.Tiers) -> None:
    """What documents would be worked out from, and never come to an end."""
    names = [(unit.kind, unit.code) for unit in tiers.units]
    if len(set(names)) < len(names):
        raise NotUsable(f"A hospital or place stands in {told.FILE} twice. {_AGAIN}")
    if any(not 0 <= (unit.leads or 0) <= _MOST_LEADS for unit in tiers.units):
        raise NotUsable(
            f"Leads in post are below 0 or above {_MOST_LEADS:,}. Correct them in the locality "
            "file and run hiu report tiers again."
        )
