"""Which characters the typeface of the PDF can show: words come in; words it can show go out."""

from __future__ import annotations

import struct
from functools import cache
from importlib import resources
from typing import Any, Final

# They say how a neighbour is drawn and are nothing to see themselves.
_UNSEEN: Final = frozenset({0x200C, 0x200D, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})
_BOX: Final = "\N{WHITE SQUARE}"
_PLAIN: Final = "?"


def shown(said: Any) -> tuple[Any, bool]:
    """Lists and mappings of words with a box for what cannot be shown; whether there was any.

    Drawings (under the key svg) stay as they are.
    """
    if isinstance(said, str):
        words = "".join(map(_letter, said)) if not said.isascii() else said
        return words, words != "".join(one for one in said if ord(one) not in _UNSEEN)
    if isinstance(said, dict):
        pairs = {key: (one, False) if key == "svg" else shown(one) for key, one in said.items()}
        return {key: one for key, (one, _) in pairs.items()}, any(
            lost for _, lost in pairs.values()
        )
    if isinstance(said, list | tuple):
        found = [shown(one) for one in said]
        return [one for one, _ in found], any(lost for _, lost in found)
    return said, False


def _letter(letter: str) -> str:
    point = ord(letter)
    if point in _UNSEEN:
        return ""
    if point in covered() or letter.isspace():
        return letter
    return _BOX if ord(_BOX) in covered() else _PLAIN


@cache
def covered() -> frozenset[int]:
    """The code points that every style of the typeface has."""
    folder = resources.files("fontpkg_source_sans_3") / "files"
    styles = [one.read_bytes() for one in folder.iterdir() if one.name.endswith(".ttf")]
    return frozenset.intersection(*map(_points, styles))


def _points(font: bytes) -> frozenset[int]:
    """The code points of a TrueType font's table "cmap" (its subtables of formats 4 and 12)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * place) for place in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for place in range(subtables):
        (offset,) = struct.unpack_from(">L", font, start + 4 + 8 * place + 4)
        (kind,) = struct.unpack_from(">H", font, start + offset)
        if kind == 4:
            found |= _short(font, start + offset)
        elif kind == 12:
            found |= _long(font, start + offset)
    return frozenset(found)


def _short(font: bytes, start: int) -> set[int]:
    (twice,) = struct.unpack_from(">H", font, start + 6)
    ends = struct.unpack_from(f">{twice // 2}H", font, start + 14)
    firsts = struct.unpack_from(f">{twice // 2}H", font, start + 16 + twice)
    return {
        point
        for first, last in zip(firsts, ends, strict=True)
        for point in range(first, last + 1)
        if point != 0xFFFF
    }


def _long(font: bytes, start: int) -> set[int]:
    (groups,) = struct.unpack_from(">L", font, start + 12)
    found: set[int] = set()
    for place in range(groups):
        first, last, _ = struct.unpack_from(">LLL", font, start + 16 + 12 * place)
        found.update(range(first, last + 1))
    return found
