"""What an installation notes of its own running: facts come in; closed files in its home go out.

Backups, drills and the timetable write; pages, the health answer and the metrics read. Times and
counts only: nothing about anyone.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Facts = dict[str, Any]
_DRILLS: Final = "drills.jsonl"


@dataclass(frozen=True)
class Notebook:
    """The notes in one home folder; a missing or broken note reads as empty."""

    home: Path

    @property
    def folder(self) -> Path:
        """Where the notes lie."""
        return self.home / "running"

    def read(self, name: str) -> Facts:
        """The facts noted under a name."""
        with contextlib.suppress(OSError, ValueError):
            found = json.loads((self.folder / f"{name}.json").read_text("utf-8"))
            return found if isinstance(found, dict) else {}
        return {}

    def write(self, name: str, facts: Facts) -> None:
        """Note facts under a name: whole or not at all.

        A disk that takes no more leaves the note as it was: nothing is worth failing for it.
        """
        with contextlib.suppress(OSError):
            self._write(name, facts)

    def _write(self, name: str, facts: Facts) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = self.folder / f".{name}.{secrets.token_hex(4)}"
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(json.dumps(facts, indent=1, sort_keys=True, default=str) + "\n")
                file.flush()
                os.fsync(file.fileno())
            half.replace(self.folder / f"{name}.json")
        finally:
            half.unlink(missing_ok=True)

    def add(self, name: str, **facts: Any) -> None:
        """Change some of the facts under a name, and keep the others."""
        self.write(name, {**self.read(name), **facts})

    def sign_off(self, drill: Facts, key: bytes) -> Facts:
        """Add a drill to the history, signed so that a changed line shows; what was written."""
        line = {**drill, "signature": signature(drill, key)}
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.folder / _DRILLS, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(json.dumps(line, sort_keys=True, default=str) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return line

    def drills(self, key: bytes) -> list[Facts]:
        """Every drill, oldest first, with `genuine` saying whether its signature holds."""
        return list(self._drills(key))

    def _drills(self, key: bytes) -> Iterator[Facts]:
        try:
            lines = (self.folder / _DRILLS).read_text("utf-8").splitlines()
        except OSError:
            return
        for line in lines:
            with contextlib.suppress(ValueError):
                found = json.loads(line)
                signed = str(found.pop("signature", ""))
                yield {**found, "genuine": hmac.compare_digest(signed, signature(found, key))}


def signature(facts: Facts, key: bytes) -> str:
    """The mark that only the holder of the installation's secret key can make."""
    text = json.dumps(facts, sort_keys=True, default=str).encode()
    derived = hashlib.sha256(b"openhiu.running" + key).digest()
    return hmac.new(derived, text, hashlib.sha256).hexdigest()
