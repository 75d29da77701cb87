"""What `hiu evaluate` wrote comes in as named bytes; a checked evaluation, or why not, goes out.

Nothing in it may tell of a single person: what could is looked for, and turned away unquoted.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from importlib import metadata
from typing import Any, Final

from django.utils import timezone

from openhiu.tables.identifiers import IdentifierFault, read_nhs_number
from openhiu.web.reporting.drawing import read_drawing, words_in
from openhiu.web.reporting.faults import NotUsable

RESULT: Final = "evaluation.json"
MANIFEST: Final = "manifest.json"
_AGAIN: Final = "Send the folder of hiu evaluate again, whole."
_SHAPES: Final[dict[str, type | tuple[type, ...]]] = {
    "as_of": str, "cut": str, "plan": dict, "sites": list, "windows": dict, "checks": list,
    "warnings": list, "cohort": dict, "by_site": dict, "money": dict, "reach": dict, "groups": dict,
    "monitoring": dict, "quarters": list,
}  # fmt: skip
# Names of columns that hold one person each.
_OF_ONE_PERSON: Final = frozenset({"person_id", "person_ref", "nhs_number", "postcode"})
_NUMBER: Final = re.compile(r"(?<!\w)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\w)")
# What hiu evaluate writes and nobody is told of by; whatever else is sent is left out.
_KEPT: Final = re.compile(
    r"evaluation\.(json|xlsx|pdf)|manifest\.json|figures/\w[\w.-]*\.(?i:svg|png)", re.ASCII
)
_BEGINS: Final = {".png": b"\x89PNG\r\n\x1a\n", ".pdf": b"%PDF-", ".xlsx": b"PK\x03\x04"}
_FIRST_YEAR: Final = 1990


@dataclass(frozen=True)
class Delivery:
    """One evaluation, checked: its result, and every file of it by name."""

    result: Mapping[str, Any]
    as_of: date
    cut: date
    made_with: str
    plan_hash: str
    sites: tuple[str, ...]
    files: Mapping[str, bytes]
    content_hash: str
    manifest: Mapping[str, Any]
    left_out: tuple[str, ...] = ()  # names of files that were sent and are not kept

    @property
    def last_day(self) -> date:
        """The last day that was fully known."""
        return self.cut - timedelta(days=1)

    @property
    def warnings(self) -> list[str]:
        """What the evaluation itself warns of."""
        return [str(line)[:500] for line in self.result["warnings"]][:50]


def read_delivery(files: Mapping[str, bytes], *, sites: Collection[str]) -> Delivery:
    """Check the files against their manifest and the result against the service's `sites`.

    Raises:
        NotUsable: a file is missing or changed, it is of something or somewhere else, it was made
            by a version that is not known, or it tells of single people.
    """
    for name in (MANIFEST, RESULT):
        if name not in files:
            raise NotUsable(f"{name} is missing. {_AGAIN}")
    manifest = _json(MANIFEST, files[MANIFEST])
    kept = {MANIFEST: files[MANIFEST], **_as_made(manifest, files)}
    result = _json(RESULT, kept[RESULT])
    _must_be_an_evaluation(result)
    for name, said in ((RESULT, result), (MANIFEST, manifest)):
        _must_be_of_nobody(name, said)
    for name, data in kept.items():
        _must_be_its_kind(name, data)
    found = tuple(str(site.get("site", "")) for site in result["sites"])
    _must_be_ours(found, sites)
    return Delivery(
        result=result,
        as_of=_day(result, "as_of"),
        cut=_day(result, "cut"),
        made_with=_version(result.get("openhiu")),
        plan_hash=str(result["plan"].get("hash", ""))[:64],
        sites=found,
        files=kept,
        content_hash=sha256(kept[RESULT]).hexdigest(),
        manifest=manifest,
        left_out=tuple(sorted(_left_out(manifest, files))),
    )


def _json(name: str, data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data, parse_constant=_no_number, parse_float=_number)
    except (ValueError, RecursionError):
        raise NotUsable(f"{name} cannot be read. {_AGAIN}") from None
    if not isinstance(found, dict):
        raise NotUsable(f"{name} is not what hiu evaluate writes. {_AGAIN}")
    if not all(_is_text(part) for pair in _walk(found) for part in pair):
        raise NotUsable(f"{name} holds characters that are no text. {_AGAIN}")
    return found


def _no_number(_said: str) -> Any:
    raise ValueError("not a number")


def _number(said: str) -> float:
    found = float(said)
    return found if math.isfinite(found) else _no_number(said)


def _is_text(value: Any) -> bool:
    """Whether a value can be kept and shown: no NUL, no half of a character."""
    if not isinstance(value, str):
        return True
    return "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _as_made(manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file the manifest names, as it was made; rows of people or of the roster are not."""
    hashes = manifest.get("sha256")
    if not isinstance(hashes, dict) or RESULT not in hashes:
        raise NotUsable(f"{MANIFEST} does not name the files of an evaluation. {_AGAIN}")
    kept = {}
    for name, wanted in hashes.items():
        if not _KEPT.fullmatch(name) or name == MANIFEST:
            continue
        data = files.get(_sent_as(name, files))
        if data is None:
            raise NotUsable(f"{name} is missing. {_AGAIN}")
        if sha256(data).hexdigest() != wanted:
            raise NotUsable(
                f"{name} is not as it was made: it arrived in part, or was changed. {_AGAIN}"
            )
        kept[name] = data
    return kept


