"""The words of each kind of letter: a kind and a language come in; the wording in force goes out.

OpenHIU's own words lie in templates/<kind>.<language>.toml; what a supervisor wrote instead, or a
translator put in, is a row of LocalWords and goes before them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from openhiu.web.letters.languages import ENGLISH
from openhiu.web.letters.models import LocalWords

_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
# What stands in a letter for something that nobody has said yet.
GAP: Final = re.compile(r"\[[^\[\]\n]{1,60}\]")
# Names that templates may use, and what stands there while nothing is known.
NAMES: Final = {
    "called": "their name", "lead": "your name", "service": "the service", "ring": "your number",
    "hours": "", "out_of_hours": "", "signs": "", "helps": "", "harms": "", "people": "",
    "come_if": "", "day": "the day", "clock": "the time", "place": "the place",
}  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """The words of one kind in one language. `version` 0: OpenHIU's own."""

    body: str
    easy: str = ""
    neutral: str = ""
    language: str = ENGLISH
    version: int = 0
    translator: str = ""
    read_back_by: str = ""
    read_back_on: date | None = None
    old: bool = False  # a translation of words that were changed since


def wording(service_id: Any, kind: str, language: str = ENGLISH) -> Wording | None:
    """The words in force; None where nobody has put in this language yet."""
    row = newest(service_id, kind, language)
    own = _own(kind) if language == ENGLISH else None
    if row is None:
        return own
    english = newest(service_id, kind, ENGLISH) if language != ENGLISH else None
    return Wording(
        body=row.body, easy=row.easy, neutral=own.neutral if own else "", language=language,
        version=row.version, translator=row.translator, read_back_by=row.read_back_by,
        read_back_on=row.read_back_on,
        old=language != ENGLISH and row.based_on != (english.version if english else 0),
    )  # fmt: skip


def newest(service_id: Any, kind: str, language: str) -> LocalWords | None:
    """The last version that somebody here wrote."""
    rows = LocalWords.objects.filter(service=service_id, kind=kind, language=language)
    return rows.order_by("-version").first()


@cache
def _own(kind: str) -> Wording:
    file = files("openhiu.web.letters").joinpath("templates", f"{kind}.{ENGLISH}.toml")
    told = {key: text.strip() for key, text in tomllib.loads(file.read_text("utf-8")).items()}
    return Wording(**told)


def unknown(text: str) -> list[str]:
    """Names in braces that mean nothing here."""
    return sorted({name for name in _PLACE.findall(text) if name not in NAMES})


def fill(text: str, values: Mapping[str, str]) -> str:
    """The words with what is known put in. What is not becomes [a gap] for the writer to fill.

    A line that was only a name and has nothing to say goes, and so does a heading left bare.
    """
    lines = [_filled(line, values) for line in text.splitlines()]
    return _without_bare_headings([line for line in lines if line is not None])


def _filled(line: str, values: Mapping[str, str]) -> str | None:
    only = _PLACE.fullmatch(line.strip())
    said = _PLACE.sub(lambda found: _said(found[1], values), line)
    return None if only and not said.strip() else re.sub(r" +$| (?= )", "", said)


def _said(name: str, values: Mapping[str, str]) -> str:
    known = values.get(name, "").strip()
    if known:
        return known
    gap = NAMES.get(name, name)
    return f"[{gap}]" if gap else ""


def _without_bare_headings(lines: list[str]) -> str:
    kept: list[str] = []
    for line in [*lines, "## "]:
        if line.startswith("## "):
            while kept and not kept[-1].strip():
                kept.pop()
            if kept and kept[-1].startswith("## "):
                kept.pop()
            kept += ["", line] if kept else [line]
        else:
            kept.append(line)
    text = "\n".join(kept[:-1]).strip()
    return re.sub(r"\n{3,}", "\n\n", text)
