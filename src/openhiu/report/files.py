"""Writing a report: a board report comes in; every file of its folder goes out, with a manifest
from which the report can be made again to the byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from openhiu.paper import pdf, webpage, word, workbook
from openhiu.paper.blocks import Document, figures_of, tables_of
from openhiu.report.board import Board, told
from openhiu.report.disclosed import as_data
from openhiu.report.place import place_as_data
from openhiu.tables.delivery import write_folder

MANIFEST: Final = "manifest.json"
EVALUATION: Final = "inputs/evaluation.json"
FACTS: Final = "inputs/service_facts.json"
PLACE: Final = "inputs/place.json"
LAST: Final = "inputs/last_board.json"
BOARD_FILES: Final = (
    "board.pdf", "board.docx", "board.html", "board.xlsx", "board.json", "figures", "inputs",
    MANIFEST,
)  # fmt: skip
# What writes the bytes: the same versions write the same files.
_WRITERS: Final = ("typst", "python-docx", "XlsxWriter", "jinja2", "altair", "vl-convert-python",
                   "fontpkg-source-sans-3")  # fmt: skip
_ABOUT: Final = (
    (
        "The tables of the board report, one a sheet. * stands for 1 to 7 people, or for a number "
        "that would give one away; other counts of people are rounded."
    ),
    "The report itself explains every number: board.pdf, board.docx or board.html.",
)  # fmt: skip
_INPUTS_STAY: Final = (
    "what the report was made from, for making it again: it stays with whoever made the report"
)


def contents(board: Board, inputs: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Every file of the folder by its name. `inputs` may hold evaluation.json as it came, byte for
    byte; the facts are kept as they were disclosed, whatever is given.
    """
    document = board.document
    kept = _kept(board, dict(inputs or {}))
    made = {
        "board.pdf": pdf.make(document),
        "board.docx": word.make(document),
        "board.html": webpage.make(document),
        "board.xlsx": _workbook(board),
        "board.json": _json(told(board)),
        **_figures(board),
    }  # fmt: skip
    return {**made, **kept, MANIFEST: _json(_manifest(board, made, kept))}


def write(out: Path, board: Board, inputs: Mapping[str, bytes] | None = None) -> list[Path]:
    """Write every file into a new folder and put it in the place of `out`."""
    return write_contents(out, contents(board, inputs))


def write_contents(out: Path, files: Mapping[str, bytes]) -> list[Path]:
    """The same of contents that were made already."""

    def fill(folder: Path) -> None:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)

    write_folder(out, "a board report", BOARD_FILES, fill)
    return sorted(path for path in out.resolve().rglob("*") if path.is_file())


def _kept(board: Board, inputs: Mapping[str, bytes]) -> dict[str, bytes]:
    source = board.source
    as_it_came = inputs.get("evaluation.json")
    kept = {
        EVALUATION: as_it_came or _json(board.given),
        PLACE: _json(place_as_data(source.locality)),
    }
    if source.facts:
        kept[FACTS] = _json(as_data(source.facts))
    if source.last:
        kept[LAST] = source.last.data
    return kept


def _figures(board: Board) -> dict[str, bytes]:
    found = {}
    for figure in (*figures_of(board.document.blocks), *board.pictures):
        found[f"figures/{figure.name}.svg"] = figure.drawing.svg.encode()
        found[f"figures/{figure.name}.png"] = figure.drawing.png
    return found


def _workbook(board: Board) -> bytes:
    document = board.document
    tables = [*tables_of(document.blocks), *board.annex]
    return workbook.make(document.title, _cover(document), tables, document.made_for)


def _cover(document: Document) -> list[str]:
    return [document.subtitle, document.organisation, *_ABOUT, *document.facts]


def _manifest(board: Board, made: Mapping[str, bytes], kept: Mapping[str, bytes]) -> dict[str, Any]:
    source = board.source
    return {
        "openhiu": metadata.version("openhiu"),
        "what": "board_report",
        "service": source.name,
        "period": source.period,
        "as_of": source.as_of.isoformat(),
        "cut": source.evidence.cut.isoformat(),
        "plan": source.evidence.plan_hash,
        "repeated_from_last": list(source.evidence.repeated),
        "left_out": list(board.left_out),
        "warnings": list(board.warnings),
        "written_with": {name: metadata.version(name) for name in _WRITERS},
        "sha256": {name: _hash(data) for name, data in sorted({**made, **kept}.items())},
        "not_to_hand_on": {"inputs": _INPUTS_STAY},
    }


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()
