"""Settings and the files they name come in; the locality they make, or what is wrong with it in the
words of the page, goes out.
"""

from __future__ import annotations

import math
import re
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault, HiuError
from openhiu.locality import Locality, locality_from
from openhiu.web.commissioning.area.section import Section

FILE: Final = "locality.toml"
_PLACE: Final = re.compile(r"\[+[\w.]+\]+\s*")
_MOST: Final = 2 * 1024**2
_DEEPEST: Final = 12
# A key of very many parts takes the reader of TOML hours.
_LONG_KEY: Final = re.compile(rb"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){64}")
_NO_TEXT: Final = re.compile(r"[\x00\ud800-\udfff]")  # no database keeps these


class NotSet(Exception):
    """Settings that cannot be used. `words` say why and what to do; `key` is what it is about."""

    def __init__(self, words: str, key: str = "") -> None:
        self.words = words
        self.key = key
        super().__init__(words)


def read(settings: Mapping[str, Any], files: Mapping[str, bytes]) -> Locality:
    """The locality that the settings make, with the files beside it, as the command line reads it.

    Raises:
        ConfigurationFault: naming the file and the key.
    """
    with laid_out(settings, files) as locality:
        return locality


@contextmanager
def laid_out(settings: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Locality]:
    """The same, as long as the files that it names have to lie there.

    Raises:
        ConfigurationFault: as above.
    """
    _must_lie_beside(settings, files)
    with tempfile.TemporaryDirectory(prefix="openhiu-area-") as folder:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        yield locality_from(settings, Path(folder, FILE))


def _must_lie_beside(found: Any, files: Mapping[str, bytes]) -> None:
    """A file that a setting names is one of those kept with it, and no other on this machine."""
    each = found.items() if isinstance(found, Mapping) else enumerate(found)
    for key, value in each:
        if isinstance(value, Mapping | list):
            _must_lie_beside(value, files)
        elif str(key).endswith("_file") and value not in files:
            raise ConfigurationFault(
                f"{key} names a file that is not here", file=FILE,
                remedy="add the file to the area first",
            )  # fmt: skip


def check(settings: Mapping[str, Any], files: Mapping[str, bytes], section: Section | None) -> None:
    """Refuse settings that the command line would refuse.

    Raises:
        NotSet: with the field of the section that it is about, where that can be told.
    """
    try:
        with laid_out(settings, files) as locality:
            _opened_later(locality)
    except HiuError as fault:
        raise _in_words(fault, section) from None


def _opened_later(locality: Locality) -> None:
    """The files that a document would stop at are read now, while their sender looks."""
    from openhiu.report.criteria import commissioned
    from openhiu.report.reach.boundaries import read_boundaries

    commissioned(locality)
    outlines = locality.reach.boundaries
    if outlines is not None:
        try:
            read_boundaries(outlines, locality.reach.key)
        except (OverflowError, AttributeError):
            raise ConfigurationFault(
                "the file of boundaries cannot be read", file=outlines.name,
                remedy="name a GeoJSON file with a Polygon or MultiPolygon for each place",
            ) from None  # fmt: skip


def _in_words(fault: HiuError, section: Section | None) -> NotSet:
    """The fault with the field's label in the place of its key."""
    cause = fault.cause
    remedy = fault.remedy.rstrip(".")
    for field in sorted(section.fields if section else (), key=lambda field: -len(field.key)):
        key = _named(field.key)
        if key.search(cause):
            told = key.sub(field.label, cause, count=1)
            return NotSet(_sentence(f"{_PLACE.sub('', told)}: {remedy}"), field.key)
    return NotSet(_sentence(f"{cause}: {remedy}"))


def _named(key: str) -> re.Pattern[str]:
    """A key as a fault names it: after its section, "[section] key", or by itself."""
    outer, _, inner = key.rpartition(".")
    if outer:
        return re.compile(rf"\[+[\w.]*\b{re.escape(outer)}\]+ {re.escape(inner)}\b")
    return re.compile(rf"(?<![\w.])(?:\[+[\w.]+\]+ )?{re.escape(key)}\b")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def parse(data: bytes) -> dict[str, Any]:
    """A locality file as settings. Dates become words like 2027-04-01.

    Raises:
        NotSet: it is no TOML, or larger or deeper than any locality.
    """
    if len(data) > _MOST:
        raise NotSet(
            "The locality file is larger than 2 MB. Put long lists of codes into files beside it."
        )
    if _LONG_KEY.search(data):
        raise NotSet("It is not a locality file. Correct it and send it again.")
    try:
        found: dict[str, Any] = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        told = f": {fault}" if isinstance(fault, tomllib.TOMLDecodeError) else ""
        raise NotSet(f"It is not a locality file{told}. Correct it and send it again.") from None
    plain: dict[str, Any] = _plain(found)
    return plain


def _plain(value: Any, left: int = _DEEPEST) -> Any:
    if not left:
        raise NotSet("It is not a locality file: it is too deep. Correct it and send it again.")
    if isinstance(value, Mapping):
        return {_plain(key): _plain(each, left - 1) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each, left - 1) for each in value]
    if isinstance(value, str) and _NO_TEXT.search(value):
        raise NotSet("It holds a sign that is none. Correct it and send it again.")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        raise NotSet("It holds a number that is none. Correct it and send it again.")
    return value
