"""The same seed is the same year, on any machine: what was found can be lived through again."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from bench.service.year import simulate

ROOT = Path(__file__).parents[3]
# Another order of sets, and a database that reads its tables in other ways, hence in other orders.
ELSEWHERE = {
    "PYTHONHASHSEED": "7",
    "PGOPTIONS": "-c enable_indexscan=off -c enable_bitmapscan=off -c enable_nestloop=off",
    "TZ": "Pacific/Auckland",
}

_OURS = re.compile("OPENHIU_(?!PG_BINDIR)|DATABASE_URL|DJANGO_")  # what tells of this test's own


def test_the_same_seed_is_the_same_year_elsewhere(own_database: str) -> None:
    there = _lived_elsewhere("--only", "7", "--days", "30", "--eventful", "--pace", "0.3")
    here = simulate(7, days=30, eventful=True, pace=0.3)
    assert (there["broken"], there["tally"]) == ("", dict(here.tally))
    assert there["digest"] == here.digest
    assert here.tally.total() > 100


def _lived_elsewhere(*words: str) -> dict[str, object]:
    environment = {name: word for name, word in os.environ.items() if not _OURS.match(name)}
    folders = (str(ROOT / "tests"), str(ROOT), os.environ.get("PYTHONPATH", ""))
    environment |= {**ELSEWHERE, "PYTHONPATH": os.pathsep.join(filter(None, folders))}
    command = [sys.executable, "-m", "bench.service", "--worker", *words]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    told: dict[str, object] = json.loads(done.stdout)
    return told
