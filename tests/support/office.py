"""LibreOffice as somebody without Word would open our files: Word files come in; each as PDF and as
flat OpenDocument goes out. Nothing of it is needed to run the product, and the tests skip without.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

SAYS_WHERE: Final = "OPENHIU_SOFFICE"
WHY_NOT: Final = (
    "LibreOffice is not here: install libreoffice-writer or name its soffice in OPENHIU_SOFFICE; "
    "the Word files were checked by their XML only"
)
_SECONDS: Final = 240


@dataclass(frozen=True)
class Opened:
    """One Word file as LibreOffice understood it."""

    pdf: bytes
    flat: bytes


@cache
def soffice() -> str | None:
    """The program, where there is one."""
    named = os.environ.get(SAYS_WHERE)
    return named or shutil.which("soffice") or shutil.which("libreoffice")


def opened(files: Mapping[str, bytes], folder: Path) -> dict[str, Opened]:
    """Every file by its stem, opened in one go (starting the office takes longer than a file).

    `folder` holds the files and a profile of their own: nobody's settings are read or changed.
    """
    for stem, data in files.items():
        (folder / f"{stem}.docx").write_bytes(data)
    sources = [f"{stem}.docx" for stem in files]
    _convert("pdf", sources, folder)
    _convert("fodt", sources, folder)
    return {
        stem: Opened(
            (folder / "out" / f"{stem}.pdf").read_bytes(),
            (folder / "out" / f"{stem}.fodt").read_bytes(),
        )
        for stem in files
    }


def _convert(into: str, sources: list[str], folder: Path) -> None:
    program = soffice()
    assert program, WHY_NOT
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--norestore", "--nolockcheck", "--nodefault", "--convert-to", into, "--outdir", "out",
        *sources,
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=_SECONDS,
        env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    missing = [s for s in sources if not (folder / "out" / s).with_suffix(f".{into}").exists()]
    assert not missing, f"LibreOffice could not open {missing}: {done.stdout} {done.stderr}"
