"""A folder of documents: what was written comes in; every file of it by name, with a manifest from
which it can be made again to the byte, goes out.

Tiers, staffing, the business case, the specification, the starter pack and reach all end here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from openhiu.paper import pdf, webpage, word, workbook
from openhiu.paper.blocks import Block, Document, Note, Table, figures_of, tables_of
from openhiu.tables.delivery import write_folder

MANIFEST: Final = "manifest.json"
INPUTS: Final = "inputs"
FIGURES: Final = "figures"
# What writes the bytes: the same versions write the same files.
WRITERS: Final = ("typst", "python-docx", "XlsxWriter", "jinja2", "altair", "vl-convert-python",
                  "fontpkg-source-sans-3")  # fmt: skip
_WAYS: Final = {"pdf": pdf.make, "docx": word.make, "html": webpage.make}


@dataclass(frozen=True)
class Missing:
    """Something a document should tell and nobody has said: what it is and how to say it."""

    what: str
    remedy: str


@dataclass(frozen=True)
class Written:
    """One document under a file name without its ending, in the formats it is given out in."""

    stem: str
    document: Document
    formats: tuple[str, ...] = ("pdf", "docx", "html")


@dataclass(frozen=True)
class Folder:
    """Everything that one command writes.

    `what` is the kind ("tiers"), in the manifest and in refusals; `told` is the result as plain
    data (WHAT.json); `inputs` are the files it was made from, kept byte for byte; `beside` are
    files that are part of the documents (criteria.toml of a contract); `annex` are
    tables that only the workbook (WHAT.xlsx) holds. `stays` names what must not be handed on and
    why. `missing` could not be told; `warnings` need a person.
    """

    what: str
    title: str
    documents: tuple[Written, ...]
    told: Mapping[str, Any]
    about: Mapping[str, Any]
    inputs: Mapping[str, bytes] = field(default_factory=dict)
    beside: Mapping[str, bytes] = field(default_factory=dict)
    annex: tuple[Table, ...] = ()
    workbook_lines: tuple[str, ...] = ()
    stays: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table of its documents and its annex, for the workbook."""
        found = [table for one in self.documents for table in tables_of(one.document.blocks)]
        return (*found, *self.annex)


def missing_note(missing: tuple[Missing, ...]) -> list[Block]:
    """What stands at the front of a document instead of gaps in it; nothing where all was said."""
    if not missing:
        return []
    lines = tuple(f"{one.what}. {one.remedy}" for one in missing)
    return [Note("Still to be said before this goes out", lines, warning=True)]


def contents(folder: Folder) -> dict[str, bytes]:
    """Every file of the folder by its name."""
    made: dict[str, bytes] = {}
    for one in folder.documents:
        for ending in one.formats:
            made[f"{one.stem}.{ending}"] = _WAYS[ending](one.document)
        for figure in figures_of(one.document.blocks):
            made[f"{FIGURES}/{figure.name}.svg"] = figure.drawing.svg.encode()
            made[f"{FIGURES}/{figure.name}.png"] = figure.drawing.png
    made[f"{folder.what}.json"] = as_json(folder.told)
    if folder.tables:
        first = folder.documents[0].document
        lines = [first.subtitle, first.organisation, *folder.workbook_lines, *first.facts]
        made[f"{folder.what}.xlsx"] = workbook.make(
            folder.title, lines, folder.tables, first.made_for
        )
    made |= folder.beside
    kept = {f"{INPUTS}/{name}": data for name, data in folder.inputs.items()}
    return {**made, **kept, MANIFEST: as_json(_manifest(folder, {**made, **kept}))}


def write(out: Path, folder: Folder) -> list[Path]:
    """Write every file into a new folder and put it in the place of `out`.

    Raises WrongUsage where `out` holds anything that is not of such a folder.
    """
    return write_contents(out, folder.what, contents(folder))


def write_contents(out: Path, what: str, files: Mapping[str, bytes]) -> list[Path]:
    """The same of contents that were made already."""

    def fill(building: Path) -> None:
        for name, data in files.items():
            path = building / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)

    known = {Path(name).parts[0] for name in files} | _of_before(out, what)
    write_folder(out, f"the folder of {what}", known, fill)
    return sorted(path for path in out.resolve().rglob("*") if path.is_file())


def as_json(content: Any) -> bytes:
    """Plain data as the bytes of a file a person can read."""
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _of_before(out: Path, what: str) -> set[str]:
    """The files of an earlier folder of the same kind: it told of fewer or of more."""
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
        return {Path(name).parts[0] for name in manifest["sha256"]} if (
            manifest["what"] == what
        ) else set()  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _manifest(folder: Folder, files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "openhiu": metadata.version("openhiu"),
        "what": folder.what,
        "title": folder.title,
        **folder.about,
        "missing": [{"what": one.what, "remedy": one.remedy} for one in folder.missing],
        "warnings": list(folder.warnings),
        "written_with": {name: metadata.version(name) for name in WRITERS},
        "sha256": {name: sha256(data).hexdigest() for name, data in sorted(files.items())},
        "not_to_hand_on": dict(folder.stays),
    }
