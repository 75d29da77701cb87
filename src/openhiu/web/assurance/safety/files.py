"""Which software this is: the folder of the package comes in; the hash of each of its files, and
one digest over all of them, go out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import openhiu


def hashes(package: Path | None = None) -> dict[str, str]:
    """Each file of the package by its path, with its SHA-256."""
    return dict(_files(package or Path(openhiu.__file__).parent))


def digest(files: Mapping[str, str]) -> str:
    """One hash over all: another name, or another byte in any of them, makes another one."""
    lines = "".join(f"{said}  {name}\n" for name, said in sorted(files.items()))
    return sha256(lines.encode()).hexdigest()


def _files(package: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(package.rglob("*")):
        # What Python compiled for itself depends on who ran it, not on the software.
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            yield path.relative_to(package).as_posix(), sha256(path.read_bytes()).hexdigest()
