"""A made-up trust with two lists a quarter apart, written by the commands themselves."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path


@dataclass(frozen=True)
class Trust:
    """A store and its lists: one so old that much has happened since, this month's, and today's."""

    store: Path
    before: Path
    now: Path
    latest: Path
    began: date
    today: date


def make_trust(folder: Path, people: int = 1500) -> Trust:
    """Two hospitals, fifteen months up to today; the newest list counts up to this month."""
    today = date.today()
    as_of = today.replace(day=1)
    before = today - timedelta(days=105)
    began = (before - timedelta(days=330)).replace(day=1)
    made = Trust(*(folder / name for name in ("store", "before", "now", "latest")), before, today)
    hiu("synthetic", "--out", folder / "trust", "--people", people, "--sites", 2,
        "--from", began, "--to", today)  # fmt: skip
    kinds = ("admissions", "ambulance", "calls_111", "people")
    files = [*(folder / "trust").glob("attendances-*.csv"),
             *(folder / "trust" / f"{kind}.csv" for kind in kinds)]  # fmt: skip
    hiu("extract", *sorted(files), "--store", made.store)
    locality = (folder / "trust" / "locality.toml").read_bytes()
    (made.store / "locality.toml").write_bytes(locality)
    listing = ("identify", "--store", made.store, "--preset", "pack-top-50")
    hiu(*listing, "--as-of", before, "--out", made.before)
    hiu(*listing, "--as-of", as_of, "--out", made.now, "--previous", made.before)
    hiu(*listing, "--as-of", today, "--out", made.latest, "--previous", made.now)
    return made


def hiu(*arguments: object) -> None:
    """Run one command and expect it to be done."""
    command = [sys.executable, "-m", "openhiu.cli", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, 1), done.stderr + done.stdout
