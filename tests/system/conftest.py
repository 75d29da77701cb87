"""A made-up trust and its store, made once for the journeys of the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Ran:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        result: dict[str, Any] = json.loads(self.out)
        return result


Hiu = Callable[..., Ran]


def run_hiu(*arguments: object, cwd: Path | None = None) -> Ran:
    """`hiu` as its users run it: a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "openhiu.cli", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def hiu() -> Hiu:
    return run_hiu


@dataclass(frozen=True)
class Place:
    """A folder with a made-up trust, a store of its files, and the list of 1 April 2026."""

    folder: Path

    @property
    def trust(self) -> Path:
        return self.folder / "trust"

    @property
    def store(self) -> Path:
        return self.folder / "store"

    @property
    def list(self) -> Path:
        return self.folder / "list"


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Made by the commands themselves; tests must not change it."""
    here = Place(tmp_path_factory.mktemp("place"))
    made = run_hiu(
        "synthetic", "--out", here.trust, "--people", 2000, "--sites", 2, "--from", "2025-01-01",
        "--to", "2026-04-01", "--dirty",
    )  # fmt: skip
    assert made.code == 0, made.err
    files = sorted(here.trust.glob("attendances-*.csv"))
    files += [here.trust / f"{name}.csv" for name in ("admissions", "people")]
    read = run_hiu("extract", *files, "--store", here.store)
    assert read.code == 0, read.err + read.out
    locality = here.trust / "locality.toml"
    (here.store / "locality.toml").write_bytes(locality.read_bytes())
    listed = run_hiu("identify", "--store", here.store, "--as-of", "2026-04-01", "--out", here.list)
    assert listed.code == 0, listed.err
    return here
