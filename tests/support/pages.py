"""Every document as pictures of its pages, to be looked at: `make pages` writes them into a folder,
the PDF as it is printed and the Word file as LibreOffice shows it (where that is there).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from openhiu.paper import pdf, word
from support.every_document import KINDS, documents
from support.office import WHY_NOT, opened, soffice

DOTS = 110.0


def main(arguments: Sequence[str]) -> int:
    """`FOLDER [KIND]...`: all kinds where none is named."""
    folder = Path(arguments[0] if arguments else "build/pages")
    kinds = list(arguments[1:]) or list(KINDS)
    words = {}
    for kind in kinds:
        for stem, document in documents(kind).items():
            words[f"{kind}--{stem}"] = word.make(document)
            _write(folder / kind, f"{stem}-pdf", pdf.pictures(document, DOTS))
            print(f"{folder / kind}/{stem}-pdf-*.png", flush=True)  # noqa: T201 - what was asked for
    if soffice() is None or shutil.which("pdftoppm") is None:
        print(f"Without the Word files: {WHY_NOT}, and poppler-utils for its pages.")  # noqa: T201
        return 0
    with tempfile.TemporaryDirectory() as space:
        for name, one in opened(words, Path(space)).items():
            kind, _, stem = name.partition("--")
            _of_word(one.pdf, folder / kind / f"{stem}-word", Path(space))
            print(f"{folder / kind}/{stem}-word-*.png", flush=True)  # noqa: T201 - what was asked for
    return 0


def _write(folder: Path, stem: str, pages: Sequence[bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{stem}-*.png"):
        old.unlink()
    for number, page in enumerate(pages, start=1):
        (folder / f"{stem}-{number:02d}.png").write_bytes(page)


def _of_word(printed: bytes, stem: Path, space: Path) -> None:
    for old in stem.parent.glob(f"{stem.name}-*.png"):
        old.unlink()
    source = space / "printed.pdf"
    source.write_bytes(printed)
    command = ["pdftoppm", "-png", "-r", str(int(DOTS)), str(source), str(stem)]
    subprocess.run(command, check=True, timeout=240)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
