"""Same seed, same bytes: on every machine, in every process, with or without the damaged files."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from openhiu.synthetic import Trust, make_trust

MAKE = """
import sys
from datetime import date
from pathlib import Path
from openhiu.synthetic import make_trust
make_trust(Path(sys.argv[1]), people=60, first=date(2024, 3, 1), last=date(2024, 12, 1), seed=11)
"""
# Made with Python 3.11 on Linux. A change of the model changes it; nothing else may.
HASH_OF_SEED_11 = "25f4544a01922f2f7f6165b625e74dfa4b5a0489509eea8e4530ec9e72614cc7"


def digest(folder: Path) -> str:
    """One hash over the names and bytes of every file directly in the folder."""
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.*")):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def make(out: Path, seed: int, *, dirty: bool = False) -> Trust:
    first, last = date(2024, 3, 1), date(2024, 12, 1)
    return make_trust(out, people=60, first=first, last=last, seed=seed, dirty=dirty)


def test_the_bytes_of_a_seed_are_the_ones_written_down_here(tmp_path: Path) -> None:
    make(tmp_path, 11)
    assert digest(tmp_path) == HASH_OF_SEED_11


def test_another_process_with_another_hash_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    make(tmp_path / "here", 11)
    environment = {**os.environ, "PYTHONHASHSEED": "4242"}
    subprocess.run(
        [sys.executable, "-c", MAKE, str(tmp_path / "there")], check=True, env=environment
    )
    assert digest(tmp_path / "there") == digest(tmp_path / "here")


def test_another_seed_makes_other_people(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", 11), make(tmp_path / "two", 12)
    for dataset in one.datasets:
        pairs = zip(one.datasets[dataset], two.datasets[dataset], strict=True)
        assert all(a.read_bytes() != b.read_bytes() for a, b in pairs), dataset


def test_asking_for_damaged_files_changes_no_sound_one(tmp_path: Path) -> None:
    sound, both = make(tmp_path / "sound", 11), make(tmp_path / "both", 11, dirty=True)
    assert sound.dirty == () and len(both.dirty) == 5
    for one, other in zip(sound.files, both.files, strict=True):
        assert one.read_bytes() == other.read_bytes()
