"""Settings typed on a page as a locality file: plain data comes in; TOML that reads back as the
same data goes out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def as_toml(settings: Mapping[str, Any]) -> str:
    """The settings as the words of a file: single values first, then sections, in their order.

    Takes words, numbers, dates, yes and no, lists and tables of these; anything else is a fault of
    whoever calls.
    """
    return "\n".join(_table(settings, ())).strip("\n") + "\n"


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """The lines under a heading: what would open a heading of its own comes last."""
    for key, value in table.items():
        if not _opens(value):
            yield f"{_key(key)} = {_value(value)}"
    for key, value in table.items():
        below = (*path, key)
        if isinstance(value, Mapping):
            yield from ("", f"[{_name(below)}]", *_table(value, below))
        elif _opens(value):
            for each in value:
                yield from ("", f"[[{_name(below)}]]", *_table(each, below))


def _opens(value: Any) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(_value(each) for each in value)}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items()) + "}"
    raise TypeError(f"a locality file holds no {type(value).__name__}")


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _name(path: tuple[str, ...]) -> str:
    return ".".join(map(_key, path))
