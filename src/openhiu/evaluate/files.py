"""Writing an evaluation: what was worked out comes in; a folder with the result, the workbook, the
pictures, the two pages, the people for checking and the manifest goes out, always the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from openhiu.evaluate import workbook
from openhiu.evaluate.document import document
from openhiu.evaluate.figures import figures
from openhiu.evaluate.findings import Fault
from openhiu.evaluate.make import WorkedOut
from openhiu.paper import pdf
from openhiu.paper.blocks import Figure
from openhiu.tables.delivery import write_csv, write_folder

EVALUATION_FILES: Final = (
    "evaluation.json", "evaluation.xlsx", "evaluation.pdf", "figures", "findings.csv",
    "manifest.json", "people.parquet",
)  # fmt: skip
_NOT_TO_HAND_ON: Final = {
    "people.parquet": "one row a person: for those who check the work, under the same rules as "
    "the store",
    "findings.csv": "row numbers of the roster: for whoever keeps the roster",
}


def write(out: Path, worked: WorkedOut, *, engine: str, settings: Path | None = None) -> list[Path]:
    """Write every file into a new folder and put it in the place of `out`.

    `settings` is the locality file that was read; its hash goes into the manifest.
    """
    write_folder(out, "an evaluation", EVALUATION_FILES,
                 lambda folder: _write_all(folder, worked, engine, settings))  # fmt: skip
    return sorted(path for path in out.resolve().rglob("*") if path.is_file())


def handed_on(result: Mapping[str, Any]) -> dict[str, Any]:
    """The result without the row numbers of the roster."""
    return {**result, "findings": [_without_rows(finding) for finding in result["findings"]]}


def _without_rows(finding: str) -> str:
    """What is wrong in a column, without the rows in which it is."""
    place, comma, rest = finding.partition(", column ")
    return f"Column {rest}" if comma and place.startswith("Row") else finding


def _write_all(folder: Path, worked: WorkedOut, engine: str, settings: Path | None) -> None:
    result, drawn = handed_on(worked.result), figures(worked.result)
    _write_json(folder / "evaluation.json", result)
    (folder / "evaluation.xlsx").write_bytes(workbook.make(result, drawn))
    (folder / "evaluation.pdf").write_bytes(pdf.make(document(result, drawn)))
    _write_figures(folder / "figures", drawn)
    pq.write_table(worked.people, folder / "people.parquet", compression="zstd")
    write_csv(folder / "findings.csv", Fault._fields, sorted(worked.faults))
    manifest = _manifest(folder, worked.result, engine, settings)
    described = [_described(figure) for figure in drawn]
    _write_json(folder / "manifest.json", {**manifest, "figures": described})


def _write_figures(folder: Path, drawn: Sequence[Figure]) -> None:
    folder.mkdir()
    for figure in drawn:
        (folder / f"{figure.name}.svg").write_text(figure.drawing.svg, encoding="utf-8")
        (folder / f"{figure.name}.png").write_bytes(figure.drawing.png)


def _described(figure: Figure) -> dict[str, Any]:
    """What a page needs to show a picture to somebody who does not see it."""
    table = figure.table
    return {
        "file": f"figures/{figure.name}.svg",
        "alt": figure.alt,
        "caption": figure.caption,
        "width": figure.drawing.width,
        "height": figure.drawing.height,
        "table": None if table is None else {
            "caption": table.caption,
            "columns": list(table.columns),
            "rows": [[table.shown(cell) for cell in row] for row in table.rows],
            "note": table.note,
        },
    }  # fmt: skip


def _manifest(
    folder: Path, result: Mapping[str, Any], engine: str, settings: Path | None
) -> dict[str, Any]:
    """What went in, by its hash, and what came out: enough to make it again and compare."""
    made = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        "openhiu": result["openhiu"],
        "what": "evaluation",
        "as_of": result["as_of"],
        "cut": result["cut"],
        "plan": result["plan"]["hash"],
        "engine": engine,
        "inputs": result["inputs"],
        "locality": _hash(settings) if settings else None,
        "sha256": {str(path.relative_to(folder)): _hash(path) for path in made},
        "not_to_hand_on": _NOT_TO_HAND_ON,
    }


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