def _sent_as(name: str, files: Collection[str]) -> str:
    """Files chosen one by one arrive without their folder."""
    return name if name in files else name.rpartition("/")[2]


def _left_out(manifest: Mapping[str, Any], files: Collection[str]) -> set[str]:
    wanted = {_sent_as(name, files) for name in manifest["sha256"] if _KEPT.fullmatch(name)}
    return set(files) - wanted - {MANIFEST}


def _must_be_an_evaluation(result: Mapping[str, Any]) -> None:
    if result.get("what") != "evaluation":
        raise NotUsable(f"{RESULT} is not an evaluation. Send what hiu evaluate wrote.")
    for key, shape in _SHAPES.items():
        if not isinstance(result.get(key), shape):
            raise NotUsable(f"{RESULT}: {key} is missing or is not what it should be. {_AGAIN}")
    if not result["sites"] or not all(isinstance(site, dict) for site in result["sites"]):
        raise NotUsable(f"{RESULT} names no hospital. {_AGAIN}")


def _day(result: Mapping[str, Any], key: str) -> date:
    try:
        found = date.fromisoformat(result[key])
    except ValueError:
        raise NotUsable(f"{RESULT}: {key} is not a date. {_AGAIN}") from None
    if found.year < _FIRST_YEAR or found > timezone.localdate() + timedelta(days=366):
        raise NotUsable(f"{RESULT}: {key} cannot be the day it says. {_AGAIN}")
    return found


def _version(given: Any) -> str:
    """The version that made it; one that this installation cannot know is refused."""
    here = version()
    made = str(given or "")
    if not re.fullmatch(r"\d+\.\d+\.\d+[\w.+-]{0,30}", made):
        raise NotUsable(f"{RESULT} does not say which version of OpenHIU made it. {_AGAIN}")
    if _numbers(made) > _numbers(here):
        raise NotUsable(
            f"It was made by OpenHIU {made}, which is newer than the {here} of this "
            "workspace. Update the workspace first."
        )
    return made


def version() -> str:
    """The version of this installation."""
    return metadata.version("openhiu")


def _numbers(version: str) -> tuple[int, ...]:
    """Major and minor: what a file looks like changes with these alone."""
    return tuple(int(part) for part in version.split(".")[:2])


def _must_be_ours(found: Collection[str], sites: Collection[str]) -> None:
    strange = sorted(set(found) - set(sites))
    if strange:
        listed = ", ".join(sorted(sites)) or "none yet"
        raise NotUsable(
            f"It is about a hospital that is not one of this service: {strange[0][:20]}. "
            f"Hospitals of this service: {listed}."
        )


def _must_be_of_nobody(name: str, said: Mapping[str, Any]) -> None:
    for key, value in _walk(said):
        if key in _OF_ONE_PERSON or _has_nhs_number(key) or _has_nhs_number(value):
            raise _tells_of_someone(name)


def _tells_of_someone(name: str) -> NotUsable:
    return NotUsable(
        f"{name} tells of a single person. It was not taken in, and nothing of it was kept. Tell "
        "information governance how it came to be."
    )


def _walk(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    waiting = [(key, value)]
    while waiting:
        name, one = waiting.pop()
        yield name, one
        if isinstance(one, dict):
            waiting += [(str(inner), each) for inner, each in one.items()]
        elif isinstance(one, list):
            waiting += [(name, each) for each in one]


def _has_nhs_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    return any(
        not isinstance(read_nhs_number(found), IdentifierFault)
        for found in _NUMBER.findall(str(value))
    )


def _must_be_its_kind(name: str, data: bytes) -> None:
    """A file is what its name says, and a figure is a drawing and nothing else."""
    ending = name[name.rindex(".") :].lower()
    if not data.startswith(_BEGINS.get(ending, b"")):
        raise NotUsable(f"{name} is not what its name says it is. {_AGAIN}")
    if ending != ".svg":
        return
    root = read_drawing(data)
    if root is None:
        raise NotUsable(f"{name} is not a plain drawing. {_AGAIN}")
    if _has_nhs_number(words_in(root)):
        raise _tells_of_someone(name)
