"""A figure as it was sent comes in; whether it is a plain drawing, and the words in it, go out."""

from __future__ import annotations

from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, fromstring

_SVG: Final = "{http://www.w3.org/2000/svg}svg"
# What runs, fetches, or changes into something that does.
_NEVER: Final = frozenset({
    "script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener",
    "set", "animate", "animatemotion", "animatetransform",
})  # fmt: skip
_PICTURES: Final = ("data:image/png", "data:image/jpeg")


def read_drawing(data: bytes) -> Element | None:
    """The root of a drawing in UTF-8 that runs and fetches nothing; without it, none."""
    small = data.lower()
    # Without a document type there are no entities, so nothing grows and nothing is fetched.
    if any(mark in small for mark in (b"<!doctype", b"<!entity", b"<?xml-stylesheet", b"\x00")):
        return None
    try:
        root = fromstring(data.decode("utf-8"))  # noqa: S314
    except (ParseError, ValueError):
        return None
    return root if root.tag == _SVG and all(map(_is_plain, root.iter())) else None


def words_in(root: Element) -> str:
    """Every word that stands in a drawing, its title and its descriptions too."""
    said = []
    for element in root.iter():
        if _plain(str(element.tag)) != "style":
            said += [element.text or "", element.attrib.get("aria-label", "")]
        said.append(element.tail or "")
    return "\n".join(said)


def _is_plain(element: Any) -> bool:
    kind = _plain(str(element.tag))
    if kind in _NEVER or (kind == "style" and _fetches(element.text or "")):
        return False
    return all(_is_harmless(_plain(name), value) for name, value in element.attrib.items())


def _is_harmless(name: str, value: str) -> bool:
    if name in ("href", "src"):
        return value.strip().lower().startswith(("#", *_PICTURES))
    return not name.startswith("on") and not _fetches(value)


def _fetches(style: str) -> bool:
    """Whether a style names anything that is not in the drawing itself."""
    bare = "".join(style.split()).lower().replace('"', "").replace("'", "")
    return "@import" in bare or "\\" in bare or bare.count("url(") != bare.count("url(#")


def _plain(name: str) -> str:
    return name.rpartition("}")[2].lower()
