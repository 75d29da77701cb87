"""Making a kept report once more: its folder comes in; the same report, and whether every byte is
the same, go out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from openhiu.errors import InputNotUsable
from openhiu.report import files
from openhiu.report.board import Board, make
from openhiu.report.facts import parse_facts
from openhiu.report.last import parse_last
from openhiu.report.place import place_from_data


@dataclass(frozen=True)
class Again:
    """A report made once more. `different`: names of files whose bytes are not the same."""

    board: Board
    contents: Mapping[str, bytes]
    different: tuple[str, ...]
    made_with: str

    @property
    def same(self) -> bool:
        """Whether every byte of every file is the same."""
        return not self.different


def make_again(folder: Path) -> Again:
    """The report of a folder, made once more. Raises InputNotUsable where what it was made from is
    not as it was kept.
    """
    manifest = _object(folder, files.MANIFEST)
    if manifest.get("what") != "board_report" or not isinstance(manifest.get("sha256"), dict):
        raise InputNotUsable(
            "is not of a board report", file=files.MANIFEST,
            remedy="name the whole folder that hiu report board wrote",
        )  # fmt: skip
    kept = {
        name: _as_kept(folder, name, wanted)
        for name, wanted in manifest["sha256"].items()
        if name.startswith("inputs/")
    }
    board = make(
        json.loads(kept[files.EVALUATION]),
        parse_facts(kept[files.FACTS]) if files.FACTS in kept else None,
        place_from_data(json.loads(kept[files.PLACE])),
        as_of=date.fromisoformat(manifest["as_of"]),
        previous=parse_last(kept[files.LAST]) if files.LAST in kept else None,
    )
    made = files.contents(board, {"evaluation.json": kept[files.EVALUATION]})
    return Again(board, made, _different(folder, made), str(manifest.get("openhiu", "")))


def _different(folder: Path, made: Mapping[str, bytes]) -> tuple[str, ...]:
    there = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    return tuple(
        name
        for name in sorted(made.keys() | there.keys())
        if name not in made or name not in there or there[name].read_bytes() != made[name]
    )


def _as_kept(folder: Path, name: str, wanted: str) -> bytes:
    path = (folder / name).resolve()
    if folder.resolve() not in path.parents or not path.is_file():
        raise _altered(name, "is missing")
    data = path.read_bytes()
    if sha256(data).hexdigest() != wanted:
        raise _altered(name, "is not as it was kept")
    return data


def _object(folder: Path, name: str) -> dict[str, Any]:
    try:
        found = json.loads((folder / name).read_bytes())
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise _altered(name, "is missing or cannot be read")
    return found


def _altered(name: str, what: str) -> InputNotUsable:
    return InputNotUsable(
        what, file=name, remedy="take the report's whole folder from where it is kept"
    )
